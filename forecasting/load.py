"""Offered load: how many people the calls of each interval keep busy, with its uncertainty.

S, the seconds that N calls take, has the mean m·h and the relative variance

    (1 + V[N]/m²)·(1 + c²) − 1 + v/m,

h being the mean handling time, c² what all its calls share and v the relative variance of single
calls: what N leaves open, times what h leaves open, and chance. Load is S over the length of an
interval; calls of an interval count in it, also where they are still being handled in the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from forecasting.distribution import LEVELS, Distribution
from forecasting.handling_time import HandlingTimes, expected_calls, gamma_quantile
from forecasting.series import FloatArray, IntArray

_NOTHING = 1e-12
"""A load up to which nobody is busy."""


@dataclass(frozen=True, eq=False)
class Load:
    """Distributions of the offered load of n intervals, in erlangs.

    Attributes:
        mean: Shape (n,).
        variance: Shape (n,).
        idle: Probability that no call comes, shape (n,).
        level: Relative variance of the level of the local day, which all its intervals share and
            which is a part of their variances, shape (n,); None where that of calls is not told
            apart.
    """

    mean: FloatArray
    variance: FloatArray
    idle: FloatArray
    level: FloatArray | None

    def quantile(self, level: float) -> FloatArray:
        """Load that is not exceeded with probability `level`: none, or gamma distributed."""
        busy = np.maximum(1 - self.idle, _NOTHING)
        mean = np.maximum(self.mean, _NOTHING) / busy
        # Of busy intervals, so that all of them have the mean and the variance of all.
        relative = (self.variance / busy - mean**2 * self.idle) / mean**2
        share = (level - self.idle) / busy
        found = np.zeros(len(self.mean))
        some = (share > 0) & (self.mean > _NOTHING)
        shape = np.maximum(relative[some], 1e-9)
        found[some] = mean[some] * gamma_quantile(share[some], shape)
        return found

    @cached_property
    def quantiles(self) -> FloatArray:
        """Quantiles at `LEVELS`, shape (7, n), not decreasing along the first axis."""
        return np.maximum.accumulate([self.quantile(level) for level in LEVELS], axis=0)

    def day_means(self, day: IntArray) -> Load:
        """Mean load of each day, whose intervals share a level.

        Args:
            day: Number of each interval's day from 0, ascending, shape (n,).
        """
        level = np.zeros(len(self.mean)) if self.level is None else self.level
        own = np.maximum(self.variance - level * self.mean**2, 0.0)
        number = np.bincount(day).astype(np.float64)
        parts = (self.mean, np.sqrt(level) * self.mean, own)
        mean, shared, noise = (np.bincount(day, part) for part in parts)
        idle = np.exp(np.bincount(day, np.log(np.maximum(self.idle, 1e-300))))
        variance = (noise + shared**2) / number**2
        level = np.divide(shared, mean, out=np.zeros(len(mean)), where=mean > 0) ** 2
        return Load(mean / number, variance, idle, level)


@dataclass(frozen=True, eq=False)
class Workload:
    """Handling times and load of the intervals of a forecast.

    Attributes:
        times: Handling times.
        calls: Calls expected, shape (n,).
        load: Offered load.
    """

    times: HandlingTimes
    calls: FloatArray
    load: Load

    @classmethod
    def of(cls, calls: Distribution, times: HandlingTimes, interval_minutes: int) -> Workload:
        """The work that calls with these handling times are."""
        return cls(times, calls.mean, offered_load(calls, times, interval_minutes))

    @cached_property
    def aht_quantiles(self) -> FloatArray:
        """Quantiles at `LEVELS` of an interval's mean handling time, shape (7, n)."""
        return self.times.quantiles(expected_calls(self.calls))


def offered_load(calls: Distribution, times: HandlingTimes, interval_minutes: int) -> Load:
    """The load of intervals with these calls and handling times.

    Args:
        calls: Calls of n intervals.
        times: Handling times of the same intervals.
        interval_minutes: Length of an interval.
    """
    mean = calls.mean * times.mean / (60.0 * interval_minutes)
    some = calls.mean > _NOTHING
    safe = np.where(some, calls.mean, 1.0)
    relative = (1 + calls.variance / safe**2) * (1 + times.shared) - 1 + times.single / safe
    level = None if calls.level is None else (1 + calls.level) * (1 + times.level) - 1
    idle = np.where(some, calls.cdf(0), 1.0)
    return Load(mean, np.where(some, relative * mean**2, 0.0), idle, level)
