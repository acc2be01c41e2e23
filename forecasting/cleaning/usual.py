"""What a queue's counts usually are: a weekly shape, the level of its days, and how both vary.

Counts are taken as gamma-Poisson: an interval's count given its day varies by `dispersion` times
its mean, and a day's level varies around the level of the weeks about it by the relative variance
`day_spread`. All are learned from counts that are believed, by medians and trimmed sums, so that
the dirt that is looked for does not hide itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from forecasting.calendar import LocalTime
from forecasting.profile import sums
from forecasting.series import FloatArray

BoolArray = npt.NDArray[np.bool_]

_AROUND = 21
"""Days before and after one from which its level is known."""

_OPEN_SHARE = 0.5
"""A slot of the week is open when at least this share of its weeks was observed."""

_PRIOR_CALLS = 12.0
"""Calls for which a slot's neighbours and the same time on other days count: a spread of .3."""

_LEAST_SPREAD = 0.005
"""Least relative variance of a day's level: 7 %, as on the steadiest queues that were seen."""

_TRIM = 4.0
"""Spreads from the median of its weeks beyond which a day does not tell the level."""


@dataclass(frozen=True, eq=False)
class Usual:
    """What is usual, for a series of n intervals over some local days.

    Attributes:
        shape: Calls of each weekly slot at level 1, shape (7 × slots per day,); 0 where closed.
        level: Level of each local day by the weeks about it, shape (days,).
        expected: Expected count of each interval by shape and level, shape (n,).
        is_open: Whether the queue is open in each interval, observed or not, shape (n,).
        believed: Whether each interval was observed and is believed, shape (n,).
        total: Believed calls of each local day, shape (days,).
        mass: Expected calls of each day's believed intervals, shape (days,).
        dispersion: Variance of a count given its day, in units of its mean; at least 1.
        day_spread: Relative variance of a day's level.
    """

    shape: FloatArray
    level: FloatArray
    expected: FloatArray
    is_open: BoolArray
    believed: BoolArray
    total: FloatArray
    mass: FloatArray
    dispersion: float
    day_spread: float

    @property
    def factor(self) -> FloatArray:
        """Each day's own level over that of its weeks, given its believed counts, (days,)."""
        prior = 1 / self.day_spread
        gained = 1 / self.dispersion
        return np.asarray((prior + gained * self.total) / (prior + gained * self.mass))

    @property
    def zero_weight(self) -> float:
        """−ln of the chance of no call, for each expected call, of a negative binomial count."""
        d = self.dispersion
        return 1.0 if d < 1.001 else float(np.log(d) / (d - 1))


def learn(offered: FloatArray, local: LocalTime, doubted: BoolArray, jumps: list[int]) -> Usual:
    """Learn what is usual from the counts that are not doubted.

    Args:
        offered: Counts, NaN where not observed, shape (n,).
        local: Local time of the intervals.
        doubted: Intervals to leave out, shape (n,).
        jumps: Days at which the level is known to jump: weeks on the other side do not tell it.
    """
    believed = ~np.isnan(offered) & ~doubted
    counts = np.where(believed, offered, 0.0)
    if believed.any():  # what no interval can hold must not set the level before it is found
        counts = np.minimum(counts, 3 * float(np.quantile(counts[believed], 0.995)) + 10)
    is_open = _open(offered, local)
    days = int(local.day[-1]) + 1
    level = np.ones(days)
    spread = 0.02
    total = sums(local.day, counts, days)
    for _ in range(3):
        shape = weekly_shape(counts, level[local.day], believed, local)
        at_one = np.where(is_open & believed, shape[local.week_slot], 0.0)
        exposure = sums(local.day, at_one, days)
        level, spread = _levels(total, exposure, spread, jumps)
    expected = np.where(is_open, level[local.day] * shape[local.week_slot], 0.0)
    mass = level * exposure
    first = Usual(shape, level, expected, is_open, believed, total, mass, 1.0, spread)
    dispersion = _dispersion(offered, first, local)
    return Usual(shape, level, expected, is_open, believed, total, mass, dispersion, spread)


def _open(offered: FloatArray, local: LocalTime) -> BoolArray:
    """Whether each interval's weekly slot is one in which the queue is open."""
    slots = 7 * local.slots_per_day
    there = np.bincount(local.week_slot, minlength=slots)
    seen = ~np.isnan(offered)
    observed = np.bincount(local.week_slot[seen], minlength=slots)
    with_calls = np.bincount(local.week_slot[seen], offered[seen] > 0, minlength=slots)
    is_open: BoolArray = ((observed >= _OPEN_SHARE * there) & (with_calls > 0))[local.week_slot]
    return is_open


