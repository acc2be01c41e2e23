"""What people lay over forecasts between what is kept and the forecasting library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np

from app.forecasts.values import Instants, Laid
from app.web.words import SPACE, date_year, listed, number, period_words
from forecasting import forecast as engine
from forecasting.adjustments import EVERY_DAY, Adjustment, adjusted
from forecasting.calendar import MINUTES_PER_DAY, Calendar, LocalTime
from forecasting.event_file import WEEKDAYS, clock

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


def words(laid: Laid, queue: str) -> str:
    """An adjustment as a phrase, such as `+20 % from 18:00 to 02:00 on 999 on Fridays, 5 to 19 …`.

    Args:
        laid: the adjustment.
        queue: name of its queue; "" for every queue.
    """
    said = laid.said
    where = f" on {queue}" if queue else " on every queue"
    return f"{amount_words(said)}{where} {hours_words(said)}{_days_words(said)}"


def amount_words(said: Adjustment) -> str:
    """How much, such as `+20 %` or `−3 calls an hour`."""
    value = number(said.amount, 0 if said.amount == round(said.amount) else 1)
    signed = f"+{value}" if said.amount > 0 else value
    return f"{signed}{SPACE}%" if said.unit == "percent" else f"{signed} calls an hour"


def hours_words(said: Adjustment) -> str:
    """Which hours, such as `from 18:00 to 02:00`."""
    if said.minutes == MINUTES_PER_DAY:
        return "all day" if not said.begins else f"for 24 hours from {clock(said.begins)}"
    return f"from {clock(said.begins)} to {clock((said.begins + said.minutes) % MINUTES_PER_DAY)}"


def _days_words(said: Adjustment) -> str:
    if said.first == said.last:
        return f" on {date_year(said.first)}"
    if said.weekdays == EVERY_DAY:
        return f", {period_words(said.first, said.last)}"
    days = listed(f"{WEEKDAYS[day]}s" for day in sorted(said.weekdays))
    return f" on {days}, {period_words(said.first, said.last)}"
