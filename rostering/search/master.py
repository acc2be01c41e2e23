"""The linear program of column generation: which share of which line each officer works.

Cover per shift costs by who is missing or too many on it. Cover per interval is told by who comes
and who goes where one stretch of intervals ends and the next begins, so that a tour stands in two
rows of each need however long it is; the cost of a stretch is convex in the people on duty.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from ortools.linear_solver import pywraplp

from rostering.allowed import Allowed
from rostering.cover_grid import Counting, CoverGrid, cover_weight
from rostering.pricing.best_line import LinePricer
from rostering.problem import REST, Choices
from rostering.rules.cover import Covered
from rostering.rules.shift_cover import ShiftCovered

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

NOWHERE = -1

GO_ON = "use_preprocessing: false use_dual_simplex: "
"""To GLOP: what it would leave out of a program hides the last basis, from which it goes on. That
stays dual where columns are taken out, and primal where some are let in."""


@dataclass(frozen=True)
class Column:
    """A line that an officer may work.

    Attributes:
        officer: index of the officer.
        row: choices by day, shape (days,).
        points: what it costs beside cover, or less where some rule is left out.
        is_lawful: whether it keeps every hard rule.
    """

    officer: int
    row: Choices
    points: float
    is_lawful: bool


@dataclass(frozen=True)
class Stretches:
    """One need cut where shifts begin and end.

    Attributes:
        grid: the need.
        arrive, depart: row in which a shift begins and in which it has ended, NOWHERE where that
            is after the last interval or where it fills none, shape (days, shifts).
    """

    grid: CoverGrid
    arrive: Indices
    depart: Indices


@dataclass
class _Rows:
    """Rows and slack columns of the program, gathered before it is stated.

    A slack column stands in at most two rows.
    """

    right: list[float]
    columns: list[tuple[int, float, int, float, float, float]]  # row, factor, twice; cost, most

    def row(self, right: float) -> int:
        self.right.append(right)
        return len(self.right) - 1

    def column(
        self, row: int, factor: float, cost: float, most: float = np.inf, then: int = NOWHERE
    ) -> None:
        """A column with a factor in one row and, where there is one, the opposite in another."""
        self.columns.append((row, factor, then, -factor, cost, most))


@dataclass(frozen=True)
class Solved:
    """What the program says with the columns there are.

    Attributes:
        cost: its least cost.
        duals: of its rows, within what slack columns allow.
        shares: of each column.
        persons: what one more officer would save, by officer.
    """

    cost: float
    duals: Floats
    shares: Floats
    persons: dict[int, float]


class Master:
    """The program; columns are added to it as they are found.

    Args:
        counting: the problem, laid out.
        allowed: choices that officer-days have.
        pricer: knows what is said of each officer.
        officers: who takes part, by index: those who have a lawful line.
        beside: the roster, in which the others' lines stay, shape (officers, days).
    """

    def __init__(
        self,
        counting: Counting,
        allowed: Allowed,
        pricer: LinePricer,
        officers: list[int],
        beside: Choices,
    ) -> None:
        self._counting = counting
        self._problem = counting.problem
        self.officers = officers
        self.columns: list[Column] = []
        self.constant = 0.0
        rows = _Rows([], [])
        self._shift_row = self._shift_rows(rows, allowed, beside)
        self._stretches = self._interval_rows(rows, allowed)
        self._limits = self._limit_rows(rows, pricer)
        self._right = np.array(rows.right)
        for officer in {*range(len(beside))} - {*officers}:
            for row, factor in self._factors(officer, beside[officer]).items():
                self._right[row] -= factor
        table = np.array(rows.columns).reshape(-1, 6)
        self._one, self._other = table[:, 0].astype(np.int64), table[:, 2].astype(np.int64)
        self._factor, self._cost, self._most = table[:, 1], table[:, 4], table[:, 5]
        self._state()

    def _shift_rows(self, rows: _Rows, allowed: Allowed, beside: Choices) -> Indices:
        """Rows of needs by the shift; those of days on which nobody can move are known as it is."""
        table = np.full(self._problem.starts.shape, NOWHERE, dtype=np.int64)
        is_open = np.asarray(allowed.movable.any(axis=0))
        if weight := cover_weight(self._problem, ShiftCovered):
            needs = self._counting.shift_needs
            known = needs.points(self._counting.on_shifts(beside))[~is_open[needs.day]]
            self.constant += float(weight * known.sum())
            for need in self._problem.shift_cover:
                if not is_open[need.day]:
                    continue
                row = rows.row(float(need.required))
                table[need.day, self._problem.shift_index[need.shift]] = row
                rows.column(row, 1.0, float(weight * need.shortage_points))
                rows.column(row, -1.0, float(weight * need.surplus_points))
        return table

    def _interval_rows(self, rows: _Rows, allowed: Allowed) -> list[Stretches]:
        weight = cover_weight(self._problem, Covered)
        if not weight:
            return []
        return [
            self._cut(rows, grid, np.asarray(allowed.shifts[grid.counts].any(axis=0)), weight)
            for grid in self._counting.grids
        ]

    def _cut(
        self, rows: _Rows, grid: CoverGrid, able: npt.NDArray[np.bool_], weight: int
    ) -> Stretches:
        """Rows of one need: people on duty in a stretch are those before, who came, less who went.

        With x of a stretch the people on duty: arrivals − departures − x + x before = 0.
        """
        able = able & (grid.first < grid.last)
        size = len(grid.cover.required)
        edges = np.unique([0, *grid.first[able], *grid.last[able], size])
        missing = grid.cover.required - grid.before
        first_row = len(rows.right)
        people = np.arange(2 * int(grid.counts.sum()) + 1)  # two tours of one may overlap
        for _ in edges[1:]:
            rows.row(0.0)
        for number, (begin, end) in enumerate(pairwise(edges.tolist())):
            lacking = missing[begin:end, None] - people
            cost = grid.prices.points(lacking, slice(begin, end)).sum(axis=0) * weight
            self.constant += float(cost[0])
            slopes, widths = np.unique(np.diff(cost), return_counts=True)
            row = first_row + number
            then = row + 1 if number + 2 < len(edges) else NOWHERE
            for slope, width in zip(slopes.tolist(), widths.tolist(), strict=True):
                rows.column(row, -1.0, float(slope), float(width), then)
        place = np.full(size + 1, NOWHERE, dtype=np.int64)
        place[edges[:-1]] = first_row + np.arange(len(edges) - 1)
        return Stretches(
            grid,
            np.where(able, place[grid.first], NOWHERE),
            np.where(able, place[grid.last], NOWHERE),
        )

    def _limit_rows(self, rows: _Rows, pricer: LinePricer) -> dict[int, list[tuple[int, Floats]]]:
        """Rows of what each officer's line adds up to beside what its states hold."""
        limits: dict[int, list[tuple[int, Floats]]] = {}
        for officer in self.officers:
            for limit in pricer.terms(officer).rows:
                size = float(max(limit.amounts.max(), 1))
                for side, bound in ((1.0, limit.most), (-1.0, limit.least)):
                    if bound is not None:
                        row = rows.row(bound / size)
                        rows.column(row, side, 0.0)
                        limits.setdefault(officer, []).append((row, limit.amounts / size))
        return limits

    def _state(self) -> None:
        """State the program without any line."""
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._goal = self._solver.Objective()
        self._goal.SetMinimization()
        self._rows = [self._solver.Constraint(right, right) for right in self._right.tolist()]
        for column in zip(
            self._one, self._factor, self._other, self._cost, self._most, strict=True
        ):
            one, factor, other, cost, most = column
            slack = self._variable(float(cost), float(most))
            self._rows[one].SetCoefficient(slack, float(factor))
            if other != NOWHERE:
                self._rows[other].SetCoefficient(slack, -float(factor))
        dearest = float(np.abs(self._cost).max(initial=1.0))
        # An officer may work nothing at all at a price that no roster pays.
        self.nothing = 2.0 * dearest * self._problem.days
        self._persons = {}
        for officer in self.officers:
            person = self._solver.Constraint(1.0, 1.0)
            person.SetCoefficient(self._variable(self.nothing), 1.0)
            self._persons[officer] = person
        self._variables: list[pywraplp.Variable] = []
        self._open: set[int] = set()
        self._is_tighter = False

    def _variable(self, cost: float, most: float = math.inf) -> pywraplp.Variable:
        variable = self._solver.NumVar(0.0, most, "")
        self._goal.SetCoefficient(variable, cost)
        return variable

    def add(self, column: Column) -> None:
        """Let an officer work a line."""
        share = self._variable(column.points)
        self._persons[column.officer].SetCoefficient(share, 1.0)
        for row, factor in self._factors(column.officer, column.row).items():
            self._rows[row].SetCoefficient(share, factor)
        self._open.add(len(self.columns))
        self.columns.append(column)
        self._variables.append(share)

    def _factors(self, officer: int, line: Choices) -> dict[int, float]:
        days = np.flatnonzero(line != REST)
        shifts = line[days]
        factors: dict[int, float] = {}

        def count(rows: Indices, factor: float) -> None:
            for row in rows[rows != NOWHERE].tolist():
                factors[row] = factors.get(row, 0.0) + factor

        count(self._shift_row[days, shifts], 1.0)
        for need in self._stretches:
            if need.grid.counts[officer]:
                count(need.arrive[days, shifts], 1.0)
                count(need.depart[days, shifts], -1.0)
        for row, amounts in self._limits.get(officer, ()):
            factors[row] = float(amounts[days, shifts].sum())
        return {row: factor for row, factor in factors.items() if factor}

    def close(self, column: int, is_closed: bool) -> None:
        """Take a column out, or let it in again."""
        if is_closed == (column not in self._open):
            return
        self._variables[column].SetUb(0.0 if is_closed else math.inf)
        self._is_tighter |= is_closed
        if is_closed:
            self._open.discard(column)
        else:
            self._open.add(column)

    def solve(self) -> Solved | None:
        """Solve with the columns there are; None where the solver fails."""
        is_dual = "true" if self._is_tighter else "false"
        self._solver.SetSolverSpecificParametersAsString(GO_ON + is_dual)
        self._is_tighter = False
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            self._solver.Reset()  # where GLOP gives up from the last basis, it begins afresh
            if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
                return None
        shares = np.zeros(len(self.columns))
        for number in self._open:
            shares[number] = self._variables[number].solution_value()
        return Solved(
            cost=self.constant + self._goal.Value(),
            duals=self._clipped(np.array([row.dual_value() for row in self._rows])),
            shares=shares,
            persons={officer: row.dual_value() for officer, row in self._persons.items()},
        )

    def _clipped(self, duals: Floats) -> Floats:
        """Duals that no endless slack column could gain from."""
        endless = np.isinf(self._most)
        upper, lower = np.full(len(duals), np.inf), np.full(len(duals), -np.inf)
        for sign, limit in ((1.0, upper), (-1.0, lower)):
            here = endless & (self._factor == sign)
            limit[self._one[here]] = sign * self._cost[here]
        return np.clip(duals, lower, upper)

    def prices(self, officer: int, duals: Floats) -> Floats:
        """What each tour of an officer costs at duals, shape (days, shifts)."""
        padded = np.append(duals, 0.0)  # NOWHERE, the last one, is free
        prices = -padded[self._shift_row]
        for need in self._stretches:
            if need.grid.counts[officer]:
                prices += padded[need.depart] - padded[need.arrive]
        for row, amounts in self._limits.get(officer, ()):
            prices -= padded[row] * amounts
        return np.asarray(prices, dtype=np.float64)

    def beside_lines(self, duals: Floats) -> float:
        """What the rows alone cost at least at duals: the bound's part without lines."""
        padded = np.append(duals, 0.0)
        reduced = self._cost - self._factor * (padded[self._one] - padded[self._other])
        gain = np.where(reduced < 0, reduced, 0.0) * np.where(np.isinf(self._most), 0.0, self._most)
        return self.constant + float(duals @ self._right + gain.sum())
