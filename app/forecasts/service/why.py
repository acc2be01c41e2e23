"""Why a forecast says what it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from app.db.transaction import Reading
from app.demand import service as demand
from app.errors import NotFound, invalid
from app.forecasts import series
from app.forecasts.service.adjustments import adjustments_over
from app.forecasts.service.reading import forecast, library_forecast
from app.forecasts.store import why
from app.forecasts.values import Before, Explanation
from forecasting.distribution import LEVELS
from forecasting.explain import Grounds

WEEK = timedelta(weeks=1)

WEEKS_BACK = 8
"""Weeks in which a count of the same weekday and time is looked for."""

YEAR = 52 * WEEK


def grounds(reading: Reading, room_id: UUID, forecast_id: UUID, queue_id: UUID) -> Grounds | None:
    """What a forecast of a queue is made of; None of one made before that was kept."""
    kept = why.grounds(reading, room_id, forecast_id, queue_id)
    return None if kept is None else series.thaw(kept)


def explanation(
    reading: Reading, room_id: UUID, forecast_id: UUID, queue_id: UUID, at: datetime
) -> Explanation:
    """Why a forecast says what it says of the interval that holds an instant.

    Raises:
        NotFound: when there is no such forecast in the room, or it leaves the queue out.
        Conflict: when it is not made yet.
        InvalidInput: when the instant lies outside the forecast.
    """
    asked = forecast(reading, room_id, forecast_id)
    whole = library_forecast(reading, room_id, forecast_id, laid=())
    queue = demand.queue(reading, room_id, queue_id).name
    if queue not in whole.by_queue:
        raise NotFound("There is no such queue in this forecast.")
    step = timedelta(minutes=whole.interval_minutes)
    first, last = (series.aware(each) for each in whole.times[[0, -1]])
    place = (at - first) // step
    if not 0 <= place < whole.intervals:
        words = f"Give an instant from {first:%Y-%m-%dT%H:%MZ} to {last:%Y-%m-%dT%H:%MZ}."
        raise invalid("at", words)
    when = series.LocalWhen.of(asked.zone, first + place * step, step)
    laid = [e for e in adjustments_over(reading, asked) if e.queue_id in {None, queue_id}]
    plain = whole.by_queue[queue]
    one = replace(whole, by_queue={queue: plain})
    said = series.laid_over(one, laid, {queue: queue_id}).by_queue[queue]
    found = grounds(reading, room_id, forecast_id, queue_id)
    counts = _Counts(reading, room_id, queue, when)
    observed = demand.observed(reading, room_id)
    known = next((each.last for each in observed if each.queue.id == queue_id), None)
    return Explanation(
        queue=queue,
        start=when.start,
        interval_minutes=whole.interval_minutes,
        local_day=when.day,
        minute=when.minute,
        mean=float(said.mean[place]),
        low=float(said.quantiles[LEVELS.index(0.10), place]),
        high=float(said.quantiles[LEVELS.index(0.90), place]),
        untouched=float(plain.mean[place]),
        parts=() if found is None else series.parts(found, when),
        laid=series.laid_parts(laid, when),
        spread=None if found is None else series.spread(found, plain, place),
        clocks=when.clocks,
        counted=counts.at(when.start),
        last=None if known is None else counts.last(known),
        year_before=counts.on(when.day - YEAR),
        reason="" if found is None else found.reason,
        grounds=found,
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """Calls of a queue that came at the time of an interval, on its day and on others."""

    reading: Reading
    room_id: UUID
    queue: str
    when: series.LocalWhen

    def last(self, known: datetime) -> Before | None:
        """Those of the last day of its weekday before it, when counts reach to `known`."""
        first = max(1, -(-(self.when.start - known) // WEEK))
        days = (self.when.day - weeks * WEEK for weeks in range(first, first + WEEKS_BACK))
        return next((found for day in days if (found := self.on(day))), None)

    def on(self, day: date) -> Before | None:
        """Those of the same time of another day; None where it was not counted."""
        instant = self.when.on(day)
        calls = None if instant is None else self.at(instant)
        return None if calls is None else Before(day, calls)

    def at(self, instant: datetime) -> float | None:
        """Those of the interval that begins at an instant."""
        until = instant + self.when.step
        try:
            history = demand.history(self.reading, self.room_id, since=instant, until=until)
        except NotFound:
            return None
        return float(history[self.queue].offered[0]) if self.queue in history else None
