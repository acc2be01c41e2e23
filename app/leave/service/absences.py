"""When people are away, what that counts for, and what leave it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import Conflict, NotFound, invalid
from app.leave.checks import check_absence
from app.leave.service.entitlement import weekly_minutes
from app.leave.service.ledger import add, hold, reverse
from app.leave.service.lots import standing
from app.leave.service.settling import today
from app.leave.service.terms import RoomTerms
from app.leave.store import absences as store
from app.leave.store import ledger
from app.leave.values import (
    Absence,
    AbsenceDetails,
    Account,
    Charged,
    Entry,
    Posted,
    Recall,
    amount_words,
)
from app.people import service as people
from app.web.words import date_year, period_words
from rostering.words import hours_words

DUTY_DAYS = 5
"""Days of duty in a week of which no roster is known: two rest days a week (Annex E)."""

WEEK = 7

NEAR = timedelta(weeks=4)
"""How near a day must lie to a published shift of somebody for their roster to be known on it."""

TAKEN: Mapping[Charged, str] = {
    "leave": "Annual leave",
    "toil": "Time off in lieu",
    "rest_days": "Rest day that was owed",
    "public_holidays": "Public holiday in lieu",
}
"""How an entry in the ledger begins, by what leave is taken from."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An absence just recorded, and the published shifts on its days that somebody must see to."""

    absence: Absence
    shifts: tuple[people.PastShift, ...]


def record_absence(
    transaction: Transaction, room_id: UUID, officer_id: UUID, details: AbsenceDetails, by: UUID
) -> Recorded:
    """Let somebody be away on whole days or for a part of one, and charge leave to their ledger.

    A day counts the hours of the shift that is published for it, none on a published rest day, and
    where no roster is known a fifth of the contracted week, on at most five days of seven. A part
    of a day counts its own minutes; the shift of that day stays on the roster.

    Args:
        transaction: the caller's.
        room_id: the control room.
        officer_id: who is away.
        details: kind, days and what leave is taken from.
        by: the user who records.

    Raises:
        NotFound: when there is no such officer in the room.
        InvalidInput: naming every field that cannot be used.
        Conflict: when an absence on one of the days is recorded, or the leave is not there.
    """
    officer = people.officer(transaction, room_id, officer_id)
    check_absence(details, officer.details)
    hold(transaction, room_id)
    if others := store.holding(transaction, room_id, details.first, details.last, officer_id):
        taken = others[0].details
        raise Conflict(
            f"{officer.details.name} is away already for {period_words(taken.first, taken.last)}: "
            "take that back first."
        )
    shifts = _published(transaction, room_id, details, officer_id)
    minutes = _minutes(transaction, room_id, details, officer_id, shifts)
    if details.part is not None:
        whole = minutes[details.first]
        if details.part >= whole:
            raise invalid("part", f"The day counts {hours_words(whole)}: give less, or no hours.")
        minutes, shifts = {details.first: details.part}, {}
    new = Absence(new_id(), room_id, officer_id, details, minutes, by, clock.now())
    entries = list(_charges(new))
    if entries:
        _check_there(transaction, officer, entries)
    store.add(transaction, new)
    if entries:
        add(transaction, room_id, entries, "posted", by)
    ahead = today(transaction, room_id)
    return Recorded(new, tuple(shift for day, shift in sorted(shifts.items()) if day >= ahead))


def withdraw_absence(
    transaction: Transaction, room_id: UUID, absence_id: UUID, by: UUID
) -> Absence:
    """Take an absence back; leave that it took goes back to its account.

    Raises:
        NotFound: when there is no such absence in the room.
        Conflict: when it was taken back before.
    """
    hold(transaction, room_id)
    found = absence(transaction, room_id, absence_id)
    if found.withdrawn is not None:
        raise Conflict("This absence was taken back already.")
    store.withdraw(transaction, absence_id, by, clock.now())
    if "posted" in ledger.kinds_of(transaction, room_id, found.source):
        reverse(transaction, room_id, found.source, by)
    return absence(transaction, room_id, absence_id)


