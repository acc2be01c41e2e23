"""What a move changes in one officer's line, read from the days that it touches.

Of each row of the program is kept what it finds now, and of each count what it adds up to, so that
a move is judged by what the rows find on its days before and after, not by the whole line again.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rostering.compiled.arrays import Bytes, Ints, Numbers
from rostering.compiled.evaluate import judged, lay_out
from rostering.compiled.jit import compiled, inlined
from rostering.compiled.program import Tables
from rostering.compiled.rows import (
    COUNT,
    KIND,
    LONGEST,
    MASK,
    PAIR,
    POINTS,
    RULE,
    SHARE,
    SHORTEST,
    SPAN,
    THEN,
    asks_for_more,
    beyond,
    counted,
    counts_the_same,
    found_in,
    is_in,
    price,
    rows_of,
    share_of,
)
from rostering.problem import Choices


class Standing(NamedTuple):
    """The lines of a roster and what each row of their programs finds.

    What is found is of the lines without the move; it follows when the move is kept.

    Attributes:
        cells: the lines without and with the move in hand, shape (2, officers, look_back + days).
        first: where each officer's rows begin in what follows, shape (officers + 1,).
        found: what each row of each officer finds.
        totals: what each count row of each officer adds up to.
        new_found, new_totals: the same with the move, of one officer and another, shape (2, rows
            of the longest program).
    """

    cells: Ints
    first: Ints
    found: Ints
    totals: Ints
    new_found: Ints
    new_totals: Ints


def standing_of(choices: Choices, tables: Tables) -> Standing:
    """Lay the lines of a roster out, choices of shape (officers, days), and judge them."""
    cells = np.zeros((2, len(choices), tables.look_back + choices.shape[1]), dtype=np.int64)
    for officer, row in enumerate(choices):
        lay_out(officer, row, tables.past_cells, tables.starts.shape[1], cells[0, officer])
    cells[1] = cells[0]
    rows = np.diff(tables.first_op)
    first = np.cumsum([0, *rows[tables.program]], dtype=np.int64)
    standing = Standing(
        cells=cells,
        first=first,
        found=np.zeros(first[-1], dtype=np.int64),
        totals=np.zeros(first[-1], dtype=np.int64),
        new_found=np.zeros((2, rows.max(initial=0)), dtype=np.int64),
        new_totals=np.zeros((2, rows.max(initial=0)), dtype=np.int64),
    )
    for officer in range(len(choices)):
        _judge(officer, tables, standing)
    return standing


@compiled
def _judge(officer: int, tables: Tables, standing: Standing) -> None:
    """Note what each row of an officer's program finds."""
    cells, ops = standing.cells[0, officer], tables.ops
    program, at = tables.program[officer], standing.first[officer]
    for op in range(tables.first_op[program], tables.first_op[program + 1]):
        if ops[op, KIND] == COUNT:
            standing.totals[at] = counted(
                ops, op, 0, len(cells), cells, tables.look_back, tables.cell_starts,
                tables.cell_ends, tables.weekday, tables.counted,
            )  # fmt: skip
        standing.found[at] = judged(officer, op, cells, tables)
        at += 1


@inlined
def change_of_limits(
    officer: int,
    slot: int,
    first: int,
    last: int,
    is_lawful: bool,
    tables: Tables,
    standing: Standing,
) -> tuple[int, int]:
    """What the move in hand changes in the hard limits of one line, as `over` and `lack`.

    Args:
        officer: whose line.
        slot: row of `new_found`, where it is noted for `keep_line`.
        first: the first place that the move touches.
        last: the place after the last.
        is_lawful: whether the line breaks no limit from above now; the rest is not looked at once
            it would.
        tables: the line rules.
        standing: the lines.
    """
    ops, found = tables.ops, standing.found
    program = tables.program[officer]
    op, end = tables.first_op[program], tables.first_priced[program]
    shift = standing.first[officer] - op  # from a row of the program to what it finds
    over = lack = 0
    while op < end:
        new = _changed(officer, slot, op, first, last, tables, standing)
        more = new - found[op + shift]
        if asks_for_more(ops, op):
            lack += more
        else:
            over += more
            if is_lawful and over > 0:
                break
        op += rows_of(ops, op)
    return over, lack


