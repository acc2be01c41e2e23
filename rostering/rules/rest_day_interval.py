"""Days between rest days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import ANY, Breach, Line, LineRule, Primitive, Run, long_runs
from rostering.words import count_words, day_words


@dataclass(frozen=True, kw_only=True)
class RestDayInterval(LineRule):
    """No more than `most` days lie between one rest day and the next."""

    code: ClassVar[str] = "rest_day_interval"
    title: ClassVar[str] = "Days between rest days"
    source: ClassVar[str] = (
        "Police Regulations 2003 Annex E: an interval between rostered rest days of not more than "
        "7 days"
    )
    unit: ClassVar[str] = "day too many"

    most: int = 7

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """A rest day comes after at most so many days with a tour."""
        yield Run(ANY, longest=self.most)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Count the days from each rest day to the next."""
        for first, last, excess in long_runs((tour.day for tour in line), self.most):
            yield self.breach(
                officer,
                (tour for tour in line if first <= tour.day <= last),
                excess,
                f"has {count_words(last - first + 1, 'day')} between rest days from "
                f"{day_words(problem, first)}; the most is {self.most}.",
            )
