"""Weekends off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import Breach, Count, Line, LineRule, Primitive, Weight
from rostering.words import count_words


@dataclass(frozen=True, kw_only=True)
class WeekendsOff(LineRule):
    """At least `least` of every four weekends of the period are free of tours.

    A weekend is a Saturday and the Sunday after it; it is worked when a tour starts on either.
    The share is taken of the weekends that the period touches and rounded down.
    """

    code: ClassVar[str] = "weekends_off"
    title: ClassVar[str] = "Weekends off"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: regular free weekends; one in four derived"
    )
    unit: ClassVar[str] = "weekend worked too many"

    weight: Weight = 20
    least: int = 1

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """At most the remaining weekends are worked."""
        yield Count("weekends", most=self._most(problem))

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Count the weekends on which a tour starts."""
        first = problem.first_day.weekday()
        tours = [tour for tour in line if tour.day >= 0 and (tour.day + first) % 7 >= 5]
        worked = len({(tour.day + first) // 7 for tour in tours})
        most = self._most(problem)
        if worked > most:
            yield self.breach(
                officer,
                tours,
                worked - most,
                f"works on {count_words(worked, 'weekend')}; the most is {most} in this period.",
            )

    def _most(self, problem: Problem) -> int:
        first = problem.first_day.weekday()
        weekends = {(day + first) // 7 for day in range(problem.days) if (day + first) % 7 >= 5}
        return len(weekends) - len(weekends) * self.least // 4
