"""Shares of what nobody likes: nights, weekends, unsocial hours, public holidays, Christmas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from rostering.fairness.portion import Burden, Portion
from rostering.fairness.unsocial import QUARTER, unsocial_quarters
from rostering.problem import MINUTES_A_DAY, Officer, Problem, Tour
from rostering.rules.base import (
    ANY,
    Breach,
    Count,
    Dial,
    Line,
    LineRule,
    Of,
    Primitive,
    Share,
    Weight,
)
from rostering.words import count_words, hours_words

HOUR = 60 // QUARTER


@dataclass(frozen=True, kw_only=True)
class FairShares(LineRule):
    """What an officer has over their portion of a burden costs points, so that burdens go round.

    Portions belong to the officer: they follow from hours, and from what the officer carried in
    the last `weeks` weeks, of public holidays and Christmas in the last `years` years, beside the
    others (`rostering.fairness.coming`). Whoever is given none is not judged.

    Unsocial hours lie between `unsocial_start` and `unsocial_end`, minutes after midnight by the
    clock on the wall, and count by the quarter hour; so many of them over the portion are a
    point, or a part of so many, and none where that is 0.

    Prices lie below those of most wishes: whoever asks for nights may have them, and burdens go
    round where nobody minds.
    """

    code: ClassVar[str] = "fair_shares"
    title: ClassVar[str] = "Fair shares"
    source: ClassVar[str] = "Derived: what nobody likes goes round, pro rata to hours, over years"
    dial: ClassVar[Dial | None] = "fairness"
    unit: ClassVar[str] = "point of a night, weekend, hour or holiday over the officer's share"

    weight: Weight = 1
    night_points: int = 2
    weekend_points: int = 2
    unsocial_hours_a_point: int = 4
    public_holiday_points: int = 5
    christmas_points: int = 8
    weeks: int = 52
    years: int = 5
    repaid_weeks: int = 13
    kind: str = "night"
    unsocial_start: int = 1200
    unsocial_end: int = 360

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """At most the portion of each burden."""
        for portion in officer.portions:
            points = self._points[portion.burden]
            if not points:
                continue
            match portion.burden:
                case "nights":
                    of = Of(kinds=frozenset({self.kind}))
                    yield Count("tours", of, most=portion.most, points=points)
                case "weekends":
                    yield Count("weekends", ANY, most=portion.most, points=points)
                case "unsocial_hours":
                    yield from self._unsocial(problem, portion.most * HOUR)
                case _:
                    yield Count("tours", Of(days=portion.days), most=portion.most, points=points)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Add up what the line has of each burden."""
        own = [tour for tour in line if tour.day >= 0]
        for portion in officer.portions:
            points = self._points[portion.burden]
            tours, found, unit = self._has(problem, own, portion)
            over = found - portion.most * unit
            a_unit = unit * self.unsocial_hours_a_point if unit == HOUR else unit
            if over > 0 and points:
                yield self.breach(
                    officer,
                    tours,
                    -(-over * points // a_unit),
                    f"has {_words(portion.burden, found)}; a fair share is "
                    f"{_words(portion.burden, portion.most * unit)} in this period.",
                )

    @property
    def unsocial(self) -> tuple[int, int]:
        """From and until when hours are unsocial."""
        return self.unsocial_start, self.unsocial_end

    def _quarters(self, problem: Problem, tour: Tour) -> int:
        shift = problem.shifts[problem.shift_index[tour.code]]
        return _quarters_one_by_one(shift.start, shift.minutes, *self.unsocial)

    @property
    def _points(self) -> dict[Burden, int]:
        return {
            "nights": self.night_points,
            "weekends": self.weekend_points,
            "unsocial_hours": min(self.unsocial_hours_a_point, 1),
            "public_holidays": self.public_holiday_points,
            "christmas": self.christmas_points,
        }

    def _has(
        self, problem: Problem, line: list[Tour], portion: Portion
    ) -> tuple[list[Tour], int, int]:
        """The tours of a burden, how much of it they are, and what one unit of it is."""
        match portion.burden:
            case "nights":
                nights = [tour for tour in line if tour.kind == self.kind]
                return nights, len(nights), 1
            case "weekends":
                tours = [tour for tour in line if problem.weekday(tour.day) >= 5]
                return tours, len({tour.day - problem.weekday(tour.day) for tour in tours}), 1
            case "unsocial_hours":
                by_tour = [(tour, self._quarters(problem, tour)) for tour in line]
                tours = [tour for tour, quarters in by_tour if quarters]
                return tours, sum(quarters for _, quarters in by_tour), HOUR
            case _:
                tours = [tour for tour in line if tour.day in portion.days]
                return tours, len(tours), 1

    def _unsocial(self, problem: Problem, most: int) -> Iterator[Share]:
        codes: dict[int, set[str]] = {}
        for shift in problem.shifts:
            if quarters := unsocial_quarters(shift.start, shift.minutes, *self.unsocial):
                codes.setdefault(quarters, set()).add(shift.code)
        parts = tuple(
            Count("tours", Of(codes=frozenset(said)), most=0, points=quarters)
            for quarters, said in sorted(codes.items())
        )
        largest = max(codes, default=0) * problem.days
        if largest > most:
            yield Share(parts, largest, HOUR * self.unsocial_hours_a_point * largest, spared=most)


def _words(burden: Burden, amount: int) -> str:
    """An amount of a burden; of unsocial hours in quarter hours."""
    if burden == "unsocial_hours":
        return f"{hours_words(QUARTER * amount)} of unsocial hours"
    one = {
        "nights": "night",
        "weekends": "weekend",
        "public_holidays": "public holiday",
        "christmas": "shift at Christmas",
    }[burden]
    return count_words(amount, one, "shifts at Christmas" if burden == "christmas" else None)


@cache
def _quarters_one_by_one(begin: int, minutes: int, start: int, end: int) -> int:
    """Whole quarter hours of a shift that are unsocial, a minute at a time."""
    clock = ((begin + minute) % MINUTES_A_DAY for minute in range(minutes))
    wraps = end < start
    inside = sum((now >= start or now < end) if wraps else start <= now < end for now in clock)
    return inside // QUARTER
