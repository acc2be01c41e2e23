"""What an adjustment would do, shown before it is laid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import numpy as np

from app.db.transaction import Reading
from app.db.types import new_id
from app.demand import service as demand
from app.forecasts import series
from app.forecasts.service.adjustments import adjustments_over, wanted_adjustment
from app.forecasts.service.reading import library_forecast, newest
from app.forecasts.values import (
    Floats,
    Forecast,
    Instants,
    Laid,
    Preview,
    QueuePreview,
    WantedAdjustment,
)
from forecasting import forecast as engine

SHOWN = timedelta(days=14)
"""Days that are shown at most, from the first on which it acts."""

NOBODY = UUID(int=0)
"""Who lays what is only looked at."""


def preview(reading: Reading, room_id: UUID, wanted: WantedAdjustment) -> Preview:
    """What an adjustment would do to the newest forecast of its first day; nothing is kept.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: naming every field that cannot be used.
    """
    laid, _ = wanted_adjustment(reading, room_id, NOBODY, new_id(), wanted)
    known = newest(reading, room_id, wanted.first_day)
    if known is None or known.made is None:
        return Preview(laid, None, ())
    untouched = library_forecast(reading, room_id, known.id, ())
    ids = {queue.name: queue.id for queue in demand.queues(reading, room_id)}
    others = adjustments_over(reading, known)
    layers: tuple[Iterable[Laid], ...] = (others, (*others, laid), (laid,))
    before, after, alone = (series.laid_over(untouched, each, ids) for each in layers)
    start, part = _part(known, untouched, wanted)
    queues = tuple(
        QueuePreview(
            queue,
            start,
            untouched.interval_minutes,
            _mean(before, queue)[part],
            _mean(after, queue)[part],
            *_where_moved(_mean(untouched, queue)[part], _mean(alone, queue)[part]),
            _busy(untouched, queue, (_mean(after, queue) - _mean(before, queue)), part),
        )
        for queue in untouched.by_queue
        if laid.queue_id in {None, ids[queue]}
    )
    return Preview(laid, known, queues)


def _part(
    known: Forecast, whole: engine.Forecast, wanted: WantedAdjustment
) -> tuple[np.datetime64, slice]:
    """The first interval that is shown, and all of them."""
    until = min(wanted.last_day + timedelta(days=2), wanted.first_day + SHOWN, known.until_day)
    times: Instants = whole.times
    first, after = (
        int(np.searchsorted(times, series.midnight(day, known.zone)))
        for day in (wanted.first_day, until)
    )
    return times[first], slice(first, after)


def _mean(said: engine.Forecast, queue: str) -> Floats:
    return said.by_queue[queue].mean


def _busy(whole: engine.Forecast, queue: str, calls: Floats, part: slice) -> float | None:
    """People that calls keep busy at a time where these are most; None without handling times."""
    times = whole.handling.get(queue)
    if times is None:
        return None
    busy = (calls * times.mean / (60 * whole.interval_minutes))[part]
    return float(busy[np.argmax(np.abs(busy))]) if busy.size else 0.0


def _where_moved(before: Floats, after: Floats) -> tuple[float, float]:
    """Calls before and after, of the intervals that differ."""
    moved = before != after
    return float(before[moved].sum()), float(after[moved].sum())
