"""The translation between rows and `rostering`: worked shifts, and what counts beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from itertools import groupby

from app.people.service import PastShift, Term
from rostering.personal import UNSAID, Elsewhere, Stretch, WorkingTime
from rostering.problem import Problem, Tour

REACH = 366
"""Days before the first one that a term can matter for: averages are of 52 weeks at most."""


def tours_of(shifts: Iterable[PastShift], days: Iterable[int]) -> tuple[Tour, ...]:
    """Shifts as tours, on these local days, one for each."""
    return tuple(
        Tour(day, shift.code, shift.kind, _minute(shift.start), _minute(shift.end))
        for shift, day in zip(shifts, days, strict=True)
    )


def _minute(instant: datetime) -> int:
    return int(instant.timestamp()) // 60


def days_of(term: Term, frame: Problem) -> Stretch | None:
    """The days on which a term holds, none that no rule could look at; None where there is none."""
    first = max((term.from_day - frame.first_day).days, -REACH)
    last = frame.days - 1
    if term.until_day is not None:
        last = min((term.until_day - frame.first_day).days - 1, last)
    return Stretch(first, last) if first <= last else None


def working_time_of(own: Collection[Term], left_out: Iterable[date], frame: Problem) -> WorkingTime:
    """What counts in somebody's average week beside the shifts.

    Args:
        own: the person's terms.
        left_out: days of leave and sickness.
        frame: the days, the first of them day 0.
    """
    said = [(term, days) for term in own if (days := days_of(term, frame)) is not None]
    working_time = WorkingTime(
        opted_out=tuple(days for term, days in said if term.what == "opt_out"),
        left_out=tuple(_stretches(left_out, frame)),
        elsewhere=tuple(
            Elsewhere(days, term.minutes) for term, days in said if term.what == "other_job"
        ),
    )
    return UNSAID if working_time == UNSAID else working_time


def _stretches(days: Iterable[date], frame: Problem) -> Iterable[Stretch]:
    """Days as stretches, those beside each other together."""
    numbers = sorted({(day - frame.first_day).days for day in days})
    for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        together = [number for _, number in run]
        yield Stretch(together[0], together[-1])
