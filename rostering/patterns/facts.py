"""What a pattern means for whoever follows it: hours, weekends, nights, runs of work."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import lcm

from rostering.patterns.pattern import Pattern

YEAR = 365
"""Days over which nights are told."""

WEEKEND = (5, 6)
"""Saturday and Sunday, as days from a Monday."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a pattern means for whoever follows it; free days count as no work.

    Attributes:
        weekly_minutes: minutes of duty a week on average, refreshment included, by the clock on
            the wall.
        weekends_off, weekends: weekends without a tour that starts in them, of so many, until the
            pattern meets the week as at its beginning.
        nights_a_year: nights in 365 days on average.
        longest_run: most days in a row on which a tour starts.
        rest_days_a_week: rest days in a week on average.
        free_days: days of the pattern that a roster may fill.
    """

    weekly_minutes: Fraction
    weekends_off: int
    weekends: int
    nights_a_year: Fraction
    longest_run: int
    rest_days_a_week: Fraction
    free_days: int


def facts_of(pattern: Pattern) -> Facts:
    """The facts of a pattern."""
    length = len(pattern)
    minutes = sum(tour.minutes for tour in pattern.tours if tour)
    nights = sum(tour is not None and tour.kind == "night" for tour in pattern.tours)
    free = sum(day is None for day in pattern.days)
    resting = sum(tour is None for tour in pattern.tours) - free
    off, of = _weekends(pattern)
    return Facts(
        weekly_minutes=Fraction(minutes * 7, length),
        weekends_off=off,
        weekends=of,
        nights_a_year=Fraction(nights * YEAR, length),
        longest_run=_longest_run(pattern),
        rest_days_a_week=Fraction(resting * 7, length),
        free_days=free,
    )


def _weekends(pattern: Pattern) -> tuple[int, int]:
    weeks = lcm(len(pattern), 7) // 7
    worked = sum(
        any(pattern.tours[(7 * week + day) % len(pattern)] for day in WEEKEND)
        for week in range(weeks)
    )
    return weeks - worked, weeks


def _longest_run(pattern: Pattern) -> int:
    """Over two rounds, so that a run over the end counts; one without end is the whole length."""
    works = [tour is not None for tour in pattern.tours * 2]
    runs = (len(list(run)) for at_work, run in groupby(works) if at_work)
    return min(max(runs, default=0), len(pattern))
