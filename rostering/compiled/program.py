"""Line rules laid out as tables that compiled code can walk: one row per primitive.

A program is made of `Op` rows, grouped by officer and, within an officer, by rule, so that the
points of a rule's whole excess on a line can be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rostering.compiled.tour_points import TourPoints
from rostering.problem import MINUTES_A_DAY, Problem
from rostering.rules.base import (
    Count,
    Either,
    LineRule,
    Of,
    Pair,
    Primitive,
    Rule,
    Run,
    Share,
    Window,
    on_terms_of,
)

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]


class Kind(IntEnum):
    """What an `Op` row does."""

    PAIR = 0
    LONGEST = 1
    SHORTEST = 2
    WINDOW = 3
    EITHER = 4
    COUNT = 5
    SHARE = 6


class Column(IntEnum):
    """What stands where in an `Op` row."""

    KIND = 0
    RULE = 1
    MASK = 2  # row of `masks`, of a count row of `counted`; −1 is a rest day
    THEN = 3  # row of `masks` of a pair's second tour; days after its own that a tour can last
    LIMIT = 4  # gap, longest, shortest, least or most
    SIDE = 5  # +1: at most the limit; −1: at least
    MEASURE = 6  # row of MEASURES
    SPAN = 7  # days of a window, or that a pair can lie apart; rows of an either or a share
    REST = 8
    UNIT = 9  # of a share, its whole
    POINTS = 10
    FIRST = 11  # days that a count adds up
    LAST = 12
    BEYOND = 13  # days after the period that spans reach


MEASURES = ("tours", "minutes", "rests", "weekends")


class Tables(NamedTuple):
    """A problem's lines as arrays. Instants are minutes from the first midnight of the period.

    A *cell* numbers a tour: day × shifts + shift in the period, then every officer's known days
    of the past.

    Attributes:
        starts, ends: of every tour there can be, shape (days, shifts).
        midnights: of every day from `look_back` days before the period on, as far as spans reach,
            shape (look_back + days + 1 or more,).
        weekday: of the first day, Monday 0.
        past_starts, past_ends: of worked tours, shape (officers, history); NEVER stands for rest.
        known_from: first known day, shape (officers,).
        look_back: days of history that any primitive can reach from the period.
        cell_starts, cell_ends: of every cell, shape (cells,).
        past_cells: cells of the last days before the period, −1 for rest, shape (officers,
            look_back).
        masks: which tours a primitive speaks of, shape (masks, cells).
        counted: the same for counts, which leave history out, and what each tour of them counts,
            shape (masks, days × shifts).
        ops: the programs, each there once, shape (ops, columns).
        program: which of them is each officer's, shape (officers,).
        first_op: where each program begins, shape (programs + 1,).
        is_hard: by rule, shape (rules,).
        prices: points of the first, second … unit of a rule's excess, the last one repeated, shape
            (rules, steps).
        tour_points, resting_points: what no row of `ops` tells, as in `TourPoints`.
    """

    starts: Ints
    ends: Ints
    midnights: Ints
    weekday: int
    past_starts: Ints
    past_ends: Ints
    known_from: Ints
    look_back: int
    cell_starts: Ints
    cell_ends: Ints
    past_cells: Ints
    masks: Bytes
    counted: Bytes
    ops: Numbers
    program: Ints
    first_op: Ints
    is_hard: Bytes
    prices: Ints
    tour_points: Ints
    resting_points: Ints


Weighed = tuple[tuple[Of, int], ...]
"""Selections that have no tour in common, and what each tour of them counts, up to 255."""


@dataclass
class _Pool:
    """Masks that several primitives share."""

    problem: Problem
    history: int
    masks: dict[Of, int] = field(default_factory=dict)
    counted: dict[Weighed, int] = field(default_factory=dict)

    @cached_property
    def latest_end(self) -> int:
        """Minutes from the midnight before a tour to its end, at most, and an hour for clocks."""
        shifts = (shift.start + shift.minutes for shift in self.problem.shifts)
        past = (
            tour.end - self.problem.midnight(tour.day)
            for officer in self.problem.officers
            for tour in officer.history
        )
        return 60 + max([*shifts, *past], default=0)

    def mask(self, of: Of) -> int:
        return self.masks.setdefault(of, len(self.masks))

    def count_mask(self, of: Weighed) -> int:
        return self.counted.setdefault(of, len(self.counted))

    def table(self, masks: dict[Weighed, int]) -> Bytes:
        """The period's part of masks, shape (masks, days × shifts)."""
        table = np.zeros((max(1, len(masks)), *self.problem.starts.shape), dtype=np.uint8)
        for parts, row in masks.items():
            for of, weight in parts:
                for day in days_of(of, self.problem):
                    found = [weight * of.has(tour) for tour in self.problem.tours[day]]
                    table[row, day] += np.array(found, dtype=np.uint8)
        return table.reshape(len(table), -1)

    def past(self) -> Bytes:
        """The part of `masks` about history, shape (masks, officers × history)."""
        shape = (max(1, len(self.masks)), len(self.problem.officers), self.history)
        table = np.zeros(shape, dtype=np.uint8)
        for of, row in self.masks.items():
            for index, officer in enumerate(self.problem.officers):
                for tour in officer.history:
                    table[row, index, tour.day + self.history] = of.has(tour)
        return table.reshape(len(table), -1)


