"""Daily totals: a robust, penalised log-linear regression on weekday, season and holidays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecasting.day_design import ASSUMED_SPREAD, Design
from forecasting.day_factors import DayFactors, mean_of_logs
from forecasting.marked_days import MarkedDays
from forecasting.prior_spread import prior_spread
from forecasting.series import FloatArray, IntArray

_HUBER = 2.0
"""Standard deviations beyond which a day's pull no longer grows (Huber 1964)."""

_ROUNDS = 6
"""Rounds of reweighting; the fit changes little after four."""

_MOST_LOG = 18.0
"""Logarithm of calls a day that no forecast exceeds."""

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

    def where(self, which: npt.NDArray[np.bool_]) -> Days:
        """Some of the days."""
        return Days(self.date[which], self.total[which], self.share[which])


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

    def before(self, date: np.datetime64) -> Linear:
        """The part of the problem from the days before `date`."""
        past = self.date < date
        return Linear(self.date[past], self.response[past], self.weight[past])


@dataclass(frozen=True)
class Normal:
    """The normal equations of a linear problem, before any prior.

    Attributes:
        information: Weighted products of the columns, shape (columns, columns).
        moment: Weighted products of columns and centred response, shape (columns,).
        center: Weighted mean of the response, to which the constant is shrunken.
    """

    information: FloatArray
    moment: FloatArray
    center: float

    @classmethod
    def of(cls, linear: Linear, matrix: FloatArray) -> Normal:
        """The sufficient statistics of the days, a few dozen numbers square for any history."""
        center = float(np.average(linear.response, weights=linear.weight))
        weighted = matrix * linear.weight[:, None]
        moment = _times(weighted.T, linear.response - center)
        return cls(_crossed(matrix, weighted), moment, center)

    def ridge(self, spreads: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Information and moment in units of the priors' spreads, the priors added."""
        information = self.information * np.outer(spreads, spreads) + np.eye(len(spreads))
        return information, self.moment * spreads

    def solved(self, spreads: FloatArray) -> FloatArray:
        """Coefficients under normal priors of those standard deviations, shape (columns,)."""
        return self.unscaled(_solved(*self.ridge(spreads)), spreads)

    def unscaled(self, scaled: npt.NDArray[np.floating], spreads: FloatArray) -> FloatArray:
        """Coefficients from their multiples of the priors' spreads."""
        coefficients = np.asarray(scaled * spreads, dtype=np.float64)
        coefficients[0] += self.center
        return coefficients


@dataclass(frozen=True)
class DayModel:
    """A fitted regression of daily totals.

    Attributes:
        design: Its columns.
        coefficients: One per column, in logs of calls per day.
        unevenness: Variance of a day's level around its expectation, relative to the square of
            that expectation.
        linear: The problem that its last round solved.
        covariance: Covariance of the coefficients, shape (columns, columns), once `settled`.
    """

    design: Design
    coefficients: FloatArray
    unevenness: float
    linear: Linear
    covariance: FloatArray | None = None

    def expected(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Expected calls of each whole local day, shape (days,)."""
        return _level(_times(self.design.matrix(dates), self.coefficients))

    @property
    def weekdays(self) -> IntArray:
        """Days of the week that were learned from, 0 = Monday."""
        return np.unique((self.linear.date.astype(np.int64) + 3) % 7)

    def factors(self, dates: npt.NDArray[np.datetime64]) -> DayFactors:
        """What `expected` is made of; the mean of a week is that of weekdays learned from."""
        matrix, blocks = self.design.matrix(dates), self.design.blocks

        def part(columns: slice) -> FloatArray:
            return _times(matrix[:, columns], self.coefficients[columns])

        usual = mean_of_logs(self.coefficients[blocks.weekday][self.weekdays])
        year = self.design.matrix(self.design.last + np.arange(365))[:, blocks.season]
        yearly = mean_of_logs(_times(year, self.coefficients[blocks.season]))
        over = np.maximum(_times(matrix, self.coefficients) - _MOST_LOG, 0.0)
        return DayFactors(
            level=part(blocks.level[0]) + part(blocks.level[1]) + usual + yearly - over,
            season=part(blocks.season) - yearly,
            weekday=part(blocks.weekday) - usual,
            holiday=part(blocks.holiday),
            spans={name: part(columns) for name, columns in blocks.spans.items()},
        )

    def marks(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Factor of holidays and long events on each day's calls, shape (days,)."""
        matrix = self.design.matrix(dates)
        marked = matrix - self.design.unmarked(matrix)
        return _level(_times(marked, self.coefficients))

    def level_of(self, name: str) -> tuple[float, float]:
        """Factor of a long event on its days' calls and its relative variance; 1 if never seen."""
        if name not in self.design.spans:
            return 1.0, 0.0
        place = self.design.span_column(name)
        doubt = 0.0 if self.covariance is None else float(self.covariance[place, place])
        return float(np.exp(self.coefficients[place])), doubt

    def extra_uncertainty(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """How much less sure each day's level is than that of a day without holiday or long event.

        From the covariance of what these do, so that rare ones spread wider. What is unsure of
        trend and season shows in long back-tests (`level_error`) and is not counted again here.
        Relative variance, shape (days,).
        """
        if self.covariance is None:
            return np.zeros(len(dates))
        matrix = self.design.matrix(dates)
        marked = matrix - self.design.unmarked(matrix)
        moved = np.einsum("ij,jk->ik", marked, self.covariance)
        return np.asarray(np.einsum("ij,ij->i", moved, marked), dtype=np.float64)

    def settled(self) -> DayModel:
        """The same model, its last problem solved by statsmodels with the covariance.

        Once per fit: it takes 20 times as long as the bare solution. The ridge problem enters
        in its square form, the Cholesky root of the information as the columns.
        """
        from statsmodels.regression.linear_model import OLS  # noqa: PLC0415  (slow to import)

        spreads = self.design.spreads
        normal = Normal.of(self.linear, self.design.matrix(self.linear.date))
        information, moment = normal.ridge(spreads)
        root = np.linalg.cholesky(information).T
        fit = OLS(np.linalg.solve(root.T, moment), root, hasconst=False).fit(method="qr")
        covariance = fit.normalized_cov_params * np.outer(spreads, spreads)
        return replace(
            self,
            coefficients=normal.unscaled(fit.params, spreads),
            covariance=np.asarray(covariance, dtype=np.float64),
        )

    def expected_as_of(
        self,
        origin: np.datetime64,
        drifts: Sequence[float],
        dates: npt.NDArray[np.datetime64],
    ) -> FloatArray:
        """Expected calls of `dates` from the days before `origin` alone, for several drifts.

        One linear solve with the weights of the whole fit instead of a fit in rounds: for
        back-tests, of which there are many. Shape (drifts, dates).
        """
        past = self.linear.before(origin)
        known = replace(
            Design.of(past.date, self.design.marked, drifts[0]),
            holiday_spreads=self.design.holiday_spreads,
        )
        designs = [replace(known, weekly_drift=drift) for drift in drifts]
        normal = Normal.of(past, designs[0].matrix(past.date))
        ahead = designs[0].matrix(dates)
        logs = [_times(ahead, normal.solved(design.spreads)) for design in designs]
        return _level(np.array(logs))


def fit_days(days: Days, marked: MarkedDays, weekly_drift: float) -> DayModel:
    """Fit daily totals.

    Totals are taken as counts with expectation share × level, and variance equal to that plus
    `unevenness` times its square. The logarithm of the level is linear in weekday, trend, annual
    Fourier terms, holidays and a drifting level; every coefficient has a normal prior, so the
    fit is a ridge regression with its own penalty per column, solved by iteratively reweighted
    least squares (McCullagh & Nelder 1989, section 2.5) with Huber's weights and recency weights.

    Args:
        days: Days with at least one call in all.
        marked: Holidays and long events.
        weekly_drift: Prior standard deviation of the level's change per week, in logs.
    """
    days = days.where(days.share >= 0.25 * min(1.0, float(days.share.max())))
    date, total, share = days.date, days.total, days.share
    design = Design.of(date, marked, weekly_drift)
    matrix = design.matrix(date)
    recency = 0.5 ** ((design.last - date).astype(np.int64) / _HALF_LIFE)
    center = float(np.log((total.sum() + 0.5) / share.sum()))
    logs, unevenness = np.full(len(date), center), 0.02
    coefficients = np.zeros(matrix.shape[1])
    for turn in range(_ROUNDS):
        if turn == _ROUNDS // 2:
            usual = share * np.exp(_times(design.without_holidays(matrix), coefficients))
            design = _with_holiday_spreads(design, days, usual, unevenness)
        expected = share * np.exp(np.clip(logs, center - 6, center + 6))
        error = total - expected
        variance = expected + unevenness * expected**2
        pull = np.minimum(1.0, _HUBER / np.maximum(np.abs(error) / np.sqrt(variance), 1e-9))
        response = np.log(expected / share) + error / expected
        linear = Linear(date, response, recency * pull * expected**2 / variance)
        coefficients = Normal.of(linear, matrix).solved(design.spreads)
        logs = _times(matrix, coefficients)
        unevenness = _unevenness(error, expected)
    return DayModel(design, coefficients, unevenness, linear)


def _with_holiday_spreads(
    design: Design, days: Days, usual: FloatArray, unevenness: float
) -> Design:
    """The design with spreads of holidays' effects as large as those that were observed.

    Args:
        design: The columns.
        days: Training days.
        usual: Calls expected of their observed parts if none was a holiday, shape (days,).
        unevenness: Relative variance of a day's level.
    """
    known = np.array(sorted(design.marked.holidays), dtype="datetime64[D]")
    on = np.isin(days.date, known)
    if not on.any():
        return design
    effect = np.log((days.total[on] + 0.5) / (usual[on] + 0.5))
    noise = 1 / (np.minimum(days.total, usual)[on] + 0.5) + unevenness
    spreads = [
        prior_spread(each, noise, ASSUMED_SPREAD) for each in (effect, effect - effect.mean())
    ]
    return replace(design, holiday_spreads=(spreads[0], spreads[1]))


def _level(logs: FloatArray) -> FloatArray:
    """Calls per day from logs, kept from overflowing where a trend runs away."""
    return np.asarray(np.exp(np.minimum(logs, _MOST_LOG)), dtype=np.float64)


def _solved(information: FloatArray, moment: FloatArray) -> FloatArray:
    """Solution of a symmetric positive definite system by elimination, row after row.

    LAPACK would start threads for its hundred columns: where other work has the cores they wait
    for each other and spend up to ten times as much CPU time.
    """
    left, right = information.copy(), moment.copy()
    for i in range(len(right) - 1):
        factor = left[i + 1 :, i] / left[i, i]
        left[i + 1 :, i + 1 :] -= factor[:, None] * left[i, i + 1 :]
        right[i + 1 :] -= factor * right[i]
    for i in range(len(right) - 1, -1, -1):
        right[i] /= left[i, i]
        right[:i] -= left[:i, i] * right[i]
    return right


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
