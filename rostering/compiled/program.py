"""Line rules laid out as tables that compiled code can walk: one row per primitive.

A program is made of `Op` rows, grouped by officer and, within an officer, by rule, so that the
points of a rule's whole excess on a line can be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from rostering.compiled.arrays import Bytes, Ints, Numbers
from rostering.compiled.ops import Column, Kind, Masks, rows_of
from rostering.compiled.tour_points import TourPoints
from rostering.problem import MINUTES_A_DAY, Problem
from rostering.rules.base import LineRule, Rule, on_terms_of


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
        first_priced: where the priced rules of each begin, after the hard ones, shape (programs,).
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
    first_priced: Ints
    is_hard: Bytes
    prices: Ints
    tour_points: Ints
    resting_points: Ints


def tables(problem: Problem) -> Tables:
    """Lay a problem's line rules out for compiled code."""
    history = max((-officer.known_from for officer in problem.officers), default=0)
    rules = [r for r in problem.rules if isinstance(r, LineRule) and not r.is_only_told]
    masks = Masks(problem, history)
    alone = TourPoints(problem)
    programs, program = _programs(problem, rules, masks, alone)
    rows = [row for own in programs for row in own]
    first_op = np.cumsum([0, *map(len, programs)], dtype=np.int64)
    hard = [rule.is_hard for rule in rules]
    limits = [sum(hard[row[Column.RULE]] for row in own) for own in programs]
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
        masks=masks.whole(),
        counted=masks.counts(),
        ops=np.array(rows, dtype=np.int32).reshape(len(rows), len(Column)),
        program=np.array(program, dtype=np.int64),
        first_op=first_op,
        first_priced=first_op[:-1] + np.array(limits, dtype=np.int64),
        is_hard=np.array(hard, dtype=np.uint8),
        prices=price_table(rules),
        tour_points=alone.by_tour,
        resting_points=alone.resting,
    )


def _programs(
    problem: Problem, rules: Sequence[LineRule], masks: Masks, alone: TourPoints
) -> tuple[list[tuple[tuple[int, ...], ...]], list[int]]:
    """The programs that there are, and which of them is each officer's."""
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    programs: dict[tuple[tuple[int, ...], ...], int] = {}
    program = []
    for index, officer in enumerate(problem.officers):
        said: list[_Part] = []
        for rule in on_terms_of(officer, rules):
            part = _Part(rule.is_hard)
            for primitive in rule.says(problem, officer):
                if not alone.take(index, rule, primitive):
                    part.rows += rows_of(primitive, numbers[rule.code], masks)
            said.append(part)
        own = tuple(tuple(row) for row in _program(said))
        program.append(programs.setdefault(own, len(programs)))
    return list(programs), program


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
