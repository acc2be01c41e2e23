"""Terms of queues and of a room: what is given, else forecast, else measured, else assumed."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

import numpy as np

from app.requirements.values import ENDLESS, ForecastAht, Given, Measured, Origin, RoomAsks, Terms
from forecasting.calendar import LocalTime
from forecasting.series import Series
from forecasting.staffing.handling import Handling, handling
from forecasting.staffing.poisson import Floats
from forecasting.staffing.posts import RoomTerms
from forecasting.staffing.tables import read
from forecasting.staffing.terms import QueueTerms, terms_from

AHT_DAYS = 56
"""Days of counts from which a handling time is taken: eight weeks, as the plan on files does."""

FIELDS = (
    *(field.name for field in fields(QueueTerms) if field.name != "queue"),
    "aht_by_hour",
)
"""Of a queue's terms."""

ROOM_FIELDS = tuple(field.name for field in fields(RoomTerms))
"""Of a room's terms."""


def measured(series: Series, zone: str) -> Measured | None:
    """Seconds handled per call offered, over the intervals that tell both."""
    found = handling(series, zone)
    return None if found is None else Measured.of(found)


def terms_of(
    queue_id: UUID,
    queue: str,
    version: int,
    given: Given,
    found: Measured | None,
    said: ForecastAht | None = None,
) -> Terms:
    """A queue's terms: what is given, else forecast, else measured, else assumed."""
    values = dict(given)
    wants_hours = values.pop("aht_by_hour", True)
    known = said or found
    use_known = known is not None and "aht_seconds" not in given
    if known is not None and use_known:
        values["aht_seconds"] = known.aht_seconds
    if values.get("patience_seconds") == ENDLESS:
        values["patience_seconds"] = np.inf
    terms, _ = terms_from(queue, values)
    of_counts = found is not None and found.by_hour is not None
    by_hour = use_known and wants_hours and (said.differs if said is not None else of_counts)
    origins: dict[str, Origin] = {name: "given" if name in given else "assumed" for name in FIELDS}
    origin: Origin = "measured" if said is None else "forecast"
    if use_known:
        origins["aht_seconds"] = origin
    if by_hour and "aht_by_hour" not in given:
        origins["aht_by_hour"] = origin
    return Terms(queue_id, version, terms, origins, found, by_hour, said)


def aht_at(terms: Terms, at: LocalTime, forecast: Floats | None) -> Floats | None:
    """The handling time of each interval by the terms; None where one holds all week.

    Args:
        terms: of a queue.
        at: local time of the intervals.
        forecast: what the forecast of the same intervals says, where it says any.
    """
    if terms.origins.get("aht_seconds") == "forecast":
        return forecast if terms.is_aht_by_hour else None
    found = terms.measured
    if not terms.is_aht_by_hour or found is None or found.by_hour is None:
        return None
    by_hour = np.array(found.by_hour)
    return Handling(found.aht_seconds, found.calls, found.first_day, found.last_day, by_hour).at(at)


def room_asks_of(version: int, given: Given) -> RoomAsks:
    """A room's terms: what is given, else assumed.

    Raises:
        forecasting.errors.InputError: when what is given cannot be used.
    """
    origins: dict[str, Origin] = {
        name: "given" if name in given else "assumed" for name in ROOM_FIELDS
    }
    return RoomAsks(version, read(RoomTerms, given, "the room"), origins)
