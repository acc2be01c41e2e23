"""Totals × profile: expected day totals times the shape of the week, with honest spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forecasting.calendar import Calendar
from forecasting.day_totals import DayModel, Days, fit_days
from forecasting.distribution import Distribution, NegativeBinomial
from forecasting.models.base import Model, Predictor, Training, Window
from forecasting.profile import WeekTable, day_shares, fit_profile, sums
from forecasting.series import FloatArray, IntArray

_DRIFT = 0.015
"""Weekly drift of the level, in logs, that suits a queue without breaks."""

_FAST_DRIFTS = (0.06, 0.25)
"""Drifts for a queue whose level jumps."""

_CLEARLY_BETTER = 0.9
"""A fast drift is taken when it brings the back-tests' error under this share of the usual one's:
where levels do not jump, choosing freely among drifts gained nothing on seven queues."""

_ORIGINS, _ORIGIN_STEP = 8, 21
"""Back-tests inside the training window: their number and the days between them; the last one
begins one step before the end."""

_BACKTEST_DAYS = 28
_FEWEST_DAYS = 28
"""Days that a back-test needs before its origin, and all back-tests after theirs."""

_PRIOR_ERROR, _PRIOR_DAYS = 0.01, 14.0
"""Relative squared error of a day's level before any back-test, and its weight in days."""


@dataclass(frozen=True)
class TotalsTimesProfile:
    """Day model, shares of the day, and the spread around them.

    Attributes:
        days: Expected day totals.
        share: Each weekly slot's share of its day, shape (7 × slots per day,).
        dispersion: Variance of a count given its day's level, in units of its mean, at least 1.
        level_error: Relative squared error of a day's expected level at horizon 0, and its growth
            per day of horizon.
        notes: What a person should know.
    """

    days: DayModel
    share: FloatArray
    dispersion: float
    level_error: tuple[float, float]
    notes: tuple[str, ...]

    def predict(self, window: Window) -> Distribution:
        """Negative binomial counts around day total × share.

        Days whose level is less sure than the usual day's, such as rare holidays, spread wider.
        """
        local = window.local
        dates, place = np.unique(local.date, return_inverse=True)
        mean = self.days.expected(dates)[place] * self.share[local.week_slot]
        own = self.days.uncertainty(dates)
        error = self.level_error[0] + self.level_error[1] * (window.lead + 1)
        error += np.maximum(own - np.median(own), 0.0)[place]
        return NegativeBinomial(mean, self.dispersion * mean + error * mean**2)


@dataclass(frozen=True)
class NoCalls:
    """A queue in which no call was ever observed."""

    notes: tuple[str, ...] = ("No call was ever observed; the forecast is zero throughout.",)

    def predict(self, window: Window) -> Distribution:
        """Zero calls, for certain."""
        zero = np.zeros(len(window.local.slot))
        return NegativeBinomial(zero, zero)


class TotalsProfile(Model):
    """Daily totals by robust ridge regression, times a smoothed and shrunken weekly shape."""

    name: ClassVar[str] = "totals_profile"
    title: ClassVar[str] = "Totals × profile"
    uses_holidays: ClassVar[bool] = True

    def learn(self, training: Training) -> Predictor:
        """Fit totals and shape in turn, then learn the spread from back-tests."""
        offered = _without_spikes(training.series.offered)
        if not np.nansum(offered):
            return NoCalls()
        local, seen = training.local, training.series.observed
        holidays = _holidays(training.calendar, local.date[0], local.date[-1])
        dates = local.date[0] + np.arange(int(local.day[-1]) + 1)
        totals = sums(local.day[seen], offered[seen], len(dates))
        share = fit_profile(WeekTable.of(offered, local, np.ones(len(offered))), training.closed)
        days = Days(dates, totals, day_shares(share, local, seen))
        level = _shrunken_level(fit_days(days, holidays, _DRIFT), days)
        share = fit_profile(WeekTable.of(offered, local, level[local.day]), training.closed)
        days = Days(dates, totals, day_shares(share, local, seen))
        fitted = fit_days(days, holidays, _DRIFT)
        drift, error = _backtested(fitted, days)
        if drift != _DRIFT:
            fitted = fit_days(days, holidays, drift)
        level = _shrunken_level(fitted, days)
        dispersion = _dispersion(offered, level[local.day] * share[local.week_slot])
        notes = _short_note(len(dates))
        return TotalsTimesProfile(fitted.settled(), share, dispersion, error, notes)


