"""Two rosters are compared line by line, in people's terms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.errors import Conflict, NotFound
from app.preferences import service as preferences
from app.rosters import service as rosters
from rostering.problem import REST, Choices
from tests.app.callers import signed_in
from tests.app.rosters.rooms import (
    DAYS,
    FIRST,
    LATE,
    PLAIN,
    Rostered,
    drafted,
    require,
    rostered,
    wishing,
)


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room in which one person wishes for a Saturday's shift, another for a Monday off."""
    room = rostered(database)
    wish = preferences.WishDetails(FIRST + timedelta(days=7), wants=False, points=5)
    wishing(database, room, [(2, wish)])
    return room


def other() -> Choices:
    """The plain roster with 2 off on the second Monday, and 3 on the late of the second Friday."""
    choices = PLAIN.copy()
    choices[2, 7] = REST
    choices[3, 11] = LATE
    return choices


@pytest.fixture
def pair(database: Database, room: Rostered) -> tuple[rosters.Roster, rosters.Roster]:
    """The plain roster and the other."""
    return drafted(database, room), drafted(database, room, other())


def test_what_differs_is_told_by_person_and_day(
    database: Database, room: Rostered, pair: tuple[rosters.Roster, rosters.Roster]
) -> None:
    """Hours, wishes and days of each person; hours that are short by day and hour of the day."""
    one, two = pair
    with database.read() as reading:
        found = rosters.side_by_side(reading, room.room_id, one.id, two.id)
    moved = {line.name: line for line in found.lines if line.differs}
    assert set(moved) == {"Officer 2", "Officer 3"}
    assert moved["Officer 2"].differs == ((FIRST + timedelta(days=7), "E", None),)
    assert [side.hours for side in moved["Officer 2"].sides] == [80, 72]
    assert [side.wishes_met for side in moved["Officer 2"].sides] == [0, 1]
    assert [side.wishes_met for side in found.sides] == [0, 1]
    first, second = (side.short for side in found.sides)
    assert first is not None
    assert second is not None
    mended = first - second  # the late of the second Friday, from 15:00 on, where nobody was
    assert mended[11, 15:22].tolist() == [1.0] * 7
    assert mended.sum() == 7
    assert found.alone == ((), ())


def test_rosters_of_other_days_are_compared_where_they_meet(
    database: Database, room: Rostered
) -> None:
    """Of two periods only the shared days count, and points and calls are not told."""
    with database.write() as transaction:
        require(transaction, room.room_id, 1, FIRST + timedelta(days=7), DAYS)
    one = drafted(database, room)
    two = drafted(database, room, first_day=FIRST + timedelta(days=7))
    with database.read() as reading:
        found = rosters.side_by_side(reading, room.room_id, one.id, two.id)
    assert (found.days[0], len(found.days)) == (FIRST + timedelta(days=7), DAYS - 7)
    assert [side.points for side in found.sides] == [None, None]
    assert not any(line.differs for line in found.lines)
    later = FIRST + timedelta(days=DAYS)
    with database.write() as transaction:
        require(transaction, room.room_id, 1, later, DAYS)
    three = drafted(database, room, first_day=later)
    with database.read() as reading, pytest.raises(Conflict, match="no day in common"):
        rosters.side_by_side(reading, room.room_id, one.id, three.id)


def test_two_are_chosen_from_the_list(
    database: Database,
    client: TestClient,
    room: Rostered,
    pair: tuple[rosters.Roster, rosters.Roster],
) -> None:
    """The list offers to compare; the page opens with a sentence; one alone is sent back."""
    browser = signed_in(client, room.force.manager)
    home = f"/rooms/{room.room_id}/rosters"
    assert "Compare the two chosen" in browser.get(home).text
    ids = [str(each.id) for each in pair]
    text = browser.get(f"{home}/compare", params={"roster": ids}).text
    assert (
        "is 7 person-hours less short, meets 1 wish more and breaks the rules in 1 place more."
        in text
    )
    assert "2 officer-days differ, for 2 people." in text
    assert "Fri 15 E → L" in text
    assert "15:00 to 16:00" in text
    back = browser.get(f"{home}/compare", params={"roster": ids[:1]}, follow_redirects=False)
    assert back.status_code == 303
    twice = browser.get(
        f"{home}/compare", params={"roster": [ids[0], ids[0]]}, follow_redirects=False
    )
    assert twice.status_code == 303
    told = browser.get(f"/api/v1{home}/{ids[0]}/comparison", params={"other": ids[1]}).json()
    assert told["sentence"].startswith("The second roster is 7 person-hours less short")
    assert [len(line["days"]) for line in told["lines"]] == [1, 1]
    assert told["short_hours"]["one"][11][15] - told["short_hours"]["other"][11][15] == 1.0


def test_what_is_no_roster_of_the_room_is_not_found(
    database: Database, room: Rostered, pair: tuple[rosters.Roster, rosters.Roster]
) -> None:
    """Both must be of the room."""
    one, _ = pair
    with database.read() as reading, pytest.raises(NotFound):
        rosters.side_by_side(reading, room.force.room.id, one.id, one.job_id)
