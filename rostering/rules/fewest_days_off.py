"""Fewest days off in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import Breach, Line, LineRule, Primitive, Run
from rostering.words import count_words, day_words


@dataclass(frozen=True, kw_only=True)
class FewestDaysOff(LineRule):
    """Whoever is off stays off for at least `least` days in a row.

    Days in a row on which no tour starts may be fewer at the first known day and at the end of
    the period: the rest of them is not known.
    """

    code: ClassVar[str] = "fewest_days_off"
    title: ClassVar[str] = "Fewest days off in a row"
    source: ClassVar[str] = (
        "The force's own shift system; Curtois and Qu 2014, shift scheduling: fewest consecutive "
        "days off"
    )
    unit: ClassVar[str] = "day too few"

    least: int = 1

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """Runs of days off are no shorter than `least`."""
        if self.least > 1:
            yield Run(None, shortest=self.least)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Measure the days off between each two tours that follow each other."""
        for index, before in enumerate(line[:-1]):
            after = line[index + 1]
            off = after.day - before.day - 1
            if 0 < off < self.least and after.day >= 0:
                yield self.breach(
                    officer,
                    (before, after),
                    self.least - off,
                    f"has only {count_words(off, 'day')} off from "
                    f"{day_words(problem, before.day + 1)}; the fewest is {self.least}.",
                )
