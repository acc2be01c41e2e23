"""How much of what officers have been told may change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from rostering.problem import Officer, Problem, Shift, Told
from rostering.rules.base import (
    LARGEST,
    Breach,
    Count,
    Dial,
    Line,
    LineRule,
    Of,
    Primitive,
    Turn,
    Weight,
)
from rostering.words import clock_words, day_words

Cells = defaultdict[int, set[tuple[int, str]]]
"""Pairs of day and code of a shift, by their price."""


@dataclass(frozen=True, kw_only=True)
class Stability(LineRule):
    """A day that becomes something else than was told has a price.

    It costs `change_points`, `soon_points` with fewer than `soon_days` clear days of notice and
    `late_points` with fewer than `late_days`; `rest_points` more where a rest day is taken; and
    `hour_points` for each hour, begun or whole, by which the duty is longer than the one told (all
    of it on a rest day), at the rate that the hour is paid at.

    A point is about what a minute of one person missing costs in a busy hour of a room whose
    shortage is priced by callers: a change weighs an hour of it, two where it comes soon, three
    where it comes late, and a rest day taken an hour more.
    """

    code: ClassVar[str] = "stability"
    title: ClassVar[str] = "Changes of what was told"
    source: ClassVar[str] = (
        "Police Regulations 2003 Annex E: a published roster changes only for a stated reason; "
        "bands of notice as in Annex H; the prices are assumed"
    )
    unit: ClassVar[str] = "point of a change"
    dial: ClassVar[Dial | None] = "stability"

    weight: Weight = 1
    change_points: int = 60
    soon_days: int = 15
    soon_points: int = 120
    late_days: int = 5
    late_points: int = 180
    rest_points: int = 60
    hour_points: int = 5

    def turned(self, turn: Turn) -> Self:
        """Its own dial turns what any change costs, that of notice what comes on top."""
        change, notice = turn.of(self.dial), turn.of("notice")
        if self.weight is None or change == notice == 1:
            return self
        change_points = change * self.change_points
        prices = {
            "change_points": change_points,
            "soon_points": change_points + notice * (self.soon_points - self.change_points),
            "late_points": change_points + notice * (self.late_points - self.change_points),
            "rest_points": notice * self.rest_points,
            "hour_points": notice * self.hour_points,
        }
        return replace(
            self, **{name: min(max(points, 0), LARGEST) for name, points in prices.items()}
        )

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """As many told tours as there are, and none on told rest days, each at its price."""
        kept: Cells = defaultdict(set)
        unwanted: Cells = defaultdict(set)
        for day, told in officer.told.items():
            change = self._change(told)
            if told.shift is not None:
                kept[change].add((day, told.shift))
            for shift in problem.shifts:
                more = self._hours(problem, told, shift)
                if told.shift is None:
                    unwanted[change + more].add((day, shift.code))
                elif more:
                    unwanted[more].add((day, shift.code))
        for points, cells in kept.items():
            yield Count("tours", Of(cells=frozenset(cells)), least=len(cells), points=points)
        for points, cells in unwanted.items():
            yield Count("tours", Of(cells=frozenset(cells)), most=0, points=points)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Compare each day that was told with what the line holds on it."""
        there = {tour.day: tour for tour in line}
        for day, told in officer.told.items():
            tour = there.get(day)
            if (tour.code if tour else None) == told.shift:
                continue
            becomes = problem.shifts[problem.shift_index[tour.code]] if tour else None
            words = f"was told {_words(problem, told.shift)} on {day_words(problem, day)} and now "
            words += f"has {_words(problem, becomes.code)}." if becomes else "rests."
            points = self.price(problem, told, becomes)
            if points:
                yield self.breach(officer, (tour,) if tour else (), points, words)

    def price(self, problem: Problem, told: Told, becomes: Shift | None) -> int:
        """Points of a day that was told and becomes something; None stands for a rest day."""
        if (becomes.code if becomes else None) == told.shift:
            return 0
        return self._change(told) + (self._hours(problem, told, becomes) if becomes else 0)

    def notice_price(self, problem: Problem, told: Told, becomes: Shift | None) -> int:
        """The part of the price of a changed day that is for notice, rest taken and hours."""
        points = self.price(problem, told, becomes)
        return points - min(points, self.change_points)

    def _change(self, told: Told) -> int:
        """Points of any change of a day, by its notice, and of a rest day taken."""
        points = self.change_points
        if told.notice < self.late_days:
            points = self.late_points
        elif told.notice < self.soon_days:
            points = self.soon_points
        return points + (self.rest_points if told.shift is None else 0)

    def _hours(self, problem: Problem, told: Told, becomes: Shift) -> int:
        """Points of the hours by which a shift is longer than the one told."""
        before = problem.shifts[problem.shift_index[told.shift]].minutes if told.shift else 0
        hours = -(-max(becomes.minutes - before, 0) // 60)
        return self.hour_points * hours * told.percent // 100


def _words(problem: Problem, code: str | None) -> str:
    """A shift template, or a rest day, in words."""
    if code is None:
        return "a rest day"
    shift = problem.shifts[problem.shift_index[code]]
    times = f"{clock_words(shift.start)} to {clock_words((shift.start + shift.minutes) % 1440)}"
    return f"{shift.code} ({times})"
