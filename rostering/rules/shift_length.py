"""Longest shift."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from rostering.problem import Officer, Problem, Tour
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Line, LineRule, Of, Primitive
from rostering.words import hours_words, tour_words


@dataclass(frozen=True, kw_only=True)
class ShiftLength(LineRule):
    """No tour is longer than `minutes`, or `clocks_back_minutes` more where the clocks go back.

    Elapsed time, refreshment included. Without the allowance no room whose nights last 12 h could
    be staffed on the night on which summer time ends.
    """

    code: ClassVar[str] = "shift_length"
    title: ClassVar[str] = "Longest shift"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work: 12 h with overtime at most; Police "
        "Regulations 2003 Annex E: 8 h where no variable shift arrangement is in force"
    )
    unit: ClassVar[str] = "quarter hour too long, or part of one"
    resource: ClassVar[Resource] = "shifts"

    minutes: int = 720
    clocks_back_minutes: int = 60

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """None of the tours that are too long, each as often as it has quarter hours too many."""
        cells: dict[int, set[tuple[int, str]]] = {}
        for day in range(problem.days):
            for shift, tour in zip(problem.shifts, problem.tours[day], strict=True):
                longer = self.clocks_back_minutes if tour.minutes > shift.minutes else 0
                over = tour.minutes - self.minutes - longer
                if over > 0:
                    cells.setdefault(-(-over // 15), set()).add((day, shift.code))
        for excess, some in cells.items():
            yield Count("tours", Of(cells=frozenset(some)), most=0, points=excess)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Measure each tour of the period."""
        for tour in line:
            if tour.day < 0 or tour.end - tour.start <= self.minutes:
                continue
            most = self.minutes
            if _goes_back(problem.zone, tour):
                most += self.clocks_back_minutes
            over = tour.end - tour.start - most
            if over > 0:
                yield self.breach(
                    officer,
                    (tour,),
                    -(-over // 15),
                    f"works {hours_words(tour.end - tour.start)} on {tour_words(problem, tour)}; "
                    f"the most is {hours_words(most)}.",
                )


def _goes_back(zone: str, tour: Tour) -> bool:
    """Whether the clocks are set back while the tour lasts."""
    start, end = (
        datetime.fromtimestamp(instant * 60, tz=UTC).astimezone(ZoneInfo(zone)).utcoffset()
        for instant in (tour.start, tour.end)
    )
    return start is not None and end is not None and end < start
