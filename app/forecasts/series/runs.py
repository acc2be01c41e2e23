"""Forecasts between what is kept of them and the library: made, packed and read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from app.forecasts.series.handling import unpack_handling
from app.forecasts.values import (
    Floats,
    Forecast,
    ForecastValues,
    Instants,
    Made,
    Packed,
    PackedHandling,
    QueueValues,
)
from forecasting import forecast as engine
from forecasting.calendar import Calendar
from forecasting.distribution import LEVELS, Distribution, NegativeBinomial, RoundedNormal
from forecasting.errors import InputError
from forecasting.events import Event
from forecasting.series import History, Series

FAMILIES: Mapping[str, type[Distribution]] = {
    "negative_binomial": NegativeBinomial,
    "rounded_normal": RoundedNormal,
}
"""Distributions as they are named in the database."""

NAMES = {family: name for name, family in FAMILIES.items()}


def forecast_queues(
    history: History,
    asked: Forecast,
    go_on: Callable[[int, str], bool],
    events: tuple[Event, ...] = (),
) -> engine.Forecast | None:
    """Forecast every queue of a room over the local days asked.

    A queue that cannot be forecast is left out, and a note says why: one that is new or no longer
    used must not keep the others from their forecast.

    Args:
        history: counts of the room's queues.
        asked: the days, model, zone and holidays.
        go_on: asked before each queue, with how many are done and the name of the next.
        events: local events and school holidays.

    Returns:
        The forecast; None when it was told not to go on.

    Raises:
        InputError: when no queue can be forecast; the sentence is the first queue's.
    """
    start, end = _window(history, asked)
    days = -int((start - end) // np.timedelta64(1, "D"))
    parts: list[engine.Forecast] = []
    refused: list[InputError] = []
    for done, (queue, series) in enumerate(history.items()):
        if not go_on(done, queue):
            return None
        try:
            one = History({queue: series})
            said = engine.forecast(
                one,
                start,
                days,
                asked.zone,
                asked.holidays,
                events=events,
                model=asked.model,
            ).until(end)
        except InputError as error:
            refused.append(error)
            continue
        parts.append(said)
    if not parts:
        raise refused[0]
    return _together(parts, [f"Left out: {error.message}" for error in refused])


def _window(history: History, asked: Forecast) -> tuple[np.datetime64, np.datetime64]:
    """The first interval from local midnight on, and the local midnight at which it ends."""
    calendar = Calendar(asked.zone)
    midnight = calendar.midnight(asked.first_day)
    step = np.timedelta64(history.interval_minutes, "m")
    return midnight + (history.start - midnight) % step, calendar.midnight(asked.until_day)


def _together(parts: Sequence[engine.Forecast], more: Sequence[str]) -> engine.Forecast:
    """Forecasts of one queue each as one of all; what several say is said once."""
    by_queue = {queue: said for part in parts for queue, said in part.by_queue.items()}
    notes = tuple(dict.fromkeys([*more, *(note for part in parts for note in part.notes)]))
    events = {queue: told for part in parts for queue, told in part.events.items()}
    first = parts[0]
    return engine.Forecast(
        first.start,
        first.interval_minutes,
        first.intervals,
        first.model,
        first.zone,
        by_queue,
        notes,
        events=events,
        handling={queue: said for part in parts for queue, said in part.handling.items()},
        grounds={queue: said for part in parts for queue, said in part.grounds.items()},
    )


def made(history: History, said: engine.Forecast, at: datetime) -> Made:
    """The facts of a forecast made at that instant from these counts."""
    known = [history[queue].before(said.start) for queue in said.by_queue]
    pasts = [past for past in known if past is not None]
    return Made(
        at=at,
        trained_until=aware(max(past.end for past in pasts)),
        start=aware(said.start),
        interval_minutes=said.interval_minutes,
        intervals=said.intervals,
        notes=said.notes,
        fingerprint=_fingerprint(pasts),
    )


def _fingerprint(pasts: Iterable[Series]) -> str:
    """SHA-256 of counts."""
    digest = hashlib.sha256()
    for past in pasts:
        digest.update(f"{past.queue}\n{past.start} {past.interval_minutes}\n".encode())
        for told in (past.offered, past.handled_seconds, past.answered):
            digest.update(b"" if told is None else told.astype("<f8").tobytes())
    return digest.hexdigest()


def pack(said: Distribution) -> Packed:
    """A distribution as it is kept."""
    return Packed(
        NAMES[type(said)],
        said.mean.astype("<f8").tobytes(),
        said.variance.astype("<f8").tobytes(),
        said.quantiles.astype("<i4").tobytes(),
        None if said.level is None else said.level.astype("<f8").tobytes(),
    )


def unpack(packed: Packed) -> Distribution:
    """A kept distribution, its quantiles those that were told when it was made."""
    mean, variance = _floats(packed.mean), _floats(packed.variance)
    level = None if packed.level is None else _floats(packed.level)
    quantiles = np.frombuffer(packed.quantiles, "<i4").astype(np.float64)
    said = FAMILIES[packed.family](mean, variance, level)
    # They are a cached property: filled here, so that they are neither worked out again (0.1 s a
    # queue) nor changed by a newer library.
    vars(said)["quantiles"] = quantiles.reshape(len(LEVELS), -1)
    return said


def _floats(packed: bytes) -> Floats:
    return np.frombuffer(packed, "<f8").astype(np.float64)


def values_of(whole: engine.Forecast) -> ForecastValues:
    """What a forecast says, as arrays."""
    said = {
        name: replace(
            QueueValues(each.mean, *each.quantiles), work=whole.workload(name), level=each.level
        )
        for name, each in whole.by_queue.items()
    }
    return ForecastValues(whole.times, whole.interval_minutes, said)


def library_forecast(
    forecast: Forecast,
    by_queue: Mapping[str, Packed],
    handling: Mapping[str, PackedHandling] | None = None,
) -> engine.Forecast:
    """A made forecast as the library has it, queues in order of name."""
    if forecast.made is None:
        raise ValueError("a forecast that is not made says nothing")
    return engine.Forecast(
        minute(forecast.made.start),
        forecast.made.interval_minutes,
        forecast.made.intervals,
        forecast.model,
        forecast.zone,
        {name: unpack(by_queue[name]) for name in sorted(by_queue)},
        forecast.made.notes,
        handling={name: unpack_handling(each) for name, each in (handling or {}).items()},
    )


def cut(values: Floats, first: int, length: int) -> Floats:
    """`length` values from place `first`, NaN beyond either end."""
    result = np.full(length, np.nan)
    low, high = max(first, 0), min(first + length, len(values))
    if low < high:
        result[low - first : high - first] = values[low:high]
    return result


def holidays(zone: str, code: str | None, first_day: date, last_day: date) -> dict[date, str]:
    """Names of the public holidays from a local day to another, both included."""
    named = Calendar(zone, code).holiday_names(np.datetime64(first_day), np.datetime64(last_day))
    return {date.fromisoformat(str(day)): name for day, name in named.items()}


def midnight(day: date, zone: str) -> np.datetime64:
    """The instant at which a local day begins."""
    return Calendar(zone).midnight(day)


def local_day(instant: datetime, zone: str) -> date:
    """The local day on which an instant falls."""
    return date.fromisoformat(str(Calendar(zone).local(minute(instant), 15, 1).date[0]))


def minute(instant: datetime) -> np.datetime64:
    """An aware instant as the library has it."""
    return np.datetime64(instant.astimezone(UTC).replace(tzinfo=None), "m")


def aware(instant: np.datetime64) -> datetime:
    """An instant of the library as an aware one."""
    naive: datetime = instant.astype("datetime64[us]").item()
    return naive.replace(tzinfo=UTC)


def text_instants(times: Instants) -> list[str]:
    """Instants as `2025-06-30T05:00:00Z`."""
    return [f"{text}:00Z" for text in np.datetime_as_string(times, unit="m")]
