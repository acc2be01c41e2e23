"""Long, night and early shifts in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import Breach, Dial, Line, LineRule, Of, Primitive, Run, Weight, long_runs
from rostering.words import count_words, day_words


@dataclass(frozen=True, kw_only=True)
class DemandingRuns(LineRule):
    """No more than `most` shifts in a row are long, early or a `kind`.

    Long is `long_minutes` or more by the template, early a start less than `early_minutes` after
    midnight. A shift worked before the period whose code is no template counts where it is a night.
    """

    code: ClassVar[str] = "demanding_runs"
    title: ClassVar[str] = "Long, night and early shifts in a row"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: two or three long, night or early shifts in "
        "a row; 10 h and 07:00 derived"
    )
    unit: ClassVar[str] = "demanding shift too many in a row"
    dial: ClassVar[Dial | None] = "fatigue"

    weight: Weight = 15
    most: int = 3
    kind: str = "night"
    early_minutes: int = 420
    long_minutes: int = 600

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """Runs of demanding shifts are no longer than `most`."""
        demanding = Of(codes=frozenset(self._codes(problem)))
        nights = Of(kinds=frozenset({self.kind}))
        yield Run(Of(either=(nights, demanding)), longest=self.most)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Measure each run of days on which a demanding shift starts."""
        codes = self._codes(problem)
        tours = [tour for tour in line if tour.kind == self.kind or tour.code in codes]
        for first, last, excess in long_runs((tour.day for tour in tours), self.most):
            yield self.breach(
                officer,
                (tour for tour in tours if first <= tour.day <= last),
                excess,
                f"works {count_words(last - first + 1, 'long, night or early shift')} in a row "
                f"from {day_words(problem, first)}; guidance is {self.most}.",
            )

    def _codes(self, problem: Problem) -> set[str]:
        return {
            shift.code
            for shift in problem.shifts
            if shift.start < self.early_minutes or shift.minutes >= self.long_minutes
        }
