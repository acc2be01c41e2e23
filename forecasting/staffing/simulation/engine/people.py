"""People: who is free for which call, who comes and who goes at the turn of an interval."""

from __future__ import annotations

import math

from forecasting.compiled.jit import compiled
from forecasting.staffing.simulation.engine.draws import key_at, uniform
from forecasting.staffing.simulation.engine.layout import NONE, Medium, Record, Status
from forecasting.staffing.simulation.engine.lists import (
    append,
    on_backlog,
    on_calls,
    on_leaving,
    prepend,
    remove,
)
from forecasting.staffing.simulation.engine.memory import (
    call_at,
    desk_at,
    duty_at,
    group_at,
    list_at,
    order_at,
    stream_at,
)


@compiled
def settle(e: Record, group: int) -> None:
    """Add up a group's time until now; to be done before anybody begins, ends, comes or goes."""
    people, duty = group_at(e, group), duty_at(e, e.interval, group)
    passed = e.now - people.since
    people.since = e.now
    duty.busy += passed * people.busy
    duty.present += passed * (people.busy + people.idle)


@compiled
def free_person(e: Record, group: int) -> None:
    """Let a person who has ended something be idle, or go if one is owed to go."""
    people = group_at(e, group)
    people.busy -= 1
    if people.owed > 0:
        people.owed -= 1
    else:
        people.idle += 1


@compiled
def put_down(e: Record, group: int) -> None:
    """Have the backlog taken up last wait again, at the head of its list; its person is idle."""
    slot = list_at(e, on_backlog(e, group)).last
    settle(e, group)
    remove(e, slot)
    call = call_at(e, slot)
    call.work = max(call.ends - e.now, 0.0)
    call.status = Status.WAITING
    prepend(e, call.stream, slot)
    group_at(e, group).busy -= 1
    group_at(e, group).idle += 1


@compiled
def _spare(e: Record) -> int:
    """People who could take a most urgent call at once: idle, or at backlog."""
    spare = 0
    for group in range(e.groups):
        if group_at(e, group).urgent:
            spare += group_at(e, group).idle + list_at(e, on_backlog(e, group)).length
    return spare


@compiled
def person_for(e: Record, stream: int) -> int:
    """The group whose person takes a call of a stream now, `NONE` if it has to wait.

    Fewest skills first; among equals where most are idle. A call that is of no most urgent
    queue must leave the reserve; one that finds nobody idle has backlog put down.
    """
    work = stream_at(e, stream)
    kept = e.reserve > 0 and not work.urgent and work.medium != Medium.BACKLOG
    if kept:
        kept = _spare(e) <= e.reserve
    best = NONE
    for place in range(e.groups):
        group = order_at(e, stream, place)
        if group == NONE:
            break
        people = group_at(e, group)
        if people.idle <= 0 or (kept and people.urgent):
            continue
        if best != NONE and people.skills > group_at(e, best).skills:
            break
        if best == NONE or people.idle > group_at(e, best).idle:
            best = group
    if best != NONE or work.medium != Medium.CALLS or not e.has_backlog:
        return int(best)
    for place in range(e.groups):
        group = order_at(e, stream, place)
        if group == NONE:
            break
        if list_at(e, on_backlog(e, group)).length and not (kept and group_at(e, group).urgent):
            return int(group)
    return NONE


@compiled
def desk_for(e: Record, stream: int) -> int:
    """The fullest desk that has room for one more chat of a stream, `NONE` if there is none.

    No chat is added while a call waits that this person could take.
    """
    best, load = NONE, 0
    most = stream_at(e, stream).side_by_side
    for desk in range(e.seated):
        place = desk_at(e, desk)
        if place.stream != stream or place.leaves or not load < place.load < most:
            continue
        if not _call_waits(e, place.group):
            best, load = desk, place.load
    return best


@compiled
def _call_waits(e: Record, group: int) -> bool:
    """Whether a call waits that a group serves."""
    for stream in range(e.streams):
        if stream_at(e, stream).medium == Medium.CALLS and list_at(e, stream).length:
            for place in range(e.groups):
                if order_at(e, stream, place) == group:
                    return True
    return False


@compiled
def open_desk(e: Record, group: int, stream: int) -> int:
    """Seat a person of a group at chats; marks the room as full if there is no desk left."""
    desk = 0
    while desk < e.seated and desk_at(e, desk).load:
        desk += 1
    if desk == e.most_desks:
        e.full = 1
        return 0
    e.seated = max(e.seated, desk + 1)
    place = desk_at(e, desk)
    place.stream, place.group, place.load, place.leaves = stream, group, 0, 0
    group_at(e, group).desks += 1
    return desk


@compiled
def begin_interval(e: Record) -> None:
    """Let people come and go for the interval that begins.

    Of those away, whole people are drawn so that the mean is right. Who goes for good may be
    anybody present, and ends first what is in hand. Who is away, or goes where the idle go first,
    goes as soon as somebody is free.
    """
    interval = e.interval
    for group in range(e.groups):
        settle(e, group)
        people = group_at(e, group)
        key = key_at(people.key, interval)
        rostered = duty_at(e, interval, group).on_duty
        # At most 1, the number must not round up who is all there.
        here = math.ceil(rostered * people.present + uniform(key, 0)) - 1
        change = here - (people.idle + _occupied(e, group) - people.owed)
        before = duty_at(e, interval - 1, group).on_duty if interval else 0
        leaving = 0 if people.idle_first else min(before - rostered, -change)
        for number in range(max(leaving, 0)):
            _leave(e, group, uniform(key, number + 1))
        change += max(leaving, 0)
        people.owed -= change
        if people.owed < 0:
            people.idle -= people.owed
            people.owed = 0
        _pay(e, group)


@compiled
def _occupied(e: Record, group: int) -> int:
    """People of a group with something in hand who stay after it."""
    backlog, calls = list_at(e, on_backlog(e, group)).length, list_at(e, on_calls(e, group)).length
    return int(backlog + calls + group_at(e, group).desks)


@compiled
def _pay(e: Record, group: int) -> None:
    """Let those who are owed to go, go from the idle, then from backlog."""
    people = group_at(e, group)
    while people.owed > 0:
        if people.idle == 0:
            if list_at(e, on_backlog(e, group)).length == 0:
                break
            put_down(e, group)
        people.idle -= 1
        people.owed -= 1


@compiled
def _leave(e: Record, group: int, chance: float) -> None:
    """Let one person go whose shift is over: anybody of those who stay, each as likely."""
    people = group_at(e, group)
    backlog, calls = list_at(e, on_backlog(e, group)).length, list_at(e, on_calls(e, group)).length
    pick = math.ceil(chance * (people.idle + _occupied(e, group)))
    if pick <= people.idle + backlog:
        if pick > people.idle:
            put_down(e, group)
        people.idle -= 1
        return
    pick -= people.idle + backlog
    if pick <= calls:
        slot = list_at(e, on_calls(e, group)).first
        for _ in range(pick - 1):
            slot = call_at(e, slot).after
        remove(e, slot)
        append(e, on_leaving(e, group), slot)
        return
    _close(e, group, pick - calls)


@compiled
def _close(e: Record, group: int, pick: int) -> None:
    """Let the `pick`-th person of a group at chats end these and go."""
    for desk in range(e.seated):
        place = desk_at(e, desk)
        if place.load and place.group == group and not place.leaves:
            pick -= 1
            if pick == 0:
                place.leaves = 1
                group_at(e, group).desks -= 1
                return