def tables(problem: Problem) -> Tables:
    """Lay a problem's line rules out for compiled code."""
    history = max((-officer.known_from for officer in problem.officers), default=0)
    rules = [r for r in problem.rules if isinstance(r, LineRule) and not r.is_only_told]
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    pool = _Pool(problem, history)
    programs: dict[tuple[tuple[int, ...], ...], int] = {}
    program = []
    alone = TourPoints(problem)
    for index, officer in enumerate(problem.officers):
        said: list[_Part] = []
        for rule in on_terms_of(officer, rules):
            part = _Part(rule.is_hard)
            for primitive in rule.says(problem, officer):
                if not alone.take(index, rule, primitive):
                    part.rows += _rows(primitive, numbers[rule.code], pool)
            said.append(part)
        own = tuple(tuple(row) for row in _program(said))
        program.append(programs.setdefault(own, len(programs)))
    rows = [row for own in programs for row in own]
    origin = problem.instant(0, 0)
    past_starts, past_ends = _past(problem, history, origin)
    look_back = _look_back(rows)
    last = problem.days + max((row[Column.BEYOND] for row in rows), default=0)
    midnights = [problem.instant(day, 0) - origin for day in range(-look_back, last + 1)]
    starts, ends = problem.starts - origin, problem.ends - origin
    return Tables(
        starts=starts,
        ends=ends,
        midnights=np.array(midnights, dtype=np.int64),
        weekday=problem.first_day.weekday(),
        past_starts=past_starts,
        past_ends=past_ends,
        known_from=np.array([o.known_from for o in problem.officers], dtype=np.int64),
        look_back=look_back,
        cell_starts=np.concatenate([starts.reshape(-1), past_starts.reshape(-1)]),
        cell_ends=np.concatenate([ends.reshape(-1), past_ends.reshape(-1)]),
        past_cells=_past_cells(past_ends, look_back, starts.size),
        masks=np.concatenate([pool.table(_plain(pool.masks)), pool.past()], axis=1),
        counted=pool.table(pool.counted),
        ops=np.array(rows, dtype=np.int32).reshape(len(rows), len(Column)),
        program=np.array(program, dtype=np.int64),
        first_op=np.cumsum([0, *map(len, programs)], dtype=np.int64),
        is_hard=np.array([rule.is_hard for rule in rules], dtype=np.uint8),
        prices=price_table(rules),
        tour_points=alone.by_tour,
        resting_points=alone.resting,
    )


@dataclass
class _Part:
    """What one rule says of an officer."""

    is_hard: bool
    rows: list[list[int]] = field(default_factory=list)

    @property
    def effort(self) -> tuple[bool, int]:
        """What is looked at first is least: hard rules that take few steps."""
        kinds = [Kind(row[Column.KIND]) for row in self.rows]
        return not self.is_hard, max(map(_EFFORT.index, kinds), default=0)


