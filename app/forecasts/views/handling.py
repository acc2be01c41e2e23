"""Handling times by the time of the week, and how many people the calls of some days keep busy."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.forecasts.service import Accuracy, ForecastValues
from app.forecasts.views.outlook import Floats, HourTable, Outlook, laid, minute_of, readings
from app.forecasts.views.week import WEEKDAYS
from app.web.words import day_words, number, percent
from forecasting.calendar import Calendar
from forecasting.event_file import WEEKDAYS as DAY_NAMES
from forecasting.load import Workload

WEEK = 168
"""Hours of it."""

LOW80, HIGH80, LOW90, HIGH90 = 1, 5, 0, 6
"""Places of the quantiles that hold 8 and 9 in 10."""

LABELS = {24 * day: name for day, name in enumerate(WEEKDAYS)}
"""Of the days of a week, by the hour at which each begins."""


@dataclass(frozen=True, eq=False)
class Handling:
    """Handling times and load of a queue.

    Attributes:
        queue: its name.
        interval: an interval in words.
        mean, low80, high80: minutes of a call by hour of the week, of the mean of an interval and
            where 8 in 10 of them lie, shape (168,); NaN where no call is forecast.
        seconds: of a call over all the days of the forecast.
        unsure: standard deviation of a day's level around the forecast, as a share.
        load: people kept busy on the days that are shown, laid out as calls are.
        hardest: the whole day shown on which most are kept busy, how many are over the day, and
            between what 8 in 10 such days lie; None where no whole day is forecast, or where it is
            not known how far a day's level may lie from its forecast.
    """

    queue: str
    interval: str
    mean: Floats
    low80: Floats
    high80: Floats
    seconds: float
    unsure: float
    load: Outlook
    hardest: tuple[date, float, float, float] | None

    @cached_property
    def digest(self) -> str:
        """Changes with anything that a chart of the week would show."""
        told = hashlib.sha256(self.queue.encode())
        for values in (self.mean, self.low80, self.high80):
            told.update(values.tobytes())
        return told.hexdigest()[:16]

    @property
    def readings(self) -> list[tuple[str, str]]:
        """Of the load: name and hourly values of each thing to read from its chart."""
        load = self.load
        return readings(
            load,
            [("expected", load.mean, 1), ("8 in 10 from", load.low80, 1), ("to", load.high80, 1)],
        )

    @property
    def answer(self) -> str:
        """How long calls take, and when they take longest and shortest, in sentences."""
        words = f"A call to {self.queue} takes {_minutes(self.seconds / 60)} on average"
        longest, shortest = int(np.nanargmax(self.mean)), int(np.nanargmin(self.mean))
        if _minutes(self.mean[longest]) != _minutes(self.mean[shortest]):
            words += (
                f": longest on {_hour(longest)}, {_minutes(self.mean[longest])}, and shortest on "
                f"{_hour(shortest)}, {_minutes(self.mean[shortest])}"
            )
        off = percent(self.unsure, 0)
        return f"{words}. A whole day usually lies within {off} of what is forecast for it."

    @property
    def load_answer(self) -> str:
        """How many people are kept busy on the days shown, as a sentence; "" if none are known."""
        load = self.load
        if not load.is_forecast:
            return ""
        table = load.grid.table(load.mean, "mean")
        day, hour = divmod(int(np.nanargmax(table)), 24)
        usual, most = (number(float(each), 1) for each in (np.nanmean(load.mean), table[day, hour]))
        when = f"{day_words(load.grid.days[day])} from {hour:02d}:00"
        words = f"The calls keep {usual} people busy on average, most on {when}: {most}."
        if self.hardest is None:
            return words
        day_of, mean, low, high = self.hardest
        low_words, high_words = number(low, 1), number(high, 1)
        return (
            f"{words} The hardest whole day is {day_words(day_of)}: {number(mean, 1)} on average, "
            f"and 8 in 10 days like it keep {low_words} to {high_words} busy."
        )

    @property
    def week_table(self) -> HourTable:
        """What the chart of the week shows, in figures."""
        rows = (values.reshape(7, 24) for values in (self.mean, self.low80, self.high80))
        cells = zip(WEEKDAYS, *rows, strict=True)
        return HourTable(
            f"Minutes of a call, mean of each hour of the week, in brackets the range of 8 in 10 "
            f"{self.interval}s",
            tuple((day, tuple(map(_cell, *of_day))) for day, *of_day in cells),
        )

    @property
    def load_table(self) -> HourTable:
        """What the chart of the load shows, in figures."""
        load = self.load
        tables = (load.grid.table(each, "mean") for each in (load.mean, load.low80, load.high80))
        days = zip(load.labels.values(), *tables, strict=True)
        return HourTable(
            f"People kept busy, mean of each hour, in brackets the range of 8 in 10 "
            f"{self.interval}s",
            tuple((day, tuple(map(_cell, *of_day))) for day, *of_day in days),
        )


def handling_of(shown: Outlook, said: ForecastValues | None) -> Handling | None:
    """Lay out handling times and load of the queue and days of an outlook.

    Args:
        shown: the queue's calls on the days that are shown.
        said: the forecast that they are taken from.

    Returns:
        None where the forecast says nothing of the queue's handling times.
    """
    values = None if said is None else said.by_queue.get(shown.queue)
    work = None if values is None else values.work
    if said is None or work is None or not work.calls.any():
        return None
    cell = _week_hours(said, shown.period.zone)
    seconds, level = work.times.over(work.calls)
    of_week = work.times.mean, work.aht_quantiles[LOW80], work.aht_quantiles[HIGH80]
    mean, low, high = (_by_hour(each / 60, cell, work.calls > 0) for each in of_week)
    load, hardest = _load(shown, said, work), _hardest(shown, said, work)
    return Handling(
        shown.queue, shown.interval, mean, low, high, seconds, level**0.5, load, hardest
    )


def _hardest(
    shown: Outlook, said: ForecastValues, work: Workload
) -> tuple[date, float, float, float] | None:
    """The whole day shown that keeps most people busy, how many, and where 8 in 10 such lie."""
    if work.load.level is None:
        return None
    local = Calendar(shown.period.zone).local(
        said.starts[0], said.interval_minutes, len(said.starts)
    )
    dates = local.date[0] + np.arange(int(local.day[-1]) + 1)
    first, last = np.datetime64(shown.period.first_day), np.datetime64(shown.last_day)
    # A day of a clock change is an hour shorter; one at either end may have begun before.
    whole = np.bincount(local.day) >= local.slots_per_day - 60 // said.interval_minutes
    some = np.flatnonzero(whole & (dates >= first) & (dates <= last))
    if not some.size:
        return None
    days = work.load.day_means(local.day)
    at = some[np.argmax(days.mean[some])]
    low, high = (float(days.quantile(level)[at]) for level in (0.1, 0.9))
    return date.fromisoformat(str(dates[at])), float(days.mean[at]), low, high


def _load(shown: Outlook, said: ForecastValues, work: Workload) -> Outlook:
    """The load on the days that are shown."""
    offset = (minute_of(said.starts[0]) - shown.start) // shown.interval_minutes
    size = len(shown.mean)
    low80, high80, low90, high90 = (
        laid(work.load.quantiles[at], offset, size) for at in (LOW80, HIGH80, LOW90, HIGH90)
    )
    nothing = np.full(size, np.nan)
    return replace(
        shown,
        mean=laid(work.load.mean, offset, size),
        low80=low80,
        high80=high80,
        low90=low90,
        high90=high90,
        counted=nothing,
        before=nothing,
    )


def _week_hours(said: ForecastValues, zone: str) -> npt.NDArray[np.int64]:
    """Hour of the local week of each interval of a forecast."""
    local = Calendar(zone).local(said.starts[0], said.interval_minutes, len(said.starts))
    return np.asarray(local.weekday * 24 + local.slot * said.interval_minutes // 60, np.int64)


def _by_hour(values: Floats, cell: npt.NDArray[np.int64], some: npt.NDArray[np.bool_]) -> Floats:
    """Mean of the open intervals of each hour of the week, NaN where there are none."""
    many = np.bincount(cell[some], minlength=WEEK)
    total = np.bincount(cell[some], values[some], WEEK)
    return np.asarray(np.divide(total, many, out=np.full(WEEK, np.nan), where=many > 0))


def _hour(cell: int) -> str:
    """Such as `Friday from 22:00`."""
    return f"{DAY_NAMES[cell // 24]} from {cell % 24:02d}:00"


def _minutes(value: float) -> str:
    """Such as `13.2 min`."""
    return f"{number(value, 1)} min"


def _cell(mean: float, low: float, high: float) -> str:
    return "" if np.isnan(mean) else f"{number(mean, 1)} ({number(low, 1)}–{number(high, 1)})"


def accuracy_words(found: tuple[Accuracy | None, Accuracy | None] | None) -> str:
    """How past forecasts of handling times did over their first week; "" where none is known."""
    near = None if found is None else found[0]
    if near is None or near.handling_wape is None:
        return ""
    words = f"Past forecasts of a week were {percent(near.handling_wape)} off, per call"
    if near.simple_handling_wape is None:
        return f"{words}."
    return f"{words}; the mean of the hour over 8 weeks {percent(near.simple_handling_wape)}."
