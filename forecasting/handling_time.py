"""Forecast of handling times: the mean of each interval's calls, and how far it may lie off.

The level of recent weeks, carried on as suits the queue best (`handling_level`), times the shape of
the week (`handling_week`), and on public holidays times their factor where past ones bear it out.
Every call weighs the same; impossible times are cut (`handling_calls`).

The mean of n calls lies off by the level of the day, which all its intervals share, by what the
shape does not tell, and by chance, which n calls average out. It is taken as gamma or as lognormal,
whichever made the means that were counted likelier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from forecasting.calendar import Calendar, LocalTime
from forecasting.distribution import LEVELS
from forecasting.handling_calls import CallNoise, HandledCalls, week_place
from forecasting.handling_level import HandledDays, HandlingLevel
from forecasting.handling_week import WeekShape
from forecasting.series import FloatArray, Series

HISTORY_DAYS = 731
"""Days before the forecast that are learned from."""

FEWEST_CALLS = 50
"""Handled calls below which nothing is forecast: their mean says as much."""

_FEW_DAYS = 28
"""Days below which the shape of the week is uncertain."""

_LONG_AGO_DAYS = 14
"""Days without a handling time before the forecast, from which a person should know."""

_FEWEST_HOLIDAYS = 3
"""Holidays needed to tell whether a factor for them would have helped."""

_HOLIDAY_PRIOR = 0.1
"""Standard deviation of the factor of holidays around 1, before any is known."""

_AROUND = 14.0
"""Days after which those around a day weigh half as much for its level."""

_ROUNDS = 4
"""In which level, shape and noise are learned from each other."""

_SURELY_POSITIVE = 1e-9


Family = Literal["gamma", "lognormal"]


@dataclass(frozen=True, eq=False)
class HandlingTimes:
    """What is expected of the handling times of n intervals.

    Attributes:
        mean: Expected seconds of a call, > 0, shape (n,).
        single: Relative variance of single calls.
        own: Relative variance that the calls of an interval share and other intervals do not,
            shape (n,).
        level: Relative variance of the level of the local day, which all its intervals share,
            shape (n,).
        family: Of the distribution of means.
    """

    mean: FloatArray
    single: float
    own: FloatArray
    level: FloatArray
    family: Family = "gamma"

    def __len__(self) -> int:
        return len(self.mean)

    def part(self, which: slice) -> HandlingTimes:
        """Those of some of the intervals."""
        own, level = self.own[which], self.level[which]
        return HandlingTimes(self.mean[which], self.single, own, level, self.family)

    def over(self, calls: FloatArray) -> tuple[float, float]:
        """Seconds of a call over all intervals, and the relative variance of their days' level.

        Args:
            calls: Calls of each interval, shape (n,); where there are none all weigh the same.
        """
        weight = calls if calls.sum() > 0 else np.ones(len(self))
        seconds = float(np.average(self.mean, weights=weight))
        return seconds, float(np.average(self.level, weights=weight * self.mean))

    @property
    def shared(self) -> FloatArray:
        """Relative variance that all calls of an interval share, shape (n,)."""
        return (1 + self.own) * (1 + self.level) - 1

    def quantile(self, level: float, calls: FloatArray) -> FloatArray:
        """Seconds of a call that the mean of an interval stays under with probability `level`.

        Args:
            level: Between 0 and 1.
            calls: How many calls the mean is of, > 0, or how many are expected, shape (n,); see
                `expected_calls`.
        """
        variance = self.shared + self.single / calls
        return self.mean * QUANTILES[self.family](level, variance)

    def quantiles(self, calls: FloatArray) -> FloatArray:
        """The same at `LEVELS`, shape (7, n)."""
        return np.array([self.quantile(level, calls) for level in LEVELS])


def gamma_quantile(level: float | FloatArray, variance: FloatArray) -> FloatArray:
    """Quantile of gamma distributions with mean 1 and these variances."""
    shape = 1 / np.maximum(variance, _SURELY_POSITIVE)
    return np.asarray(special.gammaincinv(shape, level) / shape)


def lognormal_quantile(level: float | FloatArray, variance: FloatArray) -> FloatArray:
    """Quantile of lognormal distributions with mean 1 and these variances."""
    spread = np.log1p(variance)
    return np.asarray(np.exp(np.sqrt(spread) * special.ndtri(level) - spread / 2))


QUANTILES: Mapping[Family, Callable[[float | FloatArray, FloatArray], FloatArray]] = {
    "gamma": gamma_quantile,
    "lognormal": lognormal_quantile,
}
"""Of every family."""


def expected_calls(mean: FloatArray) -> FloatArray:
    """As how many calls the mean of a Poisson number of calls counts: 1 / E[1 / N, N > 0].

    Args:
        mean: Expected calls, ≥ 0.
    """
    known, calls = _calls_table()
    many = np.maximum(mean, known[-1])
    return np.where(mean < known[-1], np.interp(mean, known, calls), many - 1 - 1 / many)


@cache
def _calls_table() -> tuple[FloatArray, FloatArray]:
    """Means up to 40, and what each counts for."""
    mean = np.concatenate([[1e-6], np.geomspace(0.01, 40, 120)])
    count = np.arange(1.0, 200)
    logs = count * np.log(mean[:, None]) - mean[:, None] - special.gammaln(count + 1)
    share = np.exp(logs)
    return mean, share.sum(axis=1) / (share / count).sum(axis=1)


@dataclass(frozen=True, eq=False)
class HandlingForecast:
    """A forecast of handling times, and what a person should know of it.

    Attributes:
        times: None where too little is known to say anything.
        notes: A sentence each, without the queue's name.
    """

    times: HandlingTimes | None
    notes: tuple[str, ...]


def forecast_handling(
    series: Series, start: np.datetime64, intervals: int, calendar: Calendar
) -> HandlingForecast:
    """Forecast the handling times of a queue.

    Args:
        series: Counts with handled seconds in some intervals; those of the last `HISTORY_DAYS` days
            that had ended by `start` are used.
        start: Beginning of the first interval, UTC, on the series' grid.
        intervals: How many.
        calendar: Zone and holidays.

    Returns:
        Handling times of every interval, also of closed ones, which take the level of the day;
        None of queues whose counts tell fewer than `FEWEST_CALLS` handled calls.
    """
    past = series.between(start - np.timedelta64(HISTORY_DAYS, "D"), start)
    handled = None if past is None else HandledCalls.of(past, calendar)
    if handled is None:
        return HandlingForecast(None, ())
    calls = int(handled.calls.sum())
    if calls < FEWEST_CALLS:
        words = f"Only {calls} calls with handling times: too few to forecast handling times."
        return HandlingForecast(None, (words,))
    learned = _Learned.of(handled, calendar)
    local = calendar.local(start, series.interval_minutes, intervals)
    return HandlingForecast(learned.times(local), _notes(handled, local.date[0]))


def _notes(handled: HandledCalls, first: np.datetime64) -> tuple[str, ...]:
    """What a person should know of the handling times that were learned from."""
    notes = []
    days = len(np.unique(handled.day))
    if days < _FEW_DAYS:
        notes.append(
            f"Only {days} {'day tells' if days == 1 else 'days tell'} handling times: how they "
            "differ over the week is uncertain below four weeks."
        )
    silence = int((first - handled.date[-1]).astype(np.int64)) - 1
    if silence >= _LONG_AGO_DAYS:
        notes.append(f"No handling times were told in the last {silence} days before the forecast.")
    return tuple(notes)


@dataclass(frozen=True, eq=False)
class _Learned:
    """What was learned of the handling times of one queue.

    Attributes:
        last: Last local day that tells anything.
        level: Level of the days after it.
        shape: Of the week.
        noise: How far an interval's mean lies from the truth.
        calendar: Zone and holidays.
        holiday: Factor of public holidays and how unsure it is; 1 and 0 where it did not help.
        family: Of the distribution of means.
    """

    last: np.datetime64
    level: HandlingLevel
    shape: WeekShape
    noise: CallNoise
    calendar: Calendar
    holiday: tuple[float, float]
    family: Family

    @classmethod
    def of(cls, handled: HandledCalls, calendar: Calendar) -> _Learned:
        """Learn level, shape and noise in turn, impossible times cut by what is known so far."""
        noise, shape = CallNoise(), WeekShape.flat()
        for _ in range(_ROUNDS):
            days = _days(handled, shape, noise)
            steady = days.robust()
            around = steady.smooth(_AROUND)
            uneven = steady.own(around)[1]
            expected = days.own(around)[0][handled.day] * shape.at(handled.place)
            handled = handled.within(expected, noise)
            noise = CallNoise.learn(handled, expected)
            calm = handled.times(_ratio(steady.seconds, days.seconds)[handled.day])
            shape = WeekShape.learn(calm, around[handled.day], noise, uneven)
        family = _family(handled, expected, noise)
        days = _days(handled, shape, noise)
        holiday = _holiday_factor(days, handled, calendar)
        ahead = HandlingLevel.learn(days.robust())
        return cls(handled.date[-1], ahead, shape, noise, calendar, holiday, family)

    def times(self, local: LocalTime) -> HandlingTimes:
        """Handling times of intervals after training."""
        place = week_place(local)
        lead = np.maximum((local.date - self.last).astype(np.int64) - 1, 0)
        mean = self.level.at(lead) * self.shape.at(place)
        named = _holidays(self.calendar, local.date)
        factor, unsure = (np.where(named, part, plain) for part, plain in
                          zip(self.holiday, (1.0, 0.0), strict=True))  # fmt: skip
        return HandlingTimes(
            mean * factor,
            self.noise.single,
            self.noise.hour + self.shape.unsure[place.astype(np.int64)],
            self.level.error.at(lead) + unsure,
            self.family,
        )


def _days(handled: HandledCalls, shape: WeekShape, noise: CallNoise) -> HandledDays:
    """Each day's seconds and those expected of its calls at a level of 1."""
    day, factor = handled.day, shape.at(handled.place)
    number = int(day[-1]) + 1
    error = (handled.calls * factor) ** 2 * noise.relative(handled.calls)
    expected, seconds, squares = (
        np.bincount(day, part, number).astype(np.float64)
        for part in (handled.calls * factor, handled.seconds, error)
    )
    return HandledDays(expected, seconds, _ratio(squares, expected**2))


