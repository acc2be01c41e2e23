"""Demand per queue: what was counted, what is expected, and the shape of the week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from app.web.plan import QueueForecast
from app.web.views.calls_charts import CallsChart, calls_charts, minute_of
from app.web.views.days import Days
from app.web.views.local_hours import LocalHours
from app.web.words import day_words, number, span_words

FloatArray = npt.NDArray[np.float64]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HEAT_STEPS = 10


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A figure, or a dash where there is none, with its step of tone, 0 to `HEAT_STEPS`."""

    text: str
    step: int


@dataclass(frozen=True, slots=True)
class QueueDemand:
    """Everything about one queue.

    Attributes:
        queue: its name.
        answer: what comes and when it is hardest, as sentences.
        unit: what the charts count, such as `calls a quarter hour`.
        interval: one interval in words, such as `quarter hour`.
        charts: counted (where known) and expected.
        heat: weekday with 24 cells of calls an hour.
        weeks: label and calls of each week expected.
        counted_week: calls of a counted week on average, "" where not known.
    """

    queue: str
    answer: str
    unit: str
    interval: str
    charts: tuple[CallsChart, ...]
    heat: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    weeks: tuple[tuple[str, str], ...]
    counted_week: str


INTERVAL_WORDS = {15: "quarter hour", 30: "half hour", 60: "hour"}


def queue_demand(period: Days, queue: QueueForecast, ident: str) -> QueueDemand:
    """Work out what a page says of one queue.

    Args:
        period: the days that the forecast is for.
        queue: the queue.
        ident: an id that is unique on the page.
    """
    start = minute_of(queue.start)
    grid = LocalHours.of(start, queue.interval_minutes, len(queue.mean), period.zone)
    hourly = grid.table(queue.mean * 60 / queue.interval_minutes, "mean")
    interval = INTERVAL_WORDS.get(queue.interval_minutes, f"{queue.interval_minutes} minutes")
    return QueueDemand(
        queue=queue.queue,
        answer=_answer(period.days, queue, grid, hourly),
        unit=f"calls {'an' if interval[0] == 'h' else 'a'} {interval}",
        interval=interval,
        charts=calls_charts(period, queue, ident),
        heat=_heat(grid.days, hourly),
        weeks=tuple(_weeks(period, queue)),
        counted_week=_counted_week(queue),
    )


def _answer(days: int, queue: QueueForecast, grid: LocalHours, hourly: FloatArray) -> str:
    totals = np.bincount(grid.cell // 24, weights=queue.mean)
    busiest = int(totals.argmax())
    day, hour = divmod(int(np.nanargmax(hourly)), 24)
    return (
        f"{number(queue.mean.sum())} calls in {days} days. "
        f"Most on {day_words(grid.days[busiest])}, {number(totals[busiest])}; "
        f"the hardest hour is {day_words(grid.days[day])} from {hour:02d}:00, "
        f"{number(hourly[day, hour])}."
    )


def _heat(
    days: tuple[date, ...], hourly: FloatArray
) -> tuple[tuple[str, tuple[HeatCell, ...]], ...]:
    weekday = np.array([day.weekday() for day in days])
    means = {
        index: _mean_of_seen(hourly[weekday == index])
        for index in range(7)
        if (weekday == index).any()
    }
    low = min(float(np.nanmin(row)) for row in means.values())
    top = max(float(np.nanmax(row)) for row in means.values())
    scale = HEAT_STEPS / (top - low) if top > low else 0.0
    decimals = 0 if top >= 10 else 1

    def cell(value: float) -> HeatCell:
        if np.isnan(value):
            return HeatCell("–", 0)
        return HeatCell(number(value, decimals), round(scale * (value - low)))

    return tuple(
        (WEEKDAYS[index], tuple(cell(float(value)) for value in row))
        for index, row in means.items()
    )


def _mean_of_seen(rows: FloatArray) -> FloatArray:
    """Mean of each column without its NaN; NaN for an hour that the clocks skip on every day."""
    seen = ~np.isnan(rows)
    many, total = seen.sum(axis=0), np.where(seen, rows, 0.0).sum(axis=0)
    out: FloatArray = np.divide(total, many, out=np.full(total.shape, np.nan), where=many > 0)
    return out


def _weeks(period: Days, queue: QueueForecast) -> list[tuple[str, str]]:
    start = minute_of(queue.start)
    found = []
    for day in range(0, period.days, 7):
        last = min(day + 7, period.days)
        cut = slice(
            max(0, (period.instant(day, 0) - start) // queue.interval_minutes),
            max(0, (period.instant(last, 0) - start) // queue.interval_minutes),
        )
        words = span_words(period.date_of(day), period.date_of(last - 1))
        found.append((words, number(queue.mean[cut].sum())))
    return found


def _counted_week(queue: QueueForecast) -> str:
    if queue.counted is None or np.isnan(queue.counted).all():
        return ""
    return number(float(np.nanmean(queue.counted)) * 7 * 1440 / queue.interval_minutes)
