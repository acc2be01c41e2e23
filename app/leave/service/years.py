"""The leave year of a room: when it begins, and what it gives everyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.errors import Conflict, invalid
from app.leave.service.entitlement import entitlement
from app.leave.service.ledger import add, hold
from app.leave.service.settling import settle, today
from app.leave.service.terms import RoomTerms
from app.leave.store import ledger as store
from app.leave.values import Entry, LeaveTerms, LeaveYear, Posted, YearStart
from app.people import service as people
from app.web.words import period_words
from rostering.words import hours_words

YEARS_AHEAD = 1
"""Leave is granted for the present leave year, those before, and so many after it."""

FIRST_YEAR = 1971

NO_LEAP_DAY = 2027
"""A year that has only the days that every year has."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What granting the leave of a year did.

    Attributes:
        year: the leave year.
        posted: what was posted; nothing where all was granted before and nothing has changed.
        asked: questions that the force must answer before the others can be granted theirs.
        left_out: how many people these others are.
    """

    year: LeaveYear
    posted: tuple[Posted, ...]
    asked: tuple[str, ...]
    left_out: int


def year_start(reading: Reading, room_id: UUID) -> YearStart | None:
    """When the leave year of a room begins; None until it has said so."""
    return store.year_start(reading, room_id)


def settled(reading: Reading, room_id: UUID) -> date | None:
    """The day up to which all that expired is written; None before the first time."""
    return store.settled(reading, room_id)


def set_year_start(transaction: Transaction, room_id: UUID, month: int, day: int) -> YearStart:
    """Say when the leave year of a room begins.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when no year has that day, or not every year.
        Conflict: when leave has been granted by another start.
    """
    try:
        date(NO_LEAP_DAY, month, day)
    except ValueError as error:
        raise invalid("year_start", "Give a month and a day that every year has.") from error
    start = YearStart(month, day)
    hold(transaction, room_id)
    before = store.year_start(transaction, room_id)
    if before not in {None, start} and store.has_grants(transaction, room_id):
        raise Conflict("Leave has been granted by the leave year as it is: it can begin only then.")
    store.set_year_start(transaction, room_id, start)
    return start


def grant(transaction: Transaction, room_id: UUID, number: int | None, by: UUID | None) -> Granted:
    """Give everyone in the room the leave of a leave year; the same call twice changes nothing.

    What the rulebooks say on the day of granting holds for the whole year. Whoever was granted it
    before, and for whom something has changed since, is granted the difference, of either sign.
    What expired up to today is written first.

    Args:
        transaction: the caller's.
        room_id: the control room.
        number: the calendar year in which the leave year begins; None for the present one.
        by: the user who grants; None for the service itself.

    Raises:
        NotFound: when there is no such room.
        Conflict: when the room has not said when its leave year begins.
        InvalidInput: when the year lies further ahead than the next.
    """
    settle(transaction, room_id, by)
    start = store.year_start(transaction, room_id)
    if start is None:
        raise Conflict("Say first when the leave year of this control room begins.")
    present = today(transaction, room_id)
    now = start.year_of(present)
    last = now.first.year + YEARS_AHEAD
    if number is not None and not FIRST_YEAR <= number <= last:
        raise invalid("year", f"Give a year between {FIRST_YEAR} and {last}.")
    year = now if number is None else start.year(number)
    held, on = RoomTerms(transaction, room_id), min(max(year.first, present), year.last)
    due, asked, left_out = [], dict[str, None](), 0
    for officer in _serving(transaction, room_id, year):
        terms = held.of(officer.details.employment, on)
        asked |= dict.fromkeys(terms.asked)
        left_out += bool(terms.asked)
        due += [] if terms.asked else [(officer, terms)]
    entries = list(_grants(transaction, room_id, year, due, present))
    posted = add(transaction, room_id, entries, "posted", by) if entries else ()
    return Granted(year, posted, tuple(asked), left_out)


def _serving(reading: Reading, room_id: UUID, year: LeaveYear) -> Iterator[people.Officer]:
    for officer in people.everyone(reading, room_id):
        details = officer.details
        if details.started < year.until and (details.left is None or year.first < details.left):
            yield officer


def _grants(
    reading: Reading,
    room_id: UUID,
    year: LeaveYear,
    due: list[tuple[people.Officer, LeaveTerms]],
    present: date,
) -> Iterator[Entry]:
    """What is posted so that each has been granted what the year gives."""
    prefix = f"{store.GRANTS}{year.first}:"
    times, before = store.granted(reading, room_id, prefix)
    contracts = people.contracts_of(reading, room_id)
    period = f"Leave for {period_words(year.first, year.last)}"
    for officer, terms in due:
        details = officer.details
        gives = entitlement(terms, year, details, contracts.get(officer.id, ()))
        given = before.get(officer.id, 0)
        if gives == given:
            continue
        day, words = max(year.first, details.started), f"{period}: {hours_words(gives)}."
        if given:
            day = min(max(day, present), year.last)
            words = f"{period}: {hours_words(gives)} in place of {hours_words(given)}."
        expires = year.until if gives > given else None
        source = f"{prefix}{times + 1}"
        yield Entry(officer.id, "leave", gives - given, day, expires, None, words, source)
