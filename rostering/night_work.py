"""What night work is, and whose it is: Working Time Regulations 1998 reg 2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from rostering.averages import WEEK
from rostering.problem import MINUTES_A_DAY, Problem, Tour


class NightNumbers(Protocol):
    """The numbers of a rule about night workers that say who is one."""

    @property
    def weeks(self) -> int:
        """At most so many weeks before the period are looked at."""

    @property
    def night_start(self) -> int:
        """Start of the night, local, in minutes after midnight."""

    @property
    def night_end(self) -> int:
        """Its end."""

    @property
    def least_night_minutes(self) -> int:
        """Work in the night that makes a tour one of night work."""

    @property
    def one_week_in(self) -> int:
        """One week in so many with such a tour is enough to be the normal course."""


def works_at_night(
    problem: Problem, tours: Sequence[Tour], known_from: int, numbers: NightNumbers
) -> bool:
    """Tell whether somebody is a night worker by the numbers of a rule.

    Args:
        problem: the problem.
        tours: what they worked before the period; later tours are not looked at.
        known_from: first day of which the tours are known.
        numbers: those of the rule.
    """
    night = (numbers.night_start, numbers.night_end)
    least, every = numbers.least_night_minutes, numbers.one_week_in
    return is_night_worker(problem, tours, known_from, night, least, every, numbers.weeks)


def night_minutes(problem: Problem, tour: Tour, night: tuple[int, int]) -> int:
    """Minutes of a tour in the night, two local times in minutes after midnight."""
    begin, finish = night
    finish += MINUTES_A_DAY if finish <= begin else 0
    reach = tour.minutes // MINUTES_A_DAY + 2
    return sum(
        max(
            min(problem.instant(day, finish), tour.end)
            - max(problem.instant(day, begin), tour.start),
            0,
        )
        for day in range(tour.day - 1, tour.day + reach)
    )


def is_night_worker(
    problem: Problem,
    tours: Sequence[Tour],
    known_from: int,
    night: tuple[int, int],
    least_minutes: int,
    every: int,
    weeks: int,
) -> bool:
    """Tell whether somebody normally works at night, by the weeks known before the period.

    Args:
        problem: the problem.
        tours: what they worked before the period; later tours are not looked at.
        known_from: first day of which the tours are known.
        night: start and end of the night, local, in minutes after midnight.
        least_minutes: work in the night that makes a tour one of night work.
        every: one week in so many with such a tour is enough to be the normal course.
        weeks: at most so many weeks are looked at, the last before the period first.
    """
    known = min(weeks, -known_from // WEEK)
    nights = _weeks_with(problem, tours, night, least_minutes, known)
    return known > 0 and nights * every >= known


def _weeks_with(
    problem: Problem, tours: Iterable[Tour], night: tuple[int, int], least: int, known: int
) -> int:
    """Weeks, counted back from the period, with a tour of so many minutes in the night."""
    found: set[int] = set()
    for tour in tours:
        week = (-1 - tour.day) // WEEK
        if 0 <= week < known and week not in found and night_minutes(problem, tour, night) >= least:
            found.add(week)
    return len(found)
