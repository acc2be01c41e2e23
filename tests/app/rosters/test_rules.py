"""Rosters are judged by the rulebooks of their first day, and keep them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from app.db.transaction import Database
from app.people import service as people
from app.rosters import service as rosters
from app.rulebooks import service as rulebooks
from app.rulebooks.service import Effect, Said
from tests.app.rosters.rooms import FIRST, Rostered, asked, change, drafted, rostered

OFFICERS, STAFF = "police_officers_ew", "police_staff_ew"


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """It is 27 November 2026, and rosters begin on 4 January."""
    with clock.stopped_at(datetime(2026, 11, 27, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room: its people are staff but for the first, who is made an officer."""
    made = rostered(database)
    with database.write() as transaction:
        first = people.officer(transaction, made.room_id, made.officers[0].id)
        details = replace(first.details, employment="officer")
        people.change_officer(transaction, made.room_id, first.id, first.version, details)
    return made


def say(
    database: Database,
    room: Rostered,
    book: str,
    rule: str,
    numbers: rulebooks.Numbers,
    from_day: date = FIRST,
) -> None:
    """Let these be the force's own numbers."""
    with database.write() as transaction:
        version = rulebooks.history(transaction, room.room_id, book, rule).version
        said = Said(numbers, from_day, "Agreed")
        rulebooks.set_numbers(transaction, room.room_id, book, rule, version, said, room.by)


def test_officers_and_staff_are_judged_each_by_their_own_book(
    database: Database, room: Rostered
) -> None:
    """The room has the officers' rules; staff differ where their book does; sentences say so."""
    say(database, room, OFFICERS, "daily_rest", {"minutes": 720})
    roster, _ = asked(database, room)
    with database.read() as reading:
        problem = rosters.opened(reading, room.room_id, roster.id).problem
    rest = next(rule for rule in problem.rules if rule.code == "daily_rest")
    assert vars(rest)["minutes"] == 720
    terms = {officer.name: officer.terms for officer in problem.officers}
    assert terms["Officer 0"] == {}
    assert terms["Officer 1"]["daily_rest"] == {"minutes": 660}
    assert terms["Officer 1"]["rest_day_interval"] is None
    assert (
        "Officers are judged by the rulebook Police officers, England and Wales, numbers of "
        "1 November 2025, which is assumed." in roster.assumed
    )
    assert "The force's own numbers: daily rest 12 h from 4 January 2027." in roster.assumed


def test_a_number_of_a_later_day_changes_no_roster_before_it(
    database: Database, room: Rostered
) -> None:
    """A roster that begins before the day is made, and edited by hand, by the old number."""
    roster = drafted(database, room)
    say(database, room, STAFF, "consecutive_days", {"most": 5}, FIRST + timedelta(days=1))
    told, _ = asked(database, room)
    assert (
        "Staff are judged by these from the next roster on: most days in a row 5 from "
        "5 January 2027." in told.assumed
    )
    say(database, room, STAFF, "consecutive_days", {"most": 4})
    with database.read() as reading:
        trial = rosters.try_changes(reading, room.room_id, roster.id, change(room, (1, 5, "E")))
    assert "consecutive_days" not in {breach.rule for breach in trial.effect.made}
    again, _ = asked(database, room)
    with database.read() as reading:
        problem = rosters.opened(reading, room.room_id, again.id).problem
    officers = {officer.name: officer.terms for officer in problem.officers}
    assert officers["Officer 1"]["consecutive_days"] == {"most": 4}


def test_the_published_roster_is_judged_by_other_books(database: Database, room: Rostered) -> None:
    """Only whom a book concerns breaks its number; with nothing published there is no answer."""
    roster = drafted(database, room)

    def judged() -> Effect | None:
        with database.read() as reading:
            now = rulebooks.in_force(reading, room.room_id, date(2026, 11, 27))
            then = rulebooks.in_force(reading, room.room_id, FIRST)
            return rosters.judged(reading, room.room_id, "consecutive_days", now, then)

    assert judged() is None
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, roster.id, roster.version, "It is due", room.by)
    say(database, room, OFFICERS, "consecutive_days", {"most": 4})
    found = judged()
    assert found is not None
    assert (found.roster, found.broken_now, len(found.broken)) == (roster.name, 0, 2)
    assert all(words.startswith("Officer 0 works 5 days in a row") for words in found.broken)
