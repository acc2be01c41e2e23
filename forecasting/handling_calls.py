"""Calls handled and the seconds they took, interval by interval, free of impossible times."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecasting.calendar import MINUTES_PER_DAY, Calendar, LocalTime
from forecasting.series import FloatArray, IntArray, Series

HOURS_OF_WEEK = 168

_FIRST_LIMIT = 30.0
"""Times the middle handling time that no interval's mean is taken to exceed, before more is known.
"""

_DEVIATIONS = 8.0
"""Standard deviations from what is expected beyond which an interval's mean is cut: single calls
take up to some ten times the mean, and nothing is lost of them."""

_CUT = 0.999
"""Quantile at which squared errors are cut before their mean is taken."""

_SINGLE = 0.8
"""Relative variance of single calls taken before any is known."""


@dataclass(frozen=True, eq=False)
class HandledCalls:
    """The n intervals that tell both calls handled and the seconds that these took.

    Attributes:
        calls: Calls handled, > 0, shape (n,).
        seconds: Seconds they took, > 0, shape (n,).
        date: Local date of each interval, shape (n,).
        place: Middle of each interval in hours of the local week from Monday, shape (n,).
    """

    calls: FloatArray
    seconds: FloatArray
    date: npt.NDArray[np.datetime64]
    place: FloatArray

    @classmethod
    def of(cls, series: Series, calendar: Calendar) -> HandledCalls | None:
        """What a series tells; None where it tells nothing.

        Intervals with calls and no seconds tell nothing: no call takes no time.
        """
        if series.handled_seconds is None:
            return None
        calls = series.handled_calls
        told = np.flatnonzero((calls > 0) & (series.handled_seconds > 0))
        if not told.size:
            return None
        local = calendar.local(series.start, series.interval_minutes, len(series))
        calls, seconds = calls[told], series.handled_seconds[told]
        middle = _FIRST_LIMIT * _weighted_median(seconds / calls, calls)
        seconds = np.minimum(seconds, calls * middle)
        return cls(calls, seconds, local.date[told], week_place(local)[told])

    @property
    def day(self) -> IntArray:
        """Number of each interval's local day from the first, shape (n,)."""
        days: IntArray = (self.date - self.date[0]).astype(np.int64)
        return days

    @property
    def hour(self) -> IntArray:
        """Hour of the local week, 0 is Monday from midnight, shape (n,)."""
        return self.place.astype(np.int64)

    def times(self, factor: FloatArray) -> HandledCalls:
        """The same with the seconds of each interval times a factor, shape (n,)."""
        return replace(self, seconds=self.seconds * factor)

    def within(self, expected: FloatArray, noise: CallNoise) -> HandledCalls:
        """The same with seconds that cannot be true cut.

        Args:
            expected: Expected seconds of a call, shape (n,).
            noise: How far the mean of an interval lies from it.
        """
        reach = _DEVIATIONS * np.sqrt(noise.relative(self.calls))
        low, high = np.maximum(1 - reach, 0.0), 1 + reach
        ratio = self.seconds / (self.calls * expected)
        return self.times(np.clip(ratio, low, high) / ratio)


@dataclass(frozen=True)
class CallNoise:
    """How far the mean handling time of an interval lies from what the day and hour would give.

    Attributes:
        single: Relative variance of single calls.
        hour: Relative variance that all calls of an interval share.
    """

    single: float = _SINGLE
    hour: float = 0.0

    def relative(self, calls: FloatArray) -> FloatArray:
        """Relative variance of the mean of so many calls."""
        return self.single / np.maximum(calls, 1e-9) + self.hour

    @classmethod
    def learn(cls, handled: HandledCalls, expected: FloatArray) -> CallNoise:
        """From squared errors over the number of calls, by weighted least squares.

        Args:
            handled: Calls and seconds.
            expected: Expected seconds of a call in each interval, the day's level included.
        """
        error = (handled.seconds / (handled.calls * expected) - 1) ** 2
        scaled = error * handled.calls
        error = np.minimum(scaled, float(np.quantile(scaled, _CUT))) / handled.calls
        found = cls()
        for _ in range(4):
            found = found._nearer(1 / handled.calls, error)
        return found

    def _nearer(self, few: FloatArray, error: FloatArray) -> CallNoise:
        """One step of weighted least squares of errors on 1 / calls and 1, neither below 0."""
        weight = (self.single * few + self.hour) ** -2.0
        a, b, c = (float(np.sum(weight * part)) for part in (few**2, few, np.ones(len(few))))
        p, q = float(np.sum(weight * few * error)), float(np.sum(weight * error))
        spread = a * c - b * b
        single, hour = p / a, 0.0
        if spread > 1e-9 * a * c:
            both = (c * p - b * q) / spread, (a * q - b * p) / spread
            if both[1] > 0:
                single, hour = both
        return CallNoise(max(single, 1e-4), hour)


def week_place(local: LocalTime) -> FloatArray:
    """Middle of each interval in hours of the local week, 0 being midnight before Monday."""
    length = MINUTES_PER_DAY // local.slots_per_day
    return (local.slot + 0.5) * (length / 60) + 24.0 * local.weekday


def _weighted_median(values: FloatArray, weight: FloatArray) -> float:
    """The value below which half of the weight lies."""
    order = np.argsort(values)
    sums = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(sums, sums[-1] / 2)])
