"""A worker in this process: what it makes of handlers that end, err, tell, and are cancelled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.db.transaction import Database
from app.errors import Conflict, NotFound
from app.jobs import service as jobs
from app.jobs.service import Handler, Work
from app.jobs.tables import job_workers
from app.jobs.worker import Worker, working
from app.settings import Settings
from rostering.errors import InputError
from tests.app.jobs.works import asked, awaited, new_room, seen

Start = Callable[[Mapping[str, Handler]], AbstractContextManager[Worker]]


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Settings under which nothing is waited for in vain."""
    return Settings(
        database_url=database_url, job_retry_seconds=(0.0, 0.0), worker_dead_seconds=1.5
    )


@pytest.fixture
def start(settings: Settings) -> Start:
    """Starts a worker with handlers of the test's own."""
    return lambda handlers: working(settings, handlers)


def nothing(work: Work) -> None:
    """Do nothing."""


def test_a_job_is_done_and_its_last_progress_kept(database: Database, start: Start) -> None:
    """Begun, told, done, in order; the handler is given what was asked for."""
    given: list[object] = []

    def handler(work: Work) -> None:
        given.append(work.job.arguments)
        for done in range(100):
            work.tell({"done": done})

    job = asked(database, new_room(database), "count", {"to": [1, 2]})
    with start({"count": handler}):
        ended = awaited(database, job)
    assert given == [{"to": [1, 2]}]
    assert (ended.state, ended.words, ended.progress) == ("done", "", {"done": 99})
    assert ended.started_at is not None
    assert ended.ended_at is not None
    assert job.asked_at <= ended.started_at <= ended.ended_at
    assert ended.version > job.version


def test_progress_is_seen_while_the_job_runs(database: Database, start: Start) -> None:
    """What was told last is kept before the job ends."""
    go_on = threading.Event()

    def handler(work: Work) -> None:
        work.tell({"phase": "first"})
        work.tell({"phase": "second"})
        assert go_on.wait(30)

    job = asked(database, new_room(database), "slow")
    with start({"slow": handler}):
        told = awaited(database, job, lambda each: bool(each.progress))
        go_on.set()
        awaited(database, job)
    assert (told.state, told.progress) == ("running", {"phase": "second"})


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Conflict("There are no officers\nin this room."), "There are no officers in this room."),
        (InputError("Say how many."), "Say how many."),
        (RuntimeError("secret"), "It went wrong 3 times"),
    ],
)
def test_an_error_is_said_in_a_sentence(
    error: Exception, words: str, database: Database, start: Start
) -> None:
    """Ours at once and in its own words; another after all tries, and without what it said."""
    tries = []

    def handler(work: Work) -> None:
        tries.append(work.job.id)
        raise error

    job = asked(database, new_room(database), "bad")
    with start({"bad": handler}):
        ended = awaited(database, job)
    assert ended.state == "failed"
    assert ended.words.startswith(words)
    assert "secret" not in ended.words
    assert len(tries) == (3 if isinstance(error, RuntimeError) else 1)


def test_what_goes_wrong_once_is_done_the_next_time(database: Database, start: Start) -> None:
    """An unexpected error is not the end of a job."""
    tries = []

    def handler(work: Work) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise OSError

    job = asked(database, new_room(database), "shaky")
    with start({"shaky": handler}):
        assert awaited(database, job).state == "done"
    assert len(tries) == 3


def test_progress_that_is_no_json_is_the_handlers_error(database: Database, start: Start) -> None:
    """It fails the job, not the worker."""
    room = new_room(database)
    bad = asked(database, room, "bad")
    with start({"bad": lambda work: work.tell({"when": datetime.now(UTC)}), "good": nothing}):  # type: ignore[dict-item]
        assert awaited(database, bad).state == "failed"
        assert awaited(database, asked(database, room, "good")).state == "done"


def test_a_running_job_is_cancelled(database: Database, start: Start) -> None:
    """The handler hears of it, keeps what it has, and the job ends as cancelled."""

    def handler(work: Work) -> None:
        while not work.cancelled():
            time.sleep(0.01)
        work.tell({"kept": True})

    job = asked(database, new_room(database), "long")
    with start({"long": handler}):
        awaited(database, job, lambda each: each.state == "running")
        with database.write() as transaction:
            assert jobs.cancel(transaction, job.room_id, job.id).state == "running"
        ended = awaited(database, job)
    assert (ended.state, ended.progress) == ("cancelled", {"kept": True})


def test_a_job_that_waits_is_cancelled_at_once(database: Database, start: Start) -> None:
    """It is never begun; asking again is as once."""
    begun = []
    job = asked(database, new_room(database), "late")
    for _ in range(2):
        with database.write() as transaction:
            assert jobs.cancel(transaction, job.room_id, job.id).state == "cancelled"
    after = asked(database, job.room_id, "late")
    with start({"late": lambda work: begun.append(work.job.id)}):
        awaited(database, after)
    assert begun == [after.id]
    ended = seen(database, job)
    assert (ended.state, ended.started_at) == ("cancelled", None)