_EFFORT = (
    Kind.PAIR, Kind.LONGEST, Kind.COUNT, Kind.SHORTEST, Kind.SHARE, Kind.WINDOW, Kind.EITHER,
)  # fmt: skip


def _program(said: list[_Part]) -> list[list[int]]:
    """The rows of an officer, cheap refusals first, without hard limits that others imply."""
    tightest: dict[tuple[int, ...], tuple[list[int], _Part]] = {}
    for part in said:
        for row in part.rows:
            limit = _comparable(row, part)
            if limit and (limit not in tightest or _is_tighter(row, tightest[limit][0])):
                tightest[limit] = row, part
    return [
        row
        for part in sorted(said, key=lambda part: part.effort)
        for row in part.rows
        if (limit := _comparable(row, part)) is None or tightest[limit][1] is part
    ]


def _comparable(row: list[int], part: _Part) -> tuple[int, ...] | None:
    """What two hard rows have in common of which the tighter implies the other."""
    kind = row[Column.KIND]
    is_share = any(each[Column.KIND] == Kind.SHARE for each in part.rows)
    if is_share or not part.is_hard or kind not in (Kind.PAIR, Kind.LONGEST):
        return None
    return kind, row[Column.MASK], row[Column.THEN]


def _is_tighter(row: list[int], other: list[int]) -> bool:
    side = 1 if row[Column.KIND] == Kind.PAIR else -1
    return side * (row[Column.LIMIT] - other[Column.LIMIT]) > 0


def _plain(masks: dict[Of, int]) -> dict[Weighed, int]:
    return {((of, 1),): row for of, row in masks.items()}


