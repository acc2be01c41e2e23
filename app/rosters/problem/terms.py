"""People's own terms as the solver knows them: what they cannot do, free days, working time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby

from app.people.service import Term
from rostering.personal import UNSAID, Elsewhere, Limit, Stretch, WorkingTime
from rostering.problem import OfficerDay, Problem

REACH = 366
"""Days before the period that a term can matter for: averages look back over 52 weeks at most."""


def limits_of(own: Iterable[Term], frame: Problem) -> Iterator[Limit]:
    """What somebody cannot do in the period or just before it."""
    for term in own:
        days = _days(term, frame)
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


def working_time_of(own: Collection[Term], left_out: Iterable[date], frame: Problem) -> WorkingTime:
    """What counts in somebody's average week beside the shifts.

    Args:
        own: the person's terms.
        left_out: days of leave and sickness, of the period or before it.
        frame: the days.
    """
    said = [(term, days) for term in own if (days := _days(term, frame)) is not None]
    working_time = WorkingTime(
        opted_out=tuple(days for term, days in said if term.what == "opt_out"),
        left_out=tuple(_stretches(left_out, frame)),
        elsewhere=tuple(
            Elsewhere(days, term.minutes) for term, days in said if term.what == "other_job"
        ),
    )
    return UNSAID if working_time == UNSAID else working_time


def _days(term: Term, frame: Problem) -> Stretch | None:
    """The days on which a term holds, none that no rule could look at; None where there is none."""
    first = max((term.from_day - frame.first_day).days, -REACH)
    last = frame.days - 1
    if term.until_day is not None:
        last = min((term.until_day - frame.first_day).days - 1, last)
    return Stretch(first, last) if first <= last else None


def _stretches(days: Iterable[date], frame: Problem) -> Iterator[Stretch]:
    """Days as stretches, those beside each other together."""
    numbers = sorted({(day - frame.first_day).days for day in days})
    for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        together = [number for _, number in run]
        yield Stretch(together[0], together[-1])
