"""A forecast of every queue of a history, and its file."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from forecasting.calendar import Calendar
from forecasting.distribution import LEVELS, Distribution
from forecasting.errors import InputError
from forecasting.event_effects import EventEffect
from forecasting.events import Event
from forecasting.explain import Grounds
from forecasting.handling_time import HandlingTimes, forecast_handling
from forecasting.load import Workload
from forecasting.models.base import Fitted, Model
from forecasting.models.registry import DEFAULT_MODEL, model_named
from forecasting.series import FloatArray, History, Instants, Series

MOST_DAYS = 400
"""Longest horizon: 56 weeks of planning and a little room."""

LONGEST_SILENCE_DAYS = 731
"""Days between the last row and the forecast, beyond which nothing useful can be said."""

_QUANTILES = tuple(f"q{round(100 * level):02d}" for level in LEVELS)

COLUMNS = ("interval_start", "queue", "mean", *_QUANTILES)
"""Columns of a forecast file."""

HANDLING_COLUMNS = (
    "interval_start",
    "queue",
    "aht_seconds",
    *(f"aht_{name}" for name in _QUANTILES),
    "load",
    *(f"load_{name}" for name in _QUANTILES),
)
"""Columns of a file of handling times: seconds of a call, and offered load in erlangs."""


@dataclass(frozen=True)
class Forecast:
    """A forecast of several queues over one horizon.

    Attributes:
        start: Beginning of the first interval, UTC, `datetime64[m]`.
        interval_minutes: Length of an interval in minutes.
        intervals: Number n of intervals.
        model: Name of the model.
        zone: IANA name of the local zone.
        by_queue: Per queue, the distribution of each interval's count: `mean` (n,), calls per
            interval, and `quantiles` (7, n) at `LEVELS`.
        notes: What a person should know, a sentence each, the queue named.
        events: Per queue, what each event does; none of a model that takes no account of events.
        grounds: Per queue, what the means are made of; none where that is no longer known.
        handling: Handling times of each interval, of the queues whose counts tell them.
    """

    start: np.datetime64
    interval_minutes: int
    intervals: int
    model: str
    zone: str
    by_queue: Mapping[str, Distribution]
    notes: tuple[str, ...]
    events: Mapping[str, tuple[EventEffect, ...]] = field(default_factory=dict)
    grounds: Mapping[str, Grounds] = field(default_factory=dict)
    handling: Mapping[str, HandlingTimes] = field(default_factory=dict)

    @property
    def times(self) -> Instants:
        """Beginning of each interval, UTC, shape (n,)."""
        return self.start + np.arange(self.intervals) * np.timedelta64(self.interval_minutes, "m")

    def until(self, end: np.datetime64) -> Forecast:
        """The same up to an instant: intervals that begin before it, none beyond the horizon."""
        step = np.timedelta64(self.interval_minutes, "m")
        intervals = min(self.intervals, max(0, -int((self.start - end) // step)))
        kept = {queue: said.part(slice(intervals)) for queue, said in self.by_queue.items()}
        times = {queue: said.part(slice(intervals)) for queue, said in self.handling.items()}
        return dataclasses.replace(self, intervals=intervals, by_queue=kept, handling=times)

    def workload(self, queue: str) -> Workload | None:
        """Handling times and load of a queue; None where its counts tell no handling times."""
        times = self.handling.get(queue)
        if times is None:
            return None
        return Workload.of(self.by_queue[queue], times, self.interval_minutes)

    def write_csv(self, path: str | Path) -> None:
        """Write one row per queue and interval with `COLUMNS`; the file appears whole or not."""
        target = Path(path)
        part = target.with_name(target.name + ".part")
        part.write_text(self.to_csv(), encoding="utf-8", newline="")
        part.replace(target)

    def to_csv(self) -> str:
        """The text of the forecast file, queues in order of name, instants in UTC with `Z`."""
        return self._csv(COLUMNS, {each: _calls(said) for each, said in self.by_queue.items()})

    def handling_csv(self) -> str:
        """The text of the file of handling times: `HANDLING_COLUMNS` of the queues that have them.

        Seconds and erlangs have six significant digits.
        """
        works = {queue: work for queue in self.by_queue if (work := self.workload(queue))}
        return self._csv(HANDLING_COLUMNS, {each: _work(said) for each, said in works.items()})

    def _csv(self, header: Sequence[str], by_queue: Mapping[str, Sequence[Sequence[str]]]) -> str:
        """A file with a row per queue and interval, from the columns of each queue."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        instants = [f"{text}:00Z" for text in np.datetime_as_string(self.times, unit="m")]
        for queue, columns in by_queue.items():
            names = [queue] * self.intervals
            writer.writerows(zip(instants, names, *columns, strict=True))
        return out.getvalue()


