"""What one row of a program finds on a line, over any stretch of its days.

Over the whole line that is what the line breaks, over the days of a move what the move may have
changed. A line is laid out as cells, −1 for a rest day, from `look_back` days before the period on;
a *place* is an index of it.
"""

from __future__ import annotations

from rostering.compiled.arrays import Bytes, Ints, Numbers
from rostering.compiled.jit import inlined
from rostering.compiled.ops import Column, Kind

# Compiled code reads plain integers, not enumerations.
PAIR, LONGEST, SHORTEST, WINDOW, EITHER, COUNT, SHARE = (
    int(kind)
    for kind in (
        Kind.PAIR, Kind.LONGEST, Kind.SHORTEST, Kind.WINDOW, Kind.EITHER, Kind.COUNT, Kind.SHARE,
    )
)  # fmt: skip
KIND, RULE, MASK, THEN, LIMIT, SIDE, MEASURE, SPAN, REST_OF, UNIT, POINTS, FIRST, LAST, BEYOND = (
    int(column) for column in Column
)
MINUTES, RESTS, WEEKENDS = 1, 2, 3
NO_LIMIT = 2**40


@inlined
def asks_for_more(ops: Numbers, op: int) -> bool:
    """Whether a row is a limit from below that more shifts can meet."""
    return bool(ops[op, SIDE] < 0 and ops[op, MEASURE] != RESTS)


@inlined
def rows_of(ops: Numbers, op: int) -> int:
    """How many rows belong together from this one on."""
    if ops[op, KIND] == EITHER or ops[op, KIND] == SHARE:
        return int(1 + ops[op, SPAN])
    return 1


