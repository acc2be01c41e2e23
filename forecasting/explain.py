"""Why a forecast is what it is: factors that multiply to the mean of every interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from forecasting.calendar import LocalTime
from forecasting.events import MINUTES_PER_DAY
from forecasting.series import FloatArray
from forecasting.window import Window

Kind: TypeAlias = Literal["level", "ahead", "season", "weekday", "time", "holiday", "event"]

Dates: TypeAlias = npt.NDArray[np.datetime64]

_KNOWN_WEEK = 0.9
"""Share of a week's open intervals that must be observed for its calls to be told."""


@dataclass(frozen=True, eq=False)
class Factor:
    """One of the factors of some intervals' means.

    Attributes:
        kind: `level` is in calls a day, `time` the share of an ordinary day of that weekday that
            comes in the interval; the others are 1 where they change nothing.
        name: Of the holiday or event, else "".
        values: One for each interval, shape (n,).
    """

    kind: Kind
    name: str
    values: FloatArray


@dataclass(frozen=True, eq=False)
class SpecialDay:
    """A public holiday, or the day before or after one.

    Attributes:
        date: The local day.
        name: The holiday's.
        offset: Days from the holiday: -1, 0 or 1.
        day: Factor on the calls of the day.
        hours: What its own hours do on top: a factor for each slot, shape (slots per day,); none
            of a day beyond the forecast.
    """

    date: np.datetime64
    name: str
    offset: int
    day: float
    hours: FloatArray


