"""The events that forecasts were made with, as they stood, and what each was taken to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.db.transaction import Reading
from app.forecasts.service.reading import forecast
from app.forecasts.store import events as store
from app.forecasts.values import Forecast, ForecastEvent, LastEffect
from app.web.words import day_words, period_words


def events_used(reading: Reading, room_id: UUID, forecast_id: UUID) -> tuple[ForecastEvent, ...]:
    """The events that a forecast was made with, by name; none before it is made.

    Raises:
        NotFound: when there is no such forecast in the room.
    """
    forecast(reading, room_id, forecast_id)
    return store.events(reading, room_id, forecast_id)


def last_effects(reading: Reading, room_id: UUID) -> Mapping[UUID, LastEffect]:
    """What the newest forecast that was made with each event made of it, by id of the event."""
    return store.last_effects(reading, room_id)


def events_within(
    reading: Reading,
    room_id: UUID,
    known: Forecast | None,
    queue: str,
    days: tuple[date, date],
) -> tuple[str, ...]:
    """The events that a forecast of a queue was made with, from a day to another, in words."""
    if known is None:
        return ()
    return tuple(
        f"{each.said.name} ({day_words(begin) if begin == end else period_words(begin, end)})"
        for each in store.events(reading, room_id, known.id)
        if not each.said.queues or queue in each.said.queues
        for begin, end in each.said.spans(*days)
    )
