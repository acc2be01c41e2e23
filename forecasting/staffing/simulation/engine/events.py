"""What will happen: a binary heap of instants, the next first (J. Williams, 1964)."""

from __future__ import annotations

from forecasting.compiled.jit import compiled
from forecasting.staffing.simulation.engine.layout import Record
from forecasting.staffing.simulation.engine.memory import call_at, event_at


@compiled
def plan(e: Record, at: float, slot: int, kind: int) -> None:
    """Let something happen to a call at an instant; marks the room as full if there is no room."""
    if e.planned == e.most_events:
        e.full = 1
        return
    call_at(e, slot).events += 1
    place = e.planned
    e.planned += 1
    while place > 0:
        above = (place - 1) // 2
        if event_at(e, above).at <= at:
            break
        _write(e, place, event_at(e, above))
        place = above
    event = event_at(e, place)
    event.at, event.call, event.kind = at, slot, kind


@compiled
def drop_next(e: Record) -> None:
    """Take the next event out of the heap; there must be one."""
    call_at(e, event_at(e, 0).call).events -= 1
    e.planned -= 1
    size = e.planned
    last = event_at(e, size)
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        if below + 1 < size and event_at(e, below + 1).at < event_at(e, below).at:
            below += 1
        if event_at(e, below).at >= last.at:
            break
        _write(e, place, event_at(e, below))
        place = below
    _write(e, place, last)


@compiled
def _write(e: Record, place: int, event: Record) -> None:
    """Copy an event to a place of the heap."""
    target = event_at(e, place)
    target.at, target.call, target.kind = event.at, event.call, event.kind
