"""A room laid out for its runs, and set back for each."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

from forecasting.staffing.simulation.engine.draws import key_at, key_of, uniform
from forecasting.staffing.simulation.engine.layout import (
    CALL,
    CELL,
    CLASSES,
    DESK,
    DUTY,
    EVENT,
    GROUP,
    LIST,
    NONE,
    ROOM,
    STREAM,
    Floats,
    Ints,
    Medium,
    Records,
)
from forecasting.staffing.simulation.engine.loop import run
from forecasting.staffing.simulation.room import SimulatedRoom, Stream

Values = TypeVar("Values", Floats, Ints)

CALLS_AT_FIRST = 4096
"""Records of calls to begin with; a run that needs more is begun anew with twice as many."""


class Bench:
    """A room laid out once, for any number of runs.

    Args:
        room: the room.
        seed: for its random numbers.

    Attributes:
        cells: what a run counted of calls, records of shape (intervals, streams).
        duties: what it added up of people, records of shape (intervals, groups).
        waits: waits by class, shape (days, streams, classes).
        streams: records of shape (streams,).
    """

    def __init__(self, room: SimulatedRoom, seed: int) -> None:
        self._room, self._keys = room, _keys(room, seed)
        self._day = _with_warm_up(room.day, room)
        self._order = _order(room)
        self._rivals = _rivals(room, self._order)
        self._streams, self._groups = _streams(room), _groups(room, self._order)
        self.streams, self._people = self._streams.copy(), self._groups.copy()
        self._rates = [_with_warm_up(stream.calls, room) for stream in room.streams]
        self._cells, self._duties = _cells(room), _duties(room)
        self.cells, self.duties = self._cells.copy(), self._duties.copy()
        self.waits = np.zeros((int(room.day[-1]) + 1, len(room.streams), CLASSES), np.int32)
        self._lists = np.zeros(len(room.streams) + 3 * len(room.groups), LIST)
        self._lists["first"] = self._lists["last"] = NONE
        self._no_lists = self._lists.copy()
        self._record = np.zeros(1, ROOM)
        self._make_room(CALLS_AT_FIRST)

    def run(self, number: int) -> None:
        """Play the room for the `number`-th time, counted from 0."""
        self._set_back(number)
        while not run(self._record):
            self._make_room(2 * len(self._calls))
            self._set_back(number)

    def _make_room(self, calls: int) -> None:
        """Have records for so many calls at once, and twice as many events."""
        self._calls, self._events = np.zeros(calls, CALL), np.zeros(2 * calls, EVENT)
        people = sum(int(group.on_duty.max()) for group in self._room.groups)
        self._desks = np.zeros(2 * people + calls // 16, DESK)
        self._beginning = self._written_room()

    def _set_back(self, number: int) -> None:
        """Have everything as it is before a run."""
        room = self._room
        for table, fresh in (
            (self.streams, self._streams),
            (self._people, self._groups),
            (self.cells, self._cells),
            (self.duties, self._duties),
            (self._lists, self._no_lists),
            (self._record, self._beginning),
        ):
            # Byte by byte: records would be copied field by field.
            table.view(np.uint8)[...] = fresh.view(np.uint8)
        self._desks.view(np.uint8).fill(0)
        self.waits.fill(0)
        self._events["at"] = np.inf
        callers, arrivals, levels, groups = self._keys
        for place, stream in enumerate(room.streams):
            self.streams[place]["key"] = key_at(callers[place], number)
            self.streams[place]["arrivals_key"] = key_at(arrivals[place], number)
            level = _levels(stream, np.uint64(key_at(levels[place], number)), room)
            self.cells["rate"][:, place] = self._rates[place] * level[self._day]
        for place, key in enumerate(groups):
            self._people[place]["key"] = key_at(key, number)

    def _written_room(self) -> Records:
        """The room's record: its state at the beginning, sizes and addresses."""
        record, room = np.zeros(1, ROOM), self._room
        record["seconds"] = 60.0 * room.interval_minutes
        record["reserve"] = 0 if {*room.queues} == room.urgent_queues else room.reserve
        record["warm_up"], record["free"] = room.warm_up, NONE
        record["has_chats"] = np.any(self._streams["medium"] == Medium.CHATS)
        record["has_backlog"] = np.any(self._streams["medium"] == Medium.BACKLOG)
        again = ("redial_share", "turn_share", "back_accepted")
        record["unseen"] = not record["has_chats"][0] and not any(
            np.any(self._streams[name] > 0) for name in again
        )
        record["intervals"], record["streams"] = self.cells.shape
        record["groups"] = len(room.groups)
        record["most_calls"], record["most_events"] = len(self._calls), len(self._events)
        record["most_desks"] = len(self._desks)
        for name, table in self._tables().items():
            record[f"at_{name}"] = table.ctypes.data
        return record

    def _tables(self) -> dict[str, npt.NDArray[Any]]:
        """The tables whose addresses the room's record holds, by name."""
        return {
            "calls": self._calls,
            "events": self._events,
            "lists": self._lists,
            "streams": self.streams,
            "groups": self._people,
            "desks": self._desks,
            "cells": self.cells,
            "duties": self.duties,
            "days": self._day,
            "waits": self.waits,
            "order": self._order,
            "rivals": self._rivals,
        }


