"""Charts of calls of one queue: counted lately above, expected below, weekdays in line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from app.web.charts.demand import LEFT, RIGHT, WIDTH, Calls, calls_svg
from app.web.plan import QueueForecast
from app.web.views.days import Days
from app.web.views.local_hours import LocalHours
from app.web.words import number, short_day, span_words

FloatArray = npt.NDArray[np.float64]
Band = tuple[FloatArray, FloatArray]


@dataclass(frozen=True, slots=True)
class HourTable:
    """A table of days and hours.

    Attributes:
        caption: what its cells say.
        rows: label of each day with 24 texts, "" where there is none.
    """

    caption: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class CallsChart:
    """One chart of calls with its table and what the reading script needs.

    Attributes:
        title: what it shows, in words.
        svg: the picture.
        table: the same in figures.
        start: instant of its first hour.
        hours: length of its time axis.
        reading: name and values of each thing to read out, joined by spaces; `-` for none.
        left: where its plot begins, in pixels of `width`.
        across_px: how wide its plot is.
        width: how wide it is.
    """

    title: str
    svg: Markup
    table: HourTable
    start: int
    hours: int
    reading: tuple[tuple[str, str], ...]
    left: int = LEFT
    across_px: int = WIDTH - LEFT - RIGHT
    width: int = WIDTH


@dataclass(frozen=True, eq=False)
class _Window:
    """Whole weeks from local day `first` on, as one queue's chart shows them."""

    period: Days
    queue: str
    minutes: int
    first: int
    days: int

    @property
    def start(self) -> int:
        """Instant at which it begins."""
        return self.period.instant(self.first, 0)

    @property
    def hours(self) -> int:
        """Its length in elapsed hours."""
        return (self.period.instant(self.first + self.days, 0) - self.start) // 60

    @property
    def labels(self) -> dict[int, str]:
        """Label of each local day by the hour at which it begins."""
        return {
            (self.period.instant(day, 0) - self.start) // 60: short_day(
                self.period.first_day + timedelta(days=day)
            )
            for day in range(self.first, self.first + self.days)
        }

    def fill(self, start: int, values: FloatArray) -> FloatArray:
        """Values that begin at instant `start` on the window's own intervals, NaN around them."""
        step = self.minutes
        window = np.full(self.hours * 60 // step, np.nan)
        offset = (start - self.start) // step
        source = values[max(0, -offset) :][: max(0, len(window) - max(0, offset))]
        window[max(0, offset) : max(0, offset) + len(source)] = source
        return window

    def grid(self) -> LocalHours:
        """Its intervals by local day and hour."""
        length = self.hours * 60 // self.minutes
        return LocalHours.of(self.start, self.minutes, length, self.period.zone)

    def hour_means(self, values: FloatArray) -> FloatArray:
        """Mean of each hour's intervals, NaN where one is not observed, shape (hours,)."""
        per_hour = 60 // self.minutes
        return np.asarray(values.reshape(-1, per_hour).mean(axis=1), dtype=np.float64)


def minute_of(instant: np.datetime64) -> int:
    """An instant of numpy in whole minutes since 1970-01-01T00:00Z."""
    return int(instant.astype("datetime64[m]").astype(np.int64))


def calls_charts(period: Days, queue: QueueForecast, ident: str) -> tuple[CallsChart, ...]:
    """Chart what was counted (where known) and what is expected, both to one scale.

    Args:
        period: whose period it is.
        queue: the queue.
        ident: an id that is unique on the page.
    """
    weeks = -(-period.days // 7) * 7
    window = _Window(period, queue.queue, queue.interval_minutes, 0, weeks)
    start = minute_of(queue.start)
    q05, q10, mean, q90, q95 = (
        window.fill(start, values)
        for values in (queue.q05, queue.q10, queue.mean, queue.q90, queue.q95)
    )
    lately = _lately(period, queue, weeks)
    tops = [window.hour_means(q95)]
    if lately is not None:
        tops.append(lately[0].hour_means(lately[1]))
    most = max([1.0, *(float(np.nanmax(top)) for top in tops)])
    expected = _expected(window, mean, ((q05, q95), (q10, q90)), most, ident)
    if lately is None:
        return (expected,)
    return (_counted(*lately, most, ident), expected)


def counted_chart(
    period: Days, queue: str, start: np.datetime64, minutes: int, counted: FloatArray, ident: str
) -> CallsChart | None:
    """Chart what was counted in a period, as it is shown before there is a forecast.

    Args:
        period: the days to show, in whole weeks.
        queue: name of the queue.
        start: beginning of the first interval, UTC.
        minutes: length of an interval.
        counted: calls offered per interval from `start` on, NaN where nothing was observed.
        ident: an id that is unique on the page.

    Returns:
        The chart; None where nothing of the period was counted.
    """
    window = _Window(period, queue, minutes, 0, -(-period.days // 7) * 7)
    values = window.fill(minute_of(start), counted)
    means = window.hour_means(values)
    if np.isnan(means).all():
        return None
    return _counted(window, values, max(1.0, float(np.nanmax(means))), ident, height=132)


def _lately(period: Days, queue: QueueForecast, weeks: int) -> tuple[_Window, FloatArray] | None:
    """The last whole weeks with counts before the period, weekdays in line with it."""
    if queue.counted is None or queue.counted_start is None:
        return None
    start = minute_of(queue.counted_start)
    end = start + len(queue.counted) * queue.interval_minutes
    first = -weeks
    while period.instant(first + weeks - 7, 0) >= end:
        first -= 7
    window = _Window(period, queue.queue, queue.interval_minutes, first, weeks)
    values = window.fill(start, queue.counted)
    return None if np.isnan(window.hour_means(values)).all() else (window, values)


def _expected(
    window: _Window, mean: FloatArray, bands: tuple[Band, Band], most: float, ident: str
) -> CallsChart:
    grid = window.grid()
    shown = [day for day, row in zip(grid.days, grid.table(mean, "mean"), strict=True) if _any(row)]
    title = f"Expected, {span_words(shown[0], shown[-1])}"
    middle = window.hour_means(mean)
    wide, narrow = ((window.hour_means(low), window.hour_means(high)) for low, high in bands)
    return CallsChart(
        title=title,
        svg=calls_svg(
            Calls(middle, (wide, narrow), window.labels, window.hours, most),
            title=f"{window.queue}: {title}",
            desc="Calls expected per interval, hour by hour, with the bands that hold 8 in 10 "
            "and 9 in 10 intervals. The table says the same in figures.",
            ident=f"{ident}e",
        ),
        table=_expected_table(grid, mean, bands[1]),
        start=window.start,
        hours=window.hours,
        reading=(
            ("expected", _values(middle, 1)),
            ("8 in 10 from", _values(narrow[0], 0)),
            ("to", _values(narrow[1], 0)),
        ),
    )


def _counted(
    window: _Window, values: FloatArray, most: float, ident: str, height: int = 84
) -> CallsChart:
    grid = window.grid()
    title = f"Counted, {span_words(grid.days[0], grid.days[-1])}"
    middle = window.hour_means(values)
    texts = [["" if np.isnan(v) else number(v, 1) for v in r] for r in grid.table(values, "mean")]
    return CallsChart(
        title=title,
        svg=calls_svg(
            Calls(middle, (), window.labels, window.hours, most),
            title=f"{window.queue}: {title}",
            desc="Calls counted per interval, hour by hour. The table says the same in figures.",
            ident=f"{ident}c",
            height=height,
        ),
        table=_table("Calls counted", grid, texts),
        start=window.start,
        hours=window.hours,
        reading=(("counted", _values(middle, 1)),),
    )


def _expected_table(grid: LocalHours, mean: FloatArray, band: Band) -> HourTable:
    means, lows, highs = (grid.table(v, "mean") for v in (mean, *band))
    texts = [
        [_range(*cells) for cells in zip(*rows, strict=True)]
        for rows in zip(means, lows, highs, strict=True)
    ]
    return _table("Calls expected, in brackets the range of 8 in 10 intervals", grid, texts)


def _range(mean: float, low: float, high: float) -> str:
    if np.isnan(mean):
        return ""
    return f"{number(mean, 1)} ({number(low)}–{number(high)})"


def _table(caption: str, grid: LocalHours, texts: list[list[str]]) -> HourTable:
    return HourTable(
        caption,
        tuple(
            (short_day(day), tuple(row))
            for day, row in zip(grid.days, texts, strict=True)
            if any(row)
        ),
    )


def _any(row: FloatArray) -> bool:
    return not bool(np.isnan(row).all())


def _values(values: FloatArray, decimals: int) -> str:
    return " ".join("-" if np.isnan(v) else f"{v:.{decimals}f}" for v in values)