def test_a_job_that_has_ended_cannot_be_cancelled(database: Database, start: Start) -> None:
    """It is a conflict, and nothing changes."""
    job = asked(database, new_room(database), "quick")
    with start({"quick": nothing}):
        ended = awaited(database, job)
    with database.write() as transaction, pytest.raises(Conflict):
        jobs.cancel(transaction, job.room_id, job.id)
    assert seen(database, job) == ended


def test_a_kind_is_done_so_many_at_a_time(
    database: Database, settings: Settings, database_url: str
) -> None:
    """One of a kind that is limited to one, while another kind goes on beside it."""
    together: list[int] = []
    inside = [0]

    def alone(work: Work) -> None:
        inside[0] += 1
        together.append(inside[0])
        time.sleep(0.2)
        inside[0] -= 1

    meanwhile = threading.Event()

    def waits(work: Work) -> None:
        assert meanwhile.wait(30)

    def lets(work: Work) -> None:
        meanwhile.set()

    room = new_room(database)
    waiting = [asked(database, room, kind) for kind in ("waits", "one", "one", "one", "lets")]
    limited = settings.model_copy(update={"jobs_at_once": {"one": 1}})
    with working(limited, {"one": alone, "waits": waits, "lets": lets}):
        assert {awaited(database, job).state for job in waiting} == {"done"}
    assert together == [1, 1, 1]


def test_a_worker_that_stops_leaves_its_job_to_the_next(
    database: Database, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The handler is ended where it is; the next worker begins it again and ends it."""
    monkeypatch.setattr("app.jobs.worker.FINISH_SECONDS", 0.1)
    cleaned = []

    def endless(work: Work) -> None:
        try:
            while not work.cancelled():
                time.sleep(0.01)
        finally:
            cleaned.append(work.job.id)

    job = asked(database, new_room(database), "long")
    with start({"long": endless}) as worker:
        awaited(database, job, lambda each: each.state == "running")
    assert not worker.is_stuck
    assert cleaned == [job.id]
    assert seen(database, job).state == "running"
    with start({"long": nothing}):
        assert awaited(database, job).state == "done"


def test_a_worker_that_stops_lets_a_short_job_end(database: Database, start: Start) -> None:
    """What is nearly done is not begun again."""
    begun = threading.Event()

    def short(work: Work) -> None:
        begun.set()
        time.sleep(0.5)

    job = asked(database, new_room(database), "short")
    with start({"short": short}):
        assert begun.wait(30)
    assert seen(database, job).state == "done"


def test_a_job_that_brings_its_worker_down_is_given_up(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has failed after so many starts, and says so."""
    monkeypatch.setattr("app.jobs.worker.FINISH_SECONDS", 0.0)
    starts = []

    def endless(work: Work) -> None:
        starts.append(1)
        while not work.cancelled():
            time.sleep(0.01)

    job = asked(database, new_room(database), "poison")
    twice = settings.model_copy(update={"job_starts": 2})
    for number in (1, 2):
        with working(twice, {"poison": endless}):
            while len(starts) < number:
                time.sleep(0.01)
    with working(twice, {"poison": endless}):
        ended = awaited(database, job)
    assert ended.state == "failed"
    assert ended.words == "The machine stopped 2 times while working on it, so it was given up."
    assert len(starts) == 2


def test_workers_that_have_left_are_forgotten(database: Database, start: Start) -> None:
    """Only the worker that lives is known, once it has looked around."""
    for _ in range(2):
        with start({"quick": nothing}):
            awaited(database, asked(database, new_room(database), "quick"))
            time.sleep(0.1)
    count = select(func.count()).select_from(job_workers)
    with start({"quick": nothing}):
        before = time.monotonic() + 30
        while True:
            with database.read() as reading:
                if reading.execute(count).scalar() == 1:
                    break
            assert time.monotonic() < before
            time.sleep(0.1)


def test_a_job_is_found_in_its_room_alone(database: Database) -> None:
    """The id of another room's job sounds like one that does not exist."""
    job = asked(database, new_room(database), "count")
    other = new_room(database)
    with database.write() as transaction:
        with pytest.raises(NotFound):
            jobs.job(transaction, other, job.id)
        with pytest.raises(NotFound):
            jobs.cancel(transaction, other, job.id)
        assert jobs.jobs(transaction, other) == ()


def test_jobs_of_a_room_are_listed_newest_first(database: Database) -> None:
    """By kind, by page."""
    room = new_room(database)
    made = [asked(database, room, kind) for kind in ("a", "b", "a", "a")]
    with database.read() as reading:
        assert jobs.jobs(reading, room) == tuple(reversed(made))
        assert jobs.jobs(reading, room, kind="a", limit=2) == (made[3], made[2])
        assert jobs.jobs(reading, room, kind="a", before=made[2].id) == (made[0],)


def test_what_is_rolled_back_was_never_asked(database: Database) -> None:
    """A job stands with its caller's transaction or not at all."""
    room = new_room(database)

    def ask_and_fail() -> None:
        with database.write() as transaction:
            jobs.ask(transaction, kind="count", room_id=room, asked_by=room, arguments={})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_fail()
    with database.read() as reading:
        assert jobs.jobs(reading, room) == ()
