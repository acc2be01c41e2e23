"""Leave years: granted once to everyone, put right when terms change; what expires is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from app import clock
from app.db.transaction import Database, Transaction
from app.errors import Conflict, InvalidInput, NotFound
from app.leave import service as leave
from app.leave.service import Asked, YearStart
from app.people import service as people
from app.rulebooks import service as rulebooks
from tests.app.leave.owing import MAY, Owing, owed, owing

BY = uuid4()


def at(day: date) -> AbstractContextManager[None]:
    """Noon of a day."""
    return clock.stopped_at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.fixture
def transaction(database: Database) -> Iterator[Transaction]:
    """A transaction that is open for the test, on 4 May 2026."""
    with at(MAY), database.write() as transaction:
        yield transaction


@pytest.fixture
def room(transaction: Transaction) -> Owing:
    """A room whose leave year begins in April."""
    made = owing(transaction)
    leave.set_year_start(transaction, made.room_id, 4, 1)
    return made


def balance(transaction: Transaction, room: Owing, on: date) -> dict[leave.Account, int]:
    """What the police officer of the room has on a day."""
    found = leave.balances(transaction, room.room_id, [room.officer_id], on)
    return dict(found.get(room.officer_id, {}))


def test_a_year_is_granted_once(transaction: Transaction, room: Owing) -> None:
    """Six years of service are 25 days of 8 hours until the year ends; a second time adds nothing.

    Of police staff the force has not said how much leave they have: it is asked, and they wait.
    """
    done = leave.grant(transaction, room.room_id, None, BY)
    (posted,) = done.posted
    assert posted.entry.officer_id == room.officer_id
    assert (posted.entry.amount, posted.entry.day) == (200 * 60, date(2026, 4, 1))
    assert posted.entry.expires == date(2027, 4, 1)
    assert posted.entry.words == "Leave for 1 April 2026 to 31 March 2027: 200 h."
    assert done.left_out == 1
    assert "How many days of leave a year" in done.asked[0]
    assert leave.grant(transaction, room.room_id, 2026, BY).posted == ()
    assert balance(transaction, room, MAY) == {"leave": 200 * 60}
    following = leave.grant(transaction, room.room_id, 2027, BY)
    assert following.posted[0].entry.day == date(2027, 4, 1)


def test_staff_are_granted_what_the_force_has_answered(
    transaction: Transaction, room: Owing
) -> None:
    """23 days of 7 h 24 min for 37 hours, more for 40, and 2 days carried over, as was said."""
    answers: rulebooks.Numbers = {
        "leave_days": "23, 10: 26",
        "leave_carried_days": 2,
    }
    said = rulebooks.Said(answers, MAY, "Local agreement")
    rulebooks.set_numbers(transaction, room.room_id, "police_staff_ew", "asked", 0, said, BY)
    done = leave.grant(transaction, room.room_id, None, BY)
    assert (done.asked, done.left_out) == ((), 0)
    amounts = {each.entry.officer_id: each.entry.amount for each in done.posted}
    assert amounts == {room.officer_id: 200 * 60, room.staff_id: 23 * 444 * 2400 // 2220}
    with at(date(2027, 4, 1)):
        lapsed = leave.settle(transaction, room.room_id, BY)
    lost = {each.entry.officer_id: each.entry.amount for each in lapsed}
    assert lost[room.staff_id] == 2 * 444 - amounts[room.staff_id]


def test_a_change_of_terms_is_put_right(transaction: Transaction, room: Owing) -> None:
    """Half the hours from October take a quarter back on the day it is known; then nothing more."""
    leave.grant(transaction, room.room_id, None, BY)
    begun, changed = date(2020, 1, 6), date(2026, 10, 1)
    contracts = [people.Contract(begun, changed, 2400), people.Contract(changed, None, 1200)]
    people.set_contracts(transaction, room.room_id, room.officer_id, contracts)
    (right,) = leave.grant(transaction, room.room_id, None, BY).posted
    assert (right.entry.amount, right.entry.day) == (-50 * 60, MAY)
    assert right.entry.words.endswith("150 h in place of 200 h.")
    assert leave.grant(transaction, room.room_id, None, BY).posted == ()
    assert balance(transaction, room, date(2026, 4, 30)) == {"leave": 200 * 60}
    assert balance(transaction, room, MAY) == {"leave": 150 * 60}


def test_leave_that_is_not_taken_lapses_but_for_five_days(
    transaction: Transaction, room: Owing
) -> None:
    """At the year's end 40 hours are carried over, the rest is lost (Annex O); a year later all."""
    leave.grant(transaction, room.room_id, None, BY)
    leave.post(transaction, room.room_id, [owed(room.officer_id, -100 * 60, "holiday")], BY)
    with at(date(2027, 4, 1)):
        (lost,) = leave.settle(transaction, room.room_id, BY)
        assert leave.settle(transaction, room.room_id, BY) == ()
        assert leave.settled(transaction, room.room_id) == date(2027, 4, 1)
    assert (lost.kind, lost.entry.amount, lost.entry.day) == (
        "lapsed",
        -60 * 60,
        date(2027, 4, 1),
    )
    assert lost.entry.words == "60 h not taken: lost; 40 h are carried over."
    assert balance(transaction, room, date(2027, 3, 31)) == {"leave": 100 * 60}
    assert balance(transaction, room, date(2027, 4, 1)) == {"leave": 40 * 60}
    with at(date(2028, 4, 1)):
        assert [each.entry.amount for each in leave.settle(transaction, room.room_id, BY)] == [
            -40 * 60
        ]


