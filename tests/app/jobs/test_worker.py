"""A worker as a whole, on DBOS: what is handed over is done, so many at once, and left in order."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from app import clock
from app.db.transaction import Database
from app.errors import Conflict, InvalidInput
from app.jobs import service as jobs
from app.jobs.service import Work
from app.jobs.worker import rows, working
from app.jobs.worker.durable import Durable
from app.jobs.worker.place import place_of
from app.settings import Settings
from tests.app.jobs.works import PATIENCE, asked, awaited, new_room, seen


@pytest.fixture
def settings(database_url: str) -> Settings:
    """One job of a kind at a time; nothing is waited for in vain."""
    return Settings(database_url=database_url, jobs_at_once={}, worker_dead_seconds=1.5)


def test_what_is_asked_is_done_so_many_at_a_time(database: Database, settings: Settings) -> None:
    """One of a kind that is limited to one, while another kind goes on beside it.

    What a plan asks for, once what is due by itself has come due, is done like all else.
    """
    together: list[int] = []
    inside = [0]
    meanwhile = threading.Event()

    def alone(work: Work) -> None:
        inside[0] += 1
        together.append(inside[0])
        time.sleep(0.2)
        inside[0] -= 1

    def waits(work: Work) -> None:
        assert meanwhile.wait(PATIENCE)

    def lets(work: Work) -> None:
        meanwhile.set()

    def plan(database: Database) -> None:
        due.append(asked(database, room, "due"))

    due: list[jobs.Job] = []
    room = new_room(database)
    waiting = [asked(database, room, kind) for kind in ("waits", "one", "one", "lets")]
    with working(
        settings, {"one": alone, "waits": waits, "lets": lets, "due": lambda _: None}, [plan]
    ):
        waiting.append(asked(database, room, "one"))
        awaited(database, waiting[0])
        waiting += due
        assert {awaited(database, job).state for job in waiting} == {"done"}
    assert together == [1, 1, 1]
    assert len(due) == 1


def test_a_worker_that_stops_lets_short_jobs_end_and_leaves_long_ones(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next worker takes over at once, and knows of no other."""
    monkeypatch.setattr("app.jobs.worker.FINISH_SECONDS", 1.0)
    started, cleaned = threading.Barrier(3), []

    def long(work: Work) -> None:
        started.wait(PATIENCE)
        try:
            while not work.cancelled():
                time.sleep(0.01)
        finally:
            cleaned.append(work.job.id)

    def short(work: Work) -> None:
        started.wait(PATIENCE)
        time.sleep(0.2)

    room = new_room(database)
    left, ended = asked(database, room, "long"), asked(database, room, "short")
    with working(settings, {"long": long, "short": short}) as worker:
        started.wait(PATIENCE)
    assert not worker.is_stuck
    assert cleaned == [left.id]
    assert seen(database, ended).state == "done"
    assert seen(database, left).state == "running"
    with working(settings, {"long": lambda _: None}) as worker:
        assert awaited(database, left).state == "done"
        with database.read() as reading:
            assert [peer.id for peer in rows.peers(reading)] == [worker.id]


class TestDurable:
    """The face over DBOS."""

    @pytest.fixture
    def done(self) -> list[UUID]:
        """What was done."""
        return []

    @pytest.fixture
    def durable(self, settings: Settings, done: list[UUID]) -> Iterator[Durable]:
        """One that is started, and does what it is given at once."""
        with place_of(settings.database_url) as place:
            durable = Durable(place.url, "me", {"kind": 1})
            durable.start(done.append)
            yield durable
            durable.stop()

    def test_twice_is_as_once_until_it_is_forgotten(
        self, durable: Durable, done: list[UUID]
    ) -> None:
        """What is open is not taken again; traces of what has ended can be cleared up."""
        job = uuid4()
        durable.hand_over(job, "kind")
        durable.hand_over(job, "kind")
        until(lambda: done)
        until(lambda: not durable.taken())
        assert durable.forget(clock.now() - timedelta(hours=1)) == 0
        assert durable.forget(clock.now() + timedelta(hours=1)) == 1
        assert done == [job]

    def test_what_is_open_here_though_it_ended_there_is_done_anew(
        self, durable: Durable, done: list[UUID]
    ) -> None:
        """As when our own tables were restored from a copy."""
        job = uuid4()
        durable.hand_over(job, "kind")
        until(lambda: done)
        until(lambda: not durable.taken())
        durable.hand_over(job, "kind")
        until(lambda: len(done) == 2)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_on_sqlite_one_process_works(settings: Settings) -> None:
    """A second is refused in a sentence that says what to do; afterwards the place is free."""
    url = settings.database_url
    with place_of(url), pytest.raises(Conflict, match="--no-workers"), working(settings, {}):
        pass
    with place_of(settings.database_url) as place:
        assert place.is_ours_alone


def test_a_database_in_memory_has_no_place_for_jobs() -> None:
    """It is refused in a sentence."""
    with pytest.raises(InvalidInput, match="Name a file"), place_of("sqlite://"):
        pass


def until(holds: object) -> None:
    """Wait for something to hold."""
    assert callable(holds)
    before = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < before
        time.sleep(0.02)
