"""Fewest days worked in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import ANY, Breach, Line, LineRule, Primitive, Run
from rostering.words import count_words, day_words


@dataclass(frozen=True, kw_only=True)
class FewestDaysOn(LineRule):
    """Whoever comes to work does so for at least `least` days in a row.

    Days in a row on which a tour starts may be fewer at the first known day and at the end of
    the period: the rest of them is not known.
    """

    code: ClassVar[str] = "fewest_days_on"
    title: ClassVar[str] = "Fewest days worked in a row"
    source: ClassVar[str] = (
        "The force's own shift system; Curtois and Qu 2014, shift scheduling: fewest consecutive "
        "shifts"
    )
    unit: ClassVar[str] = "day too few"

    least: int = 1

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """Runs of working days are no shorter than `least`."""
        if self.least > 1:
            yield Run(ANY, shortest=self.least)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Measure each stretch of working days between two known days off."""
        run: list[int] = []
        for day in sorted({tour.day for tour in line}):
            if run and day > run[-1] + 1:
                yield from self._judged(problem, officer, line, run)
                run = []
            run.append(day)
        if run and run[-1] < problem.days - 1:
            yield from self._judged(problem, officer, line, run)

    def _judged(
        self, problem: Problem, officer: Officer, line: Line, run: list[int]
    ) -> Iterator[Breach]:
        short = self.least - len(run)
        if short > 0 and run[0] > officer.known_from and run[-1] >= -1:
            yield self.breach(
                officer,
                (tour for tour in line if run[0] <= tour.day <= run[-1]),
                short,
                f"works only {count_words(len(run), 'day')} in a row from "
                f"{day_words(problem, run[0])}; the fewest is {self.least}.",
            )
