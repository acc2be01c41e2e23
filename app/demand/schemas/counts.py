"""Queues and counts as JSON, coming in and going out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from app.demand.service import ColumnMapping, Figures, Interval, Measure, Preview, Revision
from app.web.http.schema import Answer, Strict, When

MOST_COUNTS = 5000
"""Intervals of a batch: a month of five queues by the hour, or ten days by the quarter hour."""

Name = Annotated[str, Field(min_length=1, max_length=100)]
System = Annotated[str, Field(min_length=1, max_length=64)]
Header = Annotated[str, Field(min_length=1, max_length=1000)]
Calls = Annotated[int, Field(ge=0, le=1_000_000)]
Mark = Annotated[int, Field(ge=0, le=2_000_000_000)]
Minutes = Literal[15, 30, 60]


def _in_this_age(instant: datetime) -> datetime:
    if not 1970 <= instant.year < 2200:
        raise ValueError("Give an instant of the years 1970 to 2199")
    return instant


Moment = Annotated[When, AfterValidator(_in_this_age)]
"""An instant at which counts may stand."""


class QueueInput(Strict):
    """A queue's name, unique in its control room."""

    name: Name


class QueueAnswer(Answer):
    """A queue; `interval_minutes` is null until counts come."""

    id: UUID
    name: str
    version: int
    interval_minutes: int | None


class QueueList(Answer):
    """The queues of a control room, by name."""

    queues: tuple[QueueAnswer, ...]


class OutsideInput(Strict):
    """What a system calls our queues: its identifiers, each with the id of a queue."""

    ids: Annotated[dict[str, UUID], Field(min_length=1, max_length=1000)]


class CountInput(Strict):
    """The calls of one queue and interval, `start` being its beginning.

    `queue` is our id, our name, or the identifier of the system that the batch names. With a
    `category` it counts that part of the queue's calls alone; an interval that only categories
    tell has their sum as its count.
    """

    queue: Annotated[str, Field(min_length=1, max_length=200)]
    start: Moment
    offered: Calls
    answered: Calls | None = None
    abandoned: Calls | None = None
    handled_seconds: Annotated[float, Field(ge=0, le=10_000_000_000)] | None = None
    answered_in_time: Calls | None = None
    category: Name | None = None


class CountsInput(Strict):
    """Counts that come together: all of them are kept, or none.

    `interval_minutes` is needed only where too few intervals come to tell it from.
    """

    counts: Annotated[tuple[CountInput, ...], Field(min_length=1, max_length=MOST_COUNTS)]
    interval_minutes: Minutes | None = None
    system: System | None = None


class ReceivedAnswer(Answer):
    """What a batch did, in intervals of queues; `batch_id` is null when it changed nothing.

    One that told only categories anew has a `batch_id` and nothing new or revised.
    """

    batch_id: UUID | None
    new: int
    revised: int
    unchanged: int


class FiguresAnswer(Answer):
    """The calls of an interval; null where not known.

    `answered_in_time` counts those answered within the target that the telephony counts by.
    """

    offered: int
    answered: int | None
    abandoned: int | None
    handled_seconds: float | None
    answered_in_time: int | None


class CountAnswer(FiguresAnswer):
    """The calls of one queue and interval as they stand."""

    queue_id: UUID
    start: When

    @classmethod
    def of(cls, interval: Interval) -> CountAnswer:
        """The interval as an answer."""
        return cls(queue_id=interval.queue_id, start=interval.start, **_figures(interval.figures))


class CountList(Answer):
    """Counts by queue and start; `changed` is the mark to ask for what changes after."""

    counts: tuple[CountAnswer, ...]
    changed: int


class RevisionAnswer(FiguresAnswer):
    """What was told of an interval, and until when it stood; null for what stands."""

    batch_id: UUID
    source: str
    received_at: When
    replaced_at: When | None

    @classmethod
    def of(cls, told: Revision) -> RevisionAnswer:
        """The revision as an answer."""
        return cls(
            batch_id=told.batch_id,
            source=told.source,
            received_at=told.received_at,
            replaced_at=told.replaced_at,
            **_figures(told.figures),
        )


class RevisionList(Answer):
    """What was told of an interval, the latest first."""

    revisions: tuple[RevisionAnswer, ...]


class BatchAnswer(Answer):
    """Counts that came together: how many intervals were new, revised, unchanged."""

    id: UUID
    source: str
    file_name: str
    received_at: When
    by: UUID | None
    new: int
    revised: int
    unchanged: int
    first: When
    last: When


class BatchList(Answer):
    """Batches, the newest first."""

    batches: tuple[BatchAnswer, ...]