def test_time_off_in_lieu_of_staff_is_paid_up_after_three_months(
    transaction: Transaction, room: Owing
) -> None:
    """Posted without an expiry it has that of the handbook, three months; officers keep theirs."""
    entries = [
        owed(room.staff_id, 480, "publication:1", account="toil"),
        owed(room.officer_id, 480, "publication:1", account="toil"),
        owed(room.staff_id, -120, "absence:1", account="toil"),
    ]
    posted = leave.post(transaction, room.room_id, entries, BY)
    assert [each.entry.expires for each in posted] == [date(2026, 8, 4), None, None]
    with at(date(2026, 8, 3)):
        assert leave.settle(transaction, room.room_id, BY) == ()
    with at(date(2026, 8, 4)):
        off, pay = leave.settle(transaction, room.room_id, BY)
    assert (off.entry.account, off.entry.amount, off.entry.rate) == ("toil", -360, None)
    assert (pay.entry.account, pay.entry.amount, pay.entry.rate) == ("pay", 360, 100)
    assert {off.entry.officer_id, pay.entry.officer_id} == {room.staff_id}
    found = leave.entries(transaction, room.room_id, Asked(account="pay"))
    assert found == (pay,)


def test_the_year_begins_as_the_room_says(transaction: Transaction, room: Owing) -> None:
    """Said before leave is granted, on a day every year has, it stays once leave was granted."""
    elsewhere = room.small.other_room.id
    assert leave.year_start(transaction, elsewhere) is None
    with pytest.raises(Conflict, match="Say first"):
        leave.grant(transaction, elsewhere, None, BY)
    with pytest.raises(InvalidInput):
        leave.set_year_start(transaction, elsewhere, 2, 29)
    with pytest.raises(NotFound):
        leave.set_year_start(transaction, uuid4(), 4, 1)
    leave.set_year_start(transaction, room.room_id, 1, 1)
    assert leave.year_start(transaction, room.room_id) == YearStart(1, 1)
    leave.grant(transaction, room.room_id, None, BY)
    assert leave.set_year_start(transaction, room.room_id, 1, 1) == YearStart(1, 1)
    with pytest.raises(Conflict, match="has been granted"):
        leave.set_year_start(transaction, room.room_id, 4, 1)
    with pytest.raises(InvalidInput, match="between 1971 and 2027"):
        leave.grant(transaction, room.room_id, 2028, BY)


def test_who_is_not_in_service_is_granted_nothing(transaction: Transaction, room: Owing) -> None:
    """Who left before the year, or joins after it, has no entry; who left within it has a part."""
    officer = people.officer(transaction, room.room_id, room.officer_id)
    gone = replace(officer.details, left=date(2026, 4, 1))
    people.change_officer(transaction, room.room_id, officer.id, officer.version, gone)
    assert leave.grant(transaction, room.room_id, None, BY).posted == ()
    in_july = replace(officer.details, left=date(2026, 7, 1))
    people.change_officer(transaction, room.room_id, officer.id, officer.version + 1, in_july)
    (posted,) = leave.grant(transaction, room.room_id, None, BY).posted
    assert posted.entry.amount == 50 * 60
