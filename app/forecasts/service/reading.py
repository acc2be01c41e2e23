"""Forecasts read: which there are, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.db.transaction import Reading
from app.demand import service as demand
from app.errors import Conflict, NotFound
from app.forecasts import series
from app.forecasts.service.adjustments import adjustments_over
from app.forecasts.store import handling
from app.forecasts.store import runs as store
from app.forecasts.values import (
    Forecast,
    ForecastValues,
    Laid,
    Packed,
    PackedHandling,
)
from app.jobs import service as jobs
from forecasting import forecast as engine


def forecast(reading: Reading, room_id: UUID, forecast_id: UUID) -> Forecast:
    """A forecast of a room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    return _there(store.forecast(reading, room_id, forecast_id))


def of_job(reading: Reading, room_id: UUID, job_id: UUID) -> Forecast:
    """The forecast that a job makes; errors as for a forecast."""
    return _there(store.of_job(reading, room_id, job_id))


def forecasts(
    reading: Reading, room_id: UUID, before: UUID | None = None, limit: int = 20
) -> tuple[Forecast, ...]:
    """Forecasts of a room, the newest first; `before` goes on after the last id of a page."""
    return store.room_forecasts(reading, room_id, before, limit)


def job_states(
    reading: Reading, room_id: UUID, asked: Sequence[Forecast]
) -> dict[UUID, jobs.State]:
    """The state of each forecast's job by forecast; of a made one it is done."""
    return {
        each.id: "done" if each.made else jobs.job(reading, room_id, each.job_id).state
        for each in asked
    }


def newest(reading: Reading, room_id: UUID, first_day: date | None = None) -> Forecast | None:
    """The newest forecast that is made, of those that hold a local day if one is given."""
    return store.newest_made(reading, room_id, first_day)


def likely(reading: Reading, room_id: UUID, today: date) -> Forecast | None:
    """The forecast most likely meant: the newest of today or a week from now, else of any days."""
    for day in (today, today + timedelta(days=7), None):
        found = newest(reading, room_id, day)
        if found is not None:
            return found
    return None


def values(
    reading: Reading, room_id: UUID, forecast_id: UUID, laid: Iterable[Laid] | None = None
) -> ForecastValues:
    """What a forecast says of each queue, with what people laid over it.

    Args:
        reading: the caller's.
        room_id: the control room.
        forecast_id: the forecast.
        laid: the adjustments to lay over it; None for those that act on its days as they stand
            now, `()` for the forecast untouched.

    Raises:
        NotFound: when there is no such forecast in the room.
        Conflict: when it is not made yet.
    """
    return series.values_of(library_forecast(reading, room_id, forecast_id, laid))


def csv_text(
    reading: Reading, room_id: UUID, forecast_id: UUID, laid: Iterable[Laid] | None = None
) -> str:
    """The same as the file that `parade forecast` writes; arguments and errors as for `values`."""
    return library_forecast(reading, room_id, forecast_id, laid).to_csv()


def handling_csv_text(
    reading: Reading, room_id: UUID, forecast_id: UUID, laid: Iterable[Laid] | None = None
) -> str:
    """Handling times and load as the file that `parade forecast --handling` writes.

    Arguments and errors as for `values`.

    Raises:
        NotFound: also when no queue's counts told handling times.
    """
    whole = library_forecast(reading, room_id, forecast_id, laid)
    if not whole.handling:
        raise NotFound("The counts of no queue told handling times enough to forecast any.")
    return whole.handling_csv()


def library_forecast(
    reading: Reading, room_id: UUID, forecast_id: UUID, laid: Iterable[Laid] | None = None
) -> engine.Forecast:
    """The same as the library has it; arguments and errors as for `values`."""
    found = forecast(reading, room_id, forecast_id)
    if found.made is None:
        raise Conflict("This forecast is not made yet: follow its job.")
    whole = series.library_forecast(found, *packed_by_name(reading, room_id, forecast_id))
    if laid is None:
        laid = adjustments_over(reading, found)
    ids = {name: queue_id for queue_id, name in queue_names(reading, room_id).items()}
    return series.laid_over(whole, laid, ids)


def packed_by_name(
    reading: Reading, room_id: UUID, forecast_id: UUID
) -> tuple[dict[str, Packed], dict[str, PackedHandling]]:
    """What a forecast says of calls and of handling times as it is kept, by name of the queue."""
    names = queue_names(reading, room_id)
    calls = store.values(reading, room_id, forecast_id)
    times = handling.of_forecast(reading, room_id, forecast_id)
    return (
        {names[each]: kept for each, kept in calls.items()},
        {names[each]: kept for each, kept in times.items()},
    )


def queue_names(reading: Reading, room_id: UUID) -> dict[UUID, str]:
    """Names of a room's queues."""
    return {queue.id: queue.name for queue in demand.queues(reading, room_id)}


def _there(found: Forecast | None) -> Forecast:
    if found is None:
        raise NotFound("There is no such forecast in this control room.")
    return found
