"""Today forecast again from the counts so far, and what that was worth on past days.

The level of a day, one factor over all its intervals, has a gamma prior around 1; counts given the
level scatter with a variance of `dispersion` times their mean. With the calls seen and those that
were expected of them both divided by the dispersion, the posterior is gamma again (Gelman et al.,
Bayesian Data Analysis, 3rd ed., section 2.6). The spread of the prior is that part of past days'
errors which lasted: the product of the errors before and after the same time of day, which chance
alone, being independent there, leaves at nought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.distribution import Distribution
from forecasting.scores import pinball
from forecasting.series import FloatArray, IntArray

PRIOR_SPREAD, PRIOR_DAYS = 0.004, 14.0
"""Relative variance of a day's level that lasts, before any past day told, and its weight in
days."""

FEWEST_DAYS = 14
"""Past days that are needed to tell whether the counts so far are worth anything."""

WORTH = 0.01
"""Share by which the rest of past days must have come out more exact for the update to be used."""

NO_WORSE = 1.0025
"""Of the loss of single intervals: as much as rounding quantiles to whole calls may add."""

_LARGEST = 0.04
"""What one day may add to the spread: a storm must not make every other day's level unsure."""


@dataclass(frozen=True, eq=False, slots=True)
class Day:
    """A day as it was forecast and as it came; arrays have a value for each of its n intervals.

    Attributes:
        said: What was forecast.
        counts: What came, NaN where that is not known, shape (n,).
        slot: Number of each interval in the local day by the wall clock, shape (n,).
    """

    said: Distribution
    counts: FloatArray
    slot: IntArray

    def sums(self, cut: int) -> FloatArray:
        """Calls expected and come before a slot, and those from it on, of known intervals."""
        known, early = ~np.isnan(self.counts), self.slot < cut
        parts = (known & early, known & ~early)
        told = [float(each[part].sum()) for part in parts for each in (self.said.mean, self.counts)]
        return np.array(told)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a queue's days depart from their forecast.

    Attributes:
        spread: Relative variance of the level of a day that lasts from one part to the other.
        dispersion: Variance over mean of the calls seen, given the level.
    """

    spread: float
    dispersion: float

    def level(self, expected: float, seen: float) -> tuple[float, float]:
        """Mean and variance of a day's level once calls were seen where others were expected."""
        if self.spread <= 0:
            return 1.0, 0.0
        shape = 1 / self.spread + seen / self.dispersion
        rate = 1 / self.spread + expected / self.dispersion
        return shape / rate, shape / rate**2


@dataclass(frozen=True, eq=False, slots=True)
class Updated:
    """The intervals of a day forecast again: mean and the seven quantiles, (n,) and (7, n)."""

    mean: FloatArray
    quantiles: FloatArray


@dataclass(frozen=True, slots=True)
class Gain:
    """What forecasting again at some time of day was worth on past days.

    Attributes:
        days: How many were tried, each with what was known before it.
        untouched, updated: Mean absolute error of the rest of the day, in calls.
        untouched_loss, updated_loss: Mean pinball loss of its intervals, in calls.
        doubt: Standard error of the difference of the two errors, in calls.
    """

    days: int
    untouched: float
    updated: float
    untouched_loss: float
    updated_loss: float
    doubt: float

    @property
    def is_known(self) -> bool:
        """Whether there were days enough."""
        return self.days >= FEWEST_DAYS

    @property
    def share(self) -> float:
        """By which share the rest of the day came out more exact; negative for less."""
        return 1 - self.updated / self.untouched if self.untouched > 0 else 0.0

    @property
    def is_worth_it(self) -> bool:
        """Whether to update: better for the day beyond chance, and no worse inside it."""
        better = self.share >= WORTH and self.untouched - self.updated > self.doubt
        return self.is_known and better and self.updated_loss <= NO_WORSE * self.untouched_loss


def habit(sums: Sequence[FloatArray]) -> Habit:
    """How days depart from their forecast, from past ones, shrunk while there are few.

    Args:
        sums: Of each day, `Day.sums` at one time of day.
    """
    told = np.array([each for each in sums if each[0] > 0 and each[2] > 0]).reshape(-1, 4)
    early, came_early, late, came_late = told.T
    lasting = (came_early - early) * (came_late - late) / np.maximum(early * late, 1e-9)
    weight = len(told) + PRIOR_DAYS
    lasting = np.clip(lasting, -_LARGEST, _LARGEST)
    spread = max(0.0, (float(np.sum(lasting)) + PRIOR_DAYS * PRIOR_SPREAD) / weight)
    beyond = (came_early - early) ** 2 / np.maximum(early, 1e-9) - spread * early
    dispersion = (float(np.sum(beyond)) + PRIOR_DAYS) / weight
    return Habit(spread, max(dispersion, 1.0))


def update(said: Distribution, known: Habit, expected: float, seen: float) -> Updated:
    """Forecast intervals of a day again.

    Means are scaled by the level; quantiles keep their distance from the mean in units of the
    standard deviation, which loses what is known now of the level.

    Args:
        said: What was forecast of them.
        known: How the queue's days depart from their forecast.
        expected: Calls expected in the intervals that are over.
        seen: Calls that came in them.
    """
    factor, left = known.level(expected, seen)
    mean = said.mean * factor
    own = np.maximum(
        said.variance - known.spread * said.mean**2, np.minimum(said.mean, said.variance)
    )
    variance = own * factor + left * said.mean**2
    ratio = np.sqrt(variance / np.maximum(said.variance, 1e-12))
    moved = np.rint(
        mean + (said.quantiles - said.mean) * np.where(said.variance > 0, ratio, factor)
    )
    return Updated(mean, np.maximum(moved, 0.0))


def gain(days: Sequence[Day], cut: int) -> Gain:
    """What forecasting again at a time of day was worth: each day by what was known before it.

    Args:
        days: Past days in order of time.
        cut: The first slot of the rest of the day.
    """
    sums = [day.sums(cut) for day in days]
    errors: list[tuple[float, float, float, float, int]] = []
    for at, day in enumerate(days):
        early, came_early, late, came_late = sums[at]
        rest = (day.slot >= cut) & ~np.isnan(day.counts)
        if early <= 0 or late <= 0 or not rest.any():
            continue
        again = update(day.said, habit(sums[:at]), early, came_early)
        counts = day.counts[rest]
        errors.append(
            (
                abs(came_late - late),
                abs(came_late - float(again.mean[rest].sum())),
                pinball(counts, day.said.quantiles[:, rest]),
                pinball(counts, again.quantiles[:, rest]),
                len(counts),
            )
        )
    if not errors:
        return Gain(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    told = np.array(errors)
    losses = np.average(told[:, 2:4], axis=0, weights=told[:, 4])
    doubt = float(np.std(told[:, 0] - told[:, 1])) / np.sqrt(len(told))
    means = told[:, :2].mean(axis=0)
    return Gain(len(told), *(float(each) for each in (*means, *losses, doubt)))
