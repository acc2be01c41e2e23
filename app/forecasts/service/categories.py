"""What forecasts say of categories of calls: parts that add up to the whole of their queue."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from app.db.transaction import Reading
from app.demand import service as demand
from app.forecasts import series
from app.forecasts.service.reading import forecast, library_forecast, queue_names
from app.forecasts.store import categories as store
from app.forecasts.values import CategoryDays, CategoryValues, Laid, PackedShares
from forecasting.categories import Shares


def category_values(
    reading: Reading,
    room_id: UUID,
    forecast_id: UUID,
    laid: Iterable[Laid] | None = None,
    queue_id: UUID | None = None,
) -> CategoryValues:
    """What a forecast says of each category of its queues, with what people laid over it.

    Args:
        reading: the caller's.
        room_id: the control room.
        forecast_id: the forecast.
        laid: the adjustments to lay over the queues before they are split; None for those that act
            on its days as they stand now, `()` for the forecast untouched.
        queue_id: of one queue alone.

    Raises:
        NotFound: when there is no such forecast in the room.
        Conflict: when it is not made yet.
    """
    whole = library_forecast(reading, room_id, forecast_id, laid)
    names = queue_names(reading, room_id)
    kept = store.shares(reading, room_id, forecast_id)
    shares = {
        names[each]: _shares(reading, room_id, each, packed)
        for each, packed in sorted(kept.items(), key=lambda item: names[item[0]])
        if queue_id in {None, each}
    }
    return series.category_values(whole, forecast(reading, room_id, forecast_id), shares)


def category_csv_text(
    reading: Reading,
    room_id: UUID,
    forecast_id: UUID,
    laid: Iterable[Laid] | None = None,
    queue_id: UUID | None = None,
) -> str:
    """The same as a file; arguments and errors as for `category_values`."""
    said = category_values(reading, room_id, forecast_id, laid, queue_id)
    return series.category_csv(said)


def category_days(
    reading: Reading, room_id: UUID, forecast_id: UUID, queue_id: UUID
) -> CategoryDays | None:
    """What a forecast says of a queue's categories by day; None where it is not divided.

    Raises:
        NotFound: when there is no such forecast in the room.
        Conflict: when it is not made yet.
    """
    whole = library_forecast(reading, room_id, forecast_id)
    packed = store.shares(reading, room_id, forecast_id).get(queue_id)
    if packed is None:
        return None
    queue = queue_names(reading, room_id)[queue_id]
    own = _shares(reading, room_id, queue_id, packed)
    return series.category_days(whole, forecast(reading, room_id, forecast_id), queue, own)


def _shares(reading: Reading, room_id: UUID, queue_id: UUID, packed: PackedShares) -> Shares:
    return series.unpack_shares(packed, demand.shown_names(reading, room_id, queue_id))
