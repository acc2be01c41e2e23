"""Rotation of shifts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import (
    Breach,
    Dial,
    Line,
    LineRule,
    Of,
    Pair,
    Primitive,
    Weight,
    in_period,
)
from rostering.words import day_words, hours_words


@dataclass(frozen=True, kw_only=True)
class Rotation(LineRule):
    """After a `late`, only another `late` or a `night` starts within `minutes`.

    So shifts go round with the clock. What may follow a night is told by the rest after nights. Two
    tours that overlap, which another rule forbids, count twice.
    """

    code: ClassVar[str] = "rotation"
    title: ClassVar[str] = "Forward rotation"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: rotate forward, early to late to night; "
        "within two days derived"
    )
    unit: ClassVar[str] = "change to an earlier shift"
    dial: ClassVar[Dial | None] = "fatigue"

    weight: Weight = 15
    minutes: int = 2880
    late: str = "late"
    night: str = "night"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """No earlier kind of tour starts within `minutes` of the end of a late."""
        kinds = {shift.kind for shift in problem.shifts} | {tour.kind for tour in officer.history}
        earlier = frozenset(kinds - {self.late, self.night})
        late = Of(kinds=frozenset({self.late}))
        if self.minutes and earlier:
            yield Pair(late, Of(kinds=earlier), gap=self.minutes, unit=self.minutes)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Look at every late with an earlier kind of tour too soon after it."""
        for index, late in enumerate(line if self.minutes else ()):
            if late.kind != self.late:
                continue
            for then in line[index + 1 :]:
                apart = then.start - late.end
                if apart >= self.minutes:
                    break
                if then.kind not in (self.late, self.night) and in_period((late, then)):
                    yield self.breach(
                        officer,
                        (late, then),
                        -(-(self.minutes - apart) // self.minutes),
                        f"works a late on {day_words(problem, late.day)} and an earlier shift on "
                        f"{day_words(problem, then.day)}, {hours_words(max(apart, 0))} after it; "
                        f"guidance is {hours_words(self.minutes)}.",
                    )
