"""Today between what is kept and the library: days cut out of forecasts and counts, and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from app.forecasts.series.runs import cut
from app.forecasts.values.runs import Instants
from app.forecasts.values.today import QueueToday
from forecasting import forecast as engine
from forecasting.calendar import Calendar
from forecasting.series import Series
from forecasting.today import Day, gain, habit, update


def day_starts(whole: engine.Forecast, day: date) -> Instants:
    """Beginnings of a forecast's intervals on a local day."""
    calendar = Calendar(whole.zone)
    begin, end = (calendar.midnight(each) for each in (day, day + timedelta(days=1)))
    times = whole.times
    return times[(times >= begin) & (times < end)]


def day_of(
    whole: engine.Forecast, starts: Instants, queue: str, series: Series | None
) -> Day | None:
    """A day of a queue as it was forecast and came; None where it was not forecast at all."""
    said = whole.by_queue.get(queue)
    if said is None or not len(starts):
        return None
    step = np.timedelta64(whole.interval_minutes, "m")
    first, length = int((starts[0] - whole.start) // step), len(starts)
    counts = np.full(length, np.nan)
    if series is not None and series.interval_minutes == whole.interval_minutes:
        counts = cut(series.offered, int((starts[0] - series.start) // step), length)
    slot = Calendar(whole.zone).local(starts[0], whole.interval_minutes, length).slot
    return Day(said.part(slice(first, first + length)), counts, slot)


def queue_today(today: Day, past: Iterable[Day]) -> QueueToday:
    """A queue today, its rest forecast again where past days say that this is worth it.

    Args:
        today: with the counts so far.
        past: days in order of time; those without counts say nothing.
    """
    known = np.flatnonzero(~np.isnan(today.counts))
    over = int(known[-1]) + 1 if len(known) else 0
    days: Sequence[Day] = [day for day in past if not np.all(np.isnan(day.counts))]
    slot = today.slot[over - 1] + 1 if over else 0
    worth = gain(days, int(slot))
    how = habit([day.sums(int(slot)) for day in days])
    early = ~np.isnan(today.counts[:over])
    expected = float(today.said.mean[:over][early].sum())
    seen = float(today.counts[:over][early].sum())
    untouched, quantiles = today.said.mean, today.said.quantiles
    is_updated = worth.is_worth_it and 0 < over < len(untouched)
    mean, levels = untouched.copy(), quantiles.copy()
    if is_updated:
        again = update(today.said, how, expected, seen)
        mean[over:], levels[:, over:] = again.mean[over:], again.quantiles[:, over:]
    return QueueToday(
        today.counts,
        over,
        untouched,
        quantiles,
        mean,
        levels,
        seen,
        expected,
        how.level(expected, seen)[0],
        worth,
        is_updated,
    )
