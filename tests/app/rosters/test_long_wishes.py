"""Wishes about several days: how a roster is made with them, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest

from app import clock
from app.db.transaction import Database
from app.preferences import service as preferences
from app.preferences.service import LongWishDetails, Round, RoundDetails
from app.rosters import service as rosters
from app.rosters.problem import company_of, long_wish_of
from rostering.problem import Problem, Shift
from rostering.wishes import DaysWish, RunWish
from tests.app.rosters.rooms import (
    DAYS,
    FIRST,
    LATE,
    PLAIN,
    Rostered,
    change,
    drafted,
    read,
    rostered,
)

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
CLOSES = datetime(2026, 12, 20, tzinfo=UTC)
FRAME = Problem(
    "frame", FIRST, DAYS, "Europe/London",
    (Shift("E", "early", 420, 480), Shift("N", "night", 1320, 600)), (), (),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Let it be early December."""
    with clock.stopped_at(NOW):
        yield


def asked(
    details: LongWishDetails, first: date = FIRST, days: int = DAYS
) -> tuple[Round, preferences.LongWish]:
    """A wish of somebody in a round of some days."""
    of_round = Round(uuid4(), uuid4(), 1, RoundDetails(first, days, CLOSES), None, "open")
    return of_round, preferences.LongWish(uuid4(), of_round.id, uuid4(), 1, details, True)


def test_a_wish_is_read_as_it_was_stated() -> None:
    """Days, times, kinds and days in a row are those asked; weekdays become days of the roster."""
    tuesdays = LongWishDetails("times", 3, weekdays=(1,), earliest=600, latest=960)
    assert long_wish_of(asked(tuesdays), FRAME) == DaysWish(
        frozenset({1, 8}), 3, earliest=600, latest=960
    )
    first = FIRST + timedelta(days=2)
    nights = LongWishDetails("no_kind", 4, first_day=first, last_day=first, kinds=("night",))
    night = frozenset({"night"})
    assert long_wish_of(asked(nights), FRAME) == DaysWish(frozenset({2}), 4, kinds=night)
    only = LongWishDetails("kind", 4, kinds=("night", "late"))
    assert long_wish_of(asked(only), FRAME) == DaysWish(
        frozenset(range(DAYS)), 4, wants=True, kinds=night
    )
    assert long_wish_of(asked(replace(only, kinds=("late",))), FRAME) is None
    few, off = LongWishDetails("work_run", 2, most=3), LongWishDetails("rest_run", 2, fewest=3)
    assert long_wish_of(asked(few), FRAME) == RunWish(2, longest=3)
    assert long_wish_of(asked(off), FRAME) == RunWish(2, "rest", shortest=3)


def test_a_part_of_a_period_takes_its_part_of_the_points() -> None:
    """A roster of half of the round weighs half of the points, and none of what lies outside."""
    off = LongWishDetails("off", 8)
    wish = long_wish_of(asked(off, days=2 * DAYS), FRAME)
    assert wish is not None
    assert wish.points == 4
    before = asked(off, FIRST - timedelta(days=DAYS))
    assert long_wish_of(before, FRAME) is None


def test_company_is_wished_day_by_day() -> None:
    """Points are shared out among the days; the longest shift loses those of its day, no more."""
    colleague = uuid4()
    said = LongWishDetails("apart", 5, weekdays=(5, 6), colleague_id=colleague)
    bonds = list(company_of(asked(said), FRAME))
    assert [(bond.first, bond.last) for bond in bonds] == [(5, 5), (6, 6), (12, 12), (13, 13)]
    assert [-(-600 // bond.unit) for bond in bonds] == [2, 1, 1, 1]
    assert {bond.kind for bond in bonds} == {"wished_apart"}
    assert list(company_of(asked(LongWishDetails("off", 5)), FRAME)) == []


def stated(
    database: Database, room: Rostered, *wishes: tuple[int, LongWishDetails]
) -> dict[UUID, int]:
    """Wishes of officers by their place, stated in a round of the period; the place by wish."""
    with database.write() as transaction:
        of_round = preferences.open_round(
            transaction, room.room_id, RoundDetails(FIRST, DAYS, CLOSES)
        )
        return {
            preferences.state_long_wish(
                transaction, room.room_id, room.officers[who].id, of_round.id, wish
            ).id: place
            for place, (who, wish) in enumerate(wishes)
        }


def test_a_roster_is_made_with_wishes_and_tells_what_came_of_them(database: Database) -> None:
    """Asked before, judged as published, told to each officer in words that name nobody."""
    room = rostered(database)
    third = room.officers[3].id
    places = stated(
        database,
        room,
        (0, LongWishDetails("times", 3, weekdays=(4,), earliest=14 * 60)),
        (1, LongWishDetails("off", 4, weekdays=(5, 6))),
        (2, LongWishDetails("work_run", 6, most=3)),
        (3, LongWishDetails("off", 4, weekdays=(0,))),
        (4, LongWishDetails("apart", 2, weekdays=(0,), colleague_id=third)),
        (5, LongWishDetails("with", 2, weekdays=(0,), colleague_id=third)),
    )
    choices = PLAIN.copy()
    choices[0, 11] = LATE
    roster = drafted(database, room, choices)
    with database.read() as reading:
        problem = rosters.opened(reading, room.room_id, roster.id).problem
    wished = [len(officer.long_wishes) for officer in problem.officers]
    assert sorted(wished) == [0, 0, 0, 0, 1, 1, 1, 1]
    assert [bond.kind for bond in problem.bonds] == ["wished_apart"] * 2
    with database.write() as transaction:
        kept = read(database, room, roster.id)
        rosters.publish(transaction, room.room_id, kept.id, kept.version, "New year", room.by)
    came = {}
    with database.read() as reading:
        for officer in room.officers:
            for wish in preferences.long_wishes_of(reading, room.room_id, officer.id):
                came[places[wish.id]] = wish.outcome
    lost = {place: outcome.lost if outcome else None for place, outcome in came.items()}
    assert lost == {0: 2, 1: 0, 2: 6, 3: 4, 4: 2, 5: None}
    first, apart = came[0], came[4]
    assert first is not None
    assert apart is not None
    assert first.words == ("1 shift goes against it: Friday 8 January 07:00 to 15:00.")
    assert room.officers[3].details.name not in apart.words


def test_a_change_tells_anew_what_came_of_wishes(database: Database) -> None:
    """Somebody else's change decides a wish about them as well."""
    room = rostered(database)
    places = stated(
        database,
        room,
        (4, LongWishDetails("apart", 2, weekdays=(0,), colleague_id=room.officers[3].id)),
    )
    (wish,) = places
    roster = drafted(database, room, np.array(PLAIN))
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, roster.id, roster.version, "New year", room.by)
    saturday_instead = change(room, (3, 0, None), (3, 5, "E"))
    with database.write() as transaction:
        kept = read(database, room, roster.id)
        why = rosters.Why("own_request", note="asked")
        rosters.edit(
            transaction, room.room_id, kept.id, kept.version, saturday_instead, room.by, why
        )
    with database.read() as reading:
        found = preferences.long_wish(reading, room.room_id, room.officers[4].id, wish)
    assert found.outcome is not None
    assert found.outcome.lost == 1
