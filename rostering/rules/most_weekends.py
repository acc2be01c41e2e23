"""Most weekends worked over the period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Line, LineRule, Primitive
from rostering.words import count_words


@dataclass(frozen=True, kw_only=True)
class MostWeekends(LineRule):
    """Nobody works on more than `most` weekends of the period.

    A weekend is a Saturday and the Sunday after it; it is worked when a tour starts on either.
    """

    code: ClassVar[str] = "most_weekends"
    title: ClassVar[str] = "Most weekends worked"
    source: ClassVar[str] = (
        "The officer's own terms; Curtois and Qu 2014, shift scheduling: most weekends"
    )
    unit: ClassVar[str] = "weekend worked too many"
    resource: ClassVar[Resource] = "weekends"

    most: int = 53

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """At most so many weekends are worked, where the period has more."""
        if self.most < problem.days // 7 + 1:
            yield Count("weekends", most=self.most)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Count the weekends on which a tour starts."""
        tours = [tour for tour in line if tour.day >= 0 and problem.weekday(tour.day) >= 5]
        weekends = {tour.day - problem.weekday(tour.day) for tour in tours}
        if len(weekends) > self.most:
            yield self.breach(
                officer,
                tours,
                len(weekends) - self.most,
                f"works on {count_words(len(weekends), 'weekend')}; the most is {self.most} in "
                "this period.",
            )
