"""People's own terms and shifts as `rostering` knows them: limits, free days, tours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from app.people.values import Officer, PastShift, Term
from rostering.personal import Limit, Stretch
from rostering.problem import MINUTES_A_DAY, OfficerDay, Problem, Tour
from rostering.problem import Officer as Rostered
from rostering.rules.personal_limits import PersonalLimits
from rostering.words import tour_words

REACH = 366
"""Days before the first one that a term can matter for: averages are of 52 weeks at most."""


def days_of(term: Term, frame: Problem) -> Stretch | None:
    """The days on which a term holds, none that no rule could look at; None where there is none."""
    first = max((term.from_day - frame.first_day).days, -REACH)
    last = frame.days - 1
    if term.until_day is not None:
        last = min((term.until_day - frame.first_day).days - 1, last)
    return Stretch(first, last) if first <= last else None


def limits_of(own: Iterable[Term], frame: Problem) -> Iterator[Limit]:
    """What somebody cannot do in the period or just before it."""
    for term in own:
        days = days_of(term, frame)
        if days is None:
            continue
        weekdays = term.weekday_numbers
        match term.what:
            case "time":
                yield Limit(days, weekdays, closed=term.times)
            case "kind":
                yield Limit(days, weekdays, kinds=frozenset({term.value}))
            case "shift_hours":
                yield Limit(days, weekdays, most_minutes=term.minutes)
            case "week_hours":
                yield Limit(days, weekdays, most_week_minutes=term.minutes)
            case "rest_hours":
                yield Limit(days, weekdays, least_rest=term.minutes)


def free_days(own: Iterable[Term], frame: Problem) -> dict[int, OfficerDay]:
    """The period's free days of part-time work, which are no rest days."""
    return {
        day: OfficerDay(free=True)
        for term in own
        if term.what == "free"
        for day in range(frame.days)
        if term.holds(frame.date_of(day))
        and (not term.weekdays or frame.weekday(day) in term.weekday_numbers)
    }


def tours_of(shifts: Iterable[PastShift], days: Iterable[int]) -> tuple[Tour, ...]:
    """Shifts as tours, on these local days, one for each."""
    return tuple(
        Tour(day, shift.code, shift.kind, _minute(shift.start), _minute(shift.end))
        for shift, day in zip(shifts, days, strict=True)
    )


def _minute(instant: datetime) -> int:
    return int(instant.timestamp()) // 60


def not_workable(
    officer: Officer, own: Iterable[Term], shifts: Iterable[PastShift], zone: str, now: datetime
) -> list[str]:
    """What of an officer's shifts from now on does not go with their own terms, a sentence each.

    Args:
        officer: whose terms and shifts they are.
        own: what they cannot do.
        shifts: of this officer.
        zone: IANA time zone of the room.
        now: the room's present.
    """
    local = ZoneInfo(zone)
    today = now.astimezone(local).date()
    coming = sorted((s for s in shifts if s.start >= now), key=lambda shift: shift.start)
    days = [(shift.start.astimezone(local).date() - today).days for shift in coming]
    frame = Problem("", today, max(days, default=0) + 8, zone, (), (), ())
    terms = tuple(own)
    name = officer.details.name
    limits = tuple(limits_of(terms, frame))
    most = frame.days * MINUTES_A_DAY
    rostered = Rostered(str(officer.id), name, frozenset(), 0, most, limits=limits)
    tours = tours_of(coming, days)
    free = free_days(terms, frame)
    said = [
        f"{name} has a free day on {tour_words(frame, tour)}." for tour in tours if tour.day in free
    ]
    return said + [each.words for each in PersonalLimits().check_line(frame, rostered, tours)]