def _calls(said: Distribution) -> list[list[str]]:
    """The columns of a queue's calls."""
    return [_digits(said.mean), *([str(int(value)) for value in row] for row in said.quantiles)]


def _work(said: Workload) -> list[list[str]]:
    """The columns of a queue's handling times and load."""
    rows = (said.times.mean, *said.aht_quantiles, said.load.mean, *said.load.quantiles)
    return [_digits(row) for row in rows]


def _digits(values: FloatArray) -> list[str]:
    """Numbers with six significant digits."""
    return [f"{value:.6g}" for value in values]


def forecast(
    history: History,
    start: np.datetime64,
    days: int,
    zone: str,
    holidays: str | None = None,
    *,
    events: tuple[Event, ...] = (),
    model: str = DEFAULT_MODEL,
) -> Forecast:
    """Forecast every queue of `history` from `start` for `days` × 24 elapsed hours.

    Only intervals that had ended by `start` are used.

    Args:
        history: Counts of one or more queues.
        start: Beginning of the forecast, UTC, on the history's grid.
        days: Length in days of 24 elapsed hours, 1 to `MOST_DAYS`.
        zone: IANA name of the local zone, which gives days and weeks their shape.
        holidays: Holiday code such as `GB-ENG`, or None.
        events: Local events and school holidays.
        model: Name of a registered model.

    Raises:
        InputError: When an argument is out of range or unknown, or a queue's history does not
            reach to the forecast or is too short.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InputError(f"{days} days cannot be forecast; give 1 to {MOST_DAYS}.")
    chosen, calendar = model_named(model), Calendar(zone, holidays, events)
    start = start.astype("datetime64[m]")
    intervals = days * 1440 // history.interval_minutes
    by_queue: dict[str, Distribution] = {}
    told: dict[str, tuple[EventEffect, ...]] = {}
    grounds: dict[str, Grounds] = {}
    handling: dict[str, HandlingTimes] = {}
    notes: list[str] = []
    for queue, series in history.items():
        fitted, remarks = _fit(series, start, chosen, calendar.of_queue(queue))
        by_queue[queue] = fitted.predict(start, intervals)
        grounds[queue] = fitted.explain(start, intervals)
        worked = forecast_handling(series, start, intervals, calendar)
        remarks.extend(worked.notes)
        if worked.times is not None:
            handling[queue] = worked.times
        if chosen.uses_events:
            told[queue] = fitted.events
        notes.extend(f"Queue {queue}: {remark}" for remark in remarks)
    if holidays is not None and not chosen.uses_holidays:
        notes.append(f"The model {model} takes no account of holidays.")
    if events and not chosen.uses_events:
        notes.append(f"The model {model} takes no account of events.")
    return Forecast(
        start,
        history.interval_minutes,
        intervals,
        model,
        zone,
        by_queue,
        tuple(notes),
        told,
        grounds,
        handling,
    )


def _fit(
    series: Series, start: np.datetime64, model: Model, calendar: Calendar
) -> tuple[Fitted, list[str]]:
    """What was learned of one queue before `start`, and what a person should know of it."""
    if (start - series.start) % series.step != np.timedelta64(0, "m"):
        raise InputError(
            f"Queue {series.queue}: the forecast cannot start at {start}Z, which is not the "
            f"beginning of one of its intervals of {series.interval_minutes} minutes."
        )
    past = series.before(start)
    if past is None:
        raise InputError(
            f"Queue {series.queue}: nothing was observed before the forecast starts at {start}Z; "
            f"its first row is at {series.start}Z."
        )
    silence = int((start - past.end) // np.timedelta64(1, "D"))
    if silence > LONGEST_SILENCE_DAYS:
        raise InputError(
            f"Queue {series.queue}: the last row before {start}Z ends {silence} days earlier; "
            "bring the history up to date."
        )
    fitted = model.fit(past, calendar)
    remarks = list(fitted.notes)
    if silence >= 1:
        days = "a day" if silence == 1 else f"{silence} days"
        remarks.insert(0, f"The counts end {days} before the forecast starts.")
    return fitted, remarks
