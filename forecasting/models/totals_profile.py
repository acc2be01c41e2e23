"""Totals × profile: expected day totals times the shape of the week, with honest spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forecasting.day_totals import DayModel, fit_days
from forecasting.distribution import Distribution, NegativeBinomial
from forecasting.event_effects import EventEffects, Noise
from forecasting.groundwork import USUAL_DRIFT, Counts, Groundwork
from forecasting.holiday_hours import HolidayHours
from forecasting.level_error import LevelError, rehearsed
from forecasting.models.base import Model, Predictor, Training, Window


@dataclass(frozen=True)
class TotalsTimesProfile:
    """Day model, shares of the day, and the spread around them.

    Attributes:
        days: Expected day totals.
        hours: Shares of the day of every date.
        events: What events do to the calls expected without them.
        noise: How counts vary around the level of their day.
        level_error: How far a day's level may lie from its expectation, by horizon.
        notes: What a person should know.
    """

    days: DayModel
    hours: HolidayHours
    events: EventEffects
    noise: Noise
    level_error: LevelError
    notes: tuple[str, ...]

    def predict(self, window: Window) -> Distribution:
        """Negative binomial counts around day total × share.

        Days whose level is less sure than the usual day's, such as rare holidays, spread wider.
        """
        local = window.local
        dates, place = np.unique(local.date, return_inverse=True)
        factor, unsure = self.events.at(local)
        mean = self.days.expected(dates)[place] * self.hours.at(local) * factor
        level = self.level_error.at(window.lead) + unsure
        level += self.days.extra_uncertainty(dates)[place]
        plain, rough = self.noise.within
        return NegativeBinomial(mean, plain * mean + (rough + level) * mean**2, level)


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
        fitted = ground.fitted
        drift, error = rehearsed(fitted, ground.days, ground.noise(fitted).dispersion)
        if drift != USUAL_DRIFT:
            fitted = fit_days(ground.days, ground.marked, drift)
        noise, fitted = ground.noise(fitted), fitted.settled()
        events = ground.events(fitted, noise)
        notes = (*_short_note(len(ground.days.date)), *events.notes)
        return TotalsTimesProfile(fitted, ground.hours, events, noise, error, notes)


def _short_note(days: int) -> tuple[str, ...]:
    if days >= 28:
        return ()
    return (f"Only {days} days of history: the shape of the week is uncertain below four weeks.",)