@dataclass(frozen=True, eq=False)
class Occasion:
    """An event, or some days of the year such as those between Christmas and New Year.

    Attributes:
        name: What people call it.
        spans: First and last local day of each occurrence in reach of the forecast.
        begins: Minute of each day at which its hours begin.
        minutes: How long they last.
        day: Factor on all calls of its days.
        hours: Factor by hour since they begin, shape (24,), on top.
        whole: Both together, in the mean of the hours.
        seen: Past occurrences learned from; None where they are not counted.
        stated: Whether a person stated the effect.
    """

    name: str
    spans: tuple[tuple[np.datetime64, np.datetime64], ...]
    begins: int
    minutes: int
    day: float
    hours: FloatArray
    whole: float
    seen: int | None = None
    stated: bool = False

    def at(self, local: LocalTime) -> FloatArray:
        """Factor on each interval, shape (n,)."""
        today, before = self._on(local.date), self._on(local.date - 1)
        minute = local.slot * (MINUTES_PER_DAY // local.slots_per_day)
        until = self.begins + self.minutes
        here = today & (minute >= self.begins) & (minute < until)
        spilt = before & (minute + MINUTES_PER_DAY < until) & ~here
        hour = (minute - self.begins + np.where(spilt, MINUTES_PER_DAY, 0)) // 60
        inside = here | spilt
        factor = np.where(today, self.day, 1.0)
        factor[inside] *= self.hours[hour[inside]]
        return factor

    def _on(self, dates: Dates) -> npt.NDArray[np.bool_]:
        on = np.zeros(len(dates), dtype=np.bool_)
        for first, last in self.spans:
            on |= (dates >= first) & (dates <= last)
        return on


@dataclass(frozen=True, eq=False)
class Days:
    """Factors of each local day of the forecast, shape (days,).

    Attributes:
        first: The first day.
        ahead: What the level does after the counts end.
        season: Time of the year, 1 in the mean of a year.
        weekday: Day of the week, 1 in the mean of a week.
    """

    first: np.datetime64
    ahead: FloatArray
    season: FloatArray
    weekday: FloatArray

    @classmethod
    def plain(cls, first: np.datetime64, weekday: FloatArray) -> Days:
        """Days that differ by weekday only."""
        ones = np.ones(len(weekday))
        return cls(first, ones, ones, weekday)


@dataclass(frozen=True, eq=False)
class Past:
    """What was learned from, week by week; arrays of shape (weeks,).

    Attributes:
        first: The Monday with which the first week begins.
        counted: Calls that came on an open day, in the mean; NaN where too little was observed.
        level: Calls of an ordinary day as the model saw them; NaN of one that has no levels.
    """

    first: np.datetime64
    counted: FloatArray
    level: FloatArray

    @property
    def mondays(self) -> Dates:
        """First day of each week."""
        return np.asarray(self.first + 7 * np.arange(len(self.counted)))


@dataclass(frozen=True, eq=False)
class Grounds:
    """What the forecast of one queue is made of, small enough to be kept with it.

    Attributes:
        level: Calls of an ordinary day at the end of the counts: in the mean of a week and of a
            year, without holidays and events.
        days: What changes from day to day.
        shares: Each weekly slot's share of an ordinary day of its weekday, shape (7 × slots per
            day,).
        week: Factor of each weekday when the forecast begins, Monday first, shape (7,).
        past: What was learned from.
        special: Holidays and the days beside them, ascending: those of the forecast with their
            hours, and the holidays of about a year.
        occasions: Events and days of the year.
        chance: Variance of a count around its day's level, in units of its mean and of the square
            of its mean; None where the model does not part it so.
        year: Factor of the season a week apart from the first day on, over a year; none where the
            model knows no season.
        reason: Why this model, in a sentence; "" where it was asked for.
    """

    level: float
    days: Days
    shares: FloatArray
    week: FloatArray
    past: Past
    special: tuple[SpecialDay, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    chance: tuple[float, float] | None = None
    year: FloatArray = field(default_factory=lambda: np.zeros(0))
    reason: str = ""

    def factors(self, local: LocalTime) -> tuple[Factor, ...]:
        """What the means of some intervals of the forecast are made of, the level first.

        Factors of holidays and events are left out where they touch none of the intervals.

        Args:
            local: Local time of intervals within the forecast's days.
        """
        ones = np.ones(len(local.slot))
        day = (local.date - self.days.first).astype(np.int64)
        told = [
            Factor("level", "", self.level * ones),
            Factor("ahead", "", self.days.ahead[day]),
            Factor("season", "", self.days.season[day]),
            Factor("weekday", "", self.days.weekday[day]),
            Factor("time", "", self.shares[local.week_slot]),
        ]
        events = (Factor("event", each.name, each.at(local)) for each in self.occasions)
        named = (*self._holidays(local), *events)
        return (*told, *(each for each in named if np.any(each.values != 1)))

    def _holidays(self, local: LocalTime) -> Iterator[Factor]:
        by_name: dict[str, FloatArray] = {}
        for each in self.special:
            on = np.flatnonzero(local.date == each.date)
            if len(on):
                values = by_name.setdefault(each.name, np.ones(len(local.slot)))
                values[on] = each.day * each.hours[local.slot[on]]
        return (Factor("holiday", name, values) for name, values in by_name.items())

    def mean(self, local: LocalTime) -> FloatArray:
        """The product of all factors, calls per interval, shape (n,)."""
        return np.asarray(
            np.prod([each.values for each in self.factors(local)], axis=0), dtype=np.float64
        )


def of_week(
    week: FloatArray, window: Window, past: Past, chance: tuple[float, float] | None = None
) -> Grounds:
    """The grounds of a forecast that repeats one week.

    Args:
        week: Calls in each slot of the local week, shape (7 × slots per day,).
        window: The intervals that are forecast.
        past: What was learned from.
        chance: See `Grounds`.
    """
    by_day = week.reshape(7, -1)
    total = by_day.sum(axis=1)
    open_ = total > 0
    level = float(total[open_].mean()) if open_.any() else 0.0
    shares = np.divide(by_day, total[:, None], out=np.zeros_like(by_day), where=open_[:, None])
    factor = np.where(open_, total / max(level, 1e-300), 1.0)
    dates = window.dates
    days = Days.plain(dates[0], factor[(dates.astype(np.int64) + 3) % 7])
    return Grounds(level, days, shares.ravel(), factor, past, chance=chance)


def weekly(offered: FloatArray, local: LocalTime, closed: npt.NDArray[np.bool_]) -> Past:
    """Calls that came on an open day of each week, in the mean.

    Args:
        offered: Counts, NaN where not observed, shape (n,).
        local: Local time of the intervals.
        closed: Closed slots of the week, shape (7 × slots per day,).
    """
    week = (local.day + int(local.weekday[0])) // 7
    seen = ~np.isnan(offered)
    weeks = int(week[-1]) + 1
    calls = np.bincount(week[seen], offered[seen], minlength=weeks)
    number = np.bincount(week[seen], minlength=weeks)
    open_, days = int((~closed).sum()), int((~closed).reshape(7, -1).any(axis=1).sum())
    known = number >= max(1.0, _KNOWN_WEEK * open_)
    scale = open_ / max(days, 1)
    counted = np.divide(calls * scale, number, out=np.full(weeks, np.nan), where=known)
    first = local.date[0] - int(local.weekday[0])
    return Past(first, counted, np.full(weeks, np.nan))


def spans_of(
    dates: Dates, within: Sequence[np.datetime64]
) -> tuple[tuple[np.datetime64, np.datetime64], ...]:
    """Ascending dates as runs of days, as far as they lie between two days, both included."""
    kept = dates[(dates >= within[0]) & (dates <= within[1])]
    if not len(kept):
        return ()
    edges = np.flatnonzero(np.diff(kept).astype(np.int64) > 1)
    firsts = kept[np.concatenate([[0], edges + 1])]
    lasts = kept[np.concatenate([edges, [len(kept) - 1]])]
    return tuple(zip(firsts, lasts, strict=True))
