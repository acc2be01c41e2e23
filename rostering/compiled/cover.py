"""Cover as tables that compiled code keeps up to date, one officer-day at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rostering.compiled.arrays import Bytes, Ints, Numbers
from rostering.compiled.jit import compiled, inlined
from rostering.cover_grid import Counting, CoverGrid, cover_weight
from rostering.problem import Choices
from rostering.rules.cover import Covered
from rostering.rules.shift_cover import ShiftCovered


class CoverTables(NamedTuple):
    """Every need of a problem, and the people there are.

    Attributes:
        first, last: first interval that a shift fills and the one after its last, shape (needs,
            days, shifts).
        counts: officers who count, shape (needs, officers).
        needs: the needs that each officer counts for, one officer after the other.
        first_need: where each officer's begin, shape (officers + 1,).
        prices: points for the first, second … missing person, the last repeats, shape (rows,
            steps).
        price: row of `prices` that holds, shape (needs, intervals).
        surplus: points for a person more than needed, shape (needs,).
        missing: people needed less people on duty now, shape (needs, intervals), padded with 0.
        shift_required, shift_short, shift_over: needs per shift and their points, shape (days,
            shifts); no points where nothing is asked.
        on_shift: officers on each shift now, shape (days, shifts).
    """

    first: Ints
    last: Ints
    counts: Bytes
    needs: Ints
    first_need: Ints
    prices: Ints
    price: Numbers
    surplus: Ints
    missing: Numbers
    shift_required: Ints
    shift_short: Ints
    shift_over: Ints
    on_shift: Ints


def cover_tables(counting: Counting, choices: Choices) -> CoverTables:
    """Lay every need out, with the people that a roster puts on duty."""
    problem, grids = counting.problem, counting.grids
    weight = cover_weight(problem, Covered)
    size = max((len(grid.cover.required) for grid in grids), default=0)
    missing = np.zeros((len(grids), size), dtype=np.int32)
    counts = np.zeros((len(grids), len(problem.officers)), dtype=np.uint8)
    for row, grid in enumerate(grids):
        needed = grid.cover.required
        missing[row, : len(needed)] = needed - grid.on_duty(choices)
        counts[row] = grid.counts
    prices, price = _prices(grids, size)
    shift_required, shift_short, shift_over = _shift_needs(counting)
    shape = (len(grids), *problem.starts.shape)
    return CoverTables(
        first=np.array([grid.first for grid in grids], dtype=np.int64).reshape(shape),
        last=np.array([grid.last for grid in grids], dtype=np.int64).reshape(shape),
        counts=counts,
        needs=np.ascontiguousarray(np.nonzero(counts.T)[1]),
        first_need=np.cumsum([0, *counts.sum(axis=0, dtype=np.int64)]),
        prices=prices * weight,
        price=price,
        surplus=np.array([g.cover.surplus_points * weight for g in grids], dtype=np.int64),
        missing=missing,
        shift_required=shift_required,
        shift_short=shift_short,
        shift_over=shift_over,
        on_shift=counting.on_shifts(choices),
    )


def _prices(grids: Sequence[CoverGrid], size: int) -> tuple[Ints, Numbers]:
    """Rows of prices of all needs in one table, and which of them holds, padded with 0."""
    steps = max((grid.prices.rows.shape[1] for grid in grids), default=1)
    tables = [np.zeros((0, steps), dtype=np.int64)]
    price = np.zeros((len(grids), size), dtype=np.int32)
    for need, grid in enumerate(grids):
        rows, row = grid.prices.rows, grid.prices.row
        price[need, : len(row)] = row + sum(map(len, tables))
        tables.append(np.pad(rows, ((0, 0), (0, steps - rows.shape[1])), mode="edge"))
    return np.concatenate(tables), price


def _shift_needs(counting: Counting) -> tuple[Ints, Ints, Ints]:
    problem = counting.problem
    weight = cover_weight(problem, ShiftCovered)
    tables = np.zeros((3, *problem.starts.shape), dtype=np.int64)
    for need in problem.shift_cover:
        cell = (slice(None), need.day, problem.shift_index[need.shift])
        tables[cell] = (
            need.required,
            need.shortage_points * weight,
            need.surplus_points * weight,
        )
    return tables[0], tables[1], tables[2]


@compiled
def put(officer: int, day: int, shift: int, number: int, cover: CoverTables) -> int:
    """Put an officer on a shift (`number` 1) or take the officer off it (−1); points it costs."""
    if number > 0:
        return change(officer, day, -1, shift, cover)
    return change(officer, day, shift, -1, cover)


@inlined
def change(officer: int, day: int, before: int, after: int, cover: CoverTables) -> int:
    """Let an officer do something else on a day, −1 for rest; points it costs."""
    points = _on_shifts(day, before, after, cover)
    for at in range(cover.first_need[officer], cover.first_need[officer + 1]):
        points += _change_need(cover.needs[at], day, before, after, cover)
    return points


@inlined
def exchange(one: int, other: int, day: int, mine: int, theirs: int, cover: CoverTables) -> int:
    """Let two officers do what the other does; needs that both count for stay as they are.

    Args:
        one: an officer.
        other: another one.
        day: the day.
        mine: what the first one has done.
        theirs: what the other one has done.
        cover: the tables.

    Returns:
        points it costs.
    """
    points = 0
    for need in range(len(cover.counts)):
        if cover.counts[need, one] == cover.counts[need, other]:
            continue
        if cover.counts[need, one]:
            points += _change_need(need, day, mine, theirs, cover)
        else:
            points += _change_need(need, day, theirs, mine, cover)
    return points


@inlined
def _change_need(need: int, day: int, before: int, after: int, cover: CoverTables) -> int:
    """Change one need by the intervals that only one of two shifts fills."""
    first = last = then_first = then_last = 0
    if before >= 0:
        first, last = cover.first[need, day, before], cover.last[need, day, before]
    if after >= 0:
        then_first, then_last = cover.first[need, day, after], cover.last[need, day, after]
    if max(first, then_first) < min(last, then_last):  # what both fill stays as it is
        then_first, last = last, then_first
    points = 0
    for part in range(2):
        begin, finish, number = (first, last, -1) if part == 0 else (then_first, then_last, 1)
        if begin > finish:
            begin, finish, number = finish, begin, -number
        points += _add(need, begin, finish, number, cover)
    return points


@inlined
def _add(need: int, first: int, last: int, number: int, cover: CoverTables) -> int:
    """Add a person, or take one away, from an interval to before another; points it costs."""
    steps = cover.prices.shape[1]
    points = 0
    for interval in range(first, last):
        missing = cover.missing[need, interval]
        cover.missing[need, interval] = missing - number
        person = missing if number > 0 else missing + 1
        if person > 0:
            points -= number * cover.prices[cover.price[need, interval], min(person, steps) - 1]
        else:
            points += number * cover.surplus[need]
    return points


@inlined
def _on_shifts(day: int, before: int, after: int, cover: CoverTables) -> int:
    """Count who is on which shift; points it costs."""
    points = 0
    if before >= 0:
        short = cover.shift_required[day, before] - cover.on_shift[day, before]
        cover.on_shift[day, before] -= 1
        points += _shift_points(cover, day, before, short + 1)
        points -= _shift_points(cover, day, before, short)
    if after >= 0:
        short = cover.shift_required[day, after] - cover.on_shift[day, after]
        cover.on_shift[day, after] += 1
        points += _shift_points(cover, day, after, short - 1)
        points -= _shift_points(cover, day, after, short)
    return points


@inlined
def _shift_points(cover: CoverTables, day: int, shift: int, short: int) -> int:
    if short > 0:
        return int(short * cover.shift_short[day, shift])
    return int(-short * cover.shift_over[day, shift])
