"""Times at which an officer cannot work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Line, LineRule, Of, Primitive
from rostering.words import tour_words


@dataclass(frozen=True, kw_only=True)
class Unavailability(LineRule):
    """No tour lies in a span in which the officer cannot work."""

    code: ClassVar[str] = "unavailability"
    title: ClassVar[str] = "Leave and other times away"
    source: ClassVar[str] = "The force's own record of leave, court, training and other absence"
    unit: ClassVar[str] = "tour in a time away"
    resource: ClassVar[Resource] = "leave"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """None of the tours that would touch a time away."""
        cells = {
            (day, shift.code)
            for span in officer.unavailable
            for day in range(problem.days)
            for index, shift in enumerate(problem.shifts)
            if problem.starts[day, index] < span.end and problem.ends[day, index] > span.start
        }
        if cells:
            yield Count("tours", Of(cells=frozenset(cells)), most=0)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Look for each tour of the period in the times away."""
        for tour in line if officer.unavailable else ():
            away = any(tour.start < s.end and tour.end > s.start for s in officer.unavailable)
            if away and tour.day >= 0:
                yield self.breach(
                    officer, (tour,), 1, f"is not available on {tour_words(problem, tour)}."
                )
