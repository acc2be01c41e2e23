"""Weekends off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Dial, Line, LineRule, Of, Primitive, Weight
from rostering.words import count_words


@dataclass(frozen=True, kw_only=True)
class WeekendsOff(LineRule):
    """At least `least` of every four weekends of the period are free of tours.

    A weekend is a Saturday and the Sunday after it; it is worked when a tour starts on either.
    The share is taken of the weekends that the period touches and rounded down. Those of which one
    day lies outside of the period are none of those that are free, since nobody knows or can change
    the other day.
    """

    code: ClassVar[str] = "weekends_off"
    title: ClassVar[str] = "Weekends off"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: regular free weekends; one in four derived"
    )
    unit: ClassVar[str] = "weekend worked too many"
    dial: ClassVar[Dial | None] = "fatigue"
    resource: ClassVar[Resource] = "weekends"

    weight: Weight = 20
    least: int = 1

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """At most the remaining weekends are worked."""
        whole, most = self._judged(problem)
        saturdays = [7 * week + 5 - problem.first_day.weekday() for week in whole]
        days = frozenset(day for saturday in saturdays for day in (saturday, saturday + 1))
        yield Count("weekends", Of(days=days), most=most)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Count the weekends on which a tour starts."""
        first = problem.first_day.weekday()
        tours = [tour for tour in line if tour.day >= 0 and (tour.day + first) % 7 >= 5]
        whole, most = self._judged(problem)
        tours = [tour for tour in tours if (tour.day + first) // 7 in whole]
        worked = len({(tour.day + first) // 7 for tour in tours})
        if worked > most:
            yield self.breach(
                officer,
                tours,
                worked - most,
                f"works on {count_words(worked, 'weekend')}; the most is {most} in this period.",
            )

    def _judged(self, problem: Problem) -> tuple[set[int], int]:
        """Weeks, by number, whose weekend is whole, and how many of these may be worked."""
        first = problem.first_day.weekday()
        days = Counter((day + first) // 7 for day in range(problem.days) if (day + first) % 7 >= 5)
        whole = {week for week, number in days.items() if number == 2}
        return whole, max(len(whole) - len(days) * self.least // 4, 0)