class DayAnswer(Answer):
    """How far a queue's counts of a local day can be believed."""

    queue_id: UUID
    day: date
    expected: int
    missing: int
    disagreeing: int
    unusual: str
    beyond_answered: int


class QualityAnswer(Answer):
    """The days of every queue."""

    days: tuple[DayAnswer, ...]


class MeasureInput(Strict):
    """What one column counts; `queue` where each queue has columns of its own."""

    column: Header
    measures: Literal[
        "offered",
        "answered",
        "abandoned",
        "handled_seconds",
        "average_handled_seconds",
        "answered_in_time",
        "answered_in_time_of_offered",
        "answered_in_time_of_answered",
    ]
    queue: Name | None = None
    unit: Literal["seconds", "minutes"] = "seconds"


class MappingInput(Strict):
    """How the columns of a telephony export are meant, by their headers."""

    start: Header
    measures: Annotated[tuple[MeasureInput, ...], Field(max_length=500)]
    clock: Annotated[str, Field(min_length=1, max_length=64)]
    time: Header | None = None
    queue: Header | None = None
    rows: Literal["intervals", "calls"] = "intervals"
    day_order: Literal["ymd", "dmy", "mdy"] = "ymd"
    decimal: Literal[".", ","] = "."
    marks: Literal["start", "end"] = "start"
    interval_minutes: Minutes | None = None
    complete: bool = False
    doubled_hour: Literal["by_order", "leave_out"] = "by_order"
    names: Annotated[dict[str, Name | None], Field(max_length=1000)] = Field(default_factory=dict)
    category: Header | None = None

    def mapping(self) -> ColumnMapping:
        """The mapping that this says."""
        measures = tuple(Measure(**each.model_dump()) for each in self.measures)
        return ColumnMapping(**{**self.model_dump(), "measures": measures})


class SavedMappingInput(Strict):
    """A mapping to keep for files with these headers."""

    headers: Annotated[tuple[Header, ...], Field(min_length=1, max_length=500)]
    mapping: MappingInput


class MeasureAnswer(Answer):
    """What one column counts."""

    column: str
    measures: str
    queue: str | None
    unit: str


class MappingAnswer(Answer):
    """How the columns of a telephony export are meant."""

    start: str
    measures: tuple[MeasureAnswer, ...]
    clock: str
    time: str | None
    queue: str | None
    rows: str
    day_order: str
    decimal: str
    marks: str
    interval_minutes: int | None
    complete: bool
    doubled_hour: str
    names: Mapping[str, str | None]
    category: str | None


class SavedMappingAnswer(Answer):
    """A mapping kept under a name."""

    name: str
    version: int
    mapping: MappingAnswer


class MappingList(Answer):
    """The saved mappings of a control room, by name."""

    mappings: tuple[SavedMappingAnswer, ...]


class QueueChangeAnswer(Answer):
    """What a file would do to one queue, in intervals."""

    queue: str
    is_new: bool
    new: int
    revised: int
    unchanged: int
    first: When
    last: When
    gaps: int


class SampleAnswer(FiguresAnswer):
    """One of the first rows of a file, as it was understood; `category` is "" for all calls."""

    line: int
    queue: str
    start: When
    category: str


class PreviewAnswer(Answer):
    """What a file says and would change; nothing is kept yet."""

    headers: tuple[str, ...]
    mapping: MappingAnswer
    saved_as: str
    sources: tuple[str, ...]
    sample: tuple[SampleAnswer, ...]
    queues: tuple[QueueChangeAnswer, ...]
    interval_minutes: int
    skipped: Mapping[str, int]
    assumed: tuple[str, ...]
    warnings: tuple[str, ...]
    divided: tuple[str, ...]

    @classmethod
    def of(cls, preview: Preview) -> PreviewAnswer:
        """The preview as an answer."""
        return cls(
            headers=preview.headers,
            mapping=MappingAnswer.model_validate(preview.mapping),
            saved_as=preview.saved_as,
            sources=preview.sources,
            sample=tuple(
                SampleAnswer(
                    line=each.line,
                    queue=each.queue,
                    start=each.start,
                    category=each.category,
                    **_figures(each.figures),
                )
                for each in preview.sample
            ),
            queues=tuple(map(QueueChangeAnswer.model_validate, preview.queues)),
            interval_minutes=preview.interval_minutes,
            skipped=preview.skipped,
            assumed=preview.assumed,
            warnings=preview.warnings,
            divided=preview.divided,
        )


def _figures(figures: Figures) -> dict[str, Any]:
    return {name: getattr(figures, name) for name in Figures.__dataclass_fields__}
