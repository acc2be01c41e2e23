"""What the line rules say of one line, read from their tables by compiled code.

Inner functions take the arrays they need, not the whole of `Tables`: handing a tuple of arrays
on counts references for each of them, which took most of the time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rostering.compiled.jit import compiled
from rostering.compiled.program import NEVER, Bytes, Column, Ints, Kind, Tables
from rostering.problem import Choices

# Compiled code reads plain integers, not enumerations.
PAIR, LONGEST, SHORTEST, WINDOW, EITHER, SHARE = (
    int(kind)
    for kind in (Kind.PAIR, Kind.LONGEST, Kind.SHORTEST, Kind.WINDOW, Kind.EITHER, Kind.SHARE)
)
KIND, RULE, MASK, THEN, LIMIT, SIDE, MEASURE, SPAN, REST_OF, UNIT, POINTS, FIRST, LAST, BEYOND = (
    int(column) for column in Column
)
MINUTES, RESTS, WEEKENDS = 1, 2, 3
NO_LIMIT = 2**40


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
    """Room for the tours of the line in hand, shape (history + days + 1,) each, oldest first."""

    days: Ints
    cells: Ints
    starts: Ints
    ends: Ints


def room_for(tables: Tables) -> Room:
    """Room for one line at a time."""
    size = len(tables.midnights)
    return Room(*(np.zeros(size, dtype=np.int64) for _ in range(4)))


def score_lines(choices: Choices, tables: Tables) -> list[Score]:
    """Judge every line of a roster, choices of shape (officers, days)."""
    room = room_for(tables)
    return [score_line(index, row, NO_LIMIT, tables, room) for index, row in enumerate(choices)]


@compiled
def score_line(officer: int, row: Choices, most_over: int, tables: Tables, room: Room) -> Score:
    """Judge one officer's line, choices by day, shape (days,).

    Once `over` has passed `most_over` the rest is not looked at: the line is refused anyway.
    """
    size = _lay_out(officer, row, tables, room)
    known = max(tables.known_from[officer], -tables.look_back)
    days, cells, starts, ends = room.days, room.cells, room.starts, room.ends
    masks, ops = tables.masks, tables.ops
    history = tables.past_ends.shape[1]
    over = lack = points = excess = total = 0
    rule = counted = -1
    op = tables.first_op[officer]
    while op < tables.first_op[officer + 1]:
        line = ops[op]
        kind = line[KIND]
        if line[RULE] != rule:
            points += _price(rule, excess, tables.prices)
            rule, excess = line[RULE], 0
        if kind == PAIR:
            found = _pairs(line, size, days, cells, starts, ends, masks)
        elif kind in (LONGEST, SHORTEST):
            found = _runs(line, size, known, len(row), days, cells, masks)
        elif kind in (WINDOW, EITHER):
            found = _windows(
                ops, op, size, known, len(row), history, days, cells, starts, ends, masks,
                tables.midnights,
            )  # fmt: skip
        elif kind == SHARE:
            found = _share(
                ops, op, size, known, len(row), days, cells, starts, ends, masks, tables.weekday,
                tables.counted,
            )  # fmt: skip
        else:
            if not _counts_the_same(ops, op, counted):
                total = _counted(
                    line, size, days, cells, starts, ends, tables.weekday, tables.counted
                )
            counted = op
            found = _beyond(line, total) * line[POINTS]
        if not tables.is_hard[rule]:
            excess += found
        elif line[SIDE] < 0 and line[MEASURE] != RESTS:
            lack += found
        else:
            over += found
            if over > most_over:
                return Score(over, lack, points)
        op += 1 + (line[SPAN] if kind in (EITHER, SHARE) else 0)
    points += _price(rule, excess, tables.prices)
    points += _tour_points(officer, row, tables.tour_points, tables.resting_points)
    return Score(over, lack, points)


@compiled
def _beyond(line: Ints, total: int) -> int:
    """Units by which a total misses the row's limit, from above or below, rounded up."""
    return int(max(0, -((line[LIMIT] - total) * line[SIDE] // line[UNIT])))


@compiled
def _tour_points(officer: int, row: Choices, by_tour: Ints, resting: Ints) -> int:
    """Points of the tours by themselves."""
    total = resting[officer]
    for day in range(len(row)):
        if row[day] >= 0:
            total += by_tour[officer, day, row[day]]
    return int(total)


@compiled
def _lay_out(officer: int, row: Choices, tables: Tables, room: Room) -> int:
    """Put the line's tours in order; tell how many there are."""
    size = 0
    days, cells, starts, ends = room.days, room.cells, room.starts, room.ends
    history = tables.past_ends.shape[1]
    shifts = tables.starts.shape[1]
    base = len(row) * shifts + officer * history
    for index in range(max(0, history - tables.look_back), history):
        if tables.past_ends[officer, index] != NEVER:
            days[size] = index - history
            cells[size] = base + index
            starts[size] = tables.past_starts[officer, index]
            ends[size] = tables.past_ends[officer, index]
            size += 1
    for day in range(len(row)):
        shift = row[day]
        if shift >= 0:
            days[size] = day
            cells[size] = day * shifts + shift
            starts[size] = tables.starts[day, shift]
            ends[size] = tables.ends[day, shift]
            size += 1
    return size


@compiled
def _price(rule: int, excess: int, prices: Ints) -> int:
    """Points of a soft rule's whole excess on the line."""
    if rule < 0 or excess <= 0:
        return 0
    steps = prices.shape[1]
    points = 0
    for step in range(min(excess, steps)):
        points += prices[rule, step]
    if excess > steps:
        points += (excess - steps) * prices[rule, steps - 1]
    return points


@compiled
def _pairs(
    line: Ints, size: int, days: Ints, cells: Ints, starts: Ints, ends: Ints, masks: Bytes
) -> int:
    excess = 0
    gap, unit = line[LIMIT], line[UNIT]
    firsts, thens = masks[line[MASK]], masks[line[THEN]]
    for first in range(size - 1):
        earliest = ends[first] + gap
        if starts[first + 1] >= earliest or not firsts[cells[first]]:
            continue
        for then in range(first + 1, size):
            missing = earliest - starts[then]
            if missing <= 0:
                break
            if days[then] >= 0 and thens[cells[then]]:
                excess += -(-missing // unit)
    return excess


@compiled
def _runs(
    line: Ints, size: int, known: int, period: int, days: Ints, cells: Ints, masks: Bytes
) -> int:
    """Days beyond the longest run, or short of the shortest."""
    if line[KIND] == LONGEST:
        return _too_long(line, size, known, period, days, cells, masks)
    return _too_short(line, size, known, period, days, cells, masks)


@compiled
def _too_long(
    line: Ints, size: int, known: int, period: int, days: Ints, cells: Ints, masks: Bytes
) -> int:
    """Days beyond the longest run, in the period."""
    excess = length = 0
    limit, mask = line[LIMIT], line[MASK]
    tour = 0
    for day in range(known, period):
        inside = mask < 0
        if tour < size and days[tour] == day:
            inside = mask >= 0 and masks[mask, cells[tour]] != 0
            tour += 1
        length = length + 1 if inside else 0
        if length > limit and day >= 0:
            excess += 1
    return excess


@compiled
def _too_short(
    line: Ints, size: int, known: int, period: int, days: Ints, cells: Ints, masks: Bytes
) -> int:
    """Days short of the shortest run, of runs that end in the period between two known days."""
    excess = 0
    limit, mask = line[LIMIT], line[MASK]
    start = known
    tour = 0
    for day in range(known, period):
        inside = mask < 0
        if tour < size and days[tour] == day:
            inside = mask >= 0 and masks[mask, cells[tour]] != 0
            tour += 1
        if not inside:
            length = day - start
            if 0 < length < limit and start > known and day >= 0:
                excess += limit - length
            start = day + 1
    return excess


@compiled
def _share(
    ops: Ints,
    op: int,
    size: int,
    known: int,
    period: int,
    days: Ints,
    cells: Ints,
    starts: Ints,
    ends: Ints,
    masks: Bytes,
    weekday: int,
    counted: Bytes,
) -> int:
    """What the rows after it find together, as a share of a whole, in points."""
    head = ops[op]
    found = 0
    for at in range(op + 1, op + 1 + head[SPAN]):
        line = ops[at]
        if line[KIND] in (LONGEST, SHORTEST):
            found += _runs(line, size, known, period, days, cells, masks)
        else:
            total = _counted(line, size, days, cells, starts, ends, weekday, counted)
            found += _beyond(line, total) * line[POINTS]
    return int(min(-(-head[POINTS] * found // head[UNIT]), head[LIMIT]))


@compiled
def _windows(
    ops: Ints,
    op: int,
    size: int,
    known: int,
    period: int,
    history: int,
    days: Ints,
    cells: Ints,
    starts: Ints,
    ends: Ints,
    masks: Bytes,
    midnights: Ints,
) -> int:
    """Excess of every span: of the option that is kept best, where there are several."""
    options = 1
    until = period + ops[op, BEYOND]
    if ops[op, KIND] == EITHER:
        options = ops[op, SPAN]
        op += 1
    excess = 0
    length = ops[op, SPAN]
    oldest = 0
    for first in range(max(known, 1 - length), until - length + 1):
        begin = midnights[first + history]
        finish = midnights[first + history + length]
        while oldest < size and ends[oldest] <= begin and days[oldest] < first:
            oldest += 1
        least = -1
        for option in range(options):
            line = ops[op + option]
            if line[MEASURE] == RESTS:
                total = _rests(line[REST_OF], begin, finish, oldest, size, starts, ends)
            else:
                total = _sum(line, first, oldest, size, days, cells, starts, ends, masks)
            over = _beyond(line, total)
            if least < 0 or over < least:
                least = over
            if over == 0:
                break
        excess += least
    return excess


@compiled
def _sum(
    line: Ints,
    first: int,
    oldest: int,
    size: int,
    days: Ints,
    cells: Ints,
    starts: Ints,
    ends: Ints,
    masks: Bytes,
) -> int:
    total = 0
    for tour in range(oldest, size):
        if days[tour] >= first + line[SPAN]:
            break
        if days[tour] >= first and masks[line[MASK], cells[tour]]:
            total += ends[tour] - starts[tour] if line[MEASURE] == MINUTES else 1
    return total


@compiled
def _rests(
    rest: int, begin: int, finish: int, oldest: int, size: int, starts: Ints, ends: Ints
) -> int:
    """Gaps of the span that are long enough, cut off at its ends."""
    total = 0
    free_from = begin
    for tour in range(oldest, size):
        if starts[tour] >= finish:
            break
        if starts[tour] - free_from >= rest:
            total += 1
        free_from = max(free_from, ends[tour])
    if finish - free_from >= rest:
        total += 1
    return total


@compiled
def _counts_the_same(ops: Ints, op: int, other: int) -> bool:
    """Whether a count row adds up what another one did, such as its other limit."""
    if other < 0:
        return False
    return bool(
        ops[op, MASK] == ops[other, MASK]
        and ops[op, MEASURE] == ops[other, MEASURE]
        and ops[op, FIRST] == ops[other, FIRST]
        and ops[op, LAST] == ops[other, LAST]
    )


@compiled
def _counted(
    line: Ints,
    size: int,
    days: Ints,
    cells: Ints,
    starts: Ints,
    ends: Ints,
    weekday: int,
    counted: Bytes,
) -> int:
    total = 0
    week = -1
    mask = counted[line[MASK]]
    measure, first, last = line[MEASURE], line[FIRST], line[LAST]
    for tour in range(size):
        day = days[tour]
        if day < first:
            continue
        if day >= last:
            break
        if not mask[cells[tour]]:
            continue
        if measure == MINUTES:
            total += ends[tour] - starts[tour]
        elif measure == WEEKENDS:
            here = (day + weekday) // 7
            if (day + weekday) % 7 >= 5 and here != week:
                total += 1
                week = here
        else:
            total += mask[cells[tour]]
    return total
