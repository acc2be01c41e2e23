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

_HALF_LIFE = 400.0
"""Days after which a day counts half."""


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

    @classmethod
    def of(
        cls,
        dates: npt.NDArray[np.datetime64],
        holidays: Mapping[np.datetime64, str],
        weekly_drift: float,
    ) -> Design:
        """The columns for training on `dates`, ascending."""
        names = tuple(sorted({holidays[day] for day in dates if day in holidays}))
        return cls(dates[0], dates[-1], holidays, names, weekly_drift)

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
class Linear:
    """The linear least-squares problem of the last round of a fit, arrays of shape (days,).

    Attributes:
        date: Local dates of the days that were used.
        response: Working response: the logarithm of a day's level, as far as it is linear.
        weight: Inverse variance of the response, times the robust and recency weights.
    """

    date: npt.NDArray[np.datetime64]
    response: FloatArray
    weight: FloatArray


@dataclass(frozen=True)
class DayModel:
    """A fitted regression of daily totals.

    Attributes:
        design: Its columns.
        coefficients: One per column, in logs of calls per day.
        unevenness: Variance of a day's level around its expectation, relative to the square of
            that expectation.
        linear: The problem that its last round solved.
        covariance: Covariance of the coefficients, shape (columns, columns); None where it was
            not asked for.
    """

    design: Design
    coefficients: FloatArray
    unevenness: float
    linear: Linear
    covariance: FloatArray | None = None

    def expected(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Expected calls of each whole local day, shape (days,)."""
        return np.exp(np.minimum(_times(self.design.matrix(dates), self.coefficients), 18.0))

    def uncertainty(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Relative variance of each day's expected level, from the coefficients', shape (days,)."""
        if self.covariance is None:
            return np.zeros(len(dates))
        matrix = self.design.matrix(dates)
        moved = np.einsum("ij,jk->ik", matrix, self.covariance)
        return np.asarray(np.einsum("ij,ij->i", moved, matrix), dtype=np.float64)

    def as_of(self, origin: np.datetime64, weekly_drift: float) -> DayModel:
        """The same regression from the days before `origin` alone, its weights kept.

        One linear solve instead of a fit in rounds: for back-tests, of which there are many.
        """
        past = self.linear.date < origin
        linear = Linear(
            self.linear.date[past], self.linear.response[past], self.linear.weight[past]
        )
        design = Design.of(linear.date, self.design.holidays, weekly_drift)
        return DayModel(design, _solve(linear, design), self.unevenness, linear)


def fit_days(days: Days, holidays: Mapping[np.datetime64, str], weekly_drift: float) -> DayModel:
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
    """
    used = days.share >= 0.25 * min(1.0, float(days.share.max()))
    date, total, share = days.date[used], days.total[used], days.share[used]
    design = Design.of(date, holidays, weekly_drift)
    matrix = design.matrix(date)
    recency = 0.5 ** ((design.last - date).astype(np.int64) / _HALF_LIFE)
    center = float(np.log((total.sum() + 0.5) / share.sum()))
    logs, unevenness = np.full(len(date), center), 0.02
    for _ in range(_ROUNDS):
        expected = share * np.exp(np.clip(logs, center - 6, center + 6))
        error = total - expected
        variance = expected + unevenness * expected**2
        pull = np.minimum(1.0, _HUBER / np.maximum(np.abs(error) / np.sqrt(variance), 1e-9))
        linear = Linear(
            date,
            np.log(expected / share) + error / expected,
            recency * pull * expected**2 / variance,
        )
        logs = _times(matrix, _solve(linear, design))
        unevenness = _unevenness(error, expected)
    coefficients, covariance = _estimated(linear, design)
    return DayModel(design, coefficients, unevenness, linear, covariance)


def _solve(linear: Linear, design: Design) -> FloatArray:
    """Ridge regression of the response on the design's columns, shape (columns,)."""
    target, root, center = _square(linear, design)
    scaled = np.linalg.solve(root, target)
    return _unscaled(np.asarray(scaled, dtype=np.float64), center, design)


def _estimated(linear: Linear, design: Design) -> tuple[FloatArray, FloatArray]:
    """As `_solve`, with the covariance of the coefficients, shape (columns, columns).

    By statsmodels; once per fit, since it takes 20 times as long as the bare solution.
    """
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415  (slow to import)

    target, root, center = _square(linear, design)
    fit = OLS(target, root, hasconst=False).fit(method="qr")
    covariance = np.asarray(fit.normalized_cov_params, dtype=np.float64)
    scaled = np.asarray(fit.params, dtype=np.float64)
    return _unscaled(scaled, center, design), covariance * np.outer(design.spreads, design.spreads)


def _square(linear: Linear, design: Design) -> tuple[FloatArray, FloatArray, float]:
    """The ridge problem in square form: response and columns, in prior units, and the mean log.

    The days enter by their sufficient statistics and the prior as one observation per column, so
    that the system has a few dozen rows however long the history is.
    """
    scaled = design.matrix(linear.date) * design.spreads
    center = float(np.average(linear.response, weights=linear.weight))
    weighted = scaled * linear.weight[:, None]
    information = _crossed(scaled, weighted) + np.eye(scaled.shape[1])
    moment = _times(weighted.T, linear.response - center)
    root = np.linalg.cholesky(information).T
    target = np.asarray(np.linalg.solve(root.T, moment), dtype=np.float64)
    return target, np.asarray(root, dtype=np.float64), center


def _unscaled(scaled: FloatArray, center: float, design: Design) -> FloatArray:
    coefficients = scaled * design.spreads
    coefficients[0] += center
    return coefficients


def _crossed(left: FloatArray, right: FloatArray) -> FloatArray:
    """leftᵀ × right in slices so small that BLAS does not start threads for them."""
    rows = -(-len(left) // 16) * 16
    padded = [np.zeros((rows, left.shape[1])) for _ in range(2)]
    padded[0][: len(left)], padded[1][: len(left)] = left, right
    slices = [part.reshape(-1, 16, left.shape[1]) for part in padded]
    return np.asarray((slices[0].transpose(0, 2, 1) @ slices[1]).sum(axis=0), dtype=np.float64)


def _times(matrix: FloatArray, vector: FloatArray) -> FloatArray:
    """Matrix × vector without BLAS, whose threads cost more than they save at this size."""
    return np.asarray(np.einsum("ij,j->i", matrix, vector), dtype=np.float64)


def _unevenness(error: FloatArray, expected: FloatArray) -> float:
    """Relative variance of a day's level beyond counting noise, by a robust scale of errors."""
    relative = np.abs(error) / expected
    scale = float(np.median(relative)) / 0.6745
    return max(1e-4, scale**2 - float(np.median(1 / expected)))
