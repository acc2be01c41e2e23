"""One tour at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import ANY, Breach, Line, LineRule, Pair, Primitive, in_period
from rostering.words import tour_words


@dataclass(frozen=True, kw_only=True)
class OneTourAtATime(LineRule):
    """Nobody is on two tours at once, nor starts two on one day."""

    code: ClassVar[str] = "one_tour"
    title: ClassVar[str] = "One tour at a time"
    source: ClassVar[str] = "Police Regulations 2003, Annex E 1(c)(i): a tour in one piece"
    unit: ClassVar[str] = "quarter hour of overlap, or part of one"
    resource: ClassVar[Resource] = "elsewhere"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """No tour starts before the one before it has ended."""
        yield Pair(ANY, ANY, gap=0)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Look at every tour that starts before an earlier one ends, or on the same day."""
        for index, first in enumerate(line):
            for then in line[index + 1 :]:
                overlap = first.end - then.start
                if overlap <= 0 and then.day != first.day:
                    break
                if in_period((first, then)):
                    yield self.breach(
                        officer,
                        (first, then),
                        max(1, -(-overlap // 15)),
                        f"is on two tours at once or on one day: {tour_words(problem, first)} "
                        f"and {tour_words(problem, then)}.",
                    )
