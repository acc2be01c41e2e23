"""One officer's best line at any prices, found by dynamic programming.

Beside everybody else's lines the cost of cover is linear in one line, so the same function finds a
first line, mends one, improves one, and prices columns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.compiled.evaluate import room_for, score_line
from rostering.compiled.pricing import Desk, cheapest
from rostering.compiled.program import Tables, tables
from rostering.compiled.rows import NO_LIMIT
from rostering.compiled.tour_points import TourPoints
from rostering.cover_grid import Counting, cover_weight
from rostering.pricing.lattice import Shape, shape_of
from rostering.pricing.states import LineStates, Local, line_states
from rostering.pricing.terms import LineTerms, Row, line_terms
from rostering.problem import REST, Choices
from rostering.rules.base import Run
from rostering.rules.cover import Covered
from rostering.rules.shift_cover import ShiftCovered

Prices = npt.NDArray[np.float64]

Open = npt.NDArray[np.bool_]

ENDS_TRIED, PENALTIES_TRIED = 30, 24
"""Lines looked at, and prices tried, where the cheapest breaks a rule that states leave out."""

DEARER, CHEAPER = 1.3, 0.8
"""How much a penalty grows from one try to the next; what is kept of it for the next line."""


@dataclass(frozen=True, slots=True)
class BestLine:
    """A lawful line.

    Attributes:
        row: choices by day, shape (days,).
        points: of the line's soft rules.
        cost: points, and the prices of its days.
    """

    row: Choices
    points: int
    cost: float


class _Cheapest(NamedTuple):
    """The cheapest line at some prices, and where others are found that cost little more."""

    cost: float
    row: Choices
    shape: Shape
    desk: Desk

    def rows(self, number: int) -> list[Choices]:
        """So many lines at most, the cheapest first, until prices are looked at again."""
        return [self.shape.line(end, self.desk) for end in self.shape.ends(self.desk, number)]


def cover_prices(counting: Counting, choices: Choices, officer: int) -> Prices:
    """Points that each shift of an officer would change in cover beside the others' lines.

    Exact for a whole line where its tours do not overlap.

    Args:
        counting: the problem, laid out.
        choices: everybody's lines, shape (officers, days); the officer's own is left out.
        officer: index of the officer.

    Returns:
        points, negative where a shift fills a shortage, shape (days, shifts).
    """
    problem = counting.problem
    bare = choices.copy()
    bare[officer] = REST
    prices = np.zeros(problem.starts.shape)
    if weight := cover_weight(problem, Covered):
        for grid in counting.grids:
            if grid.counts[officer]:
                prices += weight * grid.gain(grid.on_duty(bare))
    if weight := cover_weight(problem, ShiftCovered):
        prices += weight * counting.shift_needs.gain(counting.on_shifts(bare))
    return prices


@dataclass
class _Known:
    """What pricers of one problem share: what is said of officers, states, and room for labels.

    Attributes:
        alone: points of tours by themselves.
        terms: what is said of officers, by index.
        states: states, by what they hold.
        values: room for labels.
        with_runs: the same where some limits on days in a row are hard for everybody as well.
    """

    alone: TourPoints
    terms: dict[int, LineTerms] = field(default_factory=dict)
    states: dict[tuple[tuple[Local, ...], bool], LineStates] = field(default_factory=dict)
    values: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    with_runs: dict[tuple[Run, ...], _Known] = field(default_factory=dict)


class LinePricer:
    """Finds best lines of a problem's officers.

    Args:
        counting: the problem, laid out.
        allowed: choices that officer-days have.
        rules: the line rules as tables, where they are laid out already.
        known: what another pricer of the problem has worked out.
    """

    def __init__(
        self,
        counting: Counting,
        allowed: Allowed,
        rules: Tables | None = None,
        known: _Known | None = None,
    ) -> None:
        self._counting = counting
        self._problem = counting.problem
        self._allowed = allowed
        self._shifts = allowed.shifts.view(np.uint8)
        self._rules = tables(counting.problem) if rules is None else rules
        self._room = room_for(self._rules)
        self._known = _Known(TourPoints(counting.problem)) if known is None else known
        self._shapes: dict[tuple[int, frozenset[int]], Shape | None] = {}
        self._held: dict[int, frozenset[int]] = {}
        self._bounds: dict[int, bool] = {}
        self._dearer: dict[int, list[float]] = {}
        self._days = np.arange(self._problem.days)
        self._free_rest = np.zeros(self._problem.days)

    def best_line(
        self, officer: int, prices: Prices, rest_prices: Prices | None = None
    ) -> BestLine | None:
        """Find a lawful line that costs least, or nearly so where `is_exact` says no.

        Where the cheapest line breaks a rule that the states leave out, other ends of it are
        tried, and then dearer prices for what breaks it; those found before are where it begins.

        Args:
            officer: index of the officer.
            prices: points that working each shift costs beside the line's own, shape (days,
                shifts).
            rest_prices: points of each rest day, shape (days,); none where left out.

        Returns:
            the line; None where there is no lawful one, or where none was found.
        """
        rest = self._free_rest if rest_prices is None else rest_prices
        rows = self.terms(officer).rows
        # A first step is small beside what prices differ by.
        step = max(1.0, float(prices.max(initial=0.0) - prices.min(initial=0.0)) / 20)
        dearer = [CHEAPER * last for last in self._dearer.get(officer, ())]
        dearer += [0.0] * (len(rows) - len(dearer))
        luck = np.zeros_like(prices)
        for tried in range(PENALTIES_TRIED):
            penalised = prices + luck
            for limit, price in zip(rows, dearer, strict=True):
                penalised += price * limit.share
            cheapest = self._cheapest(officer, penalised, rest)
            if cheapest is None:
                return None
            ends = cheapest.rows(ENDS_TRIED) if tried else [cheapest.row]
            lines = [self.judged(officer, row, prices, rest) for row in ends]
            if found := [line for line in lines if line is not None]:
                self._dearer[officer] = dearer
                return min(found, key=lambda line: line.cost)
            if not self._make_dearer(cheapest.row, rows, dearer, step):
                days = self._days[cheapest.row != REST]
                chance = np.random.default_rng(tried)
                luck[days] += step * chance.random((len(days), 1))
            step *= DEARER
        return None

    def narrowed(
        self, officer: int, shifts: Open, rest: Open, runs: tuple[Run, ...] = ()
    ) -> LinePricer:
        """The same for one officer whose lines must keep to fewer choices, and to runs of days.

        Args:
            officer: index of the officer; it is to be asked for no other.
            shifts: what the days may be beside rest, shape (days, shifts).
            rest: which days may be rest days, shape (days,).
            runs: limits on days in a row that are hard here.
        """
        everybody = range(len(self._problem.officers))
        terms = {index: self.terms(index) for index in (everybody if runs else [officer])}
        known = self._known
        if runs and runs not in known.with_runs:
            more = [Local(run, None) for run in runs]
            narrow = {index: replace(own, local=[*own.local, *more])
                      for index, own in terms.items()}  # fmt: skip
            known.with_runs[runs] = _Known(known.alone, narrow)
        open_shifts, open_rest = self._allowed.shifts.copy(), self._allowed.rest.copy()
        open_shifts[officer] &= shifts
        open_rest[officer] &= rest
        allowed = Allowed(open_shifts, open_rest)
        shared = known.with_runs[runs] if runs else known
        return LinePricer(self._counting, allowed, self._rules, shared)

    def floor(
        self, officer: int, prices: Prices, rest_prices: Prices | None = None
    ) -> tuple[float, Choices]:
        """Find what no lawful line can cost less than, and the line that gave it.

        Where `is_exact` says so that line is lawful and costs just that. The cost is infinite, and
        the line of no meaning, where no line is lawful; it is no bound where `bounds` says no.
        """
        rest = self._free_rest if rest_prices is None else rest_prices
        cheapest = self._cheapest(officer, prices, rest)
        if cheapest is None:
            return math.inf, self._allowed.empty()[officer]
        return cheapest.cost, cheapest.row

    def bounds(self, officer: int) -> bool:
        """Whether the last `floor` bounds this officer's lines: not where it kept to a corridor."""
        return self._bounds.get(officer, True)

    def is_exact(self, officer: int) -> bool:
        """Whether `floor` is what the best lawful line costs."""
        terms = self.terms(officer)
        return self.bounds(officer) and not (terms.has_hard_rest or terms.has_soft_rest)

    def judged(
        self, officer: int, row: Choices, prices: Prices, rest_prices: Prices
    ) -> BestLine | None:
        """A line with what it costs at prices; None where it breaks a hard rule."""
        score = score_line(officer, row, NO_LIMIT, self._rules, self._room)
        if score.over or score.lack:
            return None
        worked = row != REST
        cost = float(prices[self._days[worked], row[worked]].sum() + rest_prices[~worked].sum())
        return BestLine(row, int(score.points), cost + score.points)

    def terms(self, officer: int) -> LineTerms:
        """What is said of an officer, sorted."""
        terms = self._known.terms
        if officer not in terms:
            alone = self._known.alone
            terms[officer] = line_terms(self._problem, officer, self._allowed, alone)
        return terms[officer]

    def _cheapest(self, officer: int, prices: Prices, rest: Prices) -> _Cheapest | None:
        """Find the cheapest line; None where there is none.

        States hold those limits on numbers of tours that the line came up to last time, and then
        those that it would break, until it breaks none: most are never near (in the literature
        decremental state space relaxation).
        """
        terms = self.terms(officer)
        held = self._held.get(officer, frozenset())
        while True:
            shape = self._shape(officer, held)
            cheapest = None if shape is None else self._cheapest_of(officer, prices, rest, shape)
            if cheapest is None:
                return None
            left = self._left(terms.held, cheapest.row)
            over = held.union(number for number, tours in enumerate(left) if tours < 0)
            if over == held:
                self._held[officer] = frozenset(number for number in held if left[number] == 0)
                self._bounds[officer] = cheapest.shape.is_whole
                return cheapest
            held = over

    def _cheapest_of(
        self, officer: int, prices: Prices, rest: Prices, shape: Shape
    ) -> _Cheapest | None:
        desk = shape.desk(self._known.values)
        cost = cheapest(
            prices + self._rules.tour_points[officer],
            rest,
            self._shifts[officer],
            shape.states.class_of,
            shape.lattice,
            desk,
        )
        if not math.isfinite(cost):
            return None
        (end,) = shape.ends(desk, 1)
        cost += float(self._rules.resting_points[officer])
        return _Cheapest(cost, shape.line(end, desk), shape, desk)

    def _left(self, limits: list[Row], row: Choices) -> list[int]:
        """Tours that each limit leaves a line, below 0 where it has too many."""
        days = self._days[row != REST]
        shifts = row[days]
        return [(limit.most or 0) - int(limit.amounts[days, shifts].sum()) for limit in limits]

    def _make_dearer(
        self, row: Choices, limits: list[Row], dearer: list[float], step: float
    ) -> bool:
        """Raise the price of each sum that a line has too much of, or too little; tell of any."""
        days = self._days[row != REST]
        is_broken = False
        for number, limit in enumerate(limits):
            total = int(limit.amounts[days, row[days]].sum())
            if limit.most is not None and total > limit.most:
                dearer[number] += step
                is_broken = True
            elif limit.least is not None and total < limit.least:
                dearer[number] -= step
                is_broken = True
        return is_broken

    def _shape(self, officer: int, held: frozenset[int]) -> Shape | None:
        if (officer, held) not in self._shapes:
            terms = self.terms(officer)
            states = self._states_of(officer, terms, held)
            shape = shape_of(self._problem, officer, terms, states, self._allowed)
            self._shapes[officer, held] = shape
            if shape is not None and len(self._known.values) < math.prod(shape.size):
                self._known.values = np.zeros(math.prod(shape.size))
        return self._shapes[officer, held]

    def _states_of(self, officer: int, terms: LineTerms, held: frozenset[int]) -> LineStates:
        """States, shared by all officers of whom the same is said."""
        counts = tuple(Local(terms.held[number].said, None) for number in sorted(held))
        local, are_there = tuple(terms.local), terms.weekends.are_there
        key = (*local, *counts), are_there
        if key not in self._known.states:
            alike = [
                index
                for index in range(len(self._problem.officers))
                if (own := self.terms(index)).weekends.are_there == are_there
                and tuple(own.local) == local
                and {count.primitive for count in counts} <= {row.said for row in own.held}
            ]
            self._known.states[key] = line_states(self._problem, key[0], alike, are_there)
        return self._known.states[key]
