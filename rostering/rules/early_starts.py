"""Early starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import Breach, Count, Dial, Line, LineRule, Of, Primitive, Weight
from rostering.words import hours_words, tour_words


@dataclass(frozen=True, kw_only=True)
class EarlyStarts(LineRule):
    """No tour other than a `kind` starts less than `minutes` after midnight."""

    code: ClassVar[str] = "early_starts"
    title: ClassVar[str] = "Early starts"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: avoid early starts, 07:00 is better than "
        "06:00"
    )
    unit: ClassVar[str] = "early start"
    dial: ClassVar[Dial | None] = "fatigue"

    weight: Weight = 2
    minutes: int = 420
    kind: str = "night"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """None of the shifts that start early."""
        early = frozenset(
            shift.code
            for shift in problem.shifts
            if shift.start < self.minutes and shift.kind != self.kind
        )
        if early:
            yield Count("tours", Of(codes=early), most=0)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Look at the start of each tour of the period by its template."""
        for tour in line:
            if tour.day < 0 or tour.kind == self.kind:
                continue
            if problem.shifts[problem.shift_index[tour.code]].start < self.minutes:
                yield self.breach(
                    officer,
                    (tour,),
                    1,
                    f"works an early start, {tour_words(problem, tour)}; guidance is no start "
                    f"within {hours_words(self.minutes)} of midnight.",
                )
