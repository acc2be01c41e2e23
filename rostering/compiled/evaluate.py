"""What the line rules say of one whole line: the rows of its program one after the other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rostering.compiled.arrays import Ints
from rostering.compiled.jit import compiled, inlined
from rostering.compiled.program import Tables
from rostering.compiled.rows import (
    COUNT,
    KIND,
    NO_LIMIT,
    POINTS,
    RULE,
    SHARE,
    SPAN,
    asks_for_more,
    beyond,
    counted,
    found_in,
    price,
    rows_of,
    share_of,
)
from rostering.problem import Choices


class Score(NamedTuple):
    """What the rules say of a line.

    Attributes:
        over: excess over hard limits from above, and of hard rests; adding shifts never mends it.
        lack: excess of hard limits from below, such as too few hours; adding shifts mends it.
        points: of soft rules.
    """

    over: int
    lack: int
    points: int


class Room(NamedTuple):
    """Room for the cells of the line in hand, shape (look_back + days,)."""

    cells: Ints


def room_for(tables: Tables) -> Room:
    """Room for one line at a time."""
    return Room(np.zeros(tables.look_back + len(tables.starts), dtype=np.int64))


def score_lines(choices: Choices, tables: Tables) -> list[Score]:
    """Judge every line of a roster, choices of shape (officers, days)."""
    room = room_for(tables)
    return [score_line(index, row, NO_LIMIT, tables, room) for index, row in enumerate(choices)]


def score_rows(
    officers: npt.NDArray[np.int64], rows: Choices, tables: Tables
) -> npt.NDArray[np.int64]:
    """Judge many lines at once, whoever's they are.

    Args:
        officers: whose each line is, shape (lines,).
        rows: the lines, shape (lines, days).
        tables: the rules.

    Returns:
        over, lack and points of each, as in `Score`, shape (lines, 3).
    """
    found = np.zeros((len(rows), 3), dtype=np.int64)
    _score_rows(officers, rows, tables, room_for(tables), found)
    return found


@compiled
def _score_rows(officers: Ints, rows: Choices, tables: Tables, room: Room, found: Ints) -> None:
    for index in range(len(rows)):
        score = score_line(officers[index], rows[index], NO_LIMIT, tables, room)
        found[index, 0] = score.over
        found[index, 1] = score.lack
        found[index, 2] = score.points


@compiled
def score_line(officer: int, row: Choices, most_over: int, tables: Tables, room: Room) -> Score:
    """Judge one officer's line, choices by day, shape (days,).

    Once `over` has passed `most_over` the rest is not looked at: the line is refused anyway.
    """
    cells = room.cells
    lay_out(officer, row, tables.past_cells, tables.starts.shape[1], cells)
    ops, prices = tables.ops, tables.prices
    over = lack = points = excess = 0
    rule = -1
    program = tables.program[officer]
    op = tables.first_op[program]
    while op < tables.first_op[program + 1]:
        if ops[op, RULE] != rule:
            points += price(rule, excess, prices)
            rule, excess = ops[op, RULE], 0
        found = judged(officer, op, cells, tables)
        if not tables.is_hard[rule]:
            excess += found
        elif asks_for_more(ops, op):
            lack += found
        else:
            over += found
            if over > most_over:
                return Score(over, lack, points)
        op += rows_of(ops, op)
    points += price(rule, excess, prices)
    points += _tour_points(officer, row, tables.tour_points, tables.resting_points)
    return Score(over, lack, points)


@inlined
def judged(officer: int, op: int, cells: Ints, tables: Tables) -> int:
    """What a row, with those that it stands for, finds on a whole line."""
    ops = tables.ops
    if ops[op, KIND] == SHARE:
        found = 0
        for part in range(op + 1, op + 1 + ops[op, SPAN]):
            found += _judged_alone(officer, part, cells, tables)
        return share_of(ops, op, found)
    return _judged_alone(officer, op, cells, tables)


@inlined
def _judged_alone(officer: int, op: int, cells: Ints, tables: Tables) -> int:
    ops = tables.ops
    base = tables.look_back
    if ops[op, KIND] == COUNT:
        total = counted(
            ops, op, 0, len(cells), cells, base, tables.cell_starts, tables.cell_ends,
            tables.weekday, tables.counted,
        )  # fmt: skip
        return int(beyond(ops, op, total) * ops[op, POINTS])
    known = base + max(tables.known_from[officer], -base)
    return found_in(
        ops, op, 0, len(cells), cells, base, known, tables.cell_starts, tables.cell_ends,
        tables.masks, tables.midnights,
    )  # fmt: skip


@compiled
def lay_out(officer: int, row: Choices, past_cells: Ints, shifts: int, cells: Ints) -> None:
    """Lay a line out as cells, its history first."""
    base = past_cells.shape[1]
    for place in range(base):
        cells[place] = past_cells[officer, place]
    for day in range(len(row)):
        cells[base + day] = day * shifts + row[day] if row[day] >= 0 else -1


@inlined
def _tour_points(officer: int, row: Choices, by_tour: Ints, resting: Ints) -> int:
    """Points of the tours by themselves."""
    total = resting[officer]
    for day in range(len(row)):
        if row[day] >= 0:
            total += by_tour[officer, day, row[day]]
    return int(total)