@inlined
def change_of_points(
    officer: int, slot: int, first: int, last: int, tables: Tables, standing: Standing
) -> int:
    """What the move in hand changes in the points of one line; as `change_of_limits`."""
    ops, prices, found = tables.ops, tables.prices, standing.found
    program = tables.program[officer]
    op, end = tables.first_priced[program], tables.first_op[program + 1]
    shift = standing.first[officer] - tables.first_op[program]
    points = was = now = 0
    rule = -1
    while op < end:
        if ops[op, RULE] != rule:
            if now != was:
                points += price(rule, now, prices) - price(rule, was, prices)
            rule = ops[op, RULE]
            was = now = 0
        was += found[op + shift]
        now += _changed(officer, slot, op, first, last, tables, standing)
        op += rows_of(ops, op)
    if now != was:
        points += price(rule, now, prices) - price(rule, was, prices)
    return int(points + _tour_points(officer, first, last, standing.cells, tables))


@inlined
def _changed(
    officer: int,
    slot: int,
    op: int,
    first: int,
    last: int,
    tables: Tables,
    standing: Standing,
) -> int:
    """What a row, with those that it stands for, finds with the move; noted."""
    ops = tables.ops
    if ops[op, KIND] != SHARE:
        return _changed_alone(officer, slot, op, first, last, tables, standing)
    found = 0
    for part in range(op + 1, op + 1 + ops[op, SPAN]):
        found += _changed_alone(officer, slot, part, first, last, tables, standing)
    found = share_of(ops, op, found)
    standing.new_found[slot, op - tables.first_op[tables.program[officer]]] = found
    return found


@inlined
def _changed_alone(
    officer: int,
    slot: int,
    op: int,
    first: int,
    last: int,
    tables: Tables,
    standing: Standing,
) -> int:
    ops, base = tables.ops, tables.look_back
    row = op - tables.first_op[tables.program[officer]]
    at = standing.first[officer] + row
    new = standing.found[at]
    if ops[op, KIND] == COUNT:
        total = standing.totals[at]
        if row > 0 and ops[op - 1, KIND] == COUNT and counts_the_same(ops, op, op - 1):
            total += standing.new_totals[slot, row - 1] - standing.totals[at - 1]
        else:
            for side in range(2):
                total += (2 * side - 1) * counted(
                    ops, op, first, last, standing.cells[side, officer], base, tables.cell_starts,
                    tables.cell_ends, tables.weekday, tables.counted,
                )  # fmt: skip
        standing.new_totals[slot, row] = total
        new = beyond(ops, op, total) * ops[op, POINTS]
    elif _touches(ops, op, first, last, officer, standing.cells, tables.masks):
        known = base + max(tables.known_from[officer], -base)
        for side in range(0 if new > 0 else 1, 2):
            new += (2 * side - 1) * found_in(
                ops, op, first, last, standing.cells[side, officer], base, known,
                tables.cell_starts, tables.cell_ends, tables.masks, tables.midnights,
            )  # fmt: skip
    standing.new_found[slot, row] = new
    return int(new)


@inlined
def _touches(
    ops: Numbers, op: int, first: int, last: int, officer: int, cells: Ints, masks: Bytes
) -> bool:
    """Whether a move can change what a row, no count, finds: false only where it cannot."""
    kind, mask = ops[op, KIND], ops[op, MASK]
    if kind not in (PAIR, LONGEST, SHORTEST):
        return True
    for place in range(first, last):
        one, other = cells[0, officer, place], cells[1, officer, place]
        if one == other:
            continue
        if kind == PAIR:
            then = ops[op, THEN]
            if one >= 0 and (masks[mask, one] or masks[then, one]):
                return True
            if other >= 0 and (masks[mask, other] or masks[then, other]):
                return True
        elif is_in(one, mask, masks) != is_in(other, mask, masks):
            return True
    return False


@inlined
def _tour_points(officer: int, first: int, last: int, cells: Ints, tables: Tables) -> int:
    """What the tours of a stretch change by themselves."""
    shifts, points = tables.starts.shape[1], 0
    for place in range(max(first, tables.look_back), last):
        before, after = cells[0, officer, place], cells[1, officer, place]
        if before == after:
            continue
        day = place - tables.look_back
        if after >= 0:
            points += tables.tour_points[officer, day, after - day * shifts]
        if before >= 0:
            points -= tables.tour_points[officer, day, before - day * shifts]
    return int(points)


@inlined
def keep_line(officer: int, slot: int, first: int, last: int, standing: Standing) -> None:
    """Keep a move in one line: what its rows find now, and its cells."""
    at = standing.first[officer]
    for row in range(standing.first[officer + 1] - at):
        standing.found[at + row] = standing.new_found[slot, row]
        standing.totals[at + row] = standing.new_totals[slot, row]
    for place in range(first, last):
        standing.cells[0, officer, place] = standing.cells[1, officer, place]
