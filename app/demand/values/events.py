"""Local events and school holidays of a control room, as people enter them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias
from uuid import UUID

from forecasting.events import Event

EventKind: TypeAlias = Literal["school", "festive", "sport", "festival", "other"]
"""What an event is to people; the forecast learns from its dates and hours alone."""


@dataclass(frozen=True, slots=True)
class EventDetails:
    """What a person says of an event.

    Attributes:
        kind: what it is.
        said: its name, dates, hours and effect; its queues are not among them.
        queue_ids: the queues in which it is felt; none of them: in all.
    """

    kind: EventKind
    said: Event
    queue_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomEvent:
    """An event of a control room.

    Attributes:
        version: grows by one with every change.
        changed_at, changed_by: when and by whom it was entered or changed last.
        deleted_at: None while it counts.
    """

    id: UUID
    room_id: UUID
    details: EventDetails
    version: int
    changed_at: datetime
    changed_by: UUID
    deleted_at: datetime | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.details.said.name


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that an event takes place.

    Attributes:
        first, last: its local days.
    """

    event: RoomEvent
    first: date
    last: date
