"""Cover per shift, as published instances ask it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Problem, Roster
from rostering.rules.base import Breach, Dial, Rule, Weight
from rostering.words import count_words, day_words


@dataclass(frozen=True, kw_only=True)
class ShiftCovered(Rule):
    """Each shift of each day has the people it needs.

    The price of a shortage or a surplus stands with each `ShiftCover`; `weight` multiplies it.
    """

    code: ClassVar[str] = "shift_cover"
    title: ClassVar[str] = "Cover per shift"
    source: ClassVar[str] = "The requirement, by shift"
    unit: ClassVar[str] = "point of shortage or surplus, as each shift prices it"
    dial: ClassVar[Dial | None] = "shortage"

    weight: Weight = 1

    def check(self, problem: Problem, roster: Roster) -> Iterator[Breach]:
        """Count the officers on each shift of each day."""
        on_shift = Counter(
            (tour.day, tour.code) for tours in roster.tours.values() for tour in tours
        )
        for need in problem.shift_cover:
            short = need.required - on_shift[need.day, need.shift]
            points = short * need.shortage_points if short > 0 else -short * need.surplus_points
            if points:
                yield Breach(
                    self.code,
                    None,
                    (),
                    points,
                    f"Shift {need.shift} is {count_words(abs(short), 'person', 'people')} "
                    f"{'short' if short > 0 else 'over'} on {day_words(problem, need.day)}.",
                )
