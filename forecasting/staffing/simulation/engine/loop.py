"""The event loop of one run."""

from __future__ import annotations

import math

from forecasting.compiled.jit import compiled
from forecasting.staffing.simulation.engine.calls import (
    arrive,
    count_gone,
    end,
    hang_up,
    serve_waiting,
)
from forecasting.staffing.simulation.engine.draws import exponential, key_at
from forecasting.staffing.simulation.engine.events import drop_next
from forecasting.staffing.simulation.engine.layout import BELOW, Happens, Record, Records, Status
from forecasting.staffing.simulation.engine.lists import new_call, on_backlog, release
from forecasting.staffing.simulation.engine.memory import (
    call_at,
    cell_at,
    event_at,
    list_at,
    stream_at,
)
from forecasting.staffing.simulation.engine.people import begin_interval, settle


@compiled
def run(room: Records) -> bool:
    """Run a room from the first interval to the end of the last; False if it needs more records."""
    e = room[0]
    for stream in range(e.streams):
        _next_arrival(e, stream)
    begin_interval(e)
    turn = e.seconds
    while not e.full:
        who, at = -1, math.inf
        for stream in range(e.streams):
            if stream_at(e, stream).next_at < at:
                who, at = stream, stream_at(e, stream).next_at
        if e.planned and event_at(e, 0).at < at:
            who, at = -1, event_at(e, 0).at
        if at >= turn:
            e.now = turn
            for group in range(e.groups):
                settle(e, group)
            e.interval += 1
            if e.interval == e.intervals:
                break
            turn = e.seconds * (e.interval + 1)
            begin_interval(e)
            serve_waiting(e)
            continue
        e.now = at
        if who >= 0:
            _first_call(e, who)
        else:
            _happen(e)
    _count_left(e)
    return not e.full


@compiled
def _next_arrival(e: Record, number: int) -> None:
    """Find a stream's next arrival: exponential steps in mean arrivals, turned into instants.

    More calls shorten the steps and let the same callers come sooner.
    """
    stream = stream_at(e, number)
    step = exponential(stream.arrivals_key, stream.arrived)
    at = stream.next_at
    while stream.interval < e.intervals:
        rate = cell_at(e, stream.interval, number).rate / e.seconds
        turn = e.seconds * (stream.interval + 1)
        if step < rate * (turn - at):
            stream.next_at = at + step / rate
            return
        step -= rate * (turn - at)
        stream.interval += 1
        at = turn
    stream.next_at = math.inf


@compiled
def _first_call(e: Record, number: int) -> None:
    """Let the next caller of a stream call for the first time."""
    stream = stream_at(e, number)
    slot = new_call(e)
    call = call_at(e, slot)
    call.key = key_at(stream.key, stream.arrived)
    call.stream, call.attempt = number, 0
    stream.arrived += 1
    _next_arrival(e, number)
    arrive(e, slot)


@compiled
def _happen(e: Record) -> None:
    """Let the next event happen, unless what it speaks of has changed since."""
    what = event_at(e, 0).what
    slot, kind = what // BELOW, what % BELOW
    drop_next(e)
    call = call_at(e, slot)
    if call.status == Status.OVER:
        release(e, slot)
    elif kind == Happens.END:
        if call.status == Status.IN_HAND and call.ends == e.now:
            end(e, slot)
    elif kind == Happens.HANG_UP:
        if call.status == Status.WAITING:
            hang_up(e, slot)
    elif call.status == Status.LATER:
        arrive(e, slot)


@compiled
def _count_left(e: Record) -> None:
    """Count who waits at the end without the promise of a call back, and backlog not done."""
    for line in range(e.streams):
        if e.unseen and stream_at(e, line).patience < math.inf:
            _count_all_gone(e, line)
        _count_list(e, line)
    for group in range(e.groups):
        _count_list(e, on_backlog(e, group))


@compiled
def _count_all_gone(e: Record, line: int) -> None:
    """Count all who hung up unseen before now, also those whose turn had not come."""
    slot = list_at(e, line).first
    while slot >= 0:
        following = call_at(e, slot).after
        if call_at(e, slot).ends < e.now:
            count_gone(e, slot)
        slot = following


@compiled
def _count_list(e: Record, line: int) -> None:
    """Count the calls on a list that came after the warm-up."""
    slot = list_at(e, line).first
    while slot >= 0:
        call = call_at(e, slot)
        if not call.promised and call.interval >= e.warm_up:
            stream_at(e, call.stream).left += 1
        slot = call.after
