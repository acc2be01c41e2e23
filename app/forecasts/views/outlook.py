"""A queue over some local days: what is expected, what came, what came a year before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

import numpy as np
import numpy.typing as npt

from app.forecasts.service import ForecastValues
from app.web.views.days import Period
from app.web.views.local_hours import LocalHours
from app.web.words import day_words, number, percent, period_words, short_day, time_words
from forecasting.series import History, Series

Floats = npt.NDArray[np.float64]

YEAR = timedelta(days=364)
"""Back to the same weekday of the year before."""

ENOUGH = 0.9
"""Share of a period that must be observed for it to be spoken of as known."""

INTERVAL_WORDS = {15: "quarter hour", 30: "half hour", 60: "hour"}


LEFT, ACROSS, WIDTH = 52, 1336, 1392
"""Where the chart's plot begins, how wide it is and how wide the picture is, in pixels; said here
too so that a page need not load what draws it."""


@dataclass(frozen=True, slots=True)
class HourTable:
    """A table of days and hours.

    Attributes:
        caption: what its cells say.
        rows: label of each day with 24 texts, "" where there is none.
    """

    caption: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, eq=False)
class Outlook:
    """A queue over a run of local days; arrays have a value for each interval, NaN for none.

    Attributes:
        queue: its name.
        period: the local days.
        interval_minutes: length of an interval.
        mean, low80, high80, low90, high90: calls expected, and the bands that hold 8 and 9 in 10.
        counted: calls that came.
        before: calls that came a year before, on the same weekdays.
    """

    queue: str
    period: Period
    interval_minutes: int
    mean: Floats
    low80: Floats
    high80: Floats
    low90: Floats
    high90: Floats
    counted: Floats
    before: Floats

    @property
    def start(self) -> int:
        """Instant of the first interval, in minutes since 1970 UTC."""
        return self.period.instant(0, 0)

    @property
    def hours(self) -> int:
        """Length of the period in elapsed hours."""
        return len(self.mean) * self.interval_minutes // 60

    @property
    def last_day(self) -> date:
        """The last local day."""
        return self.period.date_of(self.period.days - 1)

    @property
    def is_forecast(self) -> bool:
        """Whether anything is expected at all."""
        return not bool(np.isnan(self.mean).all())

    @property
    def has_counts(self) -> bool:
        """Whether anything has come."""
        return not bool(np.isnan(self.counted).all())

    @property
    def has_before(self) -> bool:
        """Whether the year before is known well enough to compare with."""
        return float(np.mean(~np.isnan(self.before))) >= ENOUGH

    @property
    def unit(self) -> str:
        """What the chart counts."""
        words = INTERVAL_WORDS[self.interval_minutes]
        return f"calls {'an' if words == 'hour' else 'a'} {words}"

    @property
    def interval(self) -> str:
        """An interval in words."""
        return INTERVAL_WORDS[self.interval_minutes]

    @cached_property
    def grid(self) -> LocalHours:
        """Its intervals by local day and hour."""
        return LocalHours.of(self.start, self.interval_minutes, len(self.mean), self.period.zone)

    def hourly(self, values: Floats) -> Floats:
        """Mean of each hour's intervals, NaN where one is not known, shape (hours,)."""
        return np.asarray(values.reshape(self.hours, -1).mean(axis=1), dtype=np.float64)

    @property
    def labels(self) -> dict[int, str]:
        """Label of each local day, or of hours of a single one, by the hour at which it begins."""
        if self.period.days == 1:
            return {
                hour: time_words(self.start + 60 * hour, self.period.zone)
                for hour in range(0, self.hours, 3)
            }
        return {
            (self.period.instant(day, 0) - self.start) // 60: short_day(self.period.date_of(day))
            for day in range(self.period.days)
        }

    @cached_property
    def digest(self) -> str:
        """Changes with anything that a chart of it would show."""
        told = hashlib.sha256(f"{self.queue} {self.period} {self.interval_minutes}".encode())
        for values in (self.mean, self.low80, self.high80, self.low90, self.high90):
            told.update(values.tobytes())
        told.update(self.counted.tobytes() + self.before.tobytes())
        return told.hexdigest()[:16]

    @property
    def readings(self) -> list[tuple[str, str]]:
        """Name and hourly values of each thing to read from the chart, `-` for none."""
        shown = [("expected", self.mean, 1), ("8 in 10 from", self.low80, 0)]
        shown += [("to", self.high80, 0), ("counted", self.counted, 1)]
        return readings(self, shown)


def readings(shown: Outlook, named: Sequence[tuple[str, Floats, int]]) -> list[tuple[str, str]]:
    """Names and hourly values in so many decimals, `-` for none, of what is known at all."""
    return [
        (name, " ".join("-" if np.isnan(v) else f"{v:.{places}f}" for v in shown.hourly(values)))
        for name, values, places in named
        if not np.isnan(values).all()
    ]


def outlook(
    queue: str,
    period: Period,
    interval_minutes: int,
    said: ForecastValues | None,
    counted: History | None,
    before: History | None,
) -> Outlook:
    """Lay a queue out over a period.

    Args:
        queue: its name.
        period: the local days.
        interval_minutes: length of an interval.
        said: what a forecast says, of any days.
        counted: counts that came, of any days.
        before: counts around the same days of the year before.
    """
    start = period.instant(0, 0)
    length = (period.instant(period.days, 0) - start) // interval_minutes
    values = None if said is None else said.by_queue.get(queue)
    unknown = np.full(length, np.nan)

    def expected(name: str) -> Floats:
        if said is None or values is None or said.interval_minutes != interval_minutes:
            return unknown
        offset = (minute_of(said.starts[0]) - start) // interval_minutes
        return laid(getattr(values, name), offset, length)

    def came(history: History | None, shift: int) -> Floats:
        series: Series | None = None if history is None else history.get(queue)
        if series is None or series.interval_minutes != interval_minutes:
            return unknown
        offset = (minute_of(series.start) + shift - start) // interval_minutes
        return laid(series.offered, offset, length)

    a_year_before = Period(period.first_day - YEAR, period.days, period.zone)
    return Outlook(
        queue,
        period,
        interval_minutes,
        mean=expected("mean"),
        low80=expected("q10"),
        high80=expected("q90"),
        low90=expected("q05"),
        high90=expected("q95"),
        counted=came(counted, 0),
        before=came(before, start - a_year_before.instant(0, 0)),
    )


