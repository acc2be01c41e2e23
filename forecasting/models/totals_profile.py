"""Totals × profile: expected day totals by regression, times the shape of the week."""

from __future__ import annotations

from typing import ClassVar

from forecasting.day_times_hour import DayTimesHour
from forecasting.models.base import Model, NoCalls, Predictor, Training


class TotalsProfile(Model):
    """Daily totals by robust ridge regression, times a smoothed and shrunken weekly shape."""

    name: ClassVar[str] = "totals_profile"
    title: ClassVar[str] = "Totals × profile"
    uses_holidays: ClassVar[bool] = True
    uses_events: ClassVar[bool] = True

    def learn(self, training: Training) -> Predictor:
        """Fit totals and shape in turn, then learn the spread from back-tests."""
        ground = training.ground
        if ground is None:
            return NoCalls()
        fitted = ground.regression
        return DayTimesHour.of(ground, fitted.model, fitted.error, fitted.tests)
