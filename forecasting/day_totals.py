"""Daily totals: a robust, penalised log-linear regression on weekday, season and holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from forecasting.series import FloatArray, IntArray

_HUBER = 2.0
"""Standard deviations beyond which a day's pull no longer grows (Huber 1964)."""

_ROUNDS = 6
"""Rounds of reweighting; the fit changes little after four."""


@dataclass(frozen=True)
class Days:
    """Local days, arrays of shape (days,).

    Attributes:
        date: Local dates, `datetime64[D]`, ascending.
        total: Calls of each day's observed intervals.
        share: Expected share of the day's calls that fall in its observed intervals; near 1 on a
            full day, more on the day with a doubled hour.
    """

    date: npt.NDArray[np.datetime64]
    total: FloatArray
    share: FloatArray

    def before(self, date: np.datetime64) -> Days:
        """The days before `date`."""
        which = self.date < date
        return Days(self.date[which], self.total[which], self.share[which])


@dataclass(frozen=True)
class Design:
    """The columns of the regression, fixed by a training span.

    Attributes:
        first: First training day.
        last: Last training day.
        holidays: Names of holidays by date, over training and horizon.
        names: Holidays that occur in training, each with a column of its own.
        weekly_drift: Prior standard deviation of the level's change per week, in logs.
    """

    first: np.datetime64
    last: np.datetime64
    holidays: Mapping[np.datetime64, str]
    names: tuple[str, ...]
    weekly_drift: float

    @cached_property
    def knots(self) -> FloatArray:
        """Days before `last` between which the level drifts: weekly at first, then monthly."""
        span = int((self.last - self.first).astype(np.int64))
        recent = np.arange(0, min(span, 182), 7)
        older = np.arange(182, span, 28)
        return np.concatenate([recent, older, [span]]).astype(np.float64)

    @property
    def harmonics(self) -> int:
        """Annual Fourier pairs that the span can carry."""
        years = float((self.last - self.first).astype(np.int64)) / 365.25
        return 0 if years < 0.95 else 2 if years < 1.9 else 3

    def matrix(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Columns for `dates`, shape (days, columns), the constant first."""
        ago = (self.last - dates).astype(np.int64).astype(np.float64)
        weekday: IntArray = (dates.astype(np.int64) + 3) % 7
        columns = [np.ones(len(dates)), -ago / 365.25]
        columns += [(weekday == day).astype(np.float64) for day in range(7)]
        for k in range(1, self.harmonics + 1):
            angle = 2 * np.pi * k * dates.astype(np.int64) / 365.2425
            columns += [np.sin(angle), np.cos(angle)]
        for near, far in zip(self.knots[:-1], self.knots[1:], strict=True):
            columns.append(-np.clip((ago - near) / (far - near), 0.0, 1.0))
        return np.column_stack(columns + self._holiday_columns(dates))

    def _holiday_columns(self, dates: npt.NDArray[np.datetime64]) -> list[FloatArray]:
        """One column for any holiday, for the day before and after one, and for each by name."""
        if not self.names:
            return []
        known = np.array(list(self.holidays), dtype="datetime64[D]")
        days = np.array(list(self.holidays.values()))
        is_holiday = np.isin(dates, known)
        eve = np.isin(dates + 1, known) & ~is_holiday
        after = np.isin(dates - 1, known) & ~is_holiday
        own = [np.isin(dates, known[days == name]) for name in self.names]
        return [np.asarray(c, dtype=np.float64) for c in (is_holiday, eve, after, *own)]

    @cached_property
    def spreads(self) -> FloatArray:
        """Prior standard deviation of each coefficient, in logs, shape (columns,)."""
        season = [0.15 / k for k in range(1, self.harmonics + 1) for _ in range(2)]
        drift = self.weekly_drift * np.sqrt(np.diff(self.knots) / 7)
        holidays = [0.15, 0.05, 0.05, *[0.15] * len(self.names)] if self.names else []
        return np.array([10.0, 0.1, *[0.5] * 7, *season, *drift, *holidays])


@dataclass(frozen=True)
class DayModel:
    """A fitted regression of daily totals.

    Attributes:
        design: Its columns.
        coefficients: One per column, in logs of calls per day.
        unevenness: Variance of a day's level around its expectation, relative to the square of
            that expectation.
    """

    design: Design
    coefficients: FloatArray
    unevenness: float

    def expected(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Expected calls of each whole local day, shape (days,)."""
        return np.exp(np.minimum(self.design.matrix(dates) @ self.coefficients, 18.0))


def fit_days(
    days: Days, holidays: Mapping[np.datetime64, str], weekly_drift: float, half_life: float = 400.0
) -> DayModel:
    """Fit daily totals.

    Totals are taken as counts with expectation share × level, and variance equal to that plus
    `unevenness` times its square. The logarithm of the level is linear in weekday, trend, annual
    Fourier terms, holidays and a drifting level; every coefficient has a normal prior, so the
    fit is a ridge regression with its own penalty per column, solved by iteratively reweighted
    least squares (McCullagh & Nelder 1989, section 2.5) with Huber's weights and recency weights.

    Args:
        days: Days with at least one call in all.
        holidays: Names of holidays by date.
        weekly_drift: Prior standard deviation of the level's change per week, in logs.
        half_life: Days after which a day counts half.
    """
    used = days.share >= 0.25 * min(1.0, float(days.share.max()))
    date, total, share = days.date[used], days.total[used], days.share[used]
    names = tuple(sorted({holidays[day] for day in date if day in holidays}))
    design = Design(days.date[0], days.date[-1], holidays, names, weekly_drift)
    matrix = design.matrix(date)
    recency = 0.5 ** ((design.last - date).astype(np.int64) / half_life)
    center = float(np.log((total.sum() + 0.5) / share.sum()))
    prior = np.zeros(matrix.shape[1])
    prior[0] = center
    coefficients, unevenness = prior, 0.02
    for _ in range(_ROUNDS):
        expected = share * np.exp(np.clip(matrix @ coefficients, center - 6, center + 6))
        error = total - expected
        variance = expected + unevenness * expected**2
        pull = np.minimum(1.0, _HUBER / np.maximum(np.abs(error) / np.sqrt(variance), 1e-9))
        weight = recency * pull * expected**2 / variance
        response = np.log(expected / share) + error / expected
        coefficients = prior + _ridge(matrix, response - matrix @ prior, weight, design.spreads)
        unevenness = _unevenness(error, expected)
    return DayModel(design, coefficients, unevenness)


def _ridge(
    matrix: FloatArray, response: FloatArray, weight: FloatArray, spreads: FloatArray
) -> FloatArray:
    """Weighted least squares with a normal prior of mean 0 per coefficient, as added rows."""
    from statsmodels.regression.linear_model import WLS  # noqa: PLC0415  (slow to import)

    rows = np.vstack([matrix, np.eye(len(spreads))])
    values = np.concatenate([response, np.zeros(len(spreads))])
    weights = np.concatenate([weight, spreads**-2])
    fit = WLS(values, rows, weights=weights, hasconst=False).fit(method="qr")
    return np.asarray(fit.params, dtype=np.float64)


def _unevenness(error: FloatArray, expected: FloatArray) -> float:
    """Relative variance of a day's level beyond counting noise, by a robust scale of errors."""
    relative = np.abs(error) / expected
    scale = float(np.median(relative)) / 0.6745
    return max(1e-4, scale**2 - float(np.median(1 / expected)))