def minute_of(instant: np.datetime64) -> int:
    """An instant in whole minutes since 1970 UTC."""
    return int(instant.astype("datetime64[m]").astype(np.int64))


def laid(values: Floats, offset: int, length: int) -> Floats:
    """Values that begin `offset` places after the first of `length`, NaN around them."""
    placed = np.full(length, np.nan)
    source = values[max(0, -offset) :][: max(0, length - max(0, offset))]
    placed[max(0, offset) : max(0, offset) + len(source)] = source
    return placed


def answer(shown: Outlook, today: date) -> str:
    """What the period brings or brought, in sentences that can be read aloud."""
    if not shown.is_forecast:
        return f"No forecast of {period_words(shown.period.first_day, shown.last_day)} yet."
    expected = float(np.nansum(shown.mean))
    seen = ~np.isnan(shown.counted)
    if float(np.mean(seen)) >= ENOUGH:
        came, then = float(shown.counted[seen].sum()), float(np.nansum(shown.mean[seen]))
        return (
            f"{_days(shown)} brought {number(came)} calls to {shown.queue}; "
            f"{number(then)} were forecast{_missed(came, then)}. {_hardest(shown, shown.counted)}"
        )
    lead = (
        f"{_days(shown)}: about"
        if not _is_next(shown, today)
        else (f"The next {shown.period.days} days: about")
    )
    compared = _compared(shown)
    words = f"{lead} {number(expected)} calls to {shown.queue}{compared}."
    return f"{words} {_hardest(shown, shown.mean)}"


def _is_next(shown: Outlook, today: date) -> bool:
    begins_soon = 0 <= (shown.period.first_day - today).days <= 1
    return begins_soon and not bool(np.isnan(shown.mean).any())


def _days(shown: Outlook) -> str:
    """The days that are forecast, which may be fewer than are shown."""
    known = np.unique(shown.grid.cell[~np.isnan(shown.mean)] // 24)
    return period_words(shown.grid.days[known[0]], shown.grid.days[known[-1]])


def _missed(came: float, expected: float) -> str:
    if came <= 0:
        return ""
    off = (expected - came) / came
    if round(abs(off) * 100) == 0:
        return ", the same within 1 %"
    return f", {percent(abs(off), 0)} too {'many' if off > 0 else 'few'}"


def _compared(shown: Outlook) -> str:
    """How the calls expected compare with those of the same weekdays a year before."""
    if not shown.has_before:
        return ""
    both = ~np.isnan(shown.before) & ~np.isnan(shown.mean)
    then, now = float(shown.before[both].sum()), float(shown.mean[both].sum())
    if then <= 0:
        return ""
    change = now / then - 1
    if round(abs(change) * 100) == 0:
        return ", as many as a year before"
    return f", {percent(abs(change), 0)} {'more' if change > 0 else 'fewer'} than a year before"


def _hardest(shown: Outlook, values: Floats) -> str:
    day, hour = hardest(shown, values)
    return f"Hardest: {day_words(day)} from {hour:02d}:00."


def hardest(shown: Outlook, values: Floats) -> tuple[date, int]:
    """The local day and hour with the most calls in the mean of its intervals."""
    table = shown.grid.table(values, "mean")
    day, hour = divmod(int(np.nanargmax(table)), 24)
    return shown.grid.days[day], hour


def why_href(shown: Outlook, queue_id: UUID) -> str:
    """Where the page that explains the hardest hour is, from the page of demand; "" for none."""
    if not shown.is_forecast:
        return ""
    day, hour = hardest(shown, shown.mean)
    return f"/why?{urlencode({'queue': queue_id, 'day': day, 'time': f'{hour:02d}:00'})}"


def notes(told: Iterable[str], queue: str, others: Iterable[str], reason: str) -> tuple[str, ...]:
    """What a forecast remarks, without what it says of other queues and why it took its model."""
    of_others = tuple(f"Queue {other}: " for other in others)
    return tuple(
        words.removeprefix(f"Queue {queue}: ")
        for words in told
        if not words.startswith(of_others) and words != f"Queue {queue}: {reason}"
    )


def hour_table(shown: Outlook) -> HourTable:
    """What the chart shows, in figures."""
    rows = []
    means, lows, highs, came = (
        shown.grid.table(values, "mean")
        for values in (shown.mean, shown.low80, shown.high80, shown.counted)
    )
    for at, day in enumerate(shown.grid.days):
        cells = zip(means[at], lows[at], highs[at], came[at], strict=True)
        rows.append((short_day(day), tuple(_cell(*cell) for cell in cells)))
    return HourTable(
        f"{shown.unit.capitalize()}, mean of each hour: expected, in brackets the range of 8 in "
        f"10 {shown.interval}s, and after the colon what came",
        tuple(rows),
    )


def _cell(mean: float, low: float, high: float, came: float) -> str:
    said = "" if np.isnan(mean) else f"{number(mean, 1)} ({number(low)}–{number(high)})"
    if np.isnan(came):
        return said
    return f"{said}: {number(came, 1)}" if said else number(came, 1)
