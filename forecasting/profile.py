"""The shape of the week: each slot's share of its day's calls, smoothed and shrunken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt

from forecasting.calendar import LocalTime
from forecasting.series import FloatArray, IntArray

_GROUPS = ((0, 1, 2, 3, 4), (5, 6))
"""Weekdays whose shapes resemble each other, as a step between all days and each day."""

_HALF_LIVES = (8.0, 20.0, 60.0)
"""Weeks after which an observation counts half: tried on held-out weeks."""

_WIDTHS = (0.3, 0.6, 1.0, 1.8)
"""Factors on the kernels' widths: tried on held-out weeks."""

_KERNEL_MINUTES = (20.0, 30.0, 60.0)
"""Standard deviation of the kernels for all days, a group of days, and one day of the week."""

_SPREAD = 0.1
"""Prior relative spread of a group's shape around all days', and of a day's around its group's."""

_TEST_WEEKS = 24
"""Weeks at the end on which half-life and width are chosen, in six blocks of four."""


@dataclass(frozen=True)
class WeekTable:
    """Counts laid out by local week, arrays of shape (weeks, 7 × slots per day).

    Attributes:
        counts: Observed calls.
        exposure: Expected calls of the whole local day, added for each observed interval: a slot's
            expected count is its exposure times its share of the day.
    """

    counts: FloatArray
    exposure: FloatArray

    @classmethod
    def of(cls, offered: FloatArray, local: LocalTime, level: FloatArray) -> WeekTable:
        """Lay out counts, given each interval's expected day total `level`, shape (n,)."""
        seen = ~np.isnan(offered)
        width = 7 * local.slots_per_day
        week = (local.day + int(local.weekday[0])) // 7
        cell = (week * width + local.week_slot)[seen]
        size = (int(week[-1]) + 1) * width
        return cls(
            sums(cell, offered[seen], size).reshape(-1, width),
            sums(cell, level[seen], size).reshape(-1, width),
        )


def fit_profile(table: WeekTable, closed: npt.NDArray[np.bool_]) -> FloatArray:
    """Each weekly slot's share of its local day's calls, shape (7 × slots per day,).

    Counts are weighted towards recent weeks and pooled over neighbouring slots by a Gaussian
    kernel in three steps, each shrunken to the one before as a gamma prior to Poisson counts:
    all days, weekdays and weekends, each day of the week. Half-life and kernel widths are those
    that predict the last weeks best. The shares of an open day add up to 1; closed slots have 0.

    Args:
        table: Counts and exposure by week.
        closed: Weekly slots that are closed.
    """
    half_life, width = _chosen(table)
    share = _shares(table, len(table.counts), half_life, width)
    by_day = np.where(closed, 0.0, share).reshape(7, -1)
    total = by_day.sum(axis=1, keepdims=True)
    return np.asarray(by_day / np.where(total > 0, total, 1.0), dtype=np.float64).ravel()


def _chosen(table: WeekTable) -> tuple[float, float]:
    """Half-life in weeks and width factor with the least Poisson deviance on held-out weeks."""
    weeks = len(table.counts)
    starts = [weeks - back for back in range(4, _TEST_WEEKS + 1, 4) if weeks - back >= 8]
    best, choice = np.inf, (20.0, 1.0)
    for half_life, width in product(_HALF_LIVES, _WIDTHS) if starts else ():
        loss = 0.0
        for start in starts:
            share = _shares(table, start, half_life, width)
            counts = table.counts[start : start + 4].sum(axis=0)
            expected = share * table.exposure[start : start + 4].sum(axis=0)
            loss += float(np.sum(expected - counts * np.log(np.maximum(expected, 1e-9))))
        if loss < best:
            best, choice = loss, (half_life, width)
    return choice


def _shares(table: WeekTable, weeks: int, half_life: float, width: float) -> FloatArray:
    """Shares from the first `weeks` weeks, not yet made to add up to 1 within a day."""
    age = np.arange(weeks)[::-1]
    weight = 0.5 ** (age / half_life)
    counts, exposure = (  # einsum: BLAS would start threads, which cost more than they save here
        np.einsum("w,ws->s", weight, part[:weeks]).reshape(7, -1)
        for part in (table.counts, table.exposure)
    )
    per_day = counts.shape[1]
    all_days, group_days = (
        _kernel(per_day, width * minutes * per_day / 1440) for minutes in _KERNEL_MINUTES[:2]
    )
    flat = counts.sum() / max(float(exposure.sum()), 1e-300)
    prior = 0.5 * flat
    pooled = _smooth(exposure.sum(axis=0), all_days)
    shape = (_smooth(counts.sum(axis=0), all_days) + prior) / (pooled + prior / max(flat, 1e-300))
    result = np.tile(shape, (7, 1))
    for days in map(list, _GROUPS):
        factor = _factor(counts[days].sum(axis=0), (shape * exposure[days]).sum(axis=0), group_days)
        result[days] *= factor
    week = _kernel(7 * per_day, width * _KERNEL_MINUTES[2] * per_day / 1440)
    own = _factor(counts.ravel(), (result * exposure).ravel(), week)
    return result.ravel() * own


def _factor(counts: FloatArray, expected: FloatArray, kernel: FloatArray) -> FloatArray:
    """Posterior mean of a slot's factor on what was expected, from counts of its neighbours."""
    prior = 1 / _SPREAD**2
    return (_smooth(counts, kernel) + prior) / (_smooth(expected, kernel) + prior)


def _smooth(values: FloatArray, kernel: FloatArray) -> FloatArray:
    """Circular sum of neighbours weighted by a kernel given in the frequency domain."""
    return np.maximum(np.fft.irfft(np.fft.rfft(values) * kernel, n=len(values)), 0.0)


@lru_cache(maxsize=64)
def _kernel(slots: int, deviation: float) -> FloatArray:
    """Transform of a circular Gaussian kernel of height 1, deviation in slots."""
    away = np.minimum(np.arange(slots), slots - np.arange(slots))
    kernel = np.exp(-0.5 * (away / max(deviation, 1e-6)) ** 2)
    return np.asarray(np.fft.rfft(kernel).real, dtype=np.float64)


def day_shares(shares: FloatArray, local: LocalTime, seen: npt.NDArray[np.bool_]) -> FloatArray:
    """Expected share of each local day's calls in its observed intervals, shape (days,).

    Args:
        shares: Each interval's share of its day, shape (n,).
        local: Local time of the intervals.
        seen: Which of them were observed, shape (n,).
    """
    return sums(local.day[seen], shares[seen], int(local.day[-1]) + 1)


def sums(places: IntArray, values: FloatArray, size: int) -> FloatArray:
    """Sum of the values that fall in each of `size` places."""
    return np.asarray(np.bincount(places, values, minlength=size), dtype=np.float64)
