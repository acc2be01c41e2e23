"""Groups of officers in a linear program: how many of them work each shift of each day.

What every member must keep is added up over the members: hours of the period, longest runs,
weekends. What a tour costs by itself is priced by how many members it costs so much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.compiled.tour_points import TourPoints
from rostering.problem import Problem
from rostering.rules.base import Count, LineRule, Of, Run, on_terms_of
from rostering.search.linear import Indices, LinearProgram

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MOST_PRICED = 400
"""Columns by which the wishes of a group's day are priced; where more would be needed, every
member is taken for the one whom a tour costs least."""


@dataclass(frozen=True)
class Said:
    """What rules say of each officer that counts of officers can keep.

    Attributes:
        counts: hard counts, of each officer.
        runs: hard longest runs, of each officer.
        points: what a tour costs by itself.
    """

    counts: tuple[Sequence[Count], ...]
    runs: tuple[Sequence[Run], ...]
    points: TourPoints

    @classmethod
    def of(cls, problem: Problem) -> Said:
        """Read the rules of a problem."""
        points = TourPoints(problem)
        counts: list[list[Count]] = [[] for _ in problem.officers]
        runs: list[list[Run]] = [[] for _ in problem.officers]
        rules = [rule for rule in problem.rules if isinstance(rule, LineRule)]
        for index, officer in enumerate(problem.officers):
            for rule in on_terms_of(officer, rules):
                for primitive in rule.says(problem, officer):
                    if not rule.is_hard:
                        points.take(index, rule, primitive)
                    elif isinstance(primitive, Count):
                        counts[index].append(primitive)
                    elif isinstance(primitive, Run) and primitive.of and primitive.longest:
                        runs[index].append(primitive)
        return cls(tuple(counts), tuple(runs), points)


class Group:
    """Columns for how many officers of a group work each shift of each day.

    Args:
        program: what they are added to.
        problem: the problem.
        allowed: choices that officer-days have.
        said: what rules say of each officer.
        members: the group's officers, by index.

    Attributes:
        members: the group's officers, by index.
        days, shifts: of each column.
        columns: their numbers in the program.
        numbers: the same by day and shift, −1 where nobody can work; shape (days, shifts).
    """

    def __init__(
        self, program: LinearProgram, problem: Problem, allowed: Allowed, said: Said, members: Ints
    ) -> None:
        self._program = program
        self._problem = problem
        self._said = said
        self._allowed = allowed.shifts[members]
        self._must_work = ~allowed.rest[members]
        self.members = members
        able = self._allowed.sum(axis=0)
        fixed = self._must_work & (self._allowed.sum(axis=2) == 1)
        surely = (self._allowed & fixed[:, :, None]).sum(axis=0)
        self.days, self.shifts = np.nonzero(able)
        self.columns = program.columns(
            len(self.days),
            least=surely[self.days, self.shifts],
            most=able[self.days, self.shifts],
        )
        self.numbers = np.full(able.shape, -1, dtype=np.intp)
        self.numbers[self.days, self.shifts] = self.columns

    @cached_property
    def _working(self) -> Bools:
        """Whether a member may work on a day at all, shape (members, days)."""
        return np.asarray(self._allowed.any(axis=2))

    def limit(self) -> None:
        """Keep what rules say of every member, added up."""
        working = (self._must_work & self._working).sum(axis=0)
        rows = self._program.rows(self._problem.days, least=working, most=self._working.sum(axis=0))
        self._program.add(rows[self.days], self.columns)
        counts: dict[tuple[str, Of], dict[int, list[Count]]] = defaultdict(dict)
        runs: dict[Of, dict[int, int]] = defaultdict(dict)
        for row, member in enumerate(self.members):
            for count in self._said.counts[member]:
                counts[count.measure, count.of].setdefault(row, []).append(count)
            for run in self._said.runs[member]:
                if run.of is not None and run.longest is not None:
                    runs[run.of][row] = min(run.longest, runs[run.of].get(row, run.longest))
        for (measure, of), said in counts.items():
            has = self._has(of)
            if measure == "weekends":
                self._limit_weekends(has, said)
            elif len(np.unique(self.days[has])) > 1:  # what is said of one day is in `allowed`
                self._limit_sums(measure, has, said)
        for of, longest in runs.items():
            self._limit_runs(self._has(of), longest)

    def _has(self, of: Of) -> Bools:
        tours = self._problem.tours
        cells = zip(self.days, self.shifts, strict=True)
        return np.array([of.has(tours[day][shift]) for day, shift in cells], dtype=bool)

    def _limit_sums(self, measure: str, has: Bools, said: Mapping[int, Sequence[Count]]) -> None:
        """Keep the tours or minutes of a selection within the limits.

        Where every shift lasts a multiple of two hours, 165 hours are 164: sums of whole numbers
        of a unit are whole, so that limits may be rounded once factors are.
        """
        problem = self._problem
        worth = has.astype(np.int64)
        units = {1}
        if measure == "minutes":
            worth *= (problem.ends - problem.starts)[self.days, self.shifts]
            units.add(gcd(*(problem.shifts[shift].minutes for shift in self.shifts[has])))
        most = self._furthest(worth)
        least = np.zeros(len(most), dtype=np.int64)
        for row, counts in said.items():
            for count in counts:
                most[row] = min(most[row], most[row] if count.most is None else count.most)
                least[row] = max(least[row], count.least or 0)
        for unit in units:
            at_most = self._program.rows(1, most=(most // unit).sum())
            self._program.add(at_most, self.columns, worth // unit)
            at_least = self._program.rows(1, least=(-(-least // unit)).sum())
            self._program.add(at_least, self.columns, -(-worth // unit))

    def _furthest(self, worth: Ints) -> Ints:
        """The most that each member could come to without rules, shape (members,)."""
        by_cell = np.zeros(self.numbers.shape, dtype=np.int64)
        by_cell[self.days, self.shifts] = worth
        furthest: Ints = (self._allowed * by_cell).max(axis=2).sum(axis=1)
        return furthest

    def _limit_weekends(self, has: Bools, said: Mapping[int, Sequence[Count]]) -> None:
        """Keep the weekends on which members work, be it on one of the two days."""
        weekday = self.days + self._problem.weekday(0)
        chosen = has & (weekday % 7 >= 5)
        weeks = np.unique(weekday[chosen] // 7)
        if not len(weeks):
            return
        most = np.full(len(self.members), len(weeks), dtype=np.int64)
        for number, counts in said.items():
            limits = (count.most for count in counts if count.most is not None)
            most[number] = min([len(weeks), *limits])
        worked = self._program.columns(len(weeks), most=len(self.members))
        self._program.add(self._program.rows(1, most=most.sum()), worked)
        for day in np.unique(self.days[chosen]):
            row = self._program.rows(1, most=0.0)
            self._program.add(row, self.columns[chosen & (self.days == day)])
            week = (day + self._problem.weekday(0)) // 7
            self._program.add(row, worked[weeks == week], -1.0)

    def _limit_runs(self, has: Bools, longest: Mapping[int, int]) -> None:
        """Of any days one longer than a longest run, somebody rests on one."""
        members = np.array(list(longest))
        limits = np.array(list(longest.values()), dtype=np.int64)
        available: Ints = np.pad(np.cumsum(self._working, axis=1), ((0, 0), (1, 0)))
        for length in np.unique(limits) + 1:
            kept = length - length // (limits + 1)
            for first in range(self._problem.days - length + 1):
                there = available[:, first + length] - available[:, first]
                most = np.minimum(there[members], kept).sum() + there.sum() - there[members].sum()
                row = self._program.rows(1, most=most)
                inside = has & (self.days >= first) & (self.days < first + length)
                self._program.add(row, self.columns[inside])

    def price(self) -> None:
        """Price tours that cost something by themselves, by how many members they cost so much."""
        points = self._said.points
        self._program.constant += float(points.resting[self.members].sum())
        for day in range(self._problem.days):
            at = np.flatnonzero(self.days == day)
            there = self.members[self._working[:, day]]
            prices = points.by_tour[there, day][:, self.shifts[at]]
            if prices.any():
                self._price_day(self.columns[at], prices)

    def _price_day(self, columns: Indices, prices: Ints) -> None:
        """Price a day's columns, by prices of shape (members, columns)."""
        rows, number = np.unique(prices, axis=0, return_counts=True)
        sorts, sort = np.unique(rows, axis=1, return_inverse=True)
        sort = sort.reshape(-1)
        if sorts.size > MOST_PRICED:
            sorts, number = sorts.min(axis=0, keepdims=True), np.array([len(prices)])
        program = self._program
        who, what = np.indices(sorts.shape)
        chosen = program.columns(sorts.size, most=number[who.reshape(-1)], cost=sorts.reshape(-1))
        at_most = program.rows(len(sorts), most=number)
        program.add(at_most[who.reshape(-1)], chosen)
        balance = program.rows(sorts.shape[1], least=0.0, most=0.0)
        program.add(balance[what.reshape(-1)], chosen)
        program.add(balance[sort], columns, -1.0)
