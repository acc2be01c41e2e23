"""From shares of lines to a roster: settle the surest line, price again, and so on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.pricing.best_line import LinePricer
from rostering.problem import Choices
from rostering.search.columns import ColumnGeneration
from rostering.search.master import Solved
from rostering.search.messages import Bounded, Found
from rostering.search.pace import Pace, Part

ROUNDING = 1e-4
"""By how much a bound may be off because of rounding; points are whole."""

ROUNDS = 8
"""Rounds of pricing after each line that is settled; twenty cost half as much again and gained
nothing."""

SPREAD = 0.05
"""By how much chance moves the shares of officers' lines, so that no two dives are alike."""

CALM = 0.0005
"""Share by which a settled line may make the program dearer before more lines are priced."""

JUMP, TRIED = 0.002, 8
"""Share by which a settled line may make the program dearer before another is tried, and how many
are; a line that leaves a shift to nobody shows at once."""

FREED, REPAIRS = 4, 12
"""How many settled lines are let go where every line tried makes the rest dearer, and how often in
one dive: what is left fits nobody's lines as they are."""

ROOT_SHARE = 0.6
"""Share of the time in which the root is solved, at most: a dive needs no perfect one."""

DIVES, DIVE_SHARE = 40, 0.15
"""How many dives, where there is time, and the share of it in which one prices lines: they are
noisy, the best is kept, and many short ones come lower than a thorough one (instance 8: 1304 to
1309 points against 1307 to 1423)."""


def find_by_columns(
    counting: Counting, allowed: Allowed, choices: Choices, seed: int, pace: Pace
) -> Iterator[Bounded | Found]:
    """Generate columns and dive; yield every bound that is better, and every better roster.

    Args:
        counting: the problem, laid out; without bonds, which columns know nothing of.
        allowed: choices that officer-days have.
        choices: a roster to begin from; its lawful lines are the first columns.
        seed: for the draws.
        pace: asked after each round; its end is the end of it.
    """
    columns = ColumnGeneration(counting, allowed, LinePricer(counting, allowed), choices)
    bound = -math.inf
    for _ in columns.root(Part(pace, ROOT_SHARE, math.inf)):
        whole = math.ceil(columns.bound - ROUNDING) if columns.is_bounding else -math.inf
        if whole > max(bound, 0):
            bound = whole
            yield Bounded(bound)
    best = math.inf
    diver = Diver(columns, seed)
    for _ in range(DIVES):
        found = diver.dive(choices, pace, best)
        if found is not None:
            best = found.cost
            yield Found(found.choices, columns.lineless)
        if best <= bound or pace.left <= 0:
            return


@dataclass(frozen=True, slots=True)
class Dived:
    """A roster, and what the program says that it costs."""

    choices: Choices
    cost: float


class Diver:
    """Makes rosters out of columns.

    Whole lines are settled rather than officer-days: those that are surest are settled first
    there, and what is left to the end fits nobody (instance 8: 1705 points against 1306).

    Args:
        columns: the columns, once their root is solved.
        seed: for the draws.
    """

    def __init__(self, columns: ColumnGeneration, seed: int) -> None:
        self._columns = columns
        self._chance = np.random.default_rng(seed)
        self._left: set[int] = set()
        self._luck = np.zeros(0)

    def dive(self, choices: Choices, pace: Pace, most: float = math.inf) -> Dived | None:
        """Dive once; None where time runs out, or where the roster would cost `most` or more.

        Args:
            choices: lines of those officers who take no part, shape (officers, days).
            pace: asked between two lines.
            most: points at which it is not worth going on; points are whole.
        """
        self._columns.begin_dive()
        self._left = set(self._columns.master.officers)
        self._luck = self._chance.random(len(choices)) * SPREAD
        found = choices.copy()
        part = Part(pace, DIVE_SHARE, math.inf)
        repairs = REPAIRS
        solved = self._priced(pace)
        while self._left and solved is not None:
            is_over = pace.left <= 0 and most < math.inf  # the first roster is come to all the same
            if is_over or solved.cost > most - 1 + ROUNDING:
                return None
            settled = self._settle_one(solved, pace, part)
            if settled is None:
                return None
            officer, found[officer], after = settled
            if repairs and not self._is_late(part) and _is_dearer(after, solved):
                repairs -= 1
                solved = self._let_go(pace)
            else:
                self._left.discard(officer)
                solved = after
        return None if solved is None or solved.cost >= most else Dived(found, solved.cost)

    def _is_late(self, part: Part) -> bool:
        """Whether more of the dive's part of the time has gone than of the officers."""
        return 1 - part.share_done < len(self._left) / len(self._columns.master.officers)

    def _let_go(self, pace: Pace) -> Solved | None:
        """Let some settled lines go, beside the last one, and change who is likely to be next."""
        self._luck = self._chance.random(len(self._luck)) * SPREAD
        settled = sorted({*self._columns.master.officers} - self._left)
        self._left.update(self._chance.permutation(settled)[:FREED].tolist())
        for officer in self._left:
            self._columns.unsettle(officer)
        return self._priced(pace)

    def _settle_one(
        self, solved: Solved, pace: Pace, part: Part
    ) -> tuple[int, Choices, Solved] | None:
        """Settle the surest line that makes the rest hardly dearer or, of a few, the best.

        Where one is late the surest one is settled whatever it does, and no line is priced; where
        one comes to be late no more are tried.
        """
        is_late = self._is_late(part)
        enough = solved.cost + CALM * abs(solved.cost)
        tried: list[tuple[float, int, int]] = []
        for officer, number in self._surest(solved)[:TRIED]:
            chosen = self._columns.settle(officer, solved, number)
            after = None if chosen is None else self._priced(pace, math.inf if is_late else enough)
            if chosen is None or after is None:
                self._columns.unsettle(officer)
                continue
            if is_late or not _is_dearer(after, solved):
                return officer, self._columns.master.columns[chosen].row, after
            tried.append((after.cost, officer, chosen))
            self._columns.unsettle(officer)
            if self._is_late(part):
                break
        if not tried:
            return None
        _, officer, chosen = min(tried)
        self._columns.settle(officer, solved, chosen)
        again = self._priced(pace, enough)
        if again is None:
            return None
        return officer, self._columns.master.columns[chosen].row, again

    def _priced(self, pace: Pace, enough: float = -math.inf) -> Solved | None:
        """The program solved, and priced up to so many times while it costs more than enough."""
        solved = self._columns.master.solve()
        for _ in range(ROUNDS):
            if solved is None or solved.cost <= enough or pace.left <= 0:
                break
            if not self._columns.price(solved, pace):
                break
            solved = self._columns.master.solve()
        return solved

    def _surest(self, solved: Solved) -> list[tuple[int, int | None]]:
        """Officers and columns, the largest share of one line first."""
        best: dict[int, tuple[float, int]] = {}
        for number in np.flatnonzero(solved.shares > 1e-6).tolist():
            officer = self._columns.master.columns[number].officer
            share = float(solved.shares[number] + self._luck[officer])
            if officer in self._left and share > best.get(officer, (0.0, 0))[0]:
                best[officer] = share, number
        if not best:
            return [(min(self._left), None)]
        order = sorted(best, key=lambda officer: best[officer], reverse=True)
        return [(officer, best[officer][1]) for officer in order]


def _is_dearer(after: Solved, before: Solved) -> bool:
    """Whether a line that was settled left a hole."""
    return after.cost > before.cost + JUMP * abs(before.cost)