def shorten_absence(
    transaction: Transaction, room_id: UUID, absence_id: UUID, last: date, by: UUID
) -> Absence:
    """Let an absence end earlier; the days that stay count what they counted.

    It is taken back and recorded anew, and so is the leave that it takes.

    Raises:
        NotFound: when there is no such absence in the room.
        InvalidInput: when the day is not one of it, or its last.
        Conflict: when it was taken back before.
    """
    found = absence(transaction, room_id, absence_id)
    if not found.details.first <= last < found.details.last:
        raise invalid("last", "Give a day of the absence before its last.")
    withdraw_absence(transaction, room_id, absence_id, by)
    minutes = {day: each for day, each in found.minutes.items() if day <= last}
    details = replace(found.details, last=last)
    recalled = {day: each for day, each in found.recalled.items() if day <= last}
    now = clock.now()
    new = Absence(new_id(), room_id, found.officer_id, details, minutes, by, now, recalled=recalled)
    store.add(transaction, new)
    if entries := list(_charges(new)):
        add(transaction, room_id, entries, "posted", by)
    return new


def recall(
    transaction: Transaction, room_id: UUID, absence_id: UUID, day: date, by: UUID
) -> Absence:
    """Recall somebody for a day of an absence; leave that the day took goes back to its account.

    They can then be given a duty on it, which is priced as a recall.

    Raises:
        NotFound: when there is no such absence in the room.
        InvalidInput: when the day is not one of it.
        Conflict: when it was taken back, they are recalled for the day already, or a duty of theirs
            is published on it.
    """
    hold(transaction, room_id)
    found = absence(transaction, room_id, absence_id)
    if found.withdrawn is not None:
        raise Conflict("This absence was taken back already.")
    if found.details.part is not None:
        raise Conflict("Their shift of that day stands: take the absence back.")
    if day in found.recalled:
        raise Conflict(f"They are recalled for {date_year(day)} already.")
    if day not in found.minutes:
        raise invalid("day", "Give a day of the absence.")
    one = AbsenceDetails(found.details.kind, day, day)
    if _published(transaction, room_id, one, found.officer_id):
        raise Conflict(
            f"A duty of theirs is published on {date_year(day)}: take it off first, so that what "
            "the recall earns can be told."
        )
    if "posted" in ledger.kinds_of(transaction, room_id, found.source):
        reverse(transaction, room_id, found.source, by)
    store.recall(transaction, absence_id, day, by, clock.now())
    after = absence(transaction, room_id, absence_id)
    if entries := list(_charges(after)):
        add(transaction, room_id, entries, "posted", by)
    return after


def recalls_of(
    reading: Reading, room_id: UUID, first: date, last: date
) -> dict[tuple[UUID, date], Recall]:
    """By officer id and day the recalls of some days."""
    return {
        (each.officer_id, day): Recall(
            each.details.length, sum(earlier < day for earlier in each.recalled), minutes > 0
        )
        for each in store.holding(reading, room_id, first, last)
        for day, minutes in each.recalled.items()
    }


