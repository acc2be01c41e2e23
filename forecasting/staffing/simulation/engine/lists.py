"""Calls strung on lists, and the pool of their records.

There is a list of those who wait per stream; then, per group, three of those whom it serves: calls,
backlog, and the calls of people whose shift is over.
"""

from __future__ import annotations

from forecasting.compiled.jit import compiled
from forecasting.staffing.simulation.engine.layout import NONE, Record, Status
from forecasting.staffing.simulation.engine.memory import call_at, list_at


@compiled
def on_calls(e: Record, group: int) -> int:
    """The list of calls that a group has in hand."""
    return int(e.streams + group)


@compiled
def on_backlog(e: Record, group: int) -> int:
    """The list of backlog that a group has in hand."""
    return int(e.streams + e.groups + group)


@compiled
def on_leaving(e: Record, group: int) -> int:
    """The list of calls after which a person of a group goes."""
    return int(e.streams + 2 * e.groups + group)


@compiled
def append(e: Record, line: int, slot: int) -> None:
    """Put a call at the end of a list."""
    call, row = call_at(e, slot), list_at(e, line)
    call.list, call.before, call.after = line, row.last, NONE
    if row.last == NONE:
        row.first = slot
    else:
        call_at(e, row.last).after = slot
    row.last = slot
    row.length += 1


@compiled
def prepend(e: Record, line: int, slot: int) -> None:
    """Put a call at the head of a list."""
    call, row = call_at(e, slot), list_at(e, line)
    call.list, call.before, call.after = line, NONE, row.first
    if row.first == NONE:
        row.last = slot
    else:
        call_at(e, row.first).before = slot
    row.first = slot
    row.length += 1


@compiled
def remove(e: Record, slot: int) -> None:
    """Take a call from the list on which it is strung."""
    call = call_at(e, slot)
    row = list_at(e, call.list)
    if call.before == NONE:
        row.first = call.after
    else:
        call_at(e, call.before).after = call.after
    if call.after == NONE:
        row.last = call.before
    else:
        call_at(e, call.after).before = call.before
    row.length -= 1
    call.list = NONE


@compiled
def new_call(e: Record) -> int:
    """A record to be filled; marks the room as full if there is none left."""
    slot = e.free
    if slot != NONE:
        e.free = call_at(e, slot).after
    elif e.used < e.most_calls:
        slot = e.used
        e.used += 1
    else:
        e.full = 1
        return 0
    call_at(e, slot).events = 0
    return int(slot)


@compiled
def release(e: Record, slot: int) -> None:
    """Give a record back unless an event still speaks of it."""
    call = call_at(e, slot)
    call.status = Status.OVER
    if call.events == 0:
        call.status = Status.FREE
        call.after = e.free
        e.free = slot
