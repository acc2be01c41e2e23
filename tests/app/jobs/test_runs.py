"""What becomes of a job when its handler ends, errs, tells, is cancelled or must let go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.db.transaction import Database
from app.errors import Conflict
from app.jobs import service as jobs
from app.jobs.service import Handler, Work
from app.jobs.worker import rows
from app.jobs.worker.keeper import Keeper
from app.jobs.worker.runs import LetGo, Runs
from rostering.errors import InputError
from tests.app.jobs.works import Hands, asked, new_room, seen

STARTS = 3


def runs_of(database: Database, handler: Handler) -> Runs:
    """Runs of jobs of one kind, begun so often at most, tried three times."""
    return Runs(database, {"kind": handler}, retry_seconds=(0.0, 0.0), most_starts=STARTS)


def keeper_of(database: Database, runs: Runs) -> Keeper:
    """What carries words between those runs and the database."""
    return Keeper(
        database,
        Hands(),
        runs,
        worker_id="tests",
        host="here",
        dead_seconds=None,
        traces_kept=timedelta(days=1),
    )


def wanted(database: Database, **arguments: jobs.JsonValue) -> jobs.Job:
    """A job of that kind."""
    return asked(database, new_room(database), "kind", arguments)


def done(database: Database, handler: Handler, job: jobs.Job | None = None) -> jobs.Job:
    """A job as its handler leaves it."""
    job = job or wanted(database)
    runs_of(database, handler).do(job.id)
    return seen(database, job)


@contextmanager
def carrying(database: Database, runs: Runs, job: jobs.Job) -> Iterator[Callable[[], None]]:
    """A job that is done in a thread beside the block; gives what carries words to and fro."""
    outcome: list[BaseException] = []

    def do() -> None:
        try:
            runs.do(job.id)
        except LetGo as error:
            outcome.append(error)

    thread = threading.Thread(target=do)
    thread.start()
    while not runs.running:
        time.sleep(0.01)
    yield keeper_of(database, runs).carry
    thread.join()


def until_told(work: Work) -> None:
    """Wait to be cancelled, then keep something."""
    while not work.cancelled():
        time.sleep(0.01)
    work.tell({"kept": True})


def test_a_job_is_done_and_its_last_progress_kept(database: Database) -> None:
    """Begun, told, done, in order; the handler is given what was asked for."""
    given: list[object] = []

    def handler(work: Work) -> None:
        given.append(work.job.arguments)
        for number in range(100):
            work.tell({"done": number})

    job = wanted(database, to=[1, 2])
    ended = done(database, handler, job)
    assert given == [{"to": [1, 2]}]
    assert (ended.state, ended.words, ended.progress) == ("done", "", {"done": 99})
    assert ended.started_at is not None
    assert ended.ended_at is not None
    assert job.asked_at <= ended.started_at <= ended.ended_at
    assert ended.version > job.version


def test_what_has_ended_is_not_begun_again(database: Database) -> None:
    """Handing a job over twice is as once."""
    job = wanted(database)
    begun: list[object] = []
    for _ in range(2):
        done(database, begun.append, job)
    assert len(begun) == 1


def test_progress_is_seen_while_the_job_runs(database: Database) -> None:
    """What was told last is kept; what was kept is not written again."""
    go_on = threading.Event()

    def handler(work: Work) -> None:
        work.tell({"phase": "first"})
        work.tell({"phase": "second"})
        go_on.wait()

    runs, job = runs_of(database, handler), wanted(database)
    with carrying(database, runs, job) as carry:
        while not seen(database, job).progress:
            carry()
        told = seen(database, job)
        carry()
        assert seen(database, job) == told
        go_on.set()
    assert (told.state, told.progress) == ("running", {"phase": "second"})


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Conflict("There are no officers\nin this \0room."), "There are no officers in this room."),
        (InputError("Say how many."), "Say how many."),
        (RuntimeError("secret"), "It went wrong 3 times"),
    ],
)
def test_an_error_is_said_in_a_sentence(error: Exception, words: str, database: Database) -> None:
    """Ours at once and in its own words; another after all tries, and without what it said."""
    tries = []

    def handler(work: Work) -> None:
        tries.append(work.job.id)
        raise error

    ended = done(database, handler)
    assert ended.state == "failed"
    assert ended.words.startswith(words)
    assert "secret" not in ended.words
    assert len(tries) == (3 if isinstance(error, RuntimeError) else 1)


def test_what_goes_wrong_once_is_done_the_next_time(database: Database) -> None:
    """An unexpected error is not the end of a job."""
    tries: list[object] = []

    def handler(work: Work) -> None:
        tries.append(work)
        if len(tries) < 3:
            raise OSError

    assert done(database, handler).state == "done"
    assert len(tries) == 3


def test_progress_that_is_no_json_is_the_handlers_error(database: Database) -> None:
    """It fails the job; the worker goes on."""

    def handler(work: Work) -> None:
        work.tell({"when": datetime.now(UTC)})  # type: ignore[dict-item]

    assert done(database, handler).state == "failed"


def test_a_kind_that_is_not_known_fails(database: Database) -> None:
    """In a sentence that names it."""
    job = asked(database, new_room(database), "stranger")
    ended = done(database, until_told, job)
    assert ended.state == "failed"
    assert "stranger" in ended.words


def test_a_running_job_is_cancelled(database: Database) -> None:
    """The handler hears of it, keeps what it has, and the job ends as cancelled."""
    runs, job = runs_of(database, until_told), wanted(database)
    with carrying(database, runs, job) as carry:
        with database.write() as transaction:
            assert jobs.cancel(transaction, job.room_id, job.id).state == "running"
        carry()
    ended = seen(database, job)
    assert (ended.state, ended.progress) == ("cancelled", {"kept": True})


def test_a_job_that_ends_before_it_hears_is_done(database: Database) -> None:
    """What the handler was told decides, not when somebody wished."""
    job = wanted(database)

    def handler(work: Work) -> None:
        with database.write() as transaction:
            jobs.cancel(transaction, job.room_id, job.id)

    assert done(database, handler, job).state == "done"


def test_a_wish_to_cancel_outlives_a_worker(database: Database) -> None:
    """The next start of the job ends it at once."""
    job = wanted(database)
    with database.write() as transaction:
        rows.begin(transaction, job.id, clock.now())
        jobs.cancel(transaction, job.room_id, job.id)
    begun: list[object] = []
    assert done(database, begun.append, job).state == "cancelled"
    assert begun == []


def test_a_run_that_was_taken_over_lets_go(database: Database) -> None:
    """It ends where it is, and what it told last does not stand."""
    cleaned: list[object] = []

    def handler(work: Work) -> None:
        try:
            until_told(work)
        finally:
            cleaned.append(work)

    runs, job = runs_of(database, handler), wanted(database)
    with carrying(database, runs, job) as carry:
        with database.write() as transaction:
            again = rows.begin(transaction, job.id, clock.now())
        carry()
    assert again is not None
    assert again.number == 2
    assert len(cleaned) == 1
    found = seen(database, job)
    assert (found.state, found.progress) == ("running", {})


def test_a_job_that_brings_its_worker_down_is_given_up(database: Database) -> None:
    """It has failed after so many starts, and says so."""
    job = wanted(database)
    for _ in range(STARTS):
        with database.write() as transaction:
            assert rows.begin(transaction, job.id, clock.now())
    begun: list[object] = []
    ended = done(database, begun.append, job)
    assert ended.state == "failed"
    assert ended.words == "The machine stopped 3 times while working on it, so it was given up."
    assert begun == []


def test_a_worker_that_stops_begins_nothing(database: Database) -> None:
    """The job stays as it was, for another to take."""
    runs, job = runs_of(database, until_told), wanted(database)
    runs.stop()
    with pytest.raises(LetGo):
        runs.do(job.id)
    assert seen(database, job) == job