def _cells(room: SimulatedRoom) -> Records:
    """Streams in intervals as records, nothing counted, without the level of a run's days."""
    cells = np.zeros((room.warm_up + room.day.size, len(room.streams)), CELL)
    for place, stream in enumerate(room.streams):
        cells["within"][:, place] = _with_warm_up(stream.due_seconds, room)
        cells["aht"][:, place] = _with_warm_up(stream.aht_seconds, room)
    return cells


def _duties(room: SimulatedRoom) -> Records:
    """Groups in intervals as records, nothing added up."""
    duties = np.zeros((room.warm_up + room.day.size, len(room.groups)), DUTY)
    for place, group in enumerate(room.groups):
        duties["on_duty"][:, place] = _with_warm_up(group.on_duty, room)
    return duties


def _streams(room: SimulatedRoom) -> Records:
    """The terms of a room's streams as records."""
    records = np.zeros(len(room.streams), STREAM)
    names = [stream.name for stream in room.streams]
    ranks = sorted({stream.rank for stream in room.streams})
    for record, stream in zip(records, room.streams, strict=True):
        record["rank"] = ranks.index(stream.rank)
        record["medium"] = Medium[stream.medium.upper()]
        record["side_by_side"] = stream.side_by_side
        record["urgent"] = stream.queue in room.urgent_queues
        record["patience"] = stream.patience_seconds
        spread = stream.variation
        record["spread"] = -1.0 if spread is None else np.sqrt(np.log1p(spread**2))
        record["turn_to"] = NONE if stream.turn is None else names.index(stream.turn.to)
        record["turn_share"] = 0.0 if stream.turn is None else stream.turn.share
        if stream.redial is not None:
            record["redial_share"] = stream.redial.share
            record["redial_after"] = stream.redial.after_seconds
        if stream.call_back is not None:
            record["back_above"] = stream.call_back.above_seconds
            record["back_accepted"] = stream.call_back.accepted
            record["attempts"] = stream.call_back.attempts
            record["attempt_reached"] = stream.call_back.attempt_reached
            record["attempt_seconds"] = stream.call_back.attempt_seconds
    return records


_Keys = tuple[list[np.uint64], list[np.uint64], list[np.uint64], list[np.uint64]]


def _keys(room: SimulatedRoom, seed: int) -> _Keys:
    """Keys of callers, arrivals and days' levels by stream, and of groups.

    Groups of the same skills are told apart by their order.
    """
    names = ["\0".join(sorted(group.serves)) for group in room.groups]
    return (
        [key_of(seed, "callers", stream.name) for stream in room.streams],
        [key_of(seed, "arrivals", stream.name) for stream in room.streams],
        [key_of(seed, "levels", stream.queue) for stream in room.streams],
        [
            key_of(seed, "people", name, str(names[:place].count(name)))
            for place, name in enumerate(names)
        ],
    )


def _levels(stream: Stream, key: np.uint64, room: SimulatedRoom) -> Floats:
    """Each day's level, gamma with mean 1, by inversion, shape (days,)."""
    days = int(room.day[-1]) + 1
    levels = np.ones(days)
    there, first = np.unique(room.day, return_index=True)
    variation = stream.level_variation[first]
    vary = there[variation > 0]
    chances = np.array([uniform(key, day) for day in vary])
    shape = variation[variation > 0] ** -2
    levels[vary] = gammaincinv(shape, np.minimum(chances, 1 - 2.0**-53)) / shape
    return levels


def _groups(room: SimulatedRoom, order: Ints) -> Records:
    """A room's groups as records."""
    records = np.zeros(len(room.groups), GROUP)
    urgent = np.array([stream.queue in room.urgent_queues for stream in room.streams])
    for place, (record, group) in enumerate(zip(records, room.groups, strict=True)):
        served = np.any(order == place, axis=1)
        record["skills"] = served.sum()
        record["urgent"] = np.any(served & urgent)
        record["present"] = 1.0 - group.away
        record["idle_first"] = group.idle_leave_first
    return records


def _order(room: SimulatedRoom) -> Ints:
    """Groups that serve each stream, those that serve fewest streams first."""
    skills = [sum(s.queue in group.serves for s in room.streams) for group in room.groups]
    order = np.full((len(room.streams), len(room.groups)), NONE, np.int64)
    for row, stream in zip(order, room.streams, strict=True):
        able = [place for place, g in enumerate(room.groups) if stream.queue in g.serves]
        able.sort(key=lambda place: skills[place])
        row[: len(able)] = able
    return order


def _rivals(room: SimulatedRoom, order: Ints) -> Ints:
    """Whether a stream's calls stand before another's for somebody who serves both, as 0 or 1."""
    groups = range(len(room.groups))
    served = np.array([[group in row for group in groups] for row in order], np.bool_)
    share = (served[:, None, :] & served[None, :, :]).any(axis=2)
    ranks = np.array([stream.rank for stream in room.streams])
    return np.asarray(share & (ranks[None, :] <= ranks[:, None]), np.int64)


def _with_warm_up(values: Values, room: SimulatedRoom) -> Values:
    """Values per interval, the first repeated before it for the warm-up."""
    return np.concatenate([np.repeat(values[:1], room.warm_up), values])
