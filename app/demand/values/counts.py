"""What demand takes and gives: frozen values, free of the database.

Instants are aware and in UTC. Arrays of counts keep an instant as minutes since 1970 UTC, and
what is not known as NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

import numpy as np
import numpy.typing as npt

from app.clock import EPOCH

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]

INTERVAL_LENGTHS = (15, 30, 60)
"""Minutes that an interval may have."""


def minute(instant: datetime) -> int:
    """Minutes from 1970 UTC to an instant; a part of a minute is left out."""
    return (instant - EPOCH) // timedelta(minutes=1)


def instant(minute: int) -> datetime:
    """The instant so many minutes after 1970 UTC."""
    return EPOCH + timedelta(minutes=minute)


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of calls, such as 999 or 101.

    Attributes:
        interval_minutes: length of its intervals; None until counts come.
    """

    id: UUID
    room_id: UUID
    name: str
    version: int
    interval_minutes: int | None = None


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts of several queues, one row per queue and interval; arrays of shape (n,).

    A row may count one category of a queue's calls; there is then one of each interval.

    Attributes:
        queues: names of the queues.
        queue: place of each row's queue in `queues`.
        start: beginning of the interval, minutes since 1970 UTC.
        offered: calls offered.
        answered: calls answered, NaN where not known; None where no row knows.
        abandoned: calls abandoned, likewise.
        handled_seconds: handling time of all calls of the interval together, likewise.
        answered_in_time: calls answered within the target that the telephony counts by, likewise.
        interval_minutes: length of an interval; None to have it read from the rows.
        categories: names of the categories.
        category: place of each row's category in `categories`, −1 where it counts all calls of
            the queue; None where every row does.
    """

    queues: tuple[str, ...]
    queue: IntArray
    start: IntArray
    offered: FloatArray
    answered: FloatArray | None = None
    abandoned: FloatArray | None = None
    handled_seconds: FloatArray | None = None
    answered_in_time: FloatArray | None = None
    interval_minutes: int | None = None
    categories: tuple[str, ...] = ()
    category: IntArray | None = None

    def __len__(self) -> int:
        return len(self.start)

    @property
    def key(self) -> IntArray:
        """What each row counts and when, as a number, shape (n,)."""
        counted = self.queue
        if self.category is not None:
            counted = counted * (len(self.categories) + 1) + self.category + 1
        return counted * (1 << 40) + self.start

    @property
    def order(self) -> IntArray:
        """The rows by queue and start, shape (n,); quick where they stand in runs already."""
        return np.argsort(self.key, kind="stable")


@dataclass(frozen=True, slots=True)
class Received:
    """What a batch did: intervals that were new, differed from what was kept, or did not.

    Attributes:
        batch_id: None when it changed nothing, and so was not kept.
        categorised: counts of categories that were new or differed.
    """

    batch_id: UUID | None
    new: int
    revised: int
    unchanged: int
    categorised: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Counts that came together.

    Attributes:
        source: the door they came by.
        file_name: may be empty.
        by: the user who sent them; None for the command line.
        first: beginning of the first interval.
        last: beginning of the last interval.
    """

    id: UUID
    number: int
    room_id: UUID
    source: str
    file_name: str
    received_at: datetime
    by: UUID | None
    new: int
    revised: int
    unchanged: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of one interval; None where not known."""

    offered: int
    answered: int | None
    abandoned: int | None
    handled_seconds: float | None
    answered_in_time: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """The counts of an interval as one batch told them.

    Attributes:
        replaced_at: None for what stands now.
    """

    figures: Figures
    batch_id: UUID
    source: str
    received_at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Interval:
    """The counts of one queue and interval as they stand."""

    queue_id: UUID
    start: datetime
    figures: Figures


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in a list of intervals: by queue, in the order in which queues were made, and start.

    Attributes:
        queue: number of the queue.
        start: minutes since 1970 UTC.
    """

    queue: int
    start: int


@dataclass(frozen=True, slots=True)
class IntervalPage:
    """Some intervals; `following` is where the next page begins, None after the last."""

    intervals: tuple[Interval, ...]
    following: Bookmark | None


@dataclass(frozen=True, slots=True)
class Observed:
    """What is kept of a queue: beginnings of its first and last interval, and how many."""

    queue: Queue
    first: datetime
    last: datetime
    intervals: int


@dataclass(frozen=True, slots=True)
class DayQuality:
    """How far the counts of a queue on a local day can be believed.

    Attributes:
        expected: intervals of the day in which the queue is open, by its usual week.
        missing: those of them that were not observed; never taken as zero.
        disagreeing: calls by which answered and abandoned differ from offered, where that is more
            than a twentieth.
        unusual: why the day's total is hard to believe, as a sentence; "" when it is not.
        beyond_answered: calls told to be answered in time beyond those answered at all.
    """

    queue_id: UUID
    day: date
    expected: int
    missing: int
    disagreeing: int
    unusual: str
    beyond_answered: int = 0
