"""The translation between rows and `rostering`: what counts beside worked shifts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby

from app.people.service import Term, days_of
from rostering.personal import UNSAID, Elsewhere, Stretch, WorkingTime
from rostering.problem import Problem


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