@inlined
def share_of(ops: Numbers, op: int, found: int) -> int:
    """What the rows after a share find together, as a share of its whole, in points."""
    return int(min(-(-ops[op, POINTS] * found // ops[op, UNIT]), ops[op, LIMIT]))


@inlined
def beyond(ops: Numbers, op: int, total: int) -> int:
    """Units by which a total misses the row's limit, from above or below, rounded up."""
    over = (total - ops[op, LIMIT]) * ops[op, SIDE]
    if over <= 0:
        return 0
    return int(-(-over // ops[op, UNIT]))


@inlined
def price(rule: int, excess: int, prices: Ints) -> int:
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


@inlined
def found_in(
    ops: Numbers,
    op: int,
    first: int,
    last: int,
    cells: Ints,
    base: int,
    known: int,
    starts: Ints,
    ends: Ints,
    masks: Bytes,
    midnights: Ints,
) -> int:
    """What a row, no count, finds that depends on the places from `first` to before `last`."""
    kind = ops[op, KIND]
    if kind == PAIR:
        return _pairs(ops, op, first, last, cells, base, known, starts, ends, masks)
    if kind == LONGEST:
        return _too_long(ops, op, first, last, cells, base, known, masks)
    if kind == SHORTEST:
        return _too_short(ops, op, first, last, cells, base, known, masks)
    return _windows(ops, op, first, last, cells, base, known, starts, ends, masks, midnights)


@inlined
def _pairs(
    ops: Numbers,
    op: int,
    first: int,
    last: int,
    cells: Ints,
    base: int,
    known: int,
    starts: Ints,
    ends: Ints,
    masks: Bytes,
) -> int:
    excess = 0
    gap, unit, reach = ops[op, LIMIT], ops[op, UNIT], ops[op, SPAN]
    mask, then = ops[op, MASK], ops[op, THEN]
    for place in range(max(known, first - reach), last):
        cell = cells[place]
        if cell < 0 or not masks[mask, cell]:
            continue
        earliest = ends[cell] + gap
        # Of a tour before the stretch, only pairs with those inside it depend on it.
        beyond_last = len(cells) if place >= first else last
        for other in range(place + 1, min(place + reach + 1, beyond_last)):
            after = cells[other]
            if after < 0:
                continue
            missing = earliest - starts[after]
            if missing <= 0:
                break
            if other >= base and (place >= first or other >= first) and masks[then, after]:
                excess += -(-missing // unit)
    return excess


@inlined
def is_in(cell: int, mask: int, masks: Bytes) -> bool:
    """Whether a day belongs to a run: of tours, or of rest days where the mask is −1."""
    if mask < 0:
        return cell < 0
    return cell >= 0 and masks[mask, cell] != 0


@inlined
def _run_begins(first: int, cells: Ints, known: int, mask: int, masks: Bytes) -> int:
    """Where the run begins that reaches up to a place, or the place itself."""
    place = max(first, known)
    while place > known and is_in(cells[place - 1], mask, masks):
        place -= 1
    return place


@inlined
def _too_long(
    ops: Numbers, op: int, first: int, last: int, cells: Ints, base: int, known: int, masks: Bytes
) -> int:
    """Days beyond the longest run, in the period."""
    excess = length = 0
    limit, mask = ops[op, LIMIT], ops[op, MASK]
    for place in range(_run_begins(first, cells, known, mask, masks), len(cells)):
        if is_in(cells[place], mask, masks):
            length += 1
            if length > limit and place >= base and place >= first:
                excess += 1
        else:
            length = 0
            if place >= last:
                break
    return excess


@inlined
def _too_short(
    ops: Numbers, op: int, first: int, last: int, cells: Ints, base: int, known: int, masks: Bytes
) -> int:
    """Days short of the shortest run, of runs that end in the period between two known days."""
    excess = 0
    limit, mask = ops[op, LIMIT], ops[op, MASK]
    start = _run_begins(first, cells, known, mask, masks)
    for place in range(start, len(cells)):
        if not is_in(cells[place], mask, masks):
            length = place - start
            if 0 < length < limit and start > known and place >= base:
                excess += limit - length
            start = place + 1
            if place >= last:
                break
    return excess


@inlined
def _windows(
    ops: Numbers,
    op: int,
    first: int,
    last: int,
    cells: Ints,
    base: int,
    known: int,
    starts: Ints,
    ends: Ints,
    masks: Bytes,
    midnights: Ints,
) -> int:
    """Excess of every span: of the option that is kept best, where there are several."""
    options = 1
    until = len(cells) + ops[op, BEYOND]
    if ops[op, KIND] == EITHER:
        options = ops[op, SPAN]
        op += 1
    length = ops[op, SPAN]
    excess = 0
    earliest = max(known, base + 1 - length, first - length + 1)
    # A tour of the stretch may reach into spans that begin after its day.
    latest = min(until - length, last - 1 + ops[op, THEN])
    for begin in range(earliest, latest + 1):
        least = -1
        for option in range(op, op + options):
            if ops[option, MEASURE] == RESTS:
                total = _rests(
                    ops, option, begin, cells, starts, ends, midnights[begin],
                    midnights[begin + length],
                )  # fmt: skip
            else:
                total = _sum(ops, option, begin, cells, starts, ends, masks)
            over = beyond(ops, option, total)
            if least < 0 or over < least:
                least = over
            if over == 0:
                break
        excess += least
    return excess


@inlined
def _sum(
    ops: Numbers, op: int, begin: int, cells: Ints, starts: Ints, ends: Ints, masks: Bytes
) -> int:
    total = 0
    mask, is_minutes = ops[op, MASK], ops[op, MEASURE] == MINUTES
    for place in range(begin, min(begin + ops[op, SPAN], len(cells))):
        cell = cells[place]
        if cell >= 0 and masks[mask, cell]:
            total += ends[cell] - starts[cell] if is_minutes else 1
    return total


@inlined
def _rests(
    ops: Numbers,
    op: int,
    begin: int,
    cells: Ints,
    starts: Ints,
    ends: Ints,
    from_instant: int,
    to_instant: int,
) -> int:
    """Gaps of the span that are long enough, cut off at its ends; no more than are asked."""
    total = 0
    rest, enough = ops[op, REST_OF], ops[op, LIMIT] if ops[op, SIDE] < 0 else NO_LIMIT
    free_from = from_instant
    end = min(begin + ops[op, SPAN], len(cells))
    for place in range(max(0, begin - ops[op, THEN]), end):
        cell = cells[place]
        if cell < 0:
            continue
        if starts[cell] >= to_instant:
            break
        if starts[cell] - free_from >= rest:
            total += 1
            if total >= enough:
                return total
        free_from = max(free_from, ends[cell])
    if to_instant - free_from >= rest:
        total += 1
    return total


@inlined
def counts_the_same(ops: Numbers, op: int, other: int) -> bool:
    """Whether a count row adds up what another one did, such as its other limit."""
    if other < 0:
        return False
    return bool(
        ops[op, MASK] == ops[other, MASK]
        and ops[op, MEASURE] == ops[other, MEASURE]
        and ops[op, FIRST] == ops[other, FIRST]
        and ops[op, LAST] == ops[other, LAST]
    )


@inlined
def counted(
    ops: Numbers,
    op: int,
    first: int,
    last: int,
    cells: Ints,
    base: int,
    starts: Ints,
    ends: Ints,
    weekday: int,
    counts: Bytes,
) -> int:
    """What a count row adds up over a stretch, weekends at its ends taken whole."""
    measure, mask = ops[op, MEASURE], ops[op, MASK]
    earliest, latest = base + ops[op, FIRST], base + ops[op, LAST]
    first, last = max(first, earliest), min(last, latest)
    if measure == WEEKENDS:
        return _weekends(mask, first, last, earliest, latest, cells, weekday - base, counts)
    total = 0
    for place in range(first, last):
        cell = cells[place]
        if cell >= 0 and counts[mask, cell]:
            total += ends[cell] - starts[cell] if measure == MINUTES else counts[mask, cell]
    return total


@inlined
def _weekends(
    mask: int,
    first: int,
    last: int,
    earliest: int,
    latest: int,
    cells: Ints,
    weekday: int,
    counts: Bytes,
) -> int:
    """Weekends that a stretch touches on which a tour starts; `weekday` is of place 0."""
    if first >= last:
        return 0
    if first > earliest and (first + weekday) % 7 == 6:
        first -= 1
    if last < latest and (last + weekday) % 7 == 6:
        last += 1
    total = 0
    week = -NO_LIMIT
    for place in range(first, last):
        cell = cells[place]
        if (place + weekday) % 7 >= 5 and cell >= 0 and counts[mask, cell]:
            here = (place + weekday) // 7
            if here != week:
                total += 1
                week = here
    return total