def _without_spikes(offered: FloatArray) -> FloatArray:
    """Counts with the impossible ones cut to three times what all but 1 in 200 stay under."""
    limit = 3 * float(np.nanquantile(offered, 0.995)) + 10
    return np.minimum(offered, limit)


def _holidays(
    calendar: Calendar, first: np.datetime64, last: np.datetime64
) -> Mapping[np.datetime64, str]:
    """Holidays of training and of any horizon after it."""
    return calendar.holiday_names(first, last + 3 * 366)


def _shrunken_level(model: DayModel, days: Days) -> FloatArray:
    """Each day's level: its own total as far as counting noise lets it speak, else expected."""
    expected = model.expected(days.date)
    seen = expected * days.share
    trust = model.unevenness * seen / (1 + model.unevenness * seen)
    own = np.divide(days.total, days.share, out=expected.copy(), where=days.share > 0.05)
    return np.maximum(expected + trust * (own - expected), 1e-9)


def _backtested(model: DayModel, days: Days) -> tuple[float, tuple[float, float]]:
    """The weekly drift to use, and the level's squared error at horizon 0 and growth per day."""
    end = days.date[-1] + 1
    origins = [end - _ORIGIN_STEP * k for k in range(1, _ORIGINS + 1)]
    dates = model.linear.date
    origins = [origin for origin in origins if np.sum(dates < origin) >= _FEWEST_DAYS]
    tests = [_errors(model, days, origin) for origin in origins]
    if sum(len(lead) for lead, _, _ in tests) < _FEWEST_DAYS:
        return _DRIFT, (_PRIOR_ERROR, 0.0)
    leads, means, errors = zip(*tests, strict=True)
    lead, expected, error = np.concatenate(leads), np.hstack(means), np.hstack(errors)
    losses = np.abs(error).sum(axis=1)
    best = 0
    for i in range(1, len(losses)):
        best = i if losses[i] < _CLEARLY_BETTER * losses[best] else best
    squares = (error[best] ** 2 - expected[best]) / expected[best] ** 2
    return (_DRIFT, *_FAST_DRIFTS)[best], _error_line(lead, squares)


def _errors(
    model: DayModel, days: Days, origin: np.datetime64
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Of the well-seen days after an origin: horizon (days,); expected totals and errors.

    The latter two have shape (drifts, days).
    """
    ahead = (days.date >= origin) & (days.date < origin + _BACKTEST_DAYS) & (days.share > 0.5)
    date, drifts = days.date[ahead], (_DRIFT, *_FAST_DRIFTS)
    expected = model.expected_as_of(origin, drifts, date) * days.share[ahead]
    lead: IntArray = (date - origin).astype(np.int64)
    return lead + 1, expected, days.total[ahead] - expected


def _error_line(lead: IntArray, square: FloatArray) -> tuple[float, float]:
    """Level and growth per day of a rising line through squared errors, the largest cut."""
    cut = np.minimum(square, float(np.quantile(square, 0.98)))
    mean_lead = float(lead.mean())
    slope = max(0.0, float(np.cov(lead, cut)[0, 1]) / max(float(np.var(lead)), 1e-9))
    mean = (float(cut.sum()) + _PRIOR_DAYS * _PRIOR_ERROR) / (len(cut) + _PRIOR_DAYS)
    mean = max(mean, 1e-4)
    slope = min(slope, mean / mean_lead)
    return mean - slope * mean_lead, slope


def _dispersion(offered: FloatArray, expected: FloatArray) -> float:
    """Variance over mean of counts around their day's level times the shape."""
    used = ~np.isnan(offered) & (expected > 0)
    pearson = (offered[used] - expected[used]) ** 2 / expected[used]
    return max(1.0, float(np.mean(np.minimum(pearson, np.quantile(pearson, 0.9995)))))


def _short_note(days: int) -> tuple[str, ...]:
    if days >= 28:
        return ()
    return (f"Only {days} days of history: the shape of the week is uncertain below four weeks.",)
