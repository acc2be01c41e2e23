"""What demand takes and gives: frozen values, free of the database.

Instants are aware and in UTC. Arrays of counts keep an instant as minutes since 1970 UTC, and
what is not known as NaN.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias
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

    def __len__(self) -> int:
        return len(self.start)

    @property
    def order(self) -> IntArray:
        """The rows by queue and start, shape (n,); quick where they stand in runs already."""
        return np.argsort(self.queue * (1 << 40) + self.start, kind="stable")


@dataclass(frozen=True, slots=True)
class Received:
    """What a batch did: intervals that were new, differed from what was kept, or did not.

    Attributes:
        batch_id: None when it changed nothing, and so was not kept.
    """

    batch_id: UUID | None
    new: int
    revised: int
    unchanged: int


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


Measured = Literal[
    "offered",
    "answered",
    "abandoned",
    "handled_seconds",
    "average_handled_seconds",
    "answered_in_time",
    "answered_in_time_of_offered",
    "answered_in_time_of_answered",
]
"""What a column of a file counts; an average is of the calls answered, and what is "of offered" or
"of answered" is a share of those, in per cent or of one."""

DayOrder = Literal["ymd", "dmy", "mdy"]
"""The order in which a date names year, month and day."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one column of a file counts; columns that measure the same add up.

    Attributes:
        column: its header.
        queue: the queue it counts, where each queue has columns of its own; None where a column
            of the file names the queue of each row.
        unit: of a duration that is written as a bare number.
    """

    column: str
    measures: Measured
    queue: str | None = None
    unit: Literal["seconds", "minutes"] = "seconds"


@dataclass(frozen=True)
class ColumnMapping:
    """How a telephony export is read.

    Attributes:
        start: header of the column with the date, or date and time, of the interval or call.
        time: header of the column with the time of day; None where `start` has it.
        queue: header of the column that names the queue; None where the measures name theirs.
        measures: the columns that count.
        rows: whether a row is an interval or a single call.
        day_order: of dates in figures.
        decimal: the decimal mark of numbers.
        clock: IANA time zone of times that are written without an offset from UTC.
        marks: whether an interval is named by its beginning or by its end.
        interval_minutes: length of an interval; None to read it from the rows (15 for calls).
        complete: for rows that are calls: whether no call of the span is missing, so that an
            interval without one was observed as zero.
        doubled_hour: how rows of the hour that the clocks repeat are told apart: by their order
            in the file, or not at all, so that they are left out.
        names: queues of the file by our names; one not named here keeps its own name, and one
            named None is left out.
    """

    start: str
    measures: tuple[Measure, ...]
    clock: str
    time: str | None = None
    queue: str | None = None
    rows: Literal["intervals", "calls"] = "intervals"
    day_order: DayOrder = "ymd"
    decimal: Literal[".", ","] = "."
    marks: Literal["start", "end"] = "start"
    interval_minutes: int | None = None
    complete: bool = False
    doubled_hour: Literal["by_order", "leave_out"] = "by_order"
    names: Mapping[str, str | None] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The mapping as plain JSON."""
        return asdict(self)

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> ColumnMapping:
        """The mapping that `document` gave."""
        measures = tuple(Measure(**each) for each in document["measures"])
        return cls(**{**document, "measures": measures})


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A column mapping kept under a name, for files with the same headers."""

    id: UUID
    room_id: UUID
    name: str
    version: int
    mapping: ColumnMapping


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent and waits to be confirmed; `data` may be packed by gzip."""

    id: UUID
    room_id: UUID
    by: UUID
    file_name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class QueueChange:
    """What a file would do to one queue.

    Attributes:
        queue: its name.
        is_new: whether the queue would be made.
        new: intervals that would be new; revised, unchanged: likewise.
        first: beginning of its first interval in the file.
        last: beginning of its last.
        gaps: intervals between them that the file does not have; they stay not observed.
    """

    queue: str
    is_new: bool
    new: int
    revised: int
    unchanged: int
    first: datetime
    last: datetime
    gaps: int


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One of the first rows of a file, as it was understood."""

    line: int
    queue: str
    start: datetime
    figures: Figures


@dataclass(frozen=True)
class Preview:
    """What a file says and would change, before anything is kept.

    Attributes:
        headers: of the file's columns.
        mapping: how it was read.
        saved_as: name of the saved mapping that was used; "" for none.
        sources: the queues of the file, by its own names.
        sample: its first rows.
        queues: what would change.
        interval_minutes: length of an interval.
        skipped: lines that were left out, by kind.
        assumed: what was guessed, each with its evidence.
        warnings: what a person should look at, as sentences.
    """

    headers: tuple[str, ...]
    mapping: ColumnMapping
    saved_as: str
    sources: tuple[str, ...]
    sample: tuple[SampleRow, ...]
    queues: tuple[QueueChange, ...]
    interval_minutes: int
    skipped: Mapping[str, int]
    assumed: tuple[str, ...]
    warnings: tuple[str, ...]
