"""Share of nights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Dial, Line, LineRule, Of, Primitive, Weight
from rostering.words import hours_words


@dataclass(frozen=True, kw_only=True)
class NightShare(LineRule):
    """Nights are at most `percent` per cent of the contract in a period of `weeks` weeks or more.

    The contracted hours are taken half way between the least and the most that the contract allows.
    A shorter period, such as a week of nights, says nothing of permanent nights and is not judged.
    """

    code: ClassVar[str] = "night_share"
    title: ClassVar[str] = "Share of nights"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: avoid permanent nights; half derived"
    )
    unit: ClassVar[str] = "hour of nights too many, or part of one"
    dial: ClassVar[Dial | None] = "fatigue"
    resource: ClassVar[Resource] = "nights"

    weight: Weight = 3
    percent: int = 50
    weeks: int = 4
    kind: str = "night"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """Elapsed minutes of nights are no more than the share."""
        nights = Of(kinds=frozenset({self.kind}))
        if problem.days >= 7 * self.weeks:
            yield Count("minutes", nights, most=self._most(officer), unit=60)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Add up the nights of the period."""
        if problem.days < 7 * self.weeks:
            return
        nights = [tour for tour in line if tour.day >= 0 and tour.kind == self.kind]
        worked = sum(tour.end - tour.start for tour in nights)
        most = self._most(officer)
        if worked > most:
            yield self.breach(
                officer,
                nights,
                -(-(worked - most) // 60),
                f"works {hours_words(worked)} of nights in this period; guidance is "
                f"{hours_words(most)}, {self.percent} % of the contract.",
            )

    def _most(self, officer: Officer) -> int:
        return (officer.least_minutes + officer.most_minutes) * self.percent // 200
