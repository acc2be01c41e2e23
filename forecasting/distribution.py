"""What a forecast says of each interval's count: a mean, quantiles and a distribution function."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import special

from forecasting.series import FloatArray, IntArray

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
"""The quantile levels that every forecast gives."""

_NO_CALLS = 1e-12
"""A mean up to which a count is certainly zero."""


@dataclass(frozen=True, eq=False)
class Distribution(ABC):
    """Distributions of the whole, non-negative counts of n intervals.

    Attributes:
        mean: Expected calls per interval, shape (n,), never negative.
        variance: Variance in calls squared, shape (n,); zero makes the mean certain.
        level: Relative variance of the level of the local day, which all its intervals share and
            which is a part of their variances, shape (n,); None where it is not told apart.

    Raises:
        ValueError: When the arrays differ in shape or hold a negative or infinite value or NaN.
    """

    mean: FloatArray
    variance: FloatArray
    level: FloatArray | None = None

    def __post_init__(self) -> None:
        for part in (self.mean, self.variance, *([] if self.level is None else [self.level])):
            if part.shape != self.mean.shape or not np.all(np.isfinite(part) & (part >= 0)):
                raise ValueError("means and variances must be finite, not negative, of one shape")

    def __len__(self) -> int:
        return len(self.mean)

    @abstractmethod
    def cdf(self, counts: npt.ArrayLike) -> FloatArray:
        """Probability of at most `counts` calls, shape (n,) or broadcast; 0 below zero calls."""

    @abstractmethod
    def quantile(self, level: float) -> FloatArray:
        """Smallest count reached with probability `level` (between 0 and 1), shape (n,)."""

    @cached_property
    def quantiles(self) -> FloatArray:
        """Quantiles at `LEVELS`, shape (7, n), not decreasing along the first axis."""
        return np.maximum.accumulate([self.quantile(level) for level in LEVELS], axis=0)

    def part(self, which: slice) -> Distribution:
        """The distributions of some of the intervals."""
        level = None if self.level is None else self.level[which]
        return type(self)(self.mean[which], self.variance[which], level)

    def day_totals(self, day: IntArray) -> NegativeBinomial:
        """Distributions of the sums over days, whose intervals share a level.

        Args:
            day: Number of each interval's day from 0, ascending, shape (n,).
        """
        level = np.zeros(len(self)) if self.level is None else self.level
        own = np.maximum(self.variance - level * self.mean**2, 0.0)
        parts = (self.mean, np.sqrt(level) * self.mean, own)
        mean, shared, noise = (np.bincount(day, part).astype(np.float64) for part in parts)
        return NegativeBinomial(mean, noise + shared**2)

    def closed_where(self, closed: npt.NDArray[np.bool_]) -> Distribution:
        """The same with certainly no calls where `closed`, shape (n,)."""
        mean, variance = (np.where(closed, 0.0, part) for part in (self.mean, self.variance))
        return type(self)(mean, variance, self.level)


@dataclass(frozen=True, eq=False)
class NegativeBinomial(Distribution):
    """Negative binomial counts; Poisson where the variance does not exceed the mean."""

    def cdf(self, counts: npt.ArrayLike) -> FloatArray:
        """Probability of at most `counts` calls."""
        return _cdf(np.floor(np.asarray(counts, dtype=np.float64)), self.mean, self.variance)

    def log_likelihood(self, counts: FloatArray) -> FloatArray:
        """Logarithm of the probability of each count, without terms of the counts alone."""
        mean = np.maximum(self.mean, _NO_CALLS)
        size = mean**2 / np.maximum(self.variance - mean, 1e-9 * mean)
        certain = -mean + counts * np.log(mean)
        rising = special.gammaln(counts + size) - special.gammaln(size)
        loose = rising - size * np.log1p(mean / size) + counts * np.log(mean / (size + mean))
        return np.where(self.variance - mean > 1e-6 * mean, loose, certain)

    def quantile(self, level: float) -> FloatArray:
        """Smallest count reached with probability `level`.

        Bisection from the Cornish-Fisher guess (Cornish & Fisher 1938, to the skewness term);
        each step costs one incomplete beta function per interval that is still open.
        """
        mean, variance = self.mean, self.variance
        spread = np.sqrt(np.maximum(np.maximum(mean, variance), 1e-12))
        z = float(special.ndtri(level))
        skewed = 2 * variance / np.maximum(mean, _NO_CALLS) - 1
        guess = mean + spread * z + skewed * (z * z - 1) / 6
        low = np.maximum(np.floor(guess) - 1, -1)
        high = np.maximum(np.ceil(guess), 0)
        for edge, sign in ((high, 1), (low, -1)):
            _widen(edge, sign, level, mean, variance)
        while (open_ := np.flatnonzero(high - low > 1)).size:
            middle = np.floor((low[open_] + high[open_]) / 2)
            reached = _cdf(middle, mean[open_], variance[open_]) >= level
            high[open_] = np.where(reached, middle, high[open_])
            low[open_] = np.where(reached, low[open_], middle)
        return high


def _cdf(counts: FloatArray, mean: FloatArray, variance: FloatArray) -> FloatArray:
    """Distribution function of the negative binomial with this mean and variance."""
    above = np.maximum(counts, 0) + 1
    safe = np.maximum(mean, _NO_CALLS)
    excess = variance - mean
    loose = (excess > 1e-9 * mean) & (mean > _NO_CALLS)
    size = safe * (safe / np.where(loose, excess, 1.0))
    share = np.where(loose, safe / np.where(loose, variance, 1.0), 0.5)
    result = np.where(loose, special.betainc(size, above, share), special.gammaincc(above, safe))
    return np.where(counts < 0, 0.0, np.where(mean > _NO_CALLS, result, 1.0))


def _widen(
    edge: FloatArray, sign: int, level: float, mean: FloatArray, variance: FloatArray
) -> None:
    """Move `edge` in place, by doubling steps, until the quantile lies on its inner side."""
    step = np.ones_like(edge)
    outside: IntArray = np.arange(len(edge))
    while outside.size:
        reached = _cdf(edge[outside], mean[outside], variance[outside]) >= level
        outside = outside[~reached if sign > 0 else reached]
        edge[outside] = np.maximum(edge[outside] + sign * step[outside], -1)
        step[outside] *= 2


@dataclass(frozen=True, eq=False)
class RoundedNormal(Distribution):
    """A normal distribution cut at zero and rounded to whole counts, around `mean`."""

    def cdf(self, counts: npt.ArrayLike) -> FloatArray:
        """Probability of at most `counts` calls."""
        at = np.floor(np.asarray(counts, dtype=np.float64))
        spread = np.sqrt(np.maximum(self.variance, 1e-12))
        return np.where(at < 0, 0.0, special.ndtr((at + 0.5 - self.mean) / spread))

    def quantile(self, level: float) -> FloatArray:
        """Smallest count reached with probability `level`."""
        spread = np.sqrt(np.maximum(self.variance, 1e-12))
        edge = self.mean + spread * float(special.ndtri(level)) - 0.5
        return np.maximum(np.ceil(edge), 0.0)
