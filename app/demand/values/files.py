"""What a file of counts says: how its columns are read, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from app.demand.values.counts import Figures

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
        category: header of the column that names the category of calls; None where there is none.
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
    category: str | None = None

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
    category: str = ""


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
        divided: how calls divide among categories, a sentence for each queue with any.
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
    divided: tuple[str, ...] = ()
