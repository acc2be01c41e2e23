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

_DRIFTS = (0.003, 0.01, 0.03)
"""Weekly drifts of the level, in logs, of which back-tests choose one."""

_ORIGINS = 8
_ORIGIN_STEP = 21
"""Back-tests inside the training window: their number and the days between them."""

_BACKTEST_DAYS = 28
_SHORTEST_DAYS = 56
"""Days before the first back-test, so that its own fit has eight weeks."""

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
        """Negative binomial counts around day total × share."""
        local = window.local
        dates, place = np.unique(local.date, return_inverse=True)
        mean = self.days.expected(dates)[place] * self.share[local.week_slot]
        error = self.level_error[0] + self.level_error[1] * (window.lead + 1)
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
        first = fit_days(days, holidays, _DRIFTS[1])
        level = _shrunken_level(first, days)
        share = fit_profile(WeekTable.of(offered, local, level[local.day]), training.closed)
        days = Days(dates, totals, day_shares(share, local, seen))
        drift, level_error = _from_backtests(first, days)
        fitted = fit_days(days, holidays, drift)
        level = _shrunken_level(fitted, days)
        dispersion = _dispersion(offered, level[local.day] * share[local.week_slot])
        return TotalsTimesProfile(fitted, share, dispersion, level_error, _short_note(len(dates)))


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


def _from_backtests(model: DayModel, days: Days) -> tuple[float, tuple[float, float]]:
    """The weekly drift that forecasts best inside the window, and how its error grows."""
    end = days.date[-1] + 1
    origins = [end - _BACKTEST_DAYS - _ORIGIN_STEP * k for k in range(_ORIGINS)]
    origins = [origin for origin in origins if origin - days.date[0] >= _SHORTEST_DAYS]
    best, choice = np.inf, (_DRIFTS[1], (_PRIOR_ERROR, 0.0))
    for drift in _DRIFTS if origins else ():
        tests = [_squared_errors(model.as_of(origin, drift), days, origin) for origin in origins]
        lead, square = (np.concatenate(parts) for parts in zip(*tests, strict=True))
        loss = float(np.mean(np.sqrt(np.abs(square))))
        if loss < best:
            best, choice = loss, (drift, _error_line(lead, square))
    return choice


def _squared_errors(
    model: DayModel, days: Days, origin: np.datetime64
) -> tuple[IntArray, FloatArray]:
    """Horizon in days and relative squared error beyond counting noise, per well-seen day."""
    ahead = (days.date >= origin) & (days.date < origin + _BACKTEST_DAYS) & (days.share > 0.5)
    expected = model.expected(days.date[ahead]) * days.share[ahead]
    lead: IntArray = (days.date[ahead] - origin).astype(np.int64)
    square = ((days.total[ahead] - expected) ** 2 - expected) / expected**2
    return lead + 1, square


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