def weekly_shape(
    counts: FloatArray,
    level: FloatArray,
    believed: BoolArray,
    local: LocalTime,
    prior_calls: float = _PRIOR_CALLS,
    closed_from: float = 0.0,
) -> FloatArray:
    """Calls of a weekly slot at level 1, drawn to its neighbours and to other days while few came.

    Args:
        counts: 0 where not believed, shape (n,).
        level: Level of each interval's day, shape (n,).
        believed: What to learn from, shape (n,).
        local: Local time of the intervals.
        prior_calls: Calls for which neighbours and other days count.
        closed_from: Calls by the same time on all days from which none at all means closed; a slot
            of fewer, at a time at which some come on other days, is only quiet.
    """
    size = 7 * local.slots_per_day
    at = local.week_slot
    came = sums(at, counts, size).reshape(7, -1)
    exposed = sums(at, np.where(believed, level, 0.0), size).reshape(7, -1)
    every_day = (_near(came.sum(axis=0)) + 1e-6) / (_near(exposed.sum(axis=0)) + 1e-6)
    by_day = (came.sum(axis=1) + prior_calls) / (
        np.einsum("ds,s->d", exposed, every_day) + prior_calls
    )
    prior = np.outer(by_day, every_day)
    flat_came, flat_exposed = _near(came.ravel()), _near((prior * exposed).ravel())
    prior = prior.ravel() * (flat_came + prior_calls) / (flat_exposed + prior_calls)
    own, at_risk = came.ravel(), exposed.ravel()
    shape = prior * (own + prior_calls) / (prior * at_risk + prior_calls)
    quiet = (every_day * exposed < closed_from) & (came.sum(axis=0) > 0)
    return np.where((own > 0) | quiet.ravel(), shape, 0.0)


def _near(values: FloatArray) -> FloatArray:
    """Circular sum of neighbours: two either side, weighted 1 2 3 2 1."""
    return np.asarray(
        3 * values
        + 2 * (np.roll(values, 1) + np.roll(values, -1))
        + np.roll(values, 2)
        + np.roll(values, -2)
    )


def _levels(
    total: FloatArray, exposure: FloatArray, spread: float, jumps: list[int]
) -> tuple[FloatArray, float]:
    """Level of each day by the weeks about it, and the relative variance of days around it."""
    some = exposure > 0
    whole = some & (exposure > 0.5 * float(np.median(exposure[some])) if some.any() else some)
    ratio = np.where(whole, total / np.where(exposure > 0, exposure, 1.0), np.nan)
    everywhere = float(total.sum() / max(exposure.sum(), 1e-12))
    level = np.full(len(total), everywhere)
    for first, after in zip([0, *jumps], [*jumps, len(total)], strict=True):
        part = slice(first, after)
        middle = _running_median(ratio[part], everywhere)
        noise = np.sqrt(spread + 1 / np.maximum(middle * exposure[part], 0.1))
        told = whole[part] & (np.abs(ratio[part] / np.maximum(middle, 1e-12) - 1) < _TRIM * noise)
        came = _running_sum(np.where(told, total[part], 0.0))
        exposed = _running_sum(np.where(told, exposure[part], 0.0))
        level[part] = np.where(exposed > 0, came / np.maximum(exposed, 1e-12), middle)
    mass = level * exposure
    use = whole & (mass > 0)
    if np.count_nonzero(use) < 14:
        return level, max(spread, _LEAST_SPREAD)
    off = total[use] / mass[use] - 1
    variance = (1.4826 * float(np.median(np.abs(off)))) ** 2 - float(np.median(1 / mass[use]))
    return level, max(variance, _LEAST_SPREAD)


def _running_median(values: FloatArray, otherwise: float) -> FloatArray:
    """Median of the values within `_AROUND` places that are not NaN."""
    padded = np.pad(values, _AROUND, constant_values=np.nan)
    windows = np.sort(sliding_window_view(padded, 2 * _AROUND + 1), axis=1)  # NaN comes last
    known = np.count_nonzero(~np.isnan(windows), axis=1)
    rows = np.arange(len(values))
    low, high = np.maximum(known - 1, 0) // 2, known // 2
    high = np.minimum(high, np.maximum(known - 1, 0))
    middle = (windows[rows, low] + windows[rows, high]) / 2
    return np.where(known > 0, middle, otherwise)


def _running_sum(values: FloatArray) -> FloatArray:
    """Sum of the values within `_AROUND` places."""
    run = np.concatenate([[0.0], np.cumsum(values)])
    place = np.arange(len(values))
    high = np.minimum(place + _AROUND + 1, len(values))
    return np.asarray(run[high] - run[np.maximum(place - _AROUND, 0)])


def _dispersion(offered: FloatArray, usual: Usual, local: LocalTime) -> float:
    """Median over weeks of the mean squared Pearson residual, given each day's own level."""
    mean = usual.expected * usual.factor[local.day]
    use = usual.believed & (mean > 0.02)
    if np.count_nonzero(use) < 500:
        return 1.0
    week = (local.day + int(local.weekday[0]))[use] // 7
    pearson = (offered[use] - mean[use]) ** 2 / mean[use]
    number = np.bincount(week)
    enough = number >= 0.5 * float(np.median(number[number > 0]))
    return max(1.0, float(np.median(np.bincount(week, pearson)[enough] / number[enough])))
