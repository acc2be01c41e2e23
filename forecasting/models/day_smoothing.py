"""Day smoothing: day totals by exponential smoothing, times the shape of the week."""

from __future__ import annotations

from typing import ClassVar

from forecasting.day_smoothing import smooth_days
from forecasting.day_times_hour import DayTimesHour
from forecasting.models.base import Model, NoCalls, Predictor, Training


class DaySmoothing(Model):
    """Daily totals follow the last weeks, at rates that predict best; far ahead, the season."""

    name: ClassVar[str] = "day_smoothing"
    title: ClassVar[str] = "Day smoothing"
    uses_holidays: ClassVar[bool] = True
    uses_events: ClassVar[bool] = True

    def learn(self, training: Training) -> Predictor:
        """Smooth totals freed of holidays, which the regression of the same days tells."""
        ground = training.ground
        if ground is None:
            return NoCalls()
        fitted = ground.regression
        smoothed = smooth_days(fitted.model, ground.days, fitted.error, ground.noise.dispersion)
        return DayTimesHour.of(ground, *smoothed)
