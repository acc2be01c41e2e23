"""How a room is laid out for compiled code: tables of records, and the room that knows them.

Handing arrays from function to function counts references to each of them, which took nine tenths
of the time. So compiled code is handed the room's record alone, which holds the address and size of
every table (`memory`).
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Record: TypeAlias = Any
"""A record, whose fields compiled code reads and writes by name."""
Records: TypeAlias = npt.NDArray[np.void]

WAIT_FIRST, WAIT_STEPS = 0.5, float(1 / np.log(1.12))
WAIT_GRID: Floats = np.concatenate([[0.0], WAIT_FIRST * 1.12 ** np.arange(126)])
"""Upper ends, in seconds, of the classes in which waits are counted: none, up to half a second,
then each 12 % longer than the one before, to eight days; longer ones have a class of their own."""

CLASSES = len(WAIT_GRID) + 1

NONE = -1
"""No call, no group, no list."""


class Medium(IntEnum):
    """How work of a stream is done."""

    CALLS = 0
    CHATS = 1
    BACKLOG = 2


class Status(IntEnum):
    """What a call's record stands for."""

    FREE = 0
    WAITING = 1
    IN_HAND = 2
    LATER = 3  # hung up, calls again later
    OVER = 4  # kept until no event speaks of it


class Happens(IntEnum):
    """Kinds of events."""

    END = 0
    HANG_UP = 1
    AGAIN = 2


class Purpose(IntEnum):
    """Places of a caller's random numbers, counted from the attempt's own first place."""

    PATIENCE = 0
    HANDLING = 1  # and the next
    ACCEPTS = 3
    REACHED = 4
    CALLS_AGAIN = 5
    AFTER = 6
    TURNS = 7


PLACES = 8
"""Random numbers that one attempt of a caller may take."""


def _record(**kinds: str) -> np.dtype[np.void]:
    """A record of fields, given as the kinds of numbers and the names that have them."""
    fields = [(name, np.dtype(kind)) for kind, names in kinds.items() for name in names.split()]
    return np.dtype(fields, align=True)


CALL = _record(
    u8="key",
    f8="came work ends",
    i4="stream interval attempt status promised group desk list before after events",
)
"""A call or another piece of work.

`work`: handling seconds left, below 0 before they are drawn; `ends`: when it ends, or hangs up
where that is `unseen`; `promised`: waits for a call back; `list`, `before`, `after`: where it is
strung; `events`: how many in the heap speak of it.
"""

BELOW = 4
"""Events below each in the heap; and kinds of events that there may be."""

EVENT = _record(f8="at", i8="what")
"""What will happen to a call at an instant: its place `BELOW` times, and the kind of event."""

LIST = _record(i4="first last length")
"""Calls strung on a list."""

STREAM = _record(
    u8="key arrivals_key",
    i8="arrived interval rank urgent medium side_by_side turn_to attempts left",
    f8="next_at patience spread redial_share redial_after turn_share back_above "
    "back_accepted attempt_reached attempt_seconds",
)
"""A stream's terms, and where its arrivals have come to.

`urgent`: of a most urgent queue; `spread`: of the logarithm of handling times, below 0
where they are exponential; `interval`, `next_at`: interval and instant of the next first call;
`left`: as `Outcome` says.
"""

GROUP = _record(u8="key", i8="urgent skills idle_first idle busy desks owed", f8="present since")
"""People with the same skills.

`urgent`: they can serve the most urgent; `skills`: streams they serve; `idle_first`:
the idle go first; `busy`: everybody who is not
idle; `desks`: people at chats who stay; `owed`: how many go as soon as they are free; `present`:
mean share of those rostered who are not away; `since`: the instant up to which their time is added
up.
"""

DESK = _record(i4="stream group load leaves")
"""One person at chats: `load` of them now, 0 where nobody sits; `leaves` after these."""

CELL = _record(
    f8="rate aht within waited given_up call_back_waited",
    i4="offered first answered in_time abandoned called_back reached",
)
"""A stream in an interval: mean arrivals, handling seconds, seconds to answer in (backlog: until
it is due), and what is counted, as `Outcome`
names it, of calls that came then."""

DUTY = _record(i8="on_duty", f8="busy present")
"""A group in an interval: people rostered, and the seconds that are added up."""

ROOM = _record(
    f8="now seconds",
    i8="interval reserve warm_up used free planned seated full has_chats has_backlog unseen "
    "streams groups intervals most_calls most_events most_desks",
    u8="at_calls at_events at_lists at_streams at_groups at_desks at_cells at_duties "
    "at_days at_waits at_order at_rivals",
)
"""The room at this moment.

`seconds`: of an interval; `warm_up`: intervals that are not counted; `used`, `free`: records of
calls ever used, and the first free one; `planned`: events in the heap; `seated`: desks ever used;
`full`: the run needs more records than there are; `unseen`: nothing follows when a caller hangs up,
so that it is seen only when their turn comes, without an event. Then sizes and addresses of the
tables: cells and duties by interval, then stream or group; days, shape (intervals,); waits, shape
(days, streams, classes); order, groups that serve a stream, shape (streams, groups); rivals,
whether a stream's calls stand before another's, shape (streams, streams).
"""
