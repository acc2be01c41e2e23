"""Most days worked in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import ANY, Breach, Line, LineRule, Primitive, Run, long_runs
from rostering.words import count_words, day_words


@dataclass(frozen=True, kw_only=True)
class ConsecutiveDays(LineRule):
    """Nobody starts a tour on more than `most` days in a row."""

    code: ClassVar[str] = "consecutive_days"
    title: ClassVar[str] = "Most days in a row"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: no more than 5 to 7 working days in a row; "
        "Police Scotland handbook: 6"
    )
    unit: ClassVar[str] = "day too many"

    most: int = 6

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """Runs of working days are no longer than `most`."""
        yield Run(ANY, longest=self.most)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Measure each run of days on which a tour starts."""
        for first, last, excess in long_runs((tour.day for tour in line), self.most):
            yield self.breach(
                officer,
                (tour for tour in line if first <= tour.day <= last),
                excess,
                f"works {count_words(last - first + 1, 'day')} in a row from "
                f"{day_words(problem, first)}; the most is {self.most}.",
            )
