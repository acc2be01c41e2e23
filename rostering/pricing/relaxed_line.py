"""One officer's cheapest line where totals of it have prices in place of limits."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.compiled.relaxed import Walk, cheapest_relaxed
from rostering.compiled.tour_points import TourPoints
from rostering.cover_grid import Counting
from rostering.pricing.lattice import weekend_days
from rostering.pricing.states import LineStates, Local, line_states
from rostering.pricing.terms import LineTerms, line_terms
from rostering.problem import REST, Choices
from rostering.rules.base import LineRule, on_terms_of

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Total:
    """A sum over one officer's line that has limits.

    Attributes:
        amounts: what each tour adds, in units of the most that any adds, shape (days, shifts); None
            for weekends worked.
        least, most: the limits, in the same unit.
    """

    amounts: Floats | None
    least: float
    most: float


class RelaxedLine:
    """One officer's lines.

    Args:
        officer: index of the officer.
        terms: what is said of the officer, no limit on numbers of tours held by states.
        states: the states of such lines.
        alone: points of tours by themselves.
        allowed: choices that officer-days have.

    Attributes:
        totals: sums that have limits.
        resting: points of a line without any tour.
        labels: states of a day times choices, over all days.
    """

    def __init__(
        self,
        officer: int,
        terms: LineTerms,
        states: LineStates,
        alone: TourPoints,
        allowed: Allowed,
    ) -> None:
        problem = alone.problem
        shifts = allowed.shifts[officer]
        self.totals = list(_totals(terms, problem.ends - problem.starts, shifts))
        self.resting = int(alone.resting[officer])
        self._points = alone.by_tour[officer]
        _, size, choices = states.after.shape
        self.labels = problem.days * size * choices
        self._days = np.arange(problem.days)
        self._walk = Walk(
            kinds=states.kinds,
            after=states.after,
            points=states.points,
            worked=states.worked,
            class_of=states.class_of,
            start=states.starts[officer],
            allowed=shifts.view(np.uint8),
            rest=allowed.rest[officer].view(np.uint8),
            weekend=weekend_days(problem, terms.weekends),
            values=np.zeros((2, size)),
            came=np.zeros((problem.days + 1, size), dtype=np.int32),
            prices=np.zeros(choices),
            picks=np.zeros((problem.days, choices - 1), dtype=np.int32),
        )

    def cheapest(self, cells: Floats, dearer: Floats, row: Choices) -> float:
        """Find the cheapest line and write it into a row; its cost, infinite where there is none.

        Args:
            cells: price of each tour, beside the line's own points, shape (days, shifts).
            dearer: price of a unit of each total, shape (totals or more,).
            row: filled in with choices by day, shape (days,).
        """
        cells = cells + self._points
        a_weekend = 0.0
        for price, total in zip(dearer.tolist(), self.totals, strict=False):
            if total.amounts is None:
                a_weekend = price
            elif price:
                cells += price * total.amounts
        return float(cheapest_relaxed(cells, a_weekend, self._walk, row))

    def reached(self, row: Choices) -> list[float]:
        """What a line comes to in each total."""
        worked = row != REST
        days, shifts = self._days[worked], row[worked]
        return [
            float(
                self._weekends(worked) if each.amounts is None else each.amounts[days, shifts].sum()
            )
            for each in self.totals
        ]

    def _weekends(self, worked: npt.NDArray[np.bool_]) -> int:
        weekend, rested = self._walk.weekend, ~worked
        begun = (weekend == 1) | ((weekend == 2) & np.concatenate([[True], rested[:-1]]))
        return int((worked & begun).sum())


def relaxed_lines(counting: Counting, allowed: Allowed) -> list[RelaxedLine]:
    """Everybody's lines; those of whom the same is said share states."""
    problem = counting.problem
    alone = _told_alone(counting)
    everybody = range(len(problem.officers))
    terms = [line_terms(problem, index, allowed, alone, most_counted=0) for index in everybody]
    alike: dict[tuple[tuple[Local, ...], bool], list[int]] = defaultdict(list)
    for index, own in enumerate(terms):
        alike[tuple(own.local), own.weekends.are_there].append(index)
    states: dict[int, LineStates] = {}
    for (local, weekends), members in alike.items():
        states |= dict.fromkeys(members, line_states(problem, local, members, weekends))
    return [RelaxedLine(i, terms[i], states[i], alone, allowed) for i in everybody]


def _told_alone(counting: Counting) -> TourPoints:
    alone = TourPoints(counting.problem)
    rules = [rule for rule in counting.problem.rules if isinstance(rule, LineRule)]
    rules = [rule for rule in rules if not rule.is_only_told]
    for index, officer in enumerate(counting.problem.officers):
        for rule in on_terms_of(officer, rules):
            for primitive in rule.says(counting.problem, officer):
                alone.take(index, rule, primitive)
    return alone


def _totals(
    terms: LineTerms, minutes: npt.NDArray[np.int64], allowed: npt.NDArray[np.bool_]
) -> Iterator[Total]:
    """Every sum with limits; of minutes also what they make of the number of tours."""
    limits = terms.minutes
    lengths = minutes[allowed]
    if len(lengths) and (limits.least > 0 or limits.most is not None):
        unit, longest, shortest = (
            int(np.gcd.reduce(lengths)),
            int(lengths.max()),
            int(lengths.min()),
        )
        yield _total(np.where(allowed, minutes // unit, 0), unit, limits.least, limits.most)
        if longest > shortest:
            tours = allowed.astype(np.int64)
            most = None if limits.most is None else limits.most // shortest
            yield _total(tours, 1, -(-limits.least // longest), most)
    if terms.weekends.most is not None:
        yield Total(None, -math.inf, float(terms.weekends.most))
    for row in terms.rows:
        yield _total(row.amounts, 1, row.least, row.most)


def _total(amounts: npt.NDArray[np.int64], unit: int, least: int | None, most: int | None) -> Total:
    """A sum of whole numbers of a unit, so that limits are rounded to those."""
    largest = max(float(amounts.max(initial=0)), 1.0)
    return Total(
        amounts / largest,
        -(-least // unit) / largest if least else -math.inf,
        math.inf if most is None else most // unit / largest,
    )
