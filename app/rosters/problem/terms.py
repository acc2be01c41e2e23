"""People's own terms as the solver knows them: what they cannot do, and free days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.hours.service import days_of
from app.people.service import Term
from rostering.personal import Limit
from rostering.problem import OfficerDay, Problem


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
