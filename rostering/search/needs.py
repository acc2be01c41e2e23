"""Needs as rows of prices: what a tour is worth in cover, and what cover costs at least.

A row is a need per shift or a stretch of intervals that the same shifts fill. Its cost is convex in
the people there: so many steps, each with a slope and so many people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.cover_grid import Counting, CoverGrid, cover_weight
from rostering.problem import REST, Choices
from rostering.rules.cover import Covered
from rostering.rules.shift_cover import ShiftCovered

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Curve = tuple[Ints, Floats]
"""Numbers of people, rising, and what they cost; the last step goes on."""


@dataclass(frozen=True)
class _Need:
    """Rows of one need.

    Attributes:
        counts: officers who count, shape (officers,).
        first, last: first row that a tour fills and the one after its last, counted from `offset`,
            shape (days, shifts).
        offset, size: where its rows stand.
    """

    counts: npt.NDArray[np.bool_]
    first: Ints
    last: Ints
    offset: int
    size: int


class Needs:
    """Every need of a problem.

    Attributes:
        size: number of rows.
        groups: how many sets of officers count for different needs.
        group_of: which of them each officer belongs to, shape (officers,).
    """

    def __init__(self, counting: Counting, allowed: Allowed) -> None:
        problem = self._problem = counting.problem
        self._needs: list[_Need] = []
        curves: list[Curve] = []
        if weight := cover_weight(problem, ShiftCovered):
            rows = np.arange(problem.starts.size, dtype=np.int64).reshape(problem.starts.shape)
            everybody = np.ones(len(problem.officers), dtype=bool)
            self._needs.append(_Need(everybody, rows, rows + 1, 0, rows.size))
            curves += _curves_by_shift(counting, weight)
        if weight := cover_weight(problem, Covered):
            for grid in counting.grids:
                able = np.asarray(allowed.shifts[grid.counts].any(axis=0)) & (
                    grid.first < grid.last
                )
                edges = np.unique(
                    [0, *grid.first[able], *grid.last[able], len(grid.cover.required)]
                )
                self._needs.append(_cut(grid, edges, able, len(curves)))
                curves += curves_of(grid, edges, weight)
        self.size = len(curves)
        self._lay_out(curves)
        counts = np.array([need.counts for need in self._needs], dtype=bool)
        counts = counts.reshape(len(self._needs), len(problem.officers))
        self._counts, self.group_of = np.unique(counts, axis=1, return_inverse=True)
        self.group_of = self.group_of.reshape(-1)
        self.groups = self._counts.shape[1]

    def _lay_out(self, curves: Sequence[Curve]) -> None:
        """Every step of every curve: its row, what one more person costs, how many there may be."""
        steps = [len(people) - 1 for people, _ in curves]
        self._row = np.repeat(np.arange(self.size), steps)
        none = [np.zeros(0)]
        lengths = [np.diff(people).astype(float) for people, _ in curves]
        self._slope = np.concatenate(
            [np.diff(cost) / length for (_, cost), length in zip(curves, lengths, strict=True)]
            or none
        )
        self._people = np.concatenate(lengths or none)
        last = np.cumsum(steps, dtype=np.int64) - 1
        self._people[last] = np.inf
        self._highest = self._slope[last]
        self._lowest = self._slope[last - steps + 1] if steps else self._slope
        self._constant = float(sum(cost[0] for _, cost in curves))

    @property
    def span(self) -> Floats:
        """By how much a price can differ in each row, at most."""
        return np.asarray(self._highest - self._lowest, dtype=np.float64)

    @property
    def worth_of_a_tour(self) -> float:
        """What a tour fills of shortage at the most, on average."""
        worth = [self.tour_prices(group, self.span).mean() for group in range(self.groups)]
        return float(np.mean(worth)) if worth and self.size else 1.0

    def within(self, prices: Floats) -> Floats:
        """Prices beyond which no bound is better."""
        return np.clip(prices, self._lowest, self._highest)

    def cost(self, prices: Floats) -> tuple[float, Floats]:
        """The least cost of cover less what people there are worth, and the people that give it."""
        reduced = self._slope - prices[self._row]
        taken = np.where(reduced < 0, self._people, 0.0)
        people = np.bincount(self._row, taken, minlength=self.size).astype(np.float64)
        return self._constant + float(reduced[taken > 0] @ taken[taken > 0]), people

    def tour_prices(self, group: int, prices: Floats) -> Floats:
        """What each tour of an officer of a group costs, shape (days, shifts)."""
        total = np.zeros(self._problem.starts.shape)
        for need, counts in zip(self._needs, self._counts[:, group], strict=True):
            if counts:
                own = prices[need.offset : need.offset + need.size]
                sums = np.concatenate([[0.0], np.cumsum(own)])
                total += sums[need.last] - sums[need.first]
        return total

    def on_duty(self, choices: Choices) -> Floats:
        """How many people of a roster are there in each row."""
        there = np.zeros(self.size)
        for need in self._needs:
            officers, days = np.nonzero((choices != REST) & need.counts[:, None])
            shifts = choices[officers, days]
            change = np.bincount(need.first[days, shifts], minlength=need.size + 1)
            change = change - np.bincount(need.last[days, shifts], minlength=need.size + 1)
            there[need.offset : need.offset + need.size] = np.cumsum(change)[: need.size]
        return there


def _cut(grid: CoverGrid, edges: Ints, able: npt.NDArray[np.bool_], offset: int) -> _Need:
    """The rows of one need, cut at edges; tours that nobody can work fill none."""
    first, last = (
        np.where(able, np.searchsorted(edges, ends), 0) for ends in (grid.first, grid.last)
    )
    return _Need(grid.counts, first, last, offset, len(edges) - 1)


def _curves_by_shift(counting: Counting, weight: int) -> list[Curve]:
    """A curve for every shift of every day, flat where nobody is asked for."""
    problem = counting.problem
    curves: list[Curve] = [(np.array([0, 1]), np.zeros(2)) for _ in range(problem.starts.size)]
    for need in problem.shift_cover:
        people = np.unique([0, need.required, need.required + 1])
        short = need.required - people
        cost = np.where(short > 0, short * need.shortage_points, -short * need.surplus_points)
        row = need.day * len(problem.shifts) + problem.shift_index[need.shift]
        curves[row] = people, cost * float(weight)
    return curves


def curves_of(grid: CoverGrid, edges: Ints, weight: int) -> Iterator[Curve]:
    """The cost of each stretch of intervals between two edges."""
    missing = grid.cover.required - grid.before
    steps = grid.prices.rows.shape[1]
    for begin, finish in pairwise(edges.tolist()):
        lacking = missing[begin:finish]
        lowest, highest = max(0, int(lacking.min()) - steps), max(0, int(lacking.max()))
        people = np.unique([0, *range(lowest, highest + 2)])
        cost = grid.prices.points(lacking[:, None] - people, slice(begin, finish)).sum(axis=0)
        yield people, cost * float(weight)
