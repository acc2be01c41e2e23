"""Records of a room's tables, found by the addresses that the room's record holds.

Nothing here checks a bound: places come from the room's own lists and counts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import carray  # type: ignore[attr-defined]
from numba.core import cgutils, types
from numba.extending import intrinsic

from forecasting.compiled.jit import compiled
from forecasting.staffing.simulation.engine.layout import (
    CALL,
    CELL,
    CLASSES,
    DESK,
    DUTY,
    EVENT,
    GROUP,
    LIST,
    STREAM,
    Record,
)

NUMBER = np.dtype(np.int64)
COUNT = np.dtype(np.int32)


def _typed(_: Any, address: Any) -> Any:
    """Says to the compiler what `_pointer` takes and gives, and how."""

    def written(_: Any, builder: Any, __: Any, values: Any) -> Any:
        return builder.inttoptr(values[0], cgutils.voidptr_t)

    return types.voidptr(address), written


_pointer: Any = intrinsic(_typed)
"""An address as the pointer that it is."""


@compiled
def call_at(e: Record, place: int) -> Record:
    """A call."""
    return carray(_pointer(e.at_calls), (e.most_calls,), CALL)[place]


@compiled
def event_at(e: Record, place: int) -> Record:
    """An event of the heap."""
    return carray(_pointer(e.at_events), (e.most_events,), EVENT)[place]


@compiled
def list_at(e: Record, place: int) -> Record:
    """A list of calls."""
    return carray(_pointer(e.at_lists), (e.streams + 3 * e.groups,), LIST)[place]


@compiled
def stream_at(e: Record, place: int) -> Record:
    """A stream."""
    return carray(_pointer(e.at_streams), (e.streams,), STREAM)[place]


@compiled
def group_at(e: Record, place: int) -> Record:
    """A group."""
    return carray(_pointer(e.at_groups), (e.groups,), GROUP)[place]


@compiled
def desk_at(e: Record, place: int) -> Record:
    """A desk."""
    return carray(_pointer(e.at_desks), (e.most_desks,), DESK)[place]


@compiled
def cell_at(e: Record, interval: int, stream: int) -> Record:
    """A stream in an interval."""
    return carray(_pointer(e.at_cells), (e.intervals, e.streams), CELL)[interval, stream]


@compiled
def duty_at(e: Record, interval: int, group: int) -> Record:
    """A group in an interval."""
    return carray(_pointer(e.at_duties), (e.intervals, e.groups), DUTY)[interval, group]


@compiled
def order_at(e: Record, stream: int, place: int) -> int:
    """The `place`-th group that serves a stream."""
    return int(carray(_pointer(e.at_order), (e.streams, e.groups), NUMBER)[stream, place])


@compiled
def is_rival(e: Record, stream: int, other: int) -> bool:
    """Whether another stream's calls stand before a stream's."""
    return bool(carray(_pointer(e.at_rivals), (e.streams, e.streams), NUMBER)[stream, other])


@compiled
def count_wait(e: Record, interval: int, stream: int, kind: int) -> None:
    """Count a wait in the day of an interval."""
    day: int = carray(_pointer(e.at_days), (e.intervals,), NUMBER)[interval]
    carray(_pointer(e.at_waits), (day + 1, e.streams, CLASSES), COUNT)[day, stream, kind] += 1
