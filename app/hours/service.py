"""How people stand against the limits of working time: by worked hours, not by planned ones.

Every verb takes the transaction of its caller and never commits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from app.db.transaction import Reading
from app.hours.series import working_time_of
from app.hours.values import PersonHours, RoomHours
from app.leave import service as leave
from app.people import service as people
from app.rulebooks import service as rulebooks
from rostering.personal import WorkingTime
from rostering.problem import Problem
from rostering.rules.average_hours import AverageHours
from rostering.rules.base import Rule
from rostering.rules.night_hours import NightHours
from rostering.working_time import AHEAD, HoursStanding, hours_standing

__all__ = [
    "LEFT_OUT",
    "HoursStanding",
    "PersonHours",
    "RoomHours",
    "left_out_days",
    "look_back",
    "person_hours",
    "room_hours",
    "working_time_of",
]

LEFT_OUT = frozenset({"leave", "absent"})
"""Absence that an average working week leaves out (Working Time Regulations 1998 reg 4(7)); court
and training are work."""

SHORTEST = 17
"""Weeks over which hours are averaged where nothing else is agreed (reg 4)."""


def look_back(books: rulebooks.Books) -> timedelta:
    """How far back shifts are read: the weeks over which hours are averaged, 17 or more."""
    weeks = [rule.weeks for rule in books.rules if isinstance(rule, AverageHours | NightHours)]
    return timedelta(weeks=max([SHORTEST, *weeks]))


def left_out_days(
    reading: Reading, room_id: UUID, first: date, last: date
) -> dict[UUID, frozenset[date]]:
    """By officer id the days from `first` to `last` that an average working week leaves out."""
    found: dict[UUID, set[date]] = defaultdict(set)
    for absence in leave.whole_days_of(reading, room_id, first, last):
        if absence.details.kind in LEFT_OUT:
            found[absence.officer_id] |= set(absence.minutes)
    return {officer_id: frozenset(days) for officer_id, days in found.items()}


def room_hours(reading: Reading, room_id: UUID, now: datetime) -> RoomHours:
    """How everyone in service in a room stands, in a constant number of queries.

    Worked shifts are known from the first to the last day on which anyone in the room has one; a
    standing is that of the day after the last.

    Args:
        reading: the caller's.
        room_id: the control room.
        now: the room's present.

    Raises:
        NotFound: when there is no such room.
    """
    known = _known(reading, room_id, now)
    everyone = people.everyone(reading, room_id, on=known.today)
    found = _people(reading, room_id, known, everyone)
    return RoomHours(known.until, tuple(sorted(found, key=_narrowest)))


def person_hours(
    reading: Reading, room_id: UUID, officer_id: UUID, now: datetime
) -> tuple[date | None, PersonHours | None]:
    """How one person stands, and the last day of which the room's worked shifts are known.

    The person is None where they are not in service.

    Raises:
        NotFound: when there is no such officer in the room.
    """
    officer = people.officer(reading, room_id, officer_id)
    known = _known(reading, room_id, now)
    said = officer.details
    if said.started > known.today or (said.left is not None and said.left <= known.today):
        return known.until, None
    return known.until, _people(reading, room_id, known, [officer])[0]


@dataclass(frozen=True, slots=True)
class _Known:
    """The room's present, and the days of which its worked shifts are known.

    Attributes:
        span: what is read.
        asked: the day of the standings, the one after the last known.
        since, until: the first and the last known day; None where there is none.
    """

    zone: str
    today: date
    books: rulebooks.Books
    span: people.Span
    asked: date
    since: date | None
    until: date | None


def _known(reading: Reading, room_id: UUID, now: datetime) -> _Known:
    room = people.room(reading, room_id)
    zone = ZoneInfo(room.zone)
    today = now.astimezone(zone).date()
    books = rulebooks.in_force(reading, room_id, today)
    begins = datetime.combine(today, time(), zone).astimezone(UTC)
    span = people.Span(begins - look_back(books) - timedelta(days=1), begins)
    told = people.history_reach(reading, room_id, "worked", span)
    since = told.start.astimezone(zone).date() if told else None
    until = told.end.astimezone(zone).date() if told else None
    asked = until + timedelta(days=1) if until else today
    return _Known(room.zone, today, books, span, asked, since, until)


def _people(
    reading: Reading, room_id: UUID, known: _Known, officers: Sequence[people.Officer]
) -> list[PersonHours]:
    """How these people stand."""
    zone = ZoneInfo(known.zone)
    frame = Problem("", known.asked, AHEAD, known.zone, (), (), ())
    whose = [officers[0].id] if len(officers) == 1 else None
    shifts: dict[UUID, list[tuple[people.PastShift, int]]] = defaultdict(list)
    for shift in people.history(reading, room_id, "worked", known.span, whose):
        day = (shift.start.astimezone(zone).date() - known.asked).days
        shifts[shift.officer_id].append((shift, day))
    own = people.terms_of(reading, room_id, whose)
    ahead = known.asked + timedelta(days=AHEAD)
    left_out = left_out_days(reading, room_id, known.span.start.date(), ahead)
    found = []
    for officer in officers:
        terms = own.get(officer.id, ())
        said = working_time_of(terms, left_out.get(officer.id, ()), frame)
        since = max(known.since or known.asked, officer.details.started)
        first = min((since - known.asked).days, 0)
        rules = known.books.of(officer.details.employment).rules
        standing = _standing(frame, shifts[officer.id], first, said, rules)
        found.append(_person(officer, standing, terms, known.today))
    return found


def _standing(
    frame: Problem,
    shifts: list[tuple[people.PastShift, int]],
    known: int,
    said: WorkingTime,
    rules: tuple[Rule, ...],
) -> HoursStanding:
    tours = people.tours_of([shift for shift, _ in shifts], [day for _, day in shifts])
    return hours_standing(
        frame, tours, known, said, _in_force(rules, AverageHours), _in_force(rules, NightHours)
    )


R = TypeVar("R", bound=Rule)


def _in_force(rules: tuple[Rule, ...], kind: type[R]) -> R | None:
    return next((rule for rule in rules if isinstance(rule, kind)), None)


def _person(
    officer: people.Officer,
    standing: HoursStanding,
    terms: tuple[people.Term, ...],
    today: date,
) -> PersonHours:
    assessed = [
        term.from_day for term in terms if term.what == "assessed" and term.from_day <= today
    ]
    opt_outs = [term for term in terms if term.what == "opt_out" and term.holds(today)]
    return PersonHours(
        officer, standing, opt_outs[0] if opt_outs else None, max(assessed, default=None)
    )


def _narrowest(person: PersonHours) -> tuple[bool, float, str]:
    left = person.standing.left
    return (
        not person.standing.is_over,
        float("inf") if left is None else left,
        person.officer.details.name,
    )
