"""The ledger: what is posted is kept, what is taken back nets to nothing, balances are sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from app.db.transaction import Database, Transaction
from app.errors import Conflict, InvalidInput, NotFound
from app.leave import service as leave
from app.leave.service import Asked
from tests.app.at_once import at_once
from tests.app.leave.owing import MAY, Owing, owed, owing


@pytest.fixture
def transaction(database: Database) -> Iterator[Transaction]:
    """A transaction that is open for the test."""
    with database.write() as transaction:
        yield transaction


@pytest.fixture
def room(transaction: Transaction) -> Owing:
    """A room whose people are owed things."""
    return owing(transaction)


def test_what_is_posted_is_kept_in_order(transaction: Transaction, room: Owing) -> None:
    """Entries come back as given, numbered by posting and place, with who and when."""
    by = uuid4()
    earned = owed(room.staff_id, 480, "publication:1", account="toil", expires=date(2026, 8, 4))
    paid = replace(owed(room.officer_id, 240, "publication:1", account="pay"), rate=150)
    spent = owed(room.staff_id, -120, "hand:a", MAY + timedelta(days=9), "toil")
    posted = leave.post(transaction, room.room_id, [earned, spent, paid], by)
    assert [(each.number, each.place, each.entry) for each in posted] == [
        (1, 1, earned),
        (1, 2, paid),
        (2, 1, spent),
    ]
    assert {(each.kind, each.by) for each in posted} == {("posted", by)}
    assert leave.entries(transaction, room.room_id, Asked()) == posted
    assert leave.entries(transaction, room.room_id, Asked(), after=(1, 1)) == posted[1:]
    assert leave.entries(transaction, room.room_id, Asked(account="pay")) == posted[1:2]
    assert leave.entries(transaction, room.room_id, Asked(first=MAY, last=MAY)) == posted[:2]
    theirs = Asked(officer_id=room.staff_id)
    assert leave.entries(transaction, room.room_id, theirs) == (posted[0], posted[2])
    assert leave.entries(transaction, room.small.other_room.id, Asked()) == ()


def test_balances_are_sums_up_to_a_day(transaction: Transaction, room: Owing) -> None:
    """Every account stands at the sum of its entries of that day and before."""
    later = MAY + timedelta(days=7)
    given = [
        owed(room.staff_id, 480, "a"),
        owed(room.staff_id, -120, "b", later),
        owed(room.staff_id, 1, "c", account="rest_days"),
        owed(room.officer_id, 60, "d", later),
    ]
    leave.post(transaction, room.room_id, given, None)
    before = leave.balances(transaction, room.room_id, None, later - timedelta(days=1))
    assert before == {room.staff_id: {"leave": 480, "rest_days": 1}}
    after = leave.balances(transaction, room.room_id, None, later)
    assert after == {
        room.staff_id: {"leave": 360, "rest_days": 1},
        room.officer_id: {"leave": 60},
    }
    one = leave.balances(transaction, room.room_id, [room.officer_id], later)
    assert one == {room.officer_id: {"leave": 60}}


def test_nothing_is_posted_twice(transaction: Transaction, room: Owing) -> None:
    """A source that is posted is refused, also beside a new one, and nothing of the call stays."""
    leave.post(transaction, room.room_id, [owed(room.staff_id, 480, "publication:1")], None)
    again = [owed(room.staff_id, 60, "publication:2"), owed(room.officer_id, 480, "publication:1")]
    with pytest.raises(Conflict, match="publication:1 is posted already"):
        leave.post(transaction, room.room_id, again, None)
    assert len(leave.entries(transaction, room.room_id, Asked())) == 1
    elsewhere = room.small.other_room.id
    leave.post(transaction, elsewhere, [owed(room.elsewhere_id, 60, "publication:1")], None)


def test_what_is_taken_back_nets_to_nothing(transaction: Transaction, room: Owing) -> None:
    """A reversal posts the opposite of every entry on the same day, once; nothing is rubbed out."""
    given = [
        owed(room.staff_id, 480, "absence:1", expires=date(2027, 4, 1)),
        owed(room.officer_id, -2, "absence:1", account="rest_days"),
    ]
    posted = leave.post(transaction, room.room_id, given, None)
    back = leave.reverse(transaction, room.room_id, "absence:1", uuid4())
    assert [(each.number, each.kind, each.entry.amount) for each in back] == [
        (2, "reversed", -480),
        (2, "reversed", 2),
    ]
    assert back[0].entry.words == "Taken back: For absence:1."
    assert leave.entries(transaction, room.room_id, Asked()) == posted + back
    balances = leave.balances(transaction, room.room_id, None, MAY)
    assert {amount for one in balances.values() for amount in one.values()} == {0}
    with pytest.raises(Conflict, match="taken back already"):
        leave.reverse(transaction, room.room_id, "absence:1", None)
    with pytest.raises(Conflict, match="posted already"):
        leave.post(transaction, room.room_id, given, None)
    with pytest.raises(NotFound):
        leave.reverse(transaction, room.room_id, "absence:2", None)
    with pytest.raises(NotFound):
        leave.reverse(transaction, room.small.other_room.id, "absence:1", None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": 1_000_001}, "amount"),
        ({"account": "gold"}, "account"),
        ({"day": date(1000, 1, 1)}, "day"),
        ({"expires": MAY}, "expires"),
        ({"amount": -1, "expires": date(2027, 1, 1)}, "expires"),
        ({"rate": 150}, "rate"),
        ({"account": "pay", "rate": 0}, "rate"),
        ({"words": " "}, "words"),
        ({"words": "two\nlines"}, "words"),
        ({"source": "x" * 201}, "source"),
        ({"officer_id": uuid4()}, "officer_id"),
    ],
)
def test_what_cannot_be_is_refused(
    transaction: Transaction, room: Owing, change: dict[str, object], field: str
) -> None:
    """The field at fault is named with its place, and nothing is posted."""
    good = owed(room.staff_id, 60, "a")
    bad = replace(owed(room.staff_id, 60, "b"), **change)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused:
        leave.post(transaction, room.room_id, [good, bad], None)
    assert [place.field for place in refused.value.places] == [f"entries[1].{field}"]
    assert leave.entries(transaction, room.room_id, Asked()) == ()


def test_an_officer_of_another_room_is_refused(transaction: Transaction, room: Owing) -> None:
    """Whoever is elsewhere sounds like one that does not exist; no entry is none."""
    with pytest.raises(InvalidInput, match="no such officer"):
        leave.post(transaction, room.room_id, [owed(room.elsewhere_id, 60, "a")], None)
    with pytest.raises(InvalidInput, match="at least one entry"):
        leave.post(transaction, room.room_id, [], None)
    with pytest.raises(NotFound):
        leave.post(transaction, uuid4(), [owed(room.staff_id, 60, "a")], None)


def test_two_hands_cannot_post_one_source(database: Database) -> None:
    """At the same moment one of them is refused, and the numbers of postings have no gap."""
    with database.write() as transaction:
        room = owing(transaction)

    def hand(source: str) -> None:
        with database.write() as transaction:
            entries = [owed(room.staff_id, 60, "publication:1"), owed(room.staff_id, 5, source)]
            leave.post(transaction, room.room_id, entries, None)

    refused = at_once(lambda: hand("a"), lambda: hand("b"))
    assert [type(each) for each in refused] == [Conflict]
    with database.read() as reading:
        kept = leave.entries(reading, room.room_id, Asked())
    assert [each.number for each in kept] == [1, 2]
