"""Where people are missing it is told what binds, on the page, in the panel and to systems."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.errors import Conflict
from app.rosters import service as rosters
from app.rosters.jobs import HANDLERS
from rostering.shortages.room import Cause, MoreHours, RoomShortage
from tests.app.callers import signed_in
from tests.app.jobs.works import Plain
from tests.app.rosters.rooms import PEOPLE, PLAIN, Rostered, drafted, read, rostered
from tests.app.rosters.test_pages import words

EXPLAIN = HANDLERS[rosters.SHORTAGE_KIND]


@pytest.fixture
def room(database: Database) -> Rostered:
    """A small room that needs more people than it has."""
    return rostered(database, needed=PEOPLE + 1)


def test_what_binds_is_worked_out_once_and_kept(database: Database, room: Rostered) -> None:
    """A job finds what binds in the room; a second run changes nothing; words stand by its side."""
    roster = drafted(database, room, PLAIN[:, :7], days=7)
    with database.write() as transaction:
        job = rosters.ask_why_short(transaction, room.room_id, roster.id, room.by)
        assert rosters.ask_why_short(transaction, room.room_id, roster.id, room.by) == job
    with database.read() as reading:
        assert rosters.shortages(reading, room.room_id, roster.id).words == ()
    EXPLAIN(Plain(job, database))
    kept = read(database, room, roster.id).short
    assert kept is not None
    EXPLAIN(Plain(job, database))
    assert read(database, room, roster.id).short == kept
    with database.read() as reading:
        found = rosters.shortages(reading, room.room_id, roster.id, limit=2)
    assert found.room is not None
    assert ("people",) in [cause.resources for cause in found.room.causes]
    assert "a need of more people at once than there are" in " ".join(found.words)
    assert len(found.stretches) == 2
    assert found.others > 0


def test_a_cancelled_job_keeps_that_nothing_is_known(database: Database, room: Rostered) -> None:
    """Where it is stopped before anything was counted, the words say that it was not found out."""
    roster = drafted(database, room)
    with database.write() as transaction:
        job = rosters.ask_why_short(transaction, room.room_id, roster.id, room.by)
    EXPLAIN(Plain(job, database, cancel_after=0))
    with database.read() as reading:
        found = rosters.shortages(reading, room.room_id, roster.id)
    assert found.room is None
    assert found.words[0].endswith("What binds could not be worked out.")


def test_a_roster_without_missing_people_is_not_asked_about(database: Database) -> None:
    """Nobody is missing where nobody is needed, and nothing is worked out."""
    idle = rostered(database, needed=0)
    roster = drafted(database, idle)
    with database.write() as transaction, pytest.raises(Conflict, match="Nobody is missing"):
        rosters.ask_why_short(transaction, idle.room_id, roster.id, idle.by)
    with database.read() as reading:
        found = rosters.shortages(reading, idle.room_id, roster.id)
    assert (found.missing_minutes, found.stretches) == (0, ())


def test_the_pages_tell_what_binds(database: Database, client: TestClient, room: Rostered) -> None:
    """The roster leads to where people are missing; a gap says why and what would help."""
    roster = drafted(database, room)
    manager = signed_in(client, room.force.manager)
    here = f"/rooms/{room.room_id}/rosters/{roster.id}"
    assert f"{here}/shortages" in manager.get(here).text
    panel = words(manager.get(f"{here}/gaps/E/0").text)
    assert "Why it is short Of 8 people with 999, on Monday 4 January" in panel
    assert "9 are needed" in panel or "Nine are needed" in panel
    page = words(manager.get(f"{here}/shortages").text)
    assert "The hardest stretches" in page
    assert "Work it out" in page
    assert manager.post(f"{here}/shortages").status_code == 303
    assert "Working it out" in words(manager.get(f"{here}/shortages").text)


def test_systems_read_what_binds(database: Database, client: TestClient, room: Rostered) -> None:
    """Stretches come with where everybody is; the room's causes come once a job found them."""
    roster = drafted(database, room)
    manager = signed_in(client, room.force.manager)
    where = f"/api/v1/rooms/{room.room_id}/rosters/{roster.id}/shortages"
    asked = manager.post(where, headers={"Idempotency-Key": "once"})
    assert asked.status_code == 202, asked.text
    with database.read() as reading:
        job = rosters.shortages(reading, room.room_id, roster.id).job
    assert job is not None
    assert asked.json()["job_id"] == str(job.id)
    first = manager.get(where, params={"limit": 1}).json()
    assert first["room"] is None
    room_found = RoomShortage(
        1200, (Cause(("hours",), 1200),), (), (MoreHours("999", 480, 240),), is_whole=True
    )
    with database.write() as transaction:
        rosters.keep_shortage(transaction, job, roster.id, room_found)
    answer = manager.get(where, params={"limit": 3}).json()
    assert answer["room"]["causes"] == [{"resources": ["hours"], "minutes": 1200}]
    assert answer["words"][1] == "20 person-hours because of contracted hours, which are all used."
    (one, *_) = answer["shortages"]
    assert one["needed"] - one["on_duty"] == one["most_missing"]
    assert one["holders"] == one["on_duty"] + sum(len(kept["officers"]) for kept in one["kept"])
    assert one["words"]
    assert one["remedy"]
