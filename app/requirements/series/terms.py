"""Terms of queues and of a room: what is given, else measured, else assumed."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

import numpy as np
import numpy.typing as npt

from app.requirements.values import ENDLESS, Given, Measured, Origin, RoomAsks, Terms
from forecasting.calendar import LocalTime
from forecasting.series import Series
from forecasting.staffing.handling import Handling, handling
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
    queue_id: UUID, queue: str, version: int, given: Given, found: Measured | None
) -> Terms:
    """A queue's terms: what is given, else measured, else assumed."""
    use_measured = found is not None and "aht_seconds" not in given
    values = dict(given)
    wants_hours = values.pop("aht_by_hour", True)
    if found is not None and use_measured:
        values["aht_seconds"] = found.aht_seconds
    if values.get("patience_seconds") == ENDLESS:
        values["patience_seconds"] = np.inf
    terms, _ = terms_from(queue, values)
    by_hour = use_measured and wants_hours and found is not None and found.by_hour is not None
    origins: dict[str, Origin] = {name: "given" if name in given else "assumed" for name in FIELDS}
    if use_measured:
        origins["aht_seconds"] = "measured"
    if by_hour and "aht_by_hour" not in given:
        origins["aht_by_hour"] = "measured"
    return Terms(queue_id, version, terms, origins, found, by_hour)


def aht_at(terms: Terms, at: LocalTime) -> npt.NDArray[np.float64] | None:
    """The measured handling time of each interval; None where one holds all week."""
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
