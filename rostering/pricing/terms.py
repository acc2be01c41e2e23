"""What the line rules say of an officer, sorted by how pricing by dynamic programming reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.compiled.tour_points import TourPoints
from rostering.pricing.neighbours import FARTHEST
from rostering.pricing.states import Local
from rostering.problem import MINUTES_A_DAY, Officer, Problem
from rostering.rules.base import Count, LineRule, Of, Pair, Primitive, Run, on_terms_of

Flags = npt.NDArray[np.bool_]
Amounts = npt.NDArray[np.int64]


MOST_COUNTED, LONGEST_COUNTED = 80, 84
"""By how much states may multiply to hold limits on numbers of tours, over so many days at most.
Over 26 weeks a line found that way took five times as long as one whose tours have a price, found
from one line to the next, and as much more memory: the rosters were worse."""


@dataclass(frozen=True)
class Row:
    """A hard limit on a sum over the line that the states do not hold.

    Attributes:
        said: what says it.
        amounts: what each tour adds, shape (days, shifts).
        least, most: the limits; None where there is none.
    """

    said: Count
    amounts: Amounts
    least: int | None
    most: int | None

    @cached_property
    def share(self) -> npt.NDArray[np.float64]:
        """Amounts as shares of the largest."""
        return self.amounts / max(int(self.amounts.max()), 1)


@dataclass(frozen=True, slots=True)
class Price:
    """Points of a soft limit on a total: of each unit above `most` or below `least`."""

    points: int
    unit: int
    least: int | None
    most: int | None

    def of(self, total: Amounts) -> Amounts:
        """Points of totals."""
        points = np.zeros(total.shape, dtype=np.int64)
        if self.most is not None:
            points += -(-np.maximum(total - self.most, 0) // self.unit) * self.points
        if self.least is not None:
            points += -(-np.maximum(self.least - total, 0) // self.unit) * self.points
        return points


@dataclass
class Limits:
    """Limits on a total over the whole line, hard and soft."""

    least: int = 0
    most: int | None = None
    prices: list[Price] = field(default_factory=list)

    def take(self, least: int | None, most: int | None) -> None:
        """Take a hard limit in."""
        self.least = max(self.least, least or 0)
        if most is not None:
            self.most = most if self.most is None else min(self.most, most)

    @property
    def are_there(self) -> bool:
        """Whether the total matters at all."""
        return self.least > 0 or self.most is not None or bool(self.prices)


@dataclass
class LineTerms:
    """What is said of one officer.

    Attributes:
        local: what neighbouring days ask of each other.
        minutes, weekends: limits on the whole line's minutes and worked weekends.
        most_until: most minutes up to and including a day, by day.
        held: hard limits on numbers of tours, which states can hold where lines come up to them.
        rows: hard limits on other sums.
        has_hard_rest, has_soft_rest: whether some hard or soft rule is left out or understated, so
            that the cheapest line may not be lawful, or may cost more.
    """

    local: list[Local] = field(default_factory=list)
    minutes: Limits = field(default_factory=Limits)
    weekends: Limits = field(default_factory=Limits)
    most_until: dict[int, int] = field(default_factory=dict)
    held: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    has_hard_rest: bool = False
    has_soft_rest: bool = False


def line_terms(
    problem: Problem,
    officer: int,
    allowed: Allowed,
    alone: TourPoints,
    most_counted: int = MOST_COUNTED,
) -> LineTerms:
    """Sort what is said of an officer.

    Args:
        problem: the problem.
        officer: index of the officer.
        allowed: choices that officer-days have.
        alone: tells which primitives are points of tours by themselves, told elsewhere.
        most_counted: by how much states may multiply at most to hold limits on numbers of tours.
    """
    person, shifts, rest = problem.officers[officer], allowed.shifts[officer], allowed.rest[officer]
    return _Sorting(problem, person, shifts, rest, alone, most_counted).terms


class _Sorting:
    def __init__(
        self,
        problem: Problem,
        officer: Officer,
        allowed: Flags,
        rest: npt.NDArray[np.bool_],
        alone: TourPoints,
        most_counted: int,
    ) -> None:
        self.terms = LineTerms()
        self._problem = problem
        self._allowed = allowed
        self._rest = rest
        self._alone = alone
        self._minutes = problem.ends - problem.starts
        for rule in on_terms_of(officer, problem.rules):
            for primitive in rule.says(problem, officer):
                if alone.priced_alone(rule, primitive) is None:
                    self._take(rule, primitive)
        self._hold_numbers(most_counted)

    def _take(self, rule: LineRule, primitive: Primitive) -> None:
        points = rule.weight[0] if isinstance(rule.weight, tuple) else rule.weight
        if isinstance(rule.weight, tuple):
            self.terms.has_soft_rest = True  # later units cost more: the first price is the least
        if points == 0:
            return
        if isinstance(primitive, Run) or (
            isinstance(primitive, Pair) and primitive.gap <= (FARTHEST - 2) * MINUTES_A_DAY
        ):
            self.terms.local.append(Local(primitive, points))
        elif isinstance(primitive, Count):
            self._take_count(primitive, points)
        else:
            self._leave(points)

    def _leave(self, points: int | None) -> None:
        if points is None:
            self.terms.has_hard_rest = True
        else:
            self.terms.has_soft_rest = True

    def _take_count(self, count: Count, points: int | None) -> None:
        here = self._cells(count.of) & self._allowed
        if not here.any():
            return
        if count.measure == "weekends":
            self._take_weekends(count, points, here)
            return
        amounts = np.where(here, self._minutes if count.measure == "minutes" else 1, 0)
        largest = int(amounts.max(axis=1).sum())
        count_most = None if count.most is None or count.most >= largest else count.most
        count_least = count.least if (count.least or 0) > self._surely(here, amounts) else None
        if count_most is None and count_least is None:
            return
        is_whole = bool((here == self._allowed).all())
        if count.measure == "minutes" and is_whole:
            self._take_total(self.terms.minutes, count, points)
        elif points is not None:
            self.terms.has_soft_rest = True
        elif (
            count.measure == "minutes"
            and count_least is None
            and self._take_first_days(here, count)
        ):
            return
        else:
            self.terms.rows.append(Row(count, amounts, count_least, count_most))

    def _hold_numbers(self, most: int) -> None:
        """Let states hold limits on numbers of tours, the smallest first, as far as they can."""
        size = 1
        room = most if self._problem.days <= LONGEST_COUNTED else 0
        for row in sorted(self.terms.rows, key=lambda row: row.most or 0):
            if row.said.measure != "tours" or row.least is not None or row.most is None:
                continue
            size *= row.most + 1
            if size > room:
                break
            self.terms.rows.remove(row)
            self.terms.held.append(row)
        self.terms.has_hard_rest |= bool(self.terms.rows)

    def _surely(self, here: Flags, amounts: Amounts) -> int:
        """What the days on which something of a selection must be worked add up to, at least."""
        sure = ~self._rest & (here == self._allowed).all(axis=1) & here.any(axis=1)
        return int(amounts[sure].min(axis=1, where=self._allowed[sure], initial=2**40).sum())

    def _take_total(self, limits: Limits, count: Count, points: int | None) -> None:
        if points is None:
            limits.take(count.least, count.most)
        else:
            limits.prices.append(Price(points * count.points, count.unit, count.least, count.most))

    def _take_first_days(self, here: Flags, count: Count) -> bool:
        """Take in a limit on the minutes of the first so many days; tell whether it is one."""
        last = int(np.flatnonzero(here.any(axis=1))[-1])
        if count.most is None or not (here[: last + 1] == self._allowed[: last + 1]).all():
            return False
        until = self.terms.most_until
        until[last] = min(until.get(last, count.most), count.most)
        return True

    def _take_weekends(self, count: Count, points: int | None, here: Flags) -> None:
        first = self._problem.first_day.weekday()
        ends = (np.arange(self._problem.days) + first) % 7 >= 5
        if (here[ends] == self._allowed[ends]).all():
            self._take_total(self.terms.weekends, count, points)
        else:
            self._leave(points)

    def _cells(self, of: Of) -> Flags:
        cells = np.zeros(self._allowed.shape, dtype=bool)
        cells.reshape(-1)[self._alone.cells_of(of)] = True
        return cells
