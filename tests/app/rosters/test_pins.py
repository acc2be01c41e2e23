"""What is pinned is kept by hands and by the search; pins that go against each other are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.errors import Conflict, Unlawful
from app.rosters import service as rosters
from rostering.problem import REST, OfficerDay
from tests.app.callers import signed_in
from tests.app.rosters.rooms import (
    EARLY,
    FIRST,
    LATE,
    NIGHT,
    PLAIN,
    Rostered,
    asked,
    change,
    drafted,
    read,
    rostered,
)


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room with shifts and a need."""
    return rostered(database)


def pin(
    database: Database,
    room: Rostered,
    roster: rosters.Roster,
    *cells: tuple[int, int],
    kinds: bool = False,
) -> None:
    """Pin officer-days by place of the officer and day of the period."""
    kept = read(database, room, roster.id)
    days = [(room.officers[who].id, FIRST + timedelta(days=day)) for who, day in cells]
    with database.write() as transaction:
        rosters.set_pinned(
            transaction,
            room.room_id,
            roster.id,
            kept.version,
            days,
            room.by,
            pinned=True,
            kinds=kinds,
        )


def test_a_kind_is_pinned_and_its_times_are_not(database: Database, room: Rostered) -> None:
    """A pinned kind binds the search that goes on from the roster, and hands; a rest stays one."""
    roster = drafted(database, room)
    pin(database, room, roster, (1, 0), (1, 5), kinds=True)
    _, job = asked(database, room, like=roster.id)
    with database.read() as reading:
        task = rosters.task(reading, room.room_id, job.id)
    assert task is not None
    days = task.problem.officers[task.problem.officer_index[str(room.officers[1].id)]].days
    assert days == {0: OfficerDay(kind="early"), 5: OfficerDay()}
    kept = read(database, room, roster.id)
    moves = tuple(change(room, (1, 0, "L")))
    with pytest.raises(Unlawful), database.write() as transaction:
        rosters.edit(transaction, room.room_id, roster.id, kept.version, moves, room.by)


def test_pins_that_go_against_each_other_are_told_at_once(
    database: Database, room: Rostered
) -> None:
    """A night and the early after it cannot both be kept: the rule and the days are named."""
    choices = PLAIN.copy()
    choices[2, 0:2] = (NIGHT, EARLY)
    roster = drafted(database, room, choices)
    pin(database, room, roster, (2, 0))
    with pytest.raises(Unlawful) as refused:
        pin(database, room, roster, (2, 1))
    assert "These pins cannot all be kept." in refused.value.detail
    assert any("rest" in words and "Officer 2" in words for words in refused.value.breaches)
    with database.read() as reading:
        pins = rosters.opened(reading, room.room_id, roster.id).pins
    assert [(each.day, each.code) for each in pins] == [(FIRST, "N")]


def test_what_can_still_come_is_no_contradiction(database: Database, room: Rostered) -> None:
    """Few hours on pinned days contradict nothing: the other days may bring more."""
    choices = PLAIN.copy()
    choices[3, 0:5] = (LATE, LATE, REST, REST, REST)
    roster = drafted(database, room, choices)
    pin(database, room, roster, *((3, day) for day in range(7)))


def test_a_week_and_a_day_are_pinned_at_once(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """The panel pins an officer's week and everybody's day, and lets them go again."""
    roster = drafted(database, room)
    browser = signed_in(client, room.force.manager)
    here = f"/rooms/{room.room_id}/rosters/{roster.id}"
    who = str(room.officers[0].id)

    def send(pinned: str, reach: str) -> int:
        kept = read(database, room, roster.id)
        form = {"version": kept.version, "officer": who, "day": "2027-01-06"}
        browser.post(f"{here}/pins", data={**form, "pinned": pinned, "reach": reach})
        return len(browser.get(f"/api/v1{here}/pins").json()["pins"])

    assert "Pin this week" in browser.get(f"{here}/cells/0/2").text
    assert send("yes", "week") == 7
    assert send("yes", "room") == 7 + len(room.officers) - 1
    assert send("no", "week") == len(room.officers) - 1
    assert send("no", "room") == 0


def test_pinning_is_a_step_of_the_trail(database: Database, room: Rostered) -> None:
    """It is undone and redone as any edit, before the edits that came first."""
    roster = drafted(database, room)
    pin(database, room, roster, (1, 0), (1, 5))
    pin(database, room, roster, (1, 0), kinds=True)
    kinds = [(each.code, each.kind) for each in pins(database, room, roster)]

    def travel(act: Callable[..., rosters.Roster]) -> list[tuple[str | None, str | None]]:
        kept = read(database, room, roster.id)
        with database.write() as transaction:
            act(transaction, room.room_id, roster.id, kept.version, room.by)
        return [(each.code, each.kind) for each in pins(database, room, roster)]

    assert kinds == [(None, "early"), (None, None)]
    assert travel(rosters.undo) == [("E", None), (None, None)]
    assert travel(rosters.undo) == []
    assert travel(rosters.redo) == [("E", None), (None, None)]
    assert travel(rosters.redo) == kinds
    with pytest.raises(Conflict, match="nothing to redo"):
        travel(rosters.redo)
    with database.read() as reading:
        notes = [each.note for each in rosters.edits(reading, room.room_id, roster.id)]
    assert notes == ["Pinned: 2 days.", "Pinned: 1 day."]


def pins(database: Database, room: Rostered, roster: rosters.Roster) -> tuple[rosters.Pin, ...]:
    """The pins of a roster by day."""
    with database.read() as reading:
        found = rosters.opened(reading, room.room_id, roster.id).pins
    return tuple(sorted(found, key=lambda each: each.day))
