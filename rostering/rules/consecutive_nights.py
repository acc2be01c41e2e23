"""Most nights in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Line, LineRule, Of, Primitive, Run, long_runs
from rostering.words import count_words, day_words


@dataclass(frozen=True, kw_only=True)
class ConsecutiveNights(LineRule):
    """Nobody works more than `most` nights in a row."""

    code: ClassVar[str] = "consecutive_nights"
    title: ClassVar[str] = "Most nights in a row"
    source: ClassVar[str] = (
        "Police Scotland handbook, publication of duty rosters: 4; HSE good practice guidelines "
        "for shift work: 2 to 3"
    )
    unit: ClassVar[str] = "night too many"
    resource: ClassVar[Resource] = "nights"

    most: int = 4
    kind: str = "night"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """Runs of nights are no longer than `most`."""
        yield Run(Of(kinds=frozenset({self.kind})), longest=self.most)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Measure each run of days on which a night starts."""
        nights = [tour for tour in line if tour.kind == self.kind]
        for first, last, excess in long_runs((tour.day for tour in nights), self.most):
            yield self.breach(
                officer,
                (tour for tour in nights if first <= tour.day <= last),
                excess,
                f"works {count_words(last - first + 1, 'night')} in a row from "
                f"{day_words(problem, first)}; the most is {self.most}.",
            )
