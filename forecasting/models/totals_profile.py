"""Totals × profile: expected day totals times the shape of the week, with honest spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forecasting.day_totals import DayModel, Days, fit_days
from forecasting.distribution import Distribution, NegativeBinomial
from forecasting.event_effects import EventEffects
from forecasting.groundwork import USUAL_DRIFT, Counts, Groundwork
from forecasting.holiday_hours import HolidayHours
from forecasting.models.base import Model, Predictor, Training, Window
from forecasting.series import FloatArray, IntArray

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
        hours: Shares of the day of every date.
        events: What events do to the calls expected without them.
        dispersion: Variance of a count given its day's level, in units of its mean, at least 1.
        level_error: Relative squared error of a day's expected level at horizon 0, and its growth
            per day of horizon.
        notes: What a person should know.
    """

    days: DayModel
    hours: HolidayHours
    events: EventEffects
    dispersion: float
    level_error: tuple[float, float]
    notes: tuple[str, ...]

    def predict(self, window: Window) -> Distribution:
        """Negative binomial counts around day total × share.

        Days whose level is less sure than the usual day's, such as rare holidays, spread wider.
        """
        local = window.local
        dates, place = np.unique(local.date, return_inverse=True)
        factor, unsure = self.events.at(local)
        mean = self.days.expected(dates)[place] * self.hours.at(local) * factor
        own = self.days.uncertainty(dates)
        error = self.level_error[0] + self.level_error[1] * (window.lead + 1)
        error += np.maximum(own - np.median(own), 0.0)[place] + unsure
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
    uses_events: ClassVar[bool] = True

    def learn(self, training: Training) -> Predictor:
        """Fit totals and shape in turn, then learn the spread from back-tests."""
        series, local = training.series, training.local
        if not np.nansum(series.offered):
            return NoCalls()
        counts = Counts.of(series.offered, local, training.closed, training.calendar)
        ground = Groundwork.learn(counts)
        drift, error = _backtested(ground.fitted, ground.days)
        fitted = ground.fitted
        if drift != USUAL_DRIFT:
            fitted = fit_days(ground.days, ground.marked, drift)
        noise = ground.noise(fitted)
        fitted = fitted.settled()
        events = ground.events(fitted, noise)
        notes = (*_short_note(len(ground.days.date)), *events.notes)
        return TotalsTimesProfile(fitted, ground.hours, events, noise.dispersion, error, notes)


def _backtested(model: DayModel, days: Days) -> tuple[float, tuple[float, float]]:
    """The weekly drift to use, and the level's squared error at horizon 0 and growth per day."""
    end = days.date[-1] + 1
    origins = [end - _ORIGIN_STEP * k for k in range(1, _ORIGINS + 1)]
    dates = model.linear.date
    origins = [origin for origin in origins if np.sum(dates < origin) >= _FEWEST_DAYS]
    tests = [_errors(model, days, origin) for origin in origins]
    if sum(len(lead) for lead, _, _ in tests) < _FEWEST_DAYS:
        return USUAL_DRIFT, (_PRIOR_ERROR, 0.0)
    leads, means, errors = zip(*tests, strict=True)
    lead, expected, error = np.concatenate(leads), np.hstack(means), np.hstack(errors)
    losses = np.abs(error).sum(axis=1)
    best = 0
    for i in range(1, len(losses)):
        best = i if losses[i] < _CLEARLY_BETTER * losses[best] else best
    squares = (error[best] ** 2 - expected[best]) / expected[best] ** 2
    return (USUAL_DRIFT, *_FAST_DRIFTS)[best], _error_line(lead, squares)


def _errors(
    model: DayModel, days: Days, origin: np.datetime64
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Of the well-seen days after an origin: horizon (days,); expected totals and errors.

    The latter two have shape (drifts, days).
    """
    ahead = (days.date >= origin) & (days.date < origin + _BACKTEST_DAYS) & (days.share > 0.5)
    date, drifts = days.date[ahead], (USUAL_DRIFT, *_FAST_DRIFTS)
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
