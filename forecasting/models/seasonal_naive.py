"""Seasonal naive: each slot of the week repeats the last count that was observed in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forecasting.distribution import Distribution, RoundedNormal
from forecasting.explain import Grounds, Past, of_week
from forecasting.models.base import Model, Predictor, Training
from forecasting.series import FloatArray
from forecasting.window import Window


@dataclass(frozen=True)
class LastWeek:
    """The last observed count per slot of the week, and the variance of the next around it."""

    last: FloatArray
    variance: float
    notes: tuple[str, ...] = ()

    def predict(self, window: Window) -> Distribution:
        """The last count as the mean, normal noise as large as past changes around it."""
        mean = self.last[window.local.week_slot]
        return RoundedNormal(mean, np.full(len(mean), self.variance))

    def explain(self, window: Window, past: Past) -> Grounds:
        """The last week."""
        return of_week(self.last, window, past)


class SeasonalNaive(Model):
    """Same slot of the last observed week (Hyndman & Athanasopoulos 2021, section 5.2)."""

    name: ClassVar[str] = "seasonal_naive"
    title: ClassVar[str] = "Seasonal naive"

    def learn(self, training: Training) -> Predictor:
        """Keep each weekly slot's last count and the mean square of weekly changes."""
        series, slots = training.series, training.local.week_slot
        seen = series.observed
        last = np.zeros(7 * training.local.slots_per_day)
        last[slots[seen]] = series.offered[seen]
        week = 7 * training.local.slots_per_day
        changes = series.offered[week:] - series.offered[:-week]
        known = changes[~np.isnan(changes)]
        counts = series.offered[seen]
        variance = float(np.mean(known**2)) if known.size else 2 * float(np.mean(counts))
        return LastWeek(last, variance)
