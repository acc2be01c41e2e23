"""Column generation: lines that are worth having are priced into a linear program, one at a time.

At any duals, what the rows cost at least and what each officer's cheapest line costs at those
prices add up to a bound that no lawful roster can go below (Lagrange). What pricing leaves out of
the rules, and bonds between officers, can only make rosters dearer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.pricing.best_line import LinePricer
from rostering.problem import REST, Choices
from rostering.search.master import Column, Floats, Master, Solved
from rostering.search.pace import Pace

SMOOTHING = 0.3
"""Share of the duals with the best bound so far in those that lines are priced at (Wentges)."""

CLOSE_ENOUGH = 0.003
"""Gap between the program and the bound at which no more columns are asked for."""

WORTH = 1e-6
"""By how much a line must be better than what there is to become a column."""

LINE_SECONDS, COLUMN_SECONDS = 2e-3, 1e-5
"""What a line priced and a column in the program ordinarily take, for counted work."""


class ColumnGeneration:
    """Columns of a problem and the program that chooses among them.

    Attributes:
        master: the program, with the columns found so far.
        bound: what no lawful roster can cost less than, where `is_bounding` says so.
        is_bounding: whether every lawful line was looked at whenever prices were asked for.
        lineless: officers who have no lawful line, and take no part.

    Args:
        counting: the problem, laid out.
        allowed: choices that officer-days have.
        pricer: finds lines.
        start: a roster whose lines are the first columns; lines of those who take no part stay.
    """

    def __init__(
        self, counting: Counting, allowed: Allowed, pricer: LinePricer, start: Choices
    ) -> None:
        self.problem = counting.problem
        self._pricer = pricer
        officers = [
            index
            for index in range(len(self.problem.officers))
            if math.isfinite(pricer.floor(index, np.zeros(self.problem.starts.shape))[0])
        ]
        self.lineless = frozenset(range(len(self.problem.officers))) - frozenset(officers)
        self.is_bounding = not self.lineless
        self._afresh = partial(Master, counting, allowed, pricer, officers, start)
        self.master = self._afresh()
        self._days = np.arange(self.problem.days)
        self._no_prices = np.zeros(self.problem.starts.shape)
        self._no_rest = np.zeros(self.problem.days)
        self._is_exact = list(map(pricer.is_exact, range(len(self.problem.officers))))
        self._is_diving = False
        self._settled: set[int] = set()
        self._nobody = np.full(self.problem.days, REST, dtype=np.int16)
        self._seen: dict[tuple[int, bytes], int] = {}
        self._of: dict[int, list[int]] = {}
        self._root: list[Column] = []
        self._best_duals: Floats | None = None
        self.bound = -math.inf
        for officer in officers:
            line = pricer.judged(officer, start[officer], self._no_prices, self._no_rest)
            if line is not None:
                self._add(officer, line.row, line.points, is_lawful=True)

    def root(self, pace: Pace) -> Iterator[float]:
        """Price until the program and the bound are close, or time is up; yield its costs."""
        while pace.left > 0:
            solved = self.master.solve()
            if solved is None:
                return
            is_new = self.price(solved, pace)
            yield solved.cost
            if not is_new or solved.cost - self.bound <= CLOSE_ENOUGH * abs(solved.cost):
                return

    def price(self, solved: Solved, pace: Pace) -> bool:
        """Ask for a line of every officer; tell whether the program got any new one.

        At the root, lines are asked for nearer to the duals with the best bound first.
        """
        asked = len(self.master.officers) - len(self._settled)
        pace.spend(LINE_SECONDS * asked + COLUMN_SECONDS * len(self.master.columns))
        if self._best_duals is None or self._is_diving:
            return self._price_at(solved.duals, solved)
        nearer = SMOOTHING * self._best_duals + (1 - SMOOTHING) * solved.duals
        return self._price_at(nearer, solved) or self._price_at(solved.duals, solved)

    def begin_dive(self) -> None:
        """Begin from the lawful columns of the root; nobody's line is settled.

        Columns of another dive fit what was settled there, and would slow the program.
        """
        if not self._is_diving:
            self._root = [column for column in self.master.columns if column.is_lawful]
        self._is_diving = True
        self._settled, self._seen, self._of = set(), {}, {}
        self.master = self._afresh()
        for column in self._root:
            self._take(column)

    def settle(self, officer: int, solved: Solved, number: int | None) -> int | None:
        """Leave an officer one column, by number, or else the best lawful line there is.

        Returns:
            the number of the column; None where no lawful line was found.
        """
        if number is None:
            prices = self.master.prices(officer, solved.duals)
            line = self._pricer.best_line(officer, prices)
            if line is None:
                return None
            self._add(officer, line.row, line.points, is_lawful=True)
            number = self._seen[officer, line.row.tobytes()]
        self._settled.add(officer)
        for other in self._of[officer]:
            self.master.close(other, other != number)
        return number

    def unsettle(self, officer: int) -> None:
        """Let an officer's columns in again."""
        self._settled.discard(officer)
        for number in self._of.get(officer, ()):
            self.master.close(number, is_closed=False)

    def _price_at(self, duals: Floats, solved: Solved) -> bool:
        total = self.master.beside_lines(duals)
        is_new = False
        for officer in self.master.officers:
            if officer in self._settled:
                continue
            prices = self.master.prices(officer, duals)
            if self._is_diving and not self._is_exact[officer]:
                line = self._pricer.best_line(officer, prices)
                cost, row = (math.inf, self._nobody) if line is None else (line.cost, line.row)
            else:
                cost, row = self._pricer.floor(officer, prices)
            total += cost
            self.is_bounding &= self._pricer.bounds(officer)
            if not math.isfinite(cost):
                continue
            points = cost - self._sum(row, prices)
            true = points + self._sum(row, self.master.prices(officer, solved.duals))
            if true < solved.persons[officer] - WORTH:
                is_lawful = self._is_diving or self._is_exact[officer]
                is_new |= self._add(officer, row, points, is_lawful)
        if total > self.bound and not self._is_diving:
            self.bound = total
            self._best_duals = duals
        return is_new

    def _sum(self, row: Choices, prices: Floats) -> float:
        worked = row != REST
        return float(prices[self._days[worked], row[worked]].sum())

    def _add(self, officer: int, row: Choices, points: float, is_lawful: bool) -> bool:
        """Add a column; tell whether it is new."""
        key = officer, row.tobytes()
        if key in self._seen:
            return False
        if not is_lawful:
            judged = self._pricer.judged(officer, row, self._no_prices, self._no_rest)
            is_lawful = judged is not None
        self._take(Column(officer, row.copy(), points, is_lawful))
        return True

    def _take(self, column: Column) -> None:
        number = len(self.master.columns)
        self._seen[column.officer, column.row.tobytes()] = number
        self._of.setdefault(column.officer, []).append(number)
        self.master.add(column)
