"""Absence: what a day counts, what leave is charged, and what stands in the way of recording it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from app import clock
from app.db.transaction import Database, Transaction
from app.errors import Conflict, InvalidInput, NotFound
from app.leave import service as leave
from app.leave.service import AbsenceDetails, Asked
from app.people import service as people
from tests.app.leave.owing import MAY, Owing, owed, owing

BY = uuid4()
NOW = datetime(2026, 4, 20, 12, tzinfo=UTC)
WEEK = AbsenceDetails("leave", MAY, MAY + timedelta(days=6), "leave")


@pytest.fixture
def transaction(database: Database) -> Iterator[Transaction]:
    """A transaction that is open for the test, two weeks before May's first Monday."""
    with clock.stopped_at(NOW), database.write() as transaction:
        yield transaction


@pytest.fixture
def room(transaction: Transaction) -> Owing:
    """A room whose officer has leave of 200 hours."""
    made = owing(transaction)
    leave.set_year_start(transaction, made.room_id, 4, 1)
    leave.grant(transaction, made.room_id, None, BY)
    return made


def record(transaction: Transaction, room: Owing, details: AbsenceDetails) -> leave.Recorded:
    """An absence of the police officer."""
    return leave.record_absence(transaction, room.room_id, room.officer_id, details, BY)


def left(transaction: Transaction, room: Owing, account: leave.Account = "leave") -> int:
    """What the police officer has at the end of 2026."""
    balances = leave.balances(transaction, room.room_id, None, date(2026, 12, 31))
    return balances[room.officer_id].get(account, 0)


