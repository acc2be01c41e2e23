"""From shares of lines to a roster: settle the surest line, price again, and so on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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

Luck = npt.NDArray[np.float64]

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

ROOT_SHARE = 0.6
"""Share of the time in which the root is solved, at most: a dive needs no perfect one."""

DIVES = 12
"""How many dives, where there is time: they are noisy, and the best is kept; one that comes to cost
more ends at once."""


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
        if best <= bound:
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

    def dive(self, choices: Choices, pace: Pace, most: float = math.inf) -> Dived | None:
        """Dive once; None where time runs out, or where the roster would cost `most` or more.

        Args:
            choices: lines of those officers who take no part, shape (officers, days).
            pace: asked between two lines.
            most: points at which it is not worth going on.
        """
        self._columns.begin_dive()
        luck = self._chance.random(len(choices)) * SPREAD
        found = choices.copy()
        left = set(self._columns.master.officers)
        each = pace.left / max(len(left), 1)
        solved = self._priced(pace)
        while left and solved is not None:
            if pace.left <= 0 or solved.cost >= most - ROUNDING:
                return None
            is_late = pace.left < each * len(left)
            settled = self._settle_one(solved, left, luck, 1 if is_late else TRIED, pace)
            if settled is None:
                return None
            officer, found[officer], solved = settled
            left.discard(officer)
        return None if solved is None or solved.cost >= most else Dived(found, solved.cost)

    def _settle_one(
        self, solved: Solved, left: set[int], luck: Luck, tries: int, pace: Pace
    ) -> tuple[int, Choices, Solved] | None:
        """Settle the surest line that makes the rest hardly dearer or, of so many, the best."""
        enough = solved.cost + CALM * abs(solved.cost)
        tried: list[tuple[float, int, int]] = []
        for officer, number in self._surest(solved, left, luck)[:tries]:
            chosen = self._columns.settle(officer, solved, number)
            after = None if chosen is None else self._priced(pace, enough)
            if chosen is None or after is None:
                self._columns.unsettle(officer)
                continue
            if after.cost <= solved.cost + JUMP * abs(solved.cost) or tries == 1:
                return officer, self._columns.master.columns[chosen].row, after
            tried.append((after.cost, officer, chosen))
            self._columns.unsettle(officer)
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
            if solved is None or solved.cost <= enough or not self._columns.price(solved, pace):
                break
            solved = self._columns.master.solve()
        return solved

    def _surest(self, solved: Solved, left: set[int], luck: Luck) -> list[tuple[int, int | None]]:
        """Officers and columns, the largest share of one line first."""
        best: dict[int, tuple[float, int]] = {}
        for number in np.flatnonzero(solved.shares > 1e-6).tolist():
            officer = self._columns.master.columns[number].officer
            share = float(solved.shares[number] + luck[officer])
            if officer in left and share > best.get(officer, (0.0, 0))[0]:
                best[officer] = share, number
        if not best:
            return [(min(left), None)]
        order = sorted(best, key=lambda officer: best[officer], reverse=True)
        return [(officer, best[officer][1]) for officer in order]
