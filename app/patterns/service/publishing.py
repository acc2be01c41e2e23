"""Rest days told to officers ahead: what was told, how far, and how far the rulebooks ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import Conflict, invalid
from app.patterns import store
from app.patterns.checks import check_day
from app.patterns.service.books import books, today
from app.patterns.service.following import followed
from app.patterns.values import (
    REST,
    UNTOLD,
    Differs,
    Due,
    Line,
    Publication,
    Standing,
    Told,
)
from app.people import service as people
from rostering.rulebooks.publication import horizon

LONGEST = 3 * 366
"""Days that are told at once: three years, as far as anybody plans rest days."""

ToldLine = dict[date, Told]
"""What an officer was told last, by day."""


def publish(transaction: Transaction, room_id: UUID, last_day: date, by: UUID) -> Publication:
    """Tell everyone who follows a pattern the days from today to a last one.

    What is told is kept as it is: a later roll-out changes it only when it is told again.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when the last day lies before today or too far ahead.
        Conflict: when nobody follows a pattern on any of these days.
    """
    first = today(transaction, room_id)
    check_day("last_day", last_day)
    days = (last_day - first).days + 1
    if not 1 <= days <= LONGEST:
        raise invalid("last_day", "Give a day from today on, at most three years ahead.")
    lines = followed(transaction, room_id, first, days)
    if not lines:
        raise Conflict("Nobody follows a pattern on these days: roll one out first.")
    new = Publication(new_id(), room_id, first, last_day, clock.now(), by)
    letters = {officer: _letters(line, first, days) for officer, line in lines.items()}
    store.add_publication(transaction, new, letters)
    return new


def publications(reading: Reading, room_id: UUID) -> tuple[Publication, ...]:
    """What was told in a room, the newest first.

    Raises:
        NotFound: when there is no such room.
    """
    people.room(reading, room_id)
    return store.publications(reading, room_id)


def told_to(
    reading: Reading, room_id: UUID, officer_id: UUID, first_day: date, days: int
) -> ToldLine:
    """What an officer was told of some days; days of which nothing was told are absent."""
    last = first_day + timedelta(days=days - 1)
    lines = store.told_lines(reading, room_id, first_day, last, officer_id)
    return _told(lines, first_day, last).get(officer_id, {})


def told(
    reading: Reading, room_id: UUID, first_day: date, last_day: date
) -> Mapping[UUID, ToldLine]:
    """What officers were told last of some days, both counted; nobody who was told nothing."""
    lines = store.told_lines(reading, room_id, first_day, last_day)
    return _told(lines, first_day, last_day)


def standing(reading: Reading, room_id: UUID) -> Standing:
    """How far rest days are told, how far they are to be, and for whom they have changed.

    Raises:
        NotFound: when there is no such room.
    """
    now = today(reading, room_id)
    latest = next(iter(publications(reading, room_id)), None)
    if latest is None:
        return Standing(None, None, tuple(_due(reading, room_id, now, now)), ())
    lines = store.told_lines(reading, room_id, now, date.max)
    last = max((told.last_day for told, _, _ in lines), default=now)
    told = _told(lines, now, last)
    line_of = followed(reading, room_id, now, (last - now).days + 1)
    names = {each.id: each.details.name for each in people.everyone(reading, room_id)}
    found = (
        _differs(officer, names[officer], line, line_of.get(officer, {}))
        for officer, line in told.items()
    )
    differs = tuple(each for each in found if each.lost or each.gained or each.kinds)
    days = {day for line in told.values() for day in line}
    until, begins = _until(days, now), min(days, default=now)
    later = _until(days, begins) if until is None else None
    untold = now if until is None else until + timedelta(days=1)
    return Standing(
        until=until,
        latest=latest,
        due=tuple(_due(reading, room_id, now, untold)),
        differs=tuple(sorted(differs, key=lambda each: each.name)),
        later=(begins, later) if later else None,
    )


def _letters(line: Line, first: date, days: int) -> str:
    period = (first + timedelta(days=ahead) for ahead in range(days))
    return "".join(line[day].letter if day in line else UNTOLD for day in period)


def _told(
    lines: tuple[tuple[Publication, UUID, str], ...], first: date, last: date
) -> Mapping[UUID, ToldLine]:
    """What was told last of each day, by officer; `lines` in the order of telling."""
    found: dict[UUID, ToldLine] = {}
    for publication, officer, letters in lines:
        line = found.setdefault(officer, {})
        for ahead, letter in enumerate(letters):
            day = publication.first_day + timedelta(days=ahead)
            if first <= day <= last and letter != UNTOLD:
                line[day] = Told(letter, publication.at)
    return found


def _due(reading: Reading, room_id: UUID, now: date, untold: date) -> Iterator[Due]:
    for book in books(reading, room_id, now):
        asked = horizon(book)
        yield Due(
            title=book.title,
            weeks=asked.rest_day_weeks,
            until=asked.rest_days_due(now),
            lead_days=asked.lead_days,
            late=not asked.leaves_time(now, untold),
            source=asked.source,
        )


def _until(days: set[date], now: date) -> date | None:
    """The last day of the stretch of told days from today on."""
    day = now
    while day in days:
        day += timedelta(days=1)
    return day - timedelta(days=1) if day > now else None


def _differs(officer_id: UUID, name: str, told: ToldLine, line: Line) -> Differs:
    pairs = [(each.letter, line[day].letter if day in line else "") for day, each in told.items()]
    lost = sum(was == REST != now for was, now in pairs)
    gained = sum(was != REST == now for was, now in pairs)
    return Differs(officer_id, name, lost, gained, sum(a != b for a, b in pairs) - lost - gained)
