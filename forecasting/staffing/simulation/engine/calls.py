"""Calls: they come, wait or are taken, end, or hang up and perhaps call again."""

from __future__ import annotations

import math

from forecasting.compiled.jit import compiled
from forecasting.staffing.simulation.engine.draws import exponential, normal, uniform
from forecasting.staffing.simulation.engine.events import plan
from forecasting.staffing.simulation.engine.layout import (
    NONE,
    PLACES,
    WAIT_FIRST,
    WAIT_GRID,
    WAIT_STEPS,
    Happens,
    Medium,
    Purpose,
    Record,
    Status,
)
from forecasting.staffing.simulation.engine.lists import (
    append,
    on_backlog,
    on_calls,
    on_leaving,
    release,
    remove,
)
from forecasting.staffing.simulation.engine.memory import (
    call_at,
    cell_at,
    count_wait,
    desk_at,
    group_at,
    is_rival,
    list_at,
    order_at,
    stream_at,
)
from forecasting.staffing.simulation.engine.people import (
    desk_for,
    free_person,
    open_desk,
    person_for,
    put_down,
    settle,
)


@compiled
def arrive(e: Record, slot: int) -> None:
    """Let a call reach the room: somebody takes it, or it waits."""
    call = call_at(e, slot)
    call.came, call.interval = e.now, e.interval
    call.work, call.promised, call.list, call.desk = -1.0, 0, NONE, NONE
    row = cell_at(e, call.interval, call.stream)
    row.offered += 1
    if call.attempt == 0:
        row.first += 1
    if not _try(e, slot):
        _wait(e, slot)


@compiled
def _try(e: Record, slot: int) -> bool:
    """Begin a call if somebody may take it now."""
    stream = call_at(e, slot).stream
    if stream_at(e, stream).medium == Medium.CHATS:
        desk = desk_for(e, stream)
        if desk != NONE:
            _begin(e, slot, desk_at(e, desk).group, desk)
            return True
    group = person_for(e, stream)
    if group == NONE:
        return False
    if group_at(e, group).idle == 0:
        put_down(e, group)
    _begin(e, slot, group, NONE)
    return True


@compiled
def serve_waiting(e: Record) -> None:
    """Begin all that waits and that somebody may take: most urgent first, then who came first."""
    barred = 0  # a bit per stream whose next call nobody may take
    while not _all_busy(e):
        best = NONE
        for stream in range(e.streams):
            if e.unseen:
                drop_gone(e, stream)
            if list_at(e, stream).length == 0 or barred >> stream & 1:
                continue
            if best == NONE or _before(e, stream, best):
                best = stream
        if best == NONE:
            return
        slot = list_at(e, best).first
        if _try(e, slot):
            barred = 0
        else:
            barred |= 1 << best


@compiled
def drop_gone(e: Record, stream: int) -> None:
    """Take from the head of a stream's line who hung up before now."""
    if stream_at(e, stream).patience == math.inf:
        return
    while list_at(e, stream).length:
        slot = list_at(e, stream).first
        if call_at(e, slot).ends >= e.now:
            return
        count_gone(e, slot)


@compiled
def count_gone(e: Record, slot: int) -> None:
    """Count a caller who hung up unseen, and forget them."""
    call = call_at(e, slot)
    row = cell_at(e, call.interval, call.stream)
    row.abandoned += 1
    row.given_up += call.ends - call.came
    remove(e, slot)
    release(e, slot)


@compiled
def _all_busy(e: Record) -> bool:
    """Whether nobody can take anything: all have calls in hand, and nobody is at chats or backlog.

    Where there are chats or backlog it may be so without being said.
    """
    idle = 0
    for group in range(e.groups):
        idle += group_at(e, group).idle
    return idle == 0 and not e.has_chats and not e.has_backlog


@compiled
def _before(e: Record, stream: int, other: int) -> bool:
    """Whether the first who waits in one stream stands before the first in another."""
    mine, theirs = stream_at(e, stream).rank, stream_at(e, other).rank
    if mine != theirs:
        return bool(mine < theirs)
    return bool(
        call_at(e, list_at(e, stream).first).came < call_at(e, list_at(e, other).first).came
    )


@compiled
def _wait(e: Record, slot: int) -> None:
    """Let a call wait: it may be promised a call back, or hang up when its patience ends."""
    call = call_at(e, slot)
    stream = stream_at(e, call.stream)
    first = PLACES * call.attempt
    if (
        stream.back_accepted > 0.0
        and _expected_wait(e, call.stream) >= stream.back_above
        and uniform(call.key, first + Purpose.ACCEPTS) <= stream.back_accepted
    ):
        call.promised = 1
        cell_at(e, call.interval, call.stream).called_back += 1
    call.status = Status.WAITING
    append(e, call.stream, slot)
    if not call.promised and stream.patience < math.inf:
        until = call.came + stream.patience * exponential(call.key, first + Purpose.PATIENCE)
        if e.unseen:
            call.ends = until
        else:
            plan(e, until, slot, Happens.HANG_UP)


@compiled
def _expected_wait(e: Record, stream: int) -> float:
    """What a room can tell a caller: the work that stands before the call, over the people.

    The estimator by queue length of R. Ibrahim and W. Whitt, Manufacturing & Service Operations
    Management 11 (2009).
    """
    people = 0
    for place in range(e.groups):
        group = order_at(e, stream, place)
        if group == NONE:
            break
        people += group_at(e, group).busy + group_at(e, group).idle
    if people == 0:
        return math.inf
    interval = e.interval
    work = cell_at(e, interval, stream).aht
    for other in range(e.streams):
        if is_rival(e, stream, other):
            work += list_at(e, other).length * cell_at(e, interval, other).aht
    return float(work / people)


