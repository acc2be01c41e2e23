"""What people lay over forecasts between what is kept and the forecasting library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np

from app.forecasts.values import Instants, Laid
from forecasting import forecast as engine
from forecasting.adjustments import adjusted
from forecasting.calendar import Calendar, LocalTime

QUARTER = 15
"""Minutes: adjustments begin and end at quarter hours."""


@dataclass(frozen=True, eq=False, slots=True)
class DaysGrid:
    """The quarter hours of some local days.

    Attributes:
        times: beginning of each, UTC, shape (n,).
        local: where they lie in local time.
    """

    times: Instants
    local: LocalTime


def days_grid(first_day: date, until_day: date, zone: str) -> DaysGrid:
    """The quarter hours of the local days from one to before another."""
    calendar = Calendar(zone)
    start, end = (calendar.midnight(day) for day in (first_day, until_day))
    step = np.timedelta64(QUARTER, "m")
    times = np.arange(start, end, step)
    return DaysGrid(times, calendar.local(start, QUARTER, len(times)))


def acting(laid: Iterable[Laid], first_day: date, until_day: date, zone: str) -> tuple[Laid, ...]:
    """Those that act on local days from one to before another, the first laid first."""
    touching = [each for each in laid if each.said.touches(first_day, until_day)]
    if not touching:
        return ()
    grid = days_grid(first_day, until_day, zone)
    act = (each for each in touching if each.said.reach(grid.times, grid.local)[0].any())
    return tuple(sorted(act, key=lambda each: each.id))


def laid_over(
    whole: engine.Forecast, laid: Iterable[Laid], queue_ids: Mapping[str, UUID]
) -> engine.Forecast:
    """A forecast with adjustments laid over it.

    Args:
        whole: the forecast.
        laid: adjustments of its room.
        queue_ids: ids of the queues by name.
    """
    laid = tuple(laid)
    if not laid:
        return whole
    local = Calendar(whole.zone).local(whole.start, whole.interval_minutes, whole.intervals)
    by_queue = {
        queue: adjusted(
            said,
            [each.said for each in laid if each.queue_id in {None, queue_ids[queue]}],
            whole.times,
            local,
        )
        for queue, said in whole.by_queue.items()
    }
    return replace(whole, by_queue=by_queue)
