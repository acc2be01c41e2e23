"""Daily rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import ANY, Breach, Line, LineRule, Pair, Primitive, in_period
from rostering.words import day_words, hours_words


@dataclass(frozen=True, kw_only=True)
class DailyRest(LineRule):
    """Between the end of one tour and the start of any later one lie at least `minutes`."""

    code: ClassVar[str] = "daily_rest"
    title: ClassVar[str] = "Daily rest"
    source: ClassVar[str] = (
        "Working Time Regulations 1998 reg 10; Police Regulations 2003 Annex E: 11 h between tours"
    )
    unit: ClassVar[str] = "quarter hour of rest missing, or part of one"

    minutes: int = 660

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """No tour starts within `minutes` of the end of another."""
        yield Pair(ANY, ANY, gap=self.minutes)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Look at every two tours that lie closer than the rest."""
        for index, first in enumerate(line):
            for then in line[index + 1 :]:
                rest = then.start - first.end
                if rest >= self.minutes:
                    break
                if in_period((first, then)):
                    yield self.breach(
                        officer,
                        (first, then),
                        -(-(self.minutes - rest) // 15),
                        f"would have {hours_words(max(rest, 0))} of rest between "
                        f"{day_words(problem, first.day)} and {day_words(problem, then.day)}; "
                        f"the rule is {hours_words(self.minutes)}.",
                    )
