"""Cover as arrays: which intervals each shift fills, people on duty, and what a shortage costs.

What the search and the solver's models count with; `rules.cover` counts on its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rostering.bonds import Bonds
from rostering.problem import REST, Choices, Cover, Problem
from rostering.rules.cover import Covered
from rostering.rules.shift_cover import ShiftCovered
from rostering.shortage import Prices

Counts = npt.NDArray[np.int64]
"""People on duty who count for one `Cover`, shape (intervals,)."""


@dataclass(frozen=True, eq=False)
class CoverGrid:
    """The intervals of one `Cover` seen from a problem's shifts and officers.

    Attributes:
        cover: the need.
        first, last: first interval that a shift fills and the one after its last, by day and
            shift, shape (days, shifts).
        counts: officers who count, shape (officers,).
        before: people on duty from shifts that began before the period, shape (intervals,).
    """

    cover: Cover
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    counts: npt.NDArray[np.bool_]
    before: Counts

    @classmethod
    def of(cls, problem: Problem, cover: Cover) -> CoverGrid:
        """Lay one need of a problem out."""
        counts = np.array([bool(o.skills & cover.skills) for o in problem.officers], dtype=bool)
        tours = [
            (tour.start, tour.end)
            for officer, is_counted in zip(problem.officers, counts, strict=True)
            if is_counted
            for tour in officer.history
            if tour.end > cover.start
        ]
        past = np.array(tours, dtype=np.int64).reshape(-1, 2)
        first, last = _intervals(cover, problem.starts, problem.ends)
        before = _stack(len(cover.required), *_intervals(cover, past[:, 0], past[:, 1]))
        return cls(cover, first, last, counts, before)

    def on_duty(self, choices: Choices, among: npt.NDArray[np.bool_] | None = None) -> Counts:
        """Count people on duty; `among`, shape (officers, days), leaves other officer-days out."""
        worked = (choices != REST) & self.counts[:, None]
        if among is not None:
            worked &= among
        officers, days = np.nonzero(worked)
        shifts = choices[officers, days]
        size = len(self.cover.required)
        return self.before + _stack(size, self.first[days, shifts], self.last[days, shifts])

    @cached_property
    def prices(self) -> Prices:
        """What missing people cost."""
        return Prices.of(self.cover)

    def cost(self, on_duty: Counts) -> int:
        """Points of the whole need with so many people on duty."""
        return int(self.prices.points(self.cover.required - on_duty).sum())

    def gain(self, on_duty: Counts) -> npt.NDArray[np.int64]:
        """Points that one more person would change on each shift, shape (days, shifts)."""
        missing = self.cover.required - on_duty
        change = self.prices.points(missing - 1) - self.prices.points(missing)
        total = np.concatenate([[0], np.cumsum(change)])
        gain: npt.NDArray[np.int64] = total[self.last] - total[self.first]
        return gain


@dataclass(frozen=True, eq=False)
class ShiftNeeds:
    """Every need per shift as arrays, each of shape (needs,).

    Attributes:
        day, shift: whose need it is, by index.
        required: people asked for.
        shortage, surplus: points of each one too few, and of each one too many.
    """

    day: Counts
    shift: Counts
    required: Counts
    shortage: Counts
    surplus: Counts

    @classmethod
    def of(cls, problem: Problem) -> ShiftNeeds:
        """Lay the needs per shift of a problem out."""
        rows = [
            (n.day, problem.shift_index[n.shift], n.required, n.shortage_points, n.surplus_points)
            for n in problem.shift_cover
        ]
        return cls(*np.array(rows, dtype=np.int64).reshape(-1, 5).T)

    def points(self, on_shifts: Counts) -> Counts:
        """What each need costs with so many people on shifts, shape (days, shifts)."""
        short = self.required - on_shifts[self.day, self.shift]
        return np.where(short > 0, short * self.shortage, -short * self.surplus)

    def gain(self, on_shifts: Counts) -> Counts:
        """Points that one more person would change on each shift, shape (days, shifts)."""
        is_short = on_shifts[self.day, self.shift] < self.required
        change = np.zeros_like(on_shifts)
        np.add.at(change, (self.day, self.shift), np.where(is_short, -self.shortage, self.surplus))
        return change


@dataclass(frozen=True)
class Counting:
    """Every need of a problem laid out, made once and read by the search and the models."""

    problem: Problem
    grids: tuple[CoverGrid, ...]

    @classmethod
    def of(cls, problem: Problem) -> Counting:
        """Lay all needs of a problem out."""
        return cls(problem, tuple(CoverGrid.of(problem, cover) for cover in problem.cover))

    @cached_property
    def bonds(self) -> Bonds:
        """Who works with whom, laid out as well."""
        return Bonds.of(self.problem)

    @cached_property
    def shift_needs(self) -> ShiftNeeds:
        """Needs per shift, laid out as well."""
        return ShiftNeeds.of(self.problem)

    def missing_minutes(self, choices: Choices) -> int:
        """Person-minutes of cover missing in the room.

        In an interval as many people are missing as the set of queues that misses most, added up
        over sets that share no skill (the deficiency form of Hall's theorem).
        """
        total = 0
        for group in sharing(self.grids):
            missing = [grid.cover.required - grid.on_duty(choices) for grid in group]
            size = max(map(len, missing))
            worst = np.max([np.pad(row, (0, size - len(row))) for row in missing], axis=0)
            total += int(np.maximum(worst, 0).sum()) * group[0].cover.interval_minutes
        return total

    def on_duty(self, choices: Choices) -> tuple[Counts, ...]:
        """People on duty who count for each need."""
        return tuple(grid.on_duty(choices) for grid in self.grids)

    def cost(self, choices: Choices, on_duty: Sequence[Counts] | None = None) -> int:
        """Points of every need together; `on_duty` saves counting again."""
        total = 0
        if weight := cover_weight(self.problem, Covered):
            counts = self.on_duty(choices) if on_duty is None else on_duty
            total += weight * sum(map(CoverGrid.cost, self.grids, counts))
        if weight := cover_weight(self.problem, ShiftCovered):
            points = self.shift_needs.points(self.on_shifts(choices))
            total += weight * int(points.sum())
        return total

    def empty(self) -> Choices:
        """A roster of rest days alone."""
        shape = (len(self.problem.officers), self.problem.days)
        return np.full(shape, REST, dtype=np.int16)

    def on_shifts(
        self, choices: Choices, among: npt.NDArray[np.bool_] | None = None
    ) -> npt.NDArray[np.int64]:
        """Count officers per day and shift, shape (days, shifts)."""
        worked = choices != REST
        if among is not None:
            worked &= among
        counts = np.zeros(self.problem.starts.shape, dtype=np.int64)
        np.add.at(counts, (np.nonzero(worked)[1], choices[worked]), 1)
        return counts


def cover_weight(problem: Problem, kind: type[Covered | ShiftCovered]) -> int:
    """What the points of cover are multiplied by; 0 where no rule asks for it."""
    weights = [rule.weight for rule in problem.rules if isinstance(rule, kind)]
    return sum(weight for weight in weights if isinstance(weight, int))


def sharing(grids: tuple[CoverGrid, ...]) -> list[list[CoverGrid]]:
    """Needs that share a skill and a grid of intervals, together."""
    groups: list[list[CoverGrid]] = []
    for new in grids:
        near = [group for group in groups if any(_share(new, old) for old in group)]
        joined = [grid for group in near for grid in group]
        groups = [group for group in groups if group not in near] + [[*joined, new]]
    return groups


def _share(one: CoverGrid, other: CoverGrid) -> bool:
    same = (one.cover.start, one.cover.interval_minutes) == (
        other.cover.start,
        other.cover.interval_minutes,
    )
    return same and bool(one.cover.skills & other.cover.skills)


def _intervals(
    cover: Cover, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First interval wholly between start and end, and the one after the last."""
    size = len(cover.required)
    first = np.clip(-((cover.start - starts) // cover.interval_minutes), 0, size)
    last = np.clip((ends - cover.start) // cover.interval_minutes, 0, size)
    return first, np.maximum(first, last)


def _stack(size: int, first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]) -> Counts:
    """How many half-open ranges lie over each of `size` intervals."""
    change = np.bincount(first, minlength=size + 1) - np.bincount(last, minlength=size + 1)
    return np.cumsum(change)[:size].astype(np.int64)
