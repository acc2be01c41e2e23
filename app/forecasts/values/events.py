"""The events that a forecast was made with, and what it took them to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from forecasting.events import Event


@dataclass(frozen=True, slots=True)
class EventDone:
    """What an event does to the calls of one queue, as a forecast used it.

    Attributes:
        seen: past occurrences that were learned from.
        whole: factor on the calls of all its hours together; 1 for none.
        shown: what the past occurrences alone would say; None where none was seen.
        factors: factor on the calls of each hour since it begins.
    """

    seen: int
    whole: float
    shown: float | None
    factors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ForecastEvent:
    """An event as it stood when a forecast was made.

    Attributes:
        event_id: of the room's calendar; it may have been changed or deleted since.
        said: its dates, hours and effect then, its queues by name.
        by_queue: what it did, by id of the queue; none where the model takes no account of events.
    """

    event_id: UUID
    said: Event
    by_queue: Mapping[UUID, EventDone]


@dataclass(frozen=True, slots=True)
class LastEffect:
    """What the last forecast that took an event into account made of it.

    Attributes:
        made_at: when that forecast was made.
        first_day: its first local day.
        event: the event as it stood then.
    """

    made_at: datetime
    first_day: date
    event: ForecastEvent
