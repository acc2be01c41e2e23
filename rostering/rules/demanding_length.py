"""Length of nights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import Breach, Count, Dial, Line, LineRule, Of, Primitive, Weight
from rostering.words import hours_words, tour_words


@dataclass(frozen=True, kw_only=True)
class DemandingLength(LineRule):
    """A `kind` lasts no longer than `minutes`, in elapsed time."""

    code: ClassVar[str] = "demanding_length"
    title: ClassVar[str] = "Length of nights"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: 8 h where work is at night, demanding or "
        "critical to safety"
    )
    unit: ClassVar[str] = "hour of a night too long, or part of one"
    dial: ClassVar[Dial | None] = "fatigue"

    weight: Weight = 2
    minutes: int = 480
    kind: str = "night"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """None of the nights that are too long, each as often as it has hours too many."""
        cells: dict[int, set[tuple[int, str]]] = {}
        for tours in problem.tours:
            for tour in tours:
                over = tour.minutes - self.minutes
                if tour.kind == self.kind and over > 0:
                    cells.setdefault(-(-over // 60), set()).add((tour.day, tour.code))
        for excess, some in cells.items():
            yield Count("tours", Of(cells=frozenset(some)), most=0, points=excess)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Measure each night of the period."""
        for tour in line:
            over = tour.end - tour.start - self.minutes
            if tour.day >= 0 and tour.kind == self.kind and over > 0:
                yield self.breach(
                    officer,
                    (tour,),
                    -(-over // 60),
                    f"works {hours_words(tour.end - tour.start)} on the night of "
                    f"{tour_words(problem, tour)}; guidance is {hours_words(self.minutes)}.",
                )
