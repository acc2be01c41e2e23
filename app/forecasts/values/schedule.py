"""The schedule by which a room is forecast every week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class WantedSchedule:
    """When a room shall be forecast by itself, and how.

    Attributes:
        weekday: 0 for Monday.
        hour: of the local day, 0 to 23.
        weeks: how many weeks each forecast covers, from the local day of its run.
        model: name of a forecast model; None: the one recommended.
        holidays: as in `Wanted`.
    """

    weekday: int = 0
    hour: int = 6
    weeks: int = 8
    model: str | None = None
    holidays: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule that is kept.

    Attributes:
        room_id: whose it is; a room has at most one.
        wanted: what was asked.
        set_by: the user who asked; forecasts made by it are theirs.
        set_at: when they did.
        handled: up to when every run that was due has been seen to.
        last_due: when the last run that was seen to was due; None before the first.
        last_forecast_id: the forecast that it asked for; None where it asked for none.
        last_words: why it asked for none; "" where it did.
        seen_batch: number of the room's newest counts when it last asked; None before it did.
    """

    room_id: UUID
    wanted: WantedSchedule
    set_by: UUID
    set_at: datetime
    handled: datetime
    last_due: datetime | None = None
    last_forecast_id: UUID | None = None
    last_words: str = ""
    seen_batch: int | None = None
