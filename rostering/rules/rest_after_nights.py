"""Rest after nights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import Breach, Dial, Line, LineRule, Of, Pair, Primitive, in_period
from rostering.words import day_words, hours_words


@dataclass(frozen=True, kw_only=True)
class RestAfterNights(LineRule):
    """After a night, no tour of another kind starts for `minutes`.

    46 hours hold two full nights' sleep after a night that ends in the morning.
    """

    code: ClassVar[str] = "rest_after_nights"
    title: ClassVar[str] = "Rest after nights"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: two nights' full sleep when changing from "
        "nights to days; 46 h derived"
    )
    unit: ClassVar[str] = "quarter hour of rest missing, or part of one"
    dial: ClassVar[Dial | None] = "fatigue"

    minutes: int = 2760
    kind: str = "night"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """No tour of another kind starts within `minutes` of the end of a night."""
        kinds = {shift.kind for shift in problem.shifts} | {tour.kind for tour in officer.history}
        others = frozenset(kinds - {self.kind})
        yield Pair(Of(kinds=frozenset({self.kind})), Of(kinds=others), gap=self.minutes)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Look at every night with another kind of tour too soon after it."""
        for index, night in enumerate(line):
            if night.kind != self.kind:
                continue
            for then in line[index + 1 :]:
                rest = then.start - night.end
                if rest >= self.minutes:
                    break
                if then.kind != self.kind and in_period((night, then)):
                    yield self.breach(
                        officer,
                        (night, then),
                        -(-(self.minutes - rest) // 15),
                        f"would have {hours_words(max(rest, 0))} between the night of "
                        f"{day_words(problem, night.day)} and a tour of another kind on "
                        f"{day_words(problem, then.day)}; the rule is {hours_words(self.minutes)}.",
                    )
