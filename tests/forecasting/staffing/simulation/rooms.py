"""Rooms that the tests of the simulation play."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from forecasting.staffing.simulation.room import Group, SimulatedRoom, Stream

START = np.datetime64("2025-06-02T00:00", "m")


def stream(name: str, calls: npt.ArrayLike, aht: float, *, intervals: int, **terms: Any) -> Stream:
    """A stream of its own queue, with calls per interval."""
    given = {"rank": 0, "within_seconds": 20.0, "queue": name, **terms}
    times = np.full(intervals, float(aht))
    return Stream(
        name=name, calls=np.zeros(intervals) + np.asarray(calls), aht_seconds=times, **given
    )


def group(queues: str, people: npt.ArrayLike, *, intervals: int, away: float = 0.0) -> Group:
    """People per interval who serve queues, their names joined by spaces."""
    on_duty = np.zeros(intervals, np.int64) + np.asarray(people)
    return Group(frozenset(queues.split()), on_duty, away)


def room(
    streams: list[Stream], groups: list[Group], *, reserve: int = 0, warm_up: int = 0
) -> SimulatedRoom:
    """A room of quarter hours, 96 a day."""
    day = np.arange(streams[0].calls.size) // 96
    return SimulatedRoom(START, 15, day, tuple(streams), tuple(groups), reserve, warm_up)
