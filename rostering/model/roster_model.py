"""A roster problem, or the free part of one, as a CP-SAT model."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from rostering.allowed import Allowed
from rostering.cover_grid import Counting, CoverGrid
from rostering.model.bonds import group_rows
from rostering.model.cover import Presence, convex, price_cover
from rostering.model.line import Cell, LineCells
from rostering.model.primitives import read
from rostering.model.terms import Limits, Sum, ones
from rostering.problem import REST, Bond, Choices
from rostering.rules.base import ANY, LineRule, Pair, Rule, on_terms_of
from rostering.rules.cover import Covered
from rostering.rules.group import GroupRule
from rostering.rules.shift_cover import ShiftCovered

Free = npt.NDArray[np.bool_]

MOST_POINTS = 10**9
"""More points than one rule about one line can come to; keeps sums far inside 64 bits."""


class RosterModel:
    """The model of a problem in which some officer-days are free and the rest stay as they are.

    Args:
        counting: the problem, laid out.
        choices: the roster that the fixed officer-days keep and the free ones are hinted with,
            shape (officers, days).
        free: the officer-days that may change, shape (officers, days).
        rules: the rules to read; the problem's own unless given.
        allowed: the choices worth a variable; all unless given.
    """

    def __init__(
        self,
        counting: Counting,
        choices: Choices,
        free: Free,
        rules: tuple[Rule, ...] | None = None,
        allowed: Allowed | None = None,
    ) -> None:
        self.problem = counting.problem
        self.model = cp_model.CpModel()
        self._counting = counting
        self._allowed = allowed
        self._choices = choices
        self._free = free
        self._literals: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self._objective = Sum()
        self._rules = self.problem.rules if rules is None else rules
        self._lines = int(free.any(axis=1).sum())
        self._is_one_at_a_time = False
        self._cells_of: dict[int, LineCells] = {}
        for officer in np.flatnonzero(free.any(axis=1)):
            self._add_line(int(officer))
        self._add_bonds()
        self._add_cover()
        self.model.minimize(self._objective.expression() + self._objective.constant)

    def choices(self, solver: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> Choices:
        """The roster that a solver found."""
        found = self._choices.copy()
        found[self._free] = REST
        for (officer, day, shift), literal in self._literals.items():
            if solver.boolean_value(literal):
                found[officer, day] = shift
        return found

    def hint(self) -> None:
        """Hint the free officer-days with the roster they had."""
        for (officer, day, shift), literal in self._literals.items():
            self.model.add_hint(literal, bool(self._choices[officer, day] == shift))

    def fix(self) -> None:
        """Fix the free officer-days to the roster they had."""
        for (officer, day, shift), literal in self._literals.items():
            self.model.add(literal == bool(self._choices[officer, day] == shift))

    def _line(self, index: int) -> LineCells:
        """What a line may hold; made once, with its variables."""
        if index not in self._cells_of:
            self._cells_of[index] = LineCells(
                self.problem,
                self.problem.officers[index],
                [self._cells(index, day) for day in range(self.problem.days)],
                frozenset(int(day) for day in np.flatnonzero(self._free[index])),
            )
        return self._cells_of[index]

    def _line_named(self, officer: str) -> LineCells:
        return self._line(self.problem.officer_index[officer])

    def _add_line(self, index: int) -> None:
        line = self._line(index)
        for rule in on_terms_of(line.officer, self._rules):
            if not rule.is_only_told:
                self._add_line_rule(rule, line)

    def _cells(self, officer: int, day: int) -> list[Cell]:
        if not self._free[officer, day]:
            shift = int(self._choices[officer, day])
            return [] if shift == REST else [Cell(self.problem.tour(day, shift), 1)]
        cells = []
        for shift in self._worth_a_variable(officer, day):
            literal = self.model.new_bool_var("")
            self._literals[officer, day, shift] = literal
            cells.append(Cell(self.problem.tour(day, shift), literal))
        self.model.add_at_most_one(cell.literal for cell in cells)
        return cells

    def _worth_a_variable(self, officer: int, day: int) -> list[int]:
        if self._allowed is None:
            return list(range(len(self.problem.shifts)))
        return [int(shift) for shift in np.flatnonzero(self._allowed.shifts[officer, day])]

    def _add_line_rule(self, rule: LineRule, line: LineCells) -> None:
        limits = Limits(self.model, rule.is_hard)
        judged = line.whole if isinstance(rule.weight, tuple) else line
        for primitive in rule.says(self.problem, line.officer):
            read(primitive, judged, limits)
            if rule.is_hard and isinstance(primitive, Pair):
                self._is_one_at_a_time |= primitive.first == primitive.then == ANY
        if not rule.is_hard:
            self._price(rule, limits.excess)

    def _add_bonds(self) -> None:
        """Read the bonds that name an officer whose line may change."""
        free = {self.problem.officers[index].id for index in self._cells_of}
        for rule in self._rules:
            if isinstance(rule, GroupRule) and not rule.is_only_told:
                for bond in self.problem.bonds:
                    if bond.kind == rule.kind and not free.isdisjoint((bond.officer, *bond.others)):
                        self._add_bond(rule, bond)

    def _add_bond(self, rule: GroupRule, bond: Bond) -> None:
        for primitive in rule.says(bond):
            for row in group_rows(primitive, self._line_named, self.model):
                limits = Limits(self.model, rule.is_hard)
                limits.at_most(row.minutes, row.most, row.unit)
                if not rule.is_hard:
                    self._price(rule, limits.excess)

    def _price(self, rule: Rule, excess: Sum) -> None:
        """Add the points of a sum of excess to the objective."""
        if isinstance(rule.weight, int):
            self._objective.subtract(excess, -rule.weight)
        elif not excess.variables:
            self._objective.add(1, rule.points(excess.constant))
        elif rule.weight is not None:
            steps = len(rule.weight) + excess.constant + 1
            cost = np.array([rule.points(amount) for amount in range(steps)], dtype=np.int64)
            for price in convex(self.model, excess, cost, most=MOST_POINTS):
                self._objective.add(price)

    def _add_cover(self) -> None:
        for rule in self._rules:
            if isinstance(rule, Covered) and isinstance(rule.weight, int):
                self._price_cover(rule.weight)
            elif isinstance(rule, ShiftCovered) and isinstance(rule.weight, int):
                self._price_shift_cover(rule.weight)

    def _price_cover(self, weight: int) -> None:
        is_linear = self._lines == 1 and self._is_one_at_a_time
        presences = [] if is_linear else self._presences()
        for grid in self._counting.grids:
            fixed = grid.on_duty(self._choices, among=~self._free)
            if not is_linear:
                for price in price_cover(self.model, grid, fixed, presences):
                    self._objective.add(price, weight)
            else:
                self._objective.add(1, grid.cost(fixed) * weight)
                self._price_one_line(grid, grid.gain(fixed) * weight)

    def _price_one_line(self, grid: CoverGrid, gain: npt.NDArray[np.int64]) -> None:
        """One officer on one tour at a time adds at most one person, so the cost is linear."""
        for (officer, day, shift), literal in self._literals.items():
            if grid.counts[officer]:
                self._objective.add(literal, int(gain[day, shift]))

    def _presences(self) -> list[Presence]:
        """Numbers of officers by set of skills, day and shift; those alone are their literal."""
        groups: dict[tuple[frozenset[str], int, int], list[cp_model.IntVar]] = {}
        for (officer, day, shift), literal in self._literals.items():
            skills = self.problem.officers[officer].skills
            groups.setdefault((skills, day, shift), []).append(literal)
        free: Counter[tuple[frozenset[str], int]] = Counter(
            (self.problem.officers[officer].skills, int(day))
            for officer, day in zip(*np.nonzero(self._free), strict=True)
        )
        presences = []
        for (skills, day, shift), literals in groups.items():
            number = literals[0]
            if len(literals) > 1:
                number = self.model.new_int_var(0, len(literals), "")
                self.model.add(cp_model.LinearExpr.sum(literals) == number)
            presences.append(Presence(skills, day, shift, number, free[skills, day]))
        return presences

    def _price_shift_cover(self, weight: int) -> None:
        needs = self._counting.shift_needs
        fixed = self._counting.on_shifts(self._choices, among=~self._free)
        literals: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        for (_, day, shift), literal in self._literals.items():
            literals.setdefault((day, shift), []).append(literal)
        cells = np.array([*literals], dtype=np.int64).reshape(-1, 2)
        may_change = np.zeros(fixed.shape, dtype=bool)
        may_change[cells[:, 0], cells[:, 1]] = True
        is_free = may_change[needs.day, needs.shift]
        self._objective.add(1, weight * int(needs.points(fixed)[~is_free].sum()))
        for number in np.flatnonzero(is_free).tolist():
            need = self.problem.shift_cover[number]
            cell = (need.day, self.problem.shift_index[need.shift])
            total = ones(literals[cell])
            short = need.required - int(fixed[cell]) - np.arange(len(total.variables) + 1)
            cost = np.where(short > 0, short * need.shortage_points, -short * need.surplus_points)
            for part in convex(self.model, total, cost):
                self._objective.add(part, weight)
