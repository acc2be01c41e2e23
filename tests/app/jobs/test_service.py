"""Jobs as their service keeps them: asked for, read, listed, cancelled before they begin."""

from __future__ import annotations

import pytest

from app import clock
from app.db.transaction import Database
from app.errors import Conflict, NotFound
from app.jobs import service as jobs
from app.jobs.worker import rows
from tests.app.jobs.works import asked, new_room, seen


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


def test_a_job_that_waits_is_cancelled_at_once(database: Database) -> None:
    """It can never be begun; asking again is as once."""
    job = asked(database, new_room(database), "late")
    for _ in range(2):
        with database.write() as transaction:
            assert jobs.cancel(transaction, job.room_id, job.id).state == "cancelled"
    ended = seen(database, job)
    assert (ended.state, ended.started_at, ended.version) == ("cancelled", None, job.version + 1)
    with database.write() as transaction:
        assert rows.begin(transaction, job.id, clock.now()) is None


def test_a_job_that_has_ended_cannot_be_cancelled(database: Database) -> None:
    """It is a conflict, and nothing changes."""
    job = asked(database, new_room(database), "quick")
    with database.write() as transaction:
        assert rows.begin(transaction, job.id, clock.now())
        rows.end(transaction, job.id, 1, "done", "", {}, clock.now())
    ended = seen(database, job)
    with database.write() as transaction, pytest.raises(Conflict):
        jobs.cancel(transaction, job.room_id, job.id)
    assert seen(database, job) == ended