def _ratio(over: FloatArray, under: FloatArray) -> FloatArray:
    """One over the other, 0 where there is nothing."""
    return np.divide(over, under, out=np.zeros(len(over)), where=under > 0)


def _family(handled: HandledCalls, expected: FloatArray, noise: CallNoise) -> Family:
    """The family of distributions under which the means that were counted are likelier."""
    ratio = handled.seconds / (handled.calls * expected)
    variance = noise.relative(handled.calls)
    shape, spread = 1 / variance, np.log1p(variance)
    logs = np.log(np.maximum(ratio, 1e-9))
    gamma = shape * np.log(shape) - special.gammaln(shape) + (shape - 1) * logs - shape * ratio
    normal = (logs + spread / 2) ** 2 / spread + np.log(2 * np.pi * spread) + 2 * logs
    return "gamma" if np.sum(gamma) >= -np.sum(normal) / 2 else "lognormal"


def _holidays(calendar: Calendar, dates: npt.NDArray[np.datetime64]) -> npt.NDArray[np.bool_]:
    """Whether each local date is a public holiday."""
    named: Mapping[np.datetime64, str] = calendar.holiday_names(dates[0], dates[-1])
    return np.isin(dates, np.array(sorted(named), dtype="datetime64[D]"))


def _holiday_factor(
    days: HandledDays, handled: HandledCalls, calendar: Calendar
) -> tuple[float, float]:
    """Factor of public holidays and its variance; 1 and 0 where it would not have helped.

    It helps when each holiday is nearer to what the others say than to an ordinary day.
    """
    dates = handled.date[0] + np.arange(len(days.expected))
    named = _holidays(calendar, dates) & days.told
    if named.sum() < _FEWEST_HOLIDAYS:
        return 1.0, 0.0
    ratio = days.raw[named] / days.robust().smooth(_AROUND)[named] - 1
    spread = max(float(np.var(ratio)), 1e-8)
    precision = 1 / (days.noise[named] + spread)
    prior = 1 / _HOLIDAY_PRIOR**2
    sums, weights = precision * ratio, precision.sum()
    without = (sums.sum() - sums) / (weights - precision + prior)
    if np.sum(precision * (ratio - without) ** 2) >= np.sum(precision * ratio**2):
        return 1.0, 0.0
    return 1 + float(sums.sum() / (weights + prior)), float(1 / (weights + prior)) + spread
