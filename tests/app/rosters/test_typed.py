"""What is typed into addresses and forms of rosters: whatever it is, the answer is in words."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.rosters import service as rosters
from tests.app.callers import signed_in
from tests.app.rosters.rooms import FIRST, Rostered, rostered


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room that can be rostered."""
    return rostered(database)


@pytest.fixture
def manager(client: TestClient, room: Rostered) -> TestClient:
    """A browser in which the room's manager is signed in."""
    return signed_in(client, room.force.manager)


@pytest.mark.parametrize("day", ["0001-01-01", "1970-12-31", "2199-01-01", "9999-12-31"])
def test_cover_is_of_days_that_can_be_counted(
    manager: TestClient, room: Rostered, day: str
) -> None:
    """A day at an end of the calendar has no days beside it to lead to: it is refused."""
    answer = manager.get(f"/rooms/{room.room_id}/cover?from={day}")
    assert (answer.status_code, "Give a day between 1971 and 2198." in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"first_day": "9999-12-31"}, 422), ({"first_day": "0001-01-01"}, 422), ({"like": "x"}, 404)],
)
def test_a_roster_that_cannot_be_is_not_asked_for(
    database: Database, manager: TestClient, room: Rostered, typed: dict[str, str], status: int
) -> None:
    """Days beyond the calendar and what is no roster are told, and nothing is made."""
    form = {"first_day": FIRST.isoformat(), "days": "14", "seconds": "30"}
    answer = manager.post(f"/rooms/{room.room_id}/rosters", data=form | typed)
    assert answer.status_code == status
    with database.read() as reading:
        assert rosters.rosters(reading, room.room_id) == ()
