"""Events between the library and what is kept of a forecast: what each did to every queue."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from uuid import UUID

from app.forecasts.values import EventDone, ForecastEvent
from forecasting.event_effects import EventEffect
from forecasting.events import Event
from forecasting.forecast import Forecast


def events_of(
    said: Forecast, dated: Iterable[tuple[UUID, Event]], queue_ids: Mapping[str, UUID]
) -> tuple[ForecastEvent, ...]:
    """The events that a forecast was made with, and what it took each to do, by queue.

    Args:
        said: the forecast, with the effects of the events that its model takes into account.
        dated: events with their ids.
        queue_ids: ids of queues by name.
    """
    effects = {
        (queue, effect.event.name): effect for queue, told in said.events.items() for effect in told
    }
    return tuple(
        ForecastEvent(
            event_id,
            event,
            {
                queue_ids[queue]: _done(effects[queue, event.name])
                for queue in said.by_queue
                if (queue, event.name) in effects
            },
        )
        for event_id, event in dated
    )


def _done(effect: EventEffect) -> EventDone:
    shown = None if math.isnan(effect.shown) else effect.shown
    factors = effect.factor[: effect.hours].tolist()
    return EventDone(effect.seen, effect.whole, shown, tuple(factors))
