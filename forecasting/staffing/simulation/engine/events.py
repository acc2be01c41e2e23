"""What will happen: a heap of instants, the next first, each above four (J. Williams, 1964).

Four below each make it half as deep as two would; which of them is first is worked out rather than
branched on, since nobody can foretell it. Behind the last event stand some that never happen, so
that there are always four to be compared.
"""

from __future__ import annotations

import math

from forecasting.compiled.jit import compiled
from forecasting.staffing.simulation.engine.layout import BELOW, Record
from forecasting.staffing.simulation.engine.memory import call_at, event_at


@compiled
def plan(e: Record, at: float, slot: int, kind: int) -> None:
    """Let something happen to a call at an instant; marks the room as full if there is no room."""
    place = e.planned
    if place + BELOW >= e.most_events:
        e.full = 1
        return
    call_at(e, slot).events += 1
    e.planned = place + 1
    while place > 0:
        above = (place - 1) // BELOW
        event = event_at(e, above)
        if event.at <= at:
            break
        target = event_at(e, place)
        target.at, target.what = event.at, event.what
        place = above
    event = event_at(e, place)
    event.at, event.what = at, BELOW * slot + kind


@compiled
def drop_next(e: Record) -> None:
    """Take the next event out of the heap; there must be one."""
    call_at(e, event_at(e, 0).what // BELOW).events -= 1
    size = e.planned - 1
    e.planned = size
    last = event_at(e, size)
    at, what = last.at, last.what
    last.at = math.inf
    if size == 0:
        return
    place, below = 0, 1
    while below < size:
        near = below + (event_at(e, below + 1).at < event_at(e, below).at)
        far = below + 2 + (event_at(e, below + 3).at < event_at(e, below + 2).at)
        first = far if event_at(e, far).at < event_at(e, near).at else near
        event = event_at(e, first)
        if event.at >= at:
            break
        target = event_at(e, place)
        target.at, target.what = event.at, event.what
        place = first
        below = BELOW * place + 1
    target = event_at(e, place)
    target.at, target.what = at, what