def _look_back(rows: Sequence[Sequence[int]]) -> int:
    """Days before the period that a primitive may have to look at."""
    reach = 1
    for row in rows:
        kind, limit = row[Column.KIND], row[Column.LIMIT]
        if kind == Kind.PAIR:
            reach = max(reach, limit // MINUTES_A_DAY + 3)
        elif kind in (Kind.LONGEST, Kind.SHORTEST):
            reach = max(reach, limit + 2)
        elif kind == Kind.WINDOW:
            reach = max(reach, row[Column.SPAN] + 1)
    return reach


def _past(problem: Problem, history: int, origin: int) -> tuple[Ints, Ints]:
    shape = (len(problem.officers), history)
    # Rest is told by an end before any instant that can matter.
    starts = np.zeros(shape, dtype=np.int64)
    ends = np.full(shape, NEVER, dtype=np.int64)
    for index, officer in enumerate(problem.officers):
        for tour in officer.history:
            starts[index, tour.day + history] = tour.start - origin
            ends[index, tour.day + history] = tour.end - origin
    return starts, ends


def _past_cells(past_ends: Ints, look_back: int, first: int) -> Ints:
    """Cells of the days just before the period; those of history begin with `first`."""
    history = past_ends.shape[1]
    numbers = first + np.arange(past_ends.size, dtype=np.int64).reshape(past_ends.shape)
    worked = np.where(past_ends == NEVER, -1, numbers)[:, max(0, history - look_back) :]
    return np.pad(worked, ((0, 0), (look_back - worked.shape[1], 0)), constant_values=-1)


NEVER = -(10**9)
"""The end of a tour that was not worked."""


def price_table(rules: Sequence[Rule]) -> Ints:
    """Points of the first, second … unit of each rule's excess, shape (rules, steps)."""
    curves = [(r.weight,) if isinstance(r.weight, int) else (r.weight or (0,)) for r in rules]
    steps = max(map(len, curves), default=1)
    rows = [[*curve, *[curve[-1]] * (steps - len(curve))] for curve in curves]
    return np.array(rows, dtype=np.int64).reshape(len(rules), steps)


def _row(rule: int, kind: Kind, **columns: int) -> list[int]:
    row = [0] * len(Column)
    row[Column.KIND], row[Column.RULE] = kind, rule
    row[Column.UNIT] = row[Column.POINTS] = row[Column.SIDE] = 1
    for name, value in columns.items():
        row[Column[name.upper()]] = value
    return row


def _rows(primitive: Primitive, rule: int, pool: _Pool) -> list[list[int]]:
    match primitive:
        case Pair():
            return [
                _row(
                    rule,
                    Kind.PAIR,
                    mask=pool.mask(primitive.first),
                    then=pool.mask(primitive.then),
                    limit=primitive.gap,
                    span=(pool.latest_end + primitive.gap) // MINUTES_A_DAY,
                    unit=primitive.unit,
                )
            ]
        case Run():
            return list(_run_rows(primitive, rule, pool))
        case Window():
            return list(_window_rows(primitive, rule, pool))
        case Either():
            options = [row for option in primitive.options for row in _rows(option, rule, pool)]
            head = _row(rule, Kind.EITHER, span=len(options), beyond=primitive.beyond)
            return [head, *options]
        case Count():
            return list(_count_rows(primitive, rule, pool))
        case Share():
            return _share_rows(primitive, rule, pool)


def _share_rows(share: Share, rule: int, pool: _Pool) -> list[list[int]]:
    """A row for the share, one for all that counts tours by themselves, and the rest."""
    by_tour = [part for part in share.parts if _weighs_tours(part)]
    rest = [part for part in share.parts if not _weighs_tours(part)]
    parts = [row for part in rest for row in _rows(part, rule, pool)]
    if by_tour:
        weighed = tuple((part.of, part.points) for part in by_tour if isinstance(part, Count))
        days = [day for of, _ in weighed for day in days_of(of, pool.problem)]
        mask, first, last = pool.count_mask(weighed), min(days, default=0), max(days, default=-1)
        parts.append(
            _row(rule, Kind.COUNT, mask=mask, limit=share.spared, first=first, last=last + 1)
        )
    points = share.points
    cap = points if share.capped else NO_CAP
    head = _row(rule, Kind.SHARE, span=len(parts), unit=share.whole, points=points, limit=cap)
    return [head, *parts]


NO_CAP = 10**9
"""More points than a share can come to."""


def _weighs_tours(part: Count | Run) -> bool:
    return (
        isinstance(part, Count)
        and (part.measure, part.most, part.least, part.unit) == ("tours", 0, None, 1)
        and part.points < 256
    )


def _run_rows(run: Run, rule: int, pool: _Pool) -> Iterator[list[int]]:
    mask = -1 if run.of is None else pool.mask(run.of)
    if run.longest is not None:
        yield _row(rule, Kind.LONGEST, mask=mask, limit=run.longest)
    if run.shortest is not None:
        yield _row(rule, Kind.SHORTEST, mask=mask, limit=run.shortest, side=-1)


def _window_rows(window: Window, rule: int, pool: _Pool) -> Iterator[list[int]]:
    for side, limit in ((1, window.most), (-1, window.least)):
        if limit is not None:
            yield _row(
                rule,
                Kind.WINDOW,
                mask=pool.mask(window.of),
                then=pool.latest_end // MINUTES_A_DAY,
                limit=limit,
                side=side,
                measure=MEASURES.index(window.measure),
                span=window.days,
                rest=window.rest,
                unit=window.unit,
                beyond=window.beyond,
            )


def _count_rows(count: Count, rule: int, pool: _Pool) -> Iterator[list[int]]:
    days = days_of(count.of, pool.problem)
    first, last = min(days, default=0), max(days, default=-1) + 1
    for side, limit in ((1, count.most), (-1, count.least)):
        if limit is not None:
            yield _row(
                rule,
                Kind.COUNT,
                mask=pool.count_mask(((count.of, 1),)),
                limit=limit,
                side=side,
                measure=MEASURES.index(count.measure),
                unit=count.unit,
                points=count.points,
                first=first,
                last=last,
            )


def days_of(of: Of, problem: Problem) -> list[int]:
    """The days of the period on which a tour of these could start, in order."""
    days = of.days
    if days is None and of.cells is not None:
        days = frozenset(day for day, _ in of.cells)
    if days is None:
        return list(range(problem.days))
    return sorted(day for day in days if 0 <= day < problem.days)
