"""Today forecast again from the counts so far, where past days say that this is worth it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from app.db.transaction import Reading
from app.demand import service as demand
from app.errors import NotFound
from app.forecasts import series
from app.forecasts.service.reading import library_forecast, newest
from app.forecasts.service.scoring import SCORED
from app.forecasts.store import runs as store
from app.forecasts.values import Forecast, Today
from app.people import service as people
from forecasting.calendar import Calendar
from forecasting.series import Series

DAYS = 56
"""Past days that tell whether the counts so far are worth anything: as many as make a simple
forecast."""


def today(reading: Reading, room_id: UUID) -> Today:
    """The present local day of a room, from kept forecasts and the counts that have come.

    Takes some hundredths of a second a queue and keeps nothing.

    Raises:
        NotFound: when there is no such room, or no forecast of it holds today.
    """
    room = people.room(reading, room_id)
    present, day = room.now(), room.today()
    begun = newest(reading, room_id, day)
    if begun is None:
        raise NotFound("No forecast holds today: make one that does.")
    first = day - timedelta(days=DAYS)
    whole = {begun.id: library_forecast(reading, room_id, begun.id)}
    by_day = _covering(store.begun(reading, room_id, present, SCORED), first, day)
    for each in by_day.values():
        if each.id not in whole:
            whole[each.id] = library_forecast(reading, room_id, each.id)
    since = series.aware(Calendar(begun.zone).midnight(first))
    minutes = whole[begun.id].interval_minutes
    counts = _counts(reading, room_id, since, present - timedelta(minutes=minutes - 1))
    starts = series.day_starts(whole[begun.id], day)
    told = {}
    for queue in whole[begun.id].by_queue:
        counted = counts.get(queue)
        now = series.day_of(whole[begun.id], starts, queue, counted)
        if now is None:
            continue
        past = (
            series.day_of(held, series.day_starts(held, each), queue, counted)
            for each, held in ((each, whole[by_day[each].id]) for each in sorted(by_day))
        )
        told[queue] = series.queue_today(now, [each for each in past if each is not None])
    return Today(day, begun.zone, begun.id, starts, minutes, told)


def _counts(
    reading: Reading, room_id: UUID, since: datetime, until: datetime
) -> Mapping[str, Series]:
    """Counts of intervals by queue, with what people decided about them; none where none came."""
    try:
        return demand.history(reading, room_id, since=since, until=until, view="believed")
    except NotFound:
        return {}


def _covering(known: Sequence[Forecast], first: date, until: date) -> dict[date, Forecast]:
    """For each local day the forecast that began last before it was over, of those that hold it."""
    by_day: dict[date, Forecast] = {}
    for each in sorted(known, key=lambda forecast: (forecast.first_day, forecast.id)):
        for day in range(max(0, (first - each.first_day).days), each.days):
            held = each.first_day + timedelta(days=day)
            if held >= until:
                break
            by_day[held] = each
    return by_day
