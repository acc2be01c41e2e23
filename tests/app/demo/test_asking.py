"""What is asked of the days to come of a demonstration room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest

from app.db.transaction import Database
from app.demo.making import ask_what_if
from app.demo.plan import Plan, Told
from app.scenarios import service as scenarios
from tests.app.rosters.rooms import DAYS, FIRST, Rostered
from tests.app.scenarios.rooms import asked_about, in_force


@dataclass(frozen=True)
class Days:
    """As much of a plan as is looked at."""

    present: datetime
    next_day: date = FIRST + timedelta(days=DAYS)
    zone: str = "Europe/London"


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room with a forecast, and a roster in force."""
    made = asked_about(database)
    in_force(database, made)
    return made


def told(room: Rostered, present: datetime) -> Told:
    """The room as a demonstration that stands at that moment."""
    plan = cast("Plan", Days(present))
    return Told(plan, room.force.room, room.officers, room.force.manager)


def test_the_coming_week_is_asked_about_beside_one_with_fewer_people(
    database: Database, room: Rostered
) -> None:
    """Two jobs: seven days from tomorrow as published, and the same with two fewer at weekends."""
    asked = ask_what_if(database, told(room, datetime(2027, 1, 5, 12, tzinfo=UTC)))
    with database.read() as reading:
        b, a = scenarios.scenarios(reading, room.room_id)
    assert [each.id for each in asked] == [a.job_id, b.job_id]
    assert (a.first_day, a.days, a.changes) == (date(2027, 1, 6), 7, ())
    assert b.against == a.id
    assert [scenarios.change_words(each) for each in b.changes] == [
        "2 people absent, Fridays and Saturdays 18:00 to 02:00"
    ]


def test_the_last_days_are_asked_about_and_none_after_them(
    database: Database, room: Rostered
) -> None:
    """Fewer days before the next period; on its eve nothing."""
    last = FIRST + timedelta(days=DAYS - 1)
    noon = datetime(last.year, last.month, last.day, 12, tzinfo=UTC)
    assert ask_what_if(database, told(room, noon)) == ()
    assert len(ask_what_if(database, told(room, noon - timedelta(days=3)))) == 2
    with database.read() as reading:
        assert scenarios.scenarios(reading, room.room_id)[0].days == 3