def absence(reading: Reading, room_id: UUID, absence_id: UUID) -> Absence:
    """An absence of a room, also one that was taken back.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.absence(reading, room_id, absence_id)
    if found is None:
        raise NotFound("There is no such absence in this control room.")
    return found


def absences_of(
    reading: Reading, room_id: UUID, first: date, last: date, officer_id: UUID | None = None
) -> tuple[Absence, ...]:
    """Absences that hold and touch the days from `first` to `last`, by first day."""
    return store.holding(reading, room_id, first, last, officer_id)


def whole_days_of(reading: Reading, room_id: UUID, first: date, last: date) -> tuple[Absence, ...]:
    """The same of everyone, without those for a part of a day: its shift is worked."""
    found = store.holding(reading, room_id, first, last)
    return tuple(each for each in found if each.details.part is None)


def withdrawn_absences(
    reading: Reading, room_id: UUID, first: date, last: date
) -> tuple[Absence, ...]:
    """Absences of whole days that were taken back and touch these days, by first day."""
    found = store.withdrawn(reading, room_id, first, last)
    return tuple(each for each in found if each.details.part is None)


def absences_page(
    reading: Reading,
    room_id: UUID,
    officer_id: UUID | None = None,
    after: tuple[date, UUID] | None = None,
    limit: int = 100,
) -> tuple[Absence, ...]:
    """Some absences of a room or an officer, those taken back too, by first day and id."""
    return store.page(reading, room_id, officer_id, after, limit)


def _charges(new: Absence) -> Iterator[Entry]:
    account = new.details.account
    if account is None:
        return
    for day, minutes in new.minutes.items():
        if minutes:
            amount = -1 if account == "rest_days" else -minutes
            words = f"{TAKEN[account]} on {date_year(day)}."
            yield Entry(new.officer_id, account, amount, day, None, None, words, new.source)


def _check_there(reading: Reading, officer: people.Officer, entries: list[Entry]) -> None:
    """Refuse leave that is not there, on its days or later, where more of it is taken already.

    Of annual leave as much may be brought forward as may be carried over (Annex O).
    """
    account = entries[0].account
    carried = partial(RoomTerms(reading, officer.room_id).carried, officer.details.employment)
    allowed = carried(entries[0].day) if account == "leave" else 0
    start = ledger.year_start(reading, officer.room_id)
    before = ledger.movements(reading, officer.room_id, officer.id).get(officer.id, [])
    now = clock.now()
    new = (Posted(2**31, place, each, "posted", now, None) for place, each in enumerate(entries))
    with_new = [*before, *(each.movement for each in new)]
    days = {each.day for each in with_new if each.account == account and each.day >= entries[0].day}
    debts = [standing(with_new, day, start, carried).debts.get(account, 0) for day in days]
    if max(debts) > allowed:
        needed = -sum(each.amount for each in entries)
        raise Conflict(
            f"{amount_words(account, needed)} are needed, {_short(account, max(debts) - allowed)}. "
            "Post what is owed first, or take it from another account."
        )


def _short(account: Account, short: int) -> str:
    return f"{amount_words(account, short)} more than {'are' if short > 1 else 'is'} there"


# --- what a day counts ---------------------------------------------------------------------------


def _minutes(
    reading: Reading,
    room_id: UUID,
    details: AbsenceDetails,
    officer_id: UUID,
    shifts: Mapping[date, people.PastShift],
) -> dict[date, int]:
    contracts = people.contracts_of(reading, room_id, [officer_id]).get(officer_id, ())
    rostered = _rostered_days(reading, room_id, details, officer_id)
    found: dict[date, int] = {}
    for ahead in range(details.length):
        day = details.first + timedelta(days=ahead)
        if ahead % WEEK == 0:
            counted = 0
        if day in shifts:
            found[day] = (shifts[day].end - shifts[day].start) // timedelta(minutes=1)
        elif day in rostered or counted == DUTY_DAYS:
            found[day] = 0
        else:
            found[day] = round(Fraction(weekly_minutes(contracts, day), DUTY_DAYS))
        counted += found[day] > 0
    return found


def _published(
    reading: Reading, room_id: UUID, details: AbsenceDetails, officer_id: UUID
) -> dict[date, people.PastShift]:
    """Published shifts of an officer by the local day on which they start; a split one is one."""
    zone = _zone(reading, room_id)
    span = _span(details.first, details.last, zone)
    found: dict[date, people.PastShift] = {}
    for shift in people.history(reading, room_id, "published", span, [officer_id]):
        day = shift.start.astimezone(zone).date()
        if day >= details.first:
            found.setdefault(day, shift)
    return found


def _rostered_days(
    reading: Reading, room_id: UUID, details: AbsenceDetails, officer_id: UUID
) -> set[date]:
    """Days on which a roster is published for the room, if it is one with shifts of the officer."""
    zone = _zone(reading, room_id)
    span = _span(details.first, details.last, zone)
    near = people.Span(span.start - NEAR, span.end + NEAR)
    if not people.history(reading, room_id, "published", near, [officer_id]):
        return set()
    everyone = people.history(reading, room_id, "published", span)
    return {shift.start.astimezone(zone).date() for shift in everyone}


def _zone(reading: Reading, room_id: UUID) -> ZoneInfo:
    return ZoneInfo(people.room(reading, room_id).zone)


def _span(first: date, last: date, zone: ZoneInfo) -> people.Span:
    begin = datetime.combine(first, time(), zone).astimezone(UTC)
    return people.Span(begin, datetime.combine(last + timedelta(days=1), time(), zone))
