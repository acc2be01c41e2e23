"""Points that a tour costs or saves by itself, whatever else stands in the line.

Most wishes and much guidance are such: no night on Friday, no early start. One look at a table
then tells what would take a walk over the line for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rostering.problem import Problem
from rostering.rules.base import Count, LineRule, Of, Primitive

Points = npt.NDArray[np.int64]


@dataclass
class TourPoints:
    """The points of every tour, gathered from the rules one primitive at a time.

    Attributes:
        problem: the problem.
        by_tour: points of each tour, shape (officers, days, shifts).
        resting: points of a line without any tour, shape (officers,).
    """

    problem: Problem
    by_tour: Points = field(init=False)
    resting: Points = field(init=False)
    _cells: dict[Of, npt.NDArray[np.intp]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        officers = len(self.problem.officers)
        self.by_tour = np.zeros((officers, *self.problem.starts.shape), dtype=np.int64)
        self.resting = np.zeros(officers, dtype=np.int64)

    def take(self, officer: int, rule: LineRule, primitive: Primitive) -> bool:
        """Take in what a rule says of an officer; tell whether it is of this sort."""
        if (count := self.priced_alone(rule, primitive)) is None:
            return False
        points = rule.points(count.points)
        if count.least is None:
            self._add(officer, count.of, points)
        else:
            self.resting[officer] += points * count.least
            self._add(officer, count.of, -points)
        return True

    def priced_alone(self, rule: LineRule, primitive: Primitive) -> Count | None:
        """What a rule says, where it is of this sort; else None.

        Of this sort is a price of so many points a unit for each tour of a selection, or for each
        day that it speaks of without one where it asks for as many: nobody starts two tours on a
        day.
        """
        if not isinstance(rule.weight, int) or not isinstance(primitive, Count):
            return None
        if primitive.measure != "tours" or primitive.unit != 1:
            return None
        limits = (primitive.least, primitive.most)
        is_alone = limits == (None, 0) or limits == (self._days_of(primitive.of), None)
        return primitive if is_alone else None

    def _add(self, officer: int, of: Of, points: int) -> None:
        self.by_tour[officer].reshape(-1)[self.cells_of(of)] += points

    def _days_of(self, of: Of) -> int:
        """On how many days there is a tour of a selection."""
        days = self.cells_of(of) // max(1, len(self.problem.shifts))
        return len(set(days.tolist()))

    def cells_of(self, of: Of) -> npt.NDArray[np.intp]:
        """Numbers of the cells of a selection, day × shifts + shift."""
        if of not in self._cells:
            days: Iterable[int] = range(self.problem.days)
            if of.cells is not None:  # a wish is about one of hundreds of days
                days = sorted({day for day, _ in of.cells} & {*days})
            has = np.zeros(self.problem.starts.shape, dtype=bool)
            for day in days:
                has[day] = [of.has(tour) for tour in self.problem.tours[day]]
            self._cells[of] = np.flatnonzero(has)
        return self._cells[of]
