"""Cover as tables that compiled code keeps up to date, one officer-day at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rostering.compiled.jit import compiled
from rostering.compiled.program import Bytes, Ints
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
        required: shape (needs, intervals), padded with 0.
        prices: points for the first, second … missing person, the last repeats, shape (rows,
            steps).
        price: row of `prices` that holds, shape (needs, intervals).
        surplus: points for a person more than needed, shape (needs,).
        on_duty: people on duty now, shape (needs, intervals).
        shift_required, shift_short, shift_over: needs per shift and their points, shape (days,
            shifts); no points where nothing is asked.
        on_shift: officers on each shift now, shape (days, shifts).
    """

    first: Ints
    last: Ints
    counts: Bytes
    required: Ints
    prices: Ints
    price: Ints
    surplus: Ints
    on_duty: Ints
    shift_required: Ints
    shift_short: Ints
    shift_over: Ints
    on_shift: Ints


def cover_tables(counting: Counting, choices: Choices) -> CoverTables:
    """Lay every need out, with the people that a roster puts on duty."""
    problem, grids = counting.problem, counting.grids
    weight = cover_weight(problem, Covered)
    size = max((len(grid.cover.required) for grid in grids), default=0)
    required = np.zeros((len(grids), size), dtype=np.int64)
    on_duty = np.zeros((len(grids), size), dtype=np.int64)
    for row, grid in enumerate(grids):
        needed = grid.cover.required
        required[row, : len(needed)] = needed
        on_duty[row, : len(needed)] = grid.on_duty(choices)
    prices, price = _prices(grids, size)
    shift_required, shift_short, shift_over = _shift_needs(counting)
    shape = (len(grids), *problem.starts.shape)
    return CoverTables(
        first=np.array([grid.first for grid in grids], dtype=np.int64).reshape(shape),
        last=np.array([grid.last for grid in grids], dtype=np.int64).reshape(shape),
        counts=np.array([grid.counts for grid in grids], dtype=np.uint8).reshape(
            len(grids), len(problem.officers)
        ),
        required=required,
        prices=prices * weight,
        price=price,
        surplus=np.array([g.cover.surplus_points * weight for g in grids], dtype=np.int64),
        on_duty=on_duty,
        shift_required=shift_required,
        shift_short=shift_short,
        shift_over=shift_over,
        on_shift=counting.on_shifts(choices),
    )


def _prices(grids: Sequence[CoverGrid], size: int) -> tuple[Ints, Ints]:
    """Rows of prices of all needs in one table, and which of them holds, padded with 0."""
    steps = max((grid.prices.rows.shape[1] for grid in grids), default=1)
    tables = [np.zeros((0, steps), dtype=np.int64)]
    price = np.zeros((len(grids), size), dtype=np.int64)
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
    steps = cover.prices.shape[1]
    points = 0
    for need in range(len(cover.counts)):
        if not cover.counts[need, officer]:
            continue
        for interval in range(cover.first[need, day, shift], cover.last[need, day, shift]):
            missing = cover.required[need, interval] - cover.on_duty[need, interval]
            cover.on_duty[need, interval] += number
            person = missing if number > 0 else missing + 1
            if person > 0:  # in a function of its own this took four times as long
                row = cover.price[need, interval]
                points -= number * cover.prices[row, min(person, steps) - 1]
            else:
                points += number * cover.surplus[need]
    short = cover.shift_required[day, shift] - cover.on_shift[day, shift]
    cover.on_shift[day, shift] += number
    return (
        points
        + _shift_points(cover, day, shift, short - number)
        - _shift_points(cover, day, shift, short)
    )


@compiled
def _shift_points(cover: CoverTables, day: int, shift: int, short: int) -> int:
    if short > 0:
        return int(short * cover.shift_short[day, shift])
    return int(-short * cover.shift_over[day, shift])