@compiled
def _begin(e: Record, slot: int, group: int, desk: int) -> None:
    """Have a person of a group, or one who sits at chats already, take a call."""
    call, people = call_at(e, slot), group_at(e, group)
    stream = stream_at(e, call.stream)
    if call.list != NONE:
        remove(e, slot)
    if desk == NONE:
        settle(e, group)
        people.idle -= 1
        people.busy += 1
        if stream.medium == Medium.CHATS:
            desk = open_desk(e, group, call.stream)
    if call.work < 0.0:
        call.work = _handling(e, slot)
        if call.promised:
            _call_back(e, slot)
        elif stream.medium != Medium.BACKLOG:
            _answered(e, slot)
    now = e.now
    call.status, call.group, call.desk, call.ends = Status.IN_HAND, group, desk, now + call.work
    if stream.medium == Medium.CHATS:
        desk_at(e, desk).load += 1
    elif stream.medium == Medium.BACKLOG:
        append(e, on_backlog(e, group), slot)
    else:
        append(e, on_calls(e, group), slot)
    plan(e, call.ends, slot, Happens.END)


@compiled
def _handling(e: Record, slot: int) -> float:
    """Seconds that a call takes."""
    call = call_at(e, slot)
    spread, place = stream_at(e, call.stream).spread, PLACES * call.attempt + Purpose.HANDLING
    mean = cell_at(e, call.interval, call.stream).aht
    if spread < 0.0:
        return float(mean * exponential(call.key, place))
    return float(mean * math.exp(spread * normal(call.key, place) - spread * spread / 2.0))


@compiled
def _call_back(e: Record, slot: int) -> None:
    """Try to reach a caller who was promised a call back; what attempts cost is added to work."""
    call = call_at(e, slot)
    stream = stream_at(e, call.stream)
    failed, reached = 0, stream.attempt_reached
    if reached < 1.0:
        chance = uniform(call.key, PLACES * call.attempt + Purpose.REACHED)
        # Attempts fail in a row with the powers of 1 − reached.
        limit = 1.0 - reached
        while failed < stream.attempts and chance <= limit:
            failed += 1
            limit *= 1.0 - reached
    cell_at(e, call.interval, call.stream).call_back_waited += e.now - call.came
    if failed == stream.attempts:
        call.work = 0.0
    else:
        cell_at(e, call.interval, call.stream).reached += 1
    call.work += failed * stream.attempt_seconds


@compiled
def _answered(e: Record, slot: int) -> None:
    """Count a call as answered now; backlog when it is done."""
    call = call_at(e, slot)
    waited = e.now - call.came
    row = cell_at(e, call.interval, call.stream)
    row.answered += 1
    if waited <= row.within:
        row.in_time += 1
    cell_at(e, call.interval, call.stream).waited += waited
    if call.interval >= e.warm_up:
        count_wait(e, call.interval, call.stream, _class_of(waited))


@compiled
def _class_of(waited: float) -> int:
    """The class of a wait: the first whose upper end it does not exceed.

    A logarithm says which, but for rounding; halving would take seven guesses.
    """
    if waited <= 0.0:
        return 0
    place = int(min(max(math.log(waited / WAIT_FIRST) * WAIT_STEPS, 0.0), 1e6)) + 1
    place = min(place, len(WAIT_GRID))
    while place < len(WAIT_GRID) and WAIT_GRID[place] < waited:
        place += 1
    while place > 1 and WAIT_GRID[place - 1] >= waited:
        place -= 1
    return place


@compiled
def end(e: Record, slot: int) -> None:
    """Let a call end and its person take the next."""
    call = call_at(e, slot)
    if stream_at(e, call.stream).medium == Medium.BACKLOG:
        _answered(e, slot)
    if call.desk != NONE:
        _leave_desk(e, call.desk)
    else:
        settle(e, call.group)
        leaves = call.list == on_leaving(e, call.group)
        remove(e, slot)
        if leaves:
            group_at(e, call.group).busy -= 1
        else:
            free_person(e, call.group)
    release(e, slot)
    serve_waiting(e)


@compiled
def _leave_desk(e: Record, desk: int) -> None:
    """Take one chat from a desk; after the last its person is free."""
    place = desk_at(e, desk)
    place.load -= 1
    if place.load:
        return
    settle(e, place.group)
    if place.leaves:
        group_at(e, place.group).busy -= 1
    else:
        group_at(e, place.group).desks -= 1
        free_person(e, place.group)


@compiled
def hang_up(e: Record, slot: int) -> None:
    """Let a caller give up, and perhaps call again later or turn to another queue at once."""
    call, now = call_at(e, slot), e.now
    stream = stream_at(e, call.stream)
    cell_at(e, call.interval, call.stream).abandoned += 1
    cell_at(e, call.interval, call.stream).given_up += now - call.came
    remove(e, slot)
    place = PLACES * call.attempt
    if uniform(call.key, place + Purpose.CALLS_AGAIN) <= stream.redial_share:
        call.status = Status.LATER
        call.attempt += 1
        after = stream.redial_after * exponential(call.key, place + Purpose.AFTER)
        plan(e, now + after, slot, Happens.AGAIN)
    elif uniform(call.key, place + Purpose.TURNS) <= stream.turn_share:
        call.stream = stream.turn_to
        call.attempt += 1
        arrive(e, slot)
    else:
        release(e, slot)
    if e.has_chats:
        serve_waiting(e)