def publish(transaction: Transaction, room: Owing, *days: tuple[int, int]) -> None:
    """Publish shifts of the officer from 07:00 on days of May of so many hours."""
    shifts = [
        people.PastShift(room.officer_id, start, start + timedelta(hours=hours), "early", "E")
        for day, hours in days
        for start in [datetime(2026, 5, day, 6, tzinfo=UTC)]
    ]
    span = people.Span(datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
    people.set_history(transaction, room.room_id, "published", [room.officer_id], span, shifts)


def test_a_week_of_leave_takes_the_hours_of_a_week(transaction: Transaction, room: Owing) -> None:
    """Where no roster is known five days of seven count a fifth of the contracted week each."""
    done = record(transaction, room, WEEK)
    assert list(done.absence.minutes.values()) == [480] * 5 + [0] * 2
    assert done.shifts == ()
    assert left(transaction, room) == 160 * 60
    spent = leave.entries(transaction, room.room_id, Asked(first=MAY, last=WEEK.last))
    assert [each.entry.amount for each in spent] == [-480] * 5
    assert spent[0].entry.words == "Annual leave on Monday 4 May 2026."
    day = record(transaction, room, AbsenceDetails("leave", date(2026, 6, 1), date(2026, 6, 1)))
    assert list(day.absence.minutes.values()) == [480]
    assert left(transaction, room) == 160 * 60


def test_a_rostered_day_takes_the_hours_of_its_shift(transaction: Transaction, room: Owing) -> None:
    """On published days the shift counts, a rest day nothing; the shifts are told of."""
    publish(transaction, room, (4, 10), (5, 9))
    others = [
        people.PastShift(room.staff_id, start, start + timedelta(hours=8), "early", "E")
        for day in range(4, 8)
        for start in [datetime(2026, 5, day, 6, tzinfo=UTC)]
    ]
    span = people.Span(datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
    people.set_history(transaction, room.room_id, "published", [room.staff_id], span, others)
    done = record(transaction, room, WEEK)
    assert list(done.absence.minutes.values()) == [600, 540, 0, 0, 480, 480, 480]
    assert [shift.start.day for shift in done.shifts] == [4, 5]
    assert left(transaction, room) == 200 * 60 - 600 - 540 - 3 * 480


def test_what_is_taken_back_returns_the_leave(transaction: Transaction, room: Owing) -> None:
    """The absence stays, marked so; its days are free again, and the ledger adds up."""
    done = record(transaction, room, WEEK)
    room_id, absence_id = room.room_id, done.absence.id
    assert leave.absences_of(transaction, room_id, MAY, MAY) == (done.absence,)
    gone = leave.withdraw_absence(transaction, room_id, absence_id, BY)
    assert gone == replace(done.absence, withdrawn=NOW)
    assert left(transaction, room) == 200 * 60
    assert leave.absences_of(transaction, room_id, MAY, MAY) == ()
    assert leave.absences_page(transaction, room_id, room.officer_id) == (gone,)
    again = record(transaction, room, WEEK).absence
    assert leave.absences_page(transaction, room_id, None, (MAY, gone.id)) == (again,)
    with pytest.raises(Conflict, match="taken back already"):
        leave.withdraw_absence(transaction, room_id, absence_id, BY)
    with pytest.raises(NotFound):
        leave.withdraw_absence(transaction, room.small.other_room.id, absence_id, BY)


def test_an_absence_ends_earlier(transaction: Transaction, room: Owing) -> None:
    """The days that stay keep what they counted whatever is published since; others come back."""
    done = record(transaction, room, WEEK).absence
    publish(transaction, room, (20, 8))
    last = MAY + timedelta(days=1)
    new = leave.shorten_absence(transaction, room.room_id, done.id, last, BY)
    assert new.details == replace(WEEK, last=last)
    assert list(new.minutes.values()) == [480, 480]
    assert left(transaction, room) == 184 * 60
    assert leave.absences_of(transaction, room.room_id, MAY, WEEK.last) == (new,)
    for wrong in (MAY - timedelta(days=1), last):
        with pytest.raises(InvalidInput):
            leave.shorten_absence(transaction, room.room_id, new.id, wrong, BY)
    with pytest.raises(Conflict, match="taken back already"):
        leave.shorten_absence(transaction, room.room_id, done.id, MAY, BY)


def test_days_are_found_that_an_absence_touches(transaction: Transaction, room: Owing) -> None:
    """From its first to its last day, of the room or of one officer, and not beside it."""
    made = record(transaction, room, WEEK).absence
    for first, last, found in [
        (MAY - timedelta(days=3), MAY - timedelta(days=1), ()),
        (MAY - timedelta(days=3), MAY, (made,)),
        (WEEK.last, date(2026, 6, 1), (made,)),
        (WEEK.last + timedelta(days=1), date(2026, 6, 1), ()),
    ]:
        assert leave.absences_of(transaction, room.room_id, first, last) == found
    assert leave.absences_of(transaction, room.room_id, MAY, MAY, room.staff_id) == ()
    assert leave.absences_of(transaction, room.small.other_room.id, MAY, MAY) == ()


def test_nobody_is_away_twice(transaction: Transaction, room: Owing) -> None:
    """A day on which somebody is away already is refused, naming the days."""
    record(transaction, room, WEEK)
    court = AbsenceDetails("court", WEEK.last, WEEK.last)
    with pytest.raises(Conflict, match="away already for 4 to 10 May 2026"):
        record(transaction, room, court)
    leave.record_absence(transaction, room.room_id, room.staff_id, court, BY)


def test_other_absence_takes_no_leave_and_counts_as_worked(
    transaction: Transaction, room: Owing
) -> None:
    """Court, training and being absent leave the ledger alone, and no reason is kept."""
    before = leave.entries(transaction, room.room_id, Asked())
    for ahead, kind in enumerate(("court", "training", "absent")):
        day = MAY + timedelta(days=ahead)
        made = record(transaction, room, AbsenceDetails(kind, day, day)).absence  # type: ignore[arg-type]
        assert made.minutes == {day: 480}
        leave.withdraw_absence(transaction, room.room_id, made.id, BY)
    assert leave.entries(transaction, room.room_id, Asked()) == before


def test_leave_that_is_not_there_is_refused(transaction: Transaction, room: Owing) -> None:
    """Time off in lieu cannot be overdrawn, leave by 40 hours brought forward (Annex O)."""
    day = AbsenceDetails("leave", MAY, MAY, "toil")
    with pytest.raises(Conflict, match="8 h are needed, 8 h more than are there"):
        record(transaction, room, day)
    entry = owed(room.officer_id, 300, "hand:1", MAY, "toil")
    leave.post(transaction, room.room_id, [entry], BY)
    with pytest.raises(Conflict, match="3 h more than are there"):
        record(transaction, room, day)
    leave.post(transaction, room.room_id, [replace(entry, amount=180, source="hand:2")], BY)
    record(transaction, room, day)
    assert left(transaction, room, "toil") == 0
    leave.post(transaction, room.room_id, [owed(room.officer_id, -200 * 60, "hand:3")], BY)
    forward = AbsenceDetails("leave", date(2026, 6, 1), date(2026, 6, 7), "leave")
    record(transaction, room, forward)
    beyond = AbsenceDetails("leave", date(2026, 5, 11), date(2026, 5, 11), "leave")
    with pytest.raises(Conflict, match="8 h more"):
        record(transaction, room, beyond)
    assert left(transaction, room) == -40 * 60


def test_rest_days_owed_are_taken_by_the_day(transaction: Transaction, room: Owing) -> None:
    """A day of duty takes one rest day whatever its hours; a rest day takes none."""
    leave.post(transaction, room.room_id, [owed(room.officer_id, 5, "a", account="rest_days")], BY)
    record(transaction, room, replace(WEEK, account="rest_days"))
    assert left(transaction, room, "rest_days") == 0
    more = AbsenceDetails("leave", date(2026, 6, 1), date(2026, 6, 1), "rest_days")
    with pytest.raises(Conflict, match="1 rest day more than is there"):
        record(transaction, room, more)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (replace(WEEK, kind="holiday", account=None), "kind"),  # type: ignore[arg-type]
        (replace(WEEK, account="pay"), "account"),  # type: ignore[arg-type]
        (replace(WEEK, kind="court"), "account"),
        (replace(WEEK, last=MAY - timedelta(days=1)), "last"),
        (replace(WEEK, last=MAY + timedelta(days=366)), "last"),
        (replace(WEEK, first=date(2019, 1, 1), last=date(2019, 1, 1)), "first"),
        (replace(WEEK, first=date(1000, 1, 1), last=date(1000, 1, 1)), "first"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(
    transaction: Transaction, room: Owing, details: AbsenceDetails, field: str
) -> None:
    """The field at fault is named, and nothing is kept."""
    with pytest.raises(InvalidInput) as refused:
        record(transaction, room, details)
    assert [place.field for place in refused.value.places] == [field]
    with pytest.raises(NotFound):
        leave.record_absence(transaction, room.room_id, room.elsewhere_id, WEEK, BY)
    assert leave.absences_page(transaction, room.room_id) == ()


def test_a_recall_gives_the_day_back_and_goes_with_the_absence(
    transaction: Transaction, room: Owing
) -> None:
    """What the other days took stays; ended earlier it is still known, taken back all comes back.

    Leave that goes back has the expiry that it had, since it is as if it was never taken.
    """
    made = record(transaction, room, WEEK).absence
    tuesday, friday = MAY + timedelta(days=1), MAY + timedelta(days=4)
    for day in (friday, tuesday):
        after = leave.recall(transaction, room.room_id, made.id, day, BY)
    assert (dict(after.recalled), sum(after.minutes.values())) == (
        {tuesday: 480, friday: 480},
        3 * 480,
    )
    assert left(transaction, room) == 200 * 60 - 3 * 480
    end_of_year = date(2027, 3, 31)
    lots = leave.standing_of(transaction, room.room_id, room.officer_id, end_of_year).lots
    assert [(lot.amount, lot.expires) for lot in lots] == [(176 * 60, date(2027, 4, 1))]
    found = leave.recalls_of(transaction, room.room_id, MAY, WEEK.last)
    assert found == {
        (room.officer_id, tuesday): leave.Recall(7, 0, True),
        (room.officer_id, friday): leave.Recall(7, 1, True),
    }
    with pytest.raises(Conflict, match="recalled for Tuesday 5 May 2026 already"):
        leave.recall(transaction, room.room_id, made.id, tuesday, BY)
    with pytest.raises(NotFound):
        leave.recall(transaction, room.small.other_room.id, made.id, MAY, BY)
    shorter = leave.shorten_absence(transaction, room.room_id, made.id, tuesday, BY)
    assert (dict(shorter.minutes), dict(shorter.recalled)) == ({MAY: 480}, {tuesday: 480})
    assert left(transaction, room) == 200 * 60 - 480
    leave.withdraw_absence(transaction, room.room_id, shorter.id, BY)
    assert left(transaction, room) == 200 * 60
    with pytest.raises(Conflict, match="taken back already"):
        leave.recall(transaction, room.room_id, made.id, MAY, BY)


def test_nobody_is_recalled_for_a_day_with_a_duty(transaction: Transaction, room: Owing) -> None:
    """A duty that still stands there is taken off first, else no recall would be told of."""
    made = record(transaction, room, WEEK).absence
    publish(transaction, room, (5, 8))
    with pytest.raises(Conflict, match="take it off first"):
        leave.recall(transaction, room.room_id, made.id, date(2026, 5, 5), BY)


def test_a_part_of_a_day_takes_its_hours_alone(transaction: Transaction, room: Owing) -> None:
    """The shift stays, so rosters are told of no absence; more than the day counts is refused."""
    publish(transaction, room, (4, 10))
    part = AbsenceDetails("leave", MAY, MAY, "leave", 150)
    made = record(transaction, room, part)
    assert (dict(made.absence.minutes), made.shifts) == ({MAY: 150}, ())
    assert left(transaction, room) == 200 * 60 - 150
    assert leave.whole_days_of(transaction, room.room_id, MAY, MAY) == ()
    assert leave.absences_of(transaction, room.room_id, MAY, MAY) == (made.absence,)
    with pytest.raises(Conflict, match="shift of that day stands"):
        leave.recall(transaction, room.room_id, made.absence.id, MAY, BY)
    leave.withdraw_absence(transaction, room.room_id, made.absence.id, BY)
    assert left(transaction, room) == 200 * 60
    assert leave.withdrawn_absences(transaction, room.room_id, MAY, MAY) == ()
    for change, words in (
        ({"part": 600}, "The day counts 10 h"),
        ({"last": WEEK.last}, "hours of one day"),
        ({"part": 0}, "hours of one day"),
        ({"kind": "court", "account": None}, "Only leave"),
        ({"account": "rest_days"}, "no rest day"),
    ):
        with pytest.raises(InvalidInput, match=words):
            record(transaction, room, replace(part, **change))  # type: ignore[arg-type]
