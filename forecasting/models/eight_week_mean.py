"""Eight-week mean: each slot of the week repeats the mean of its last eight observed counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forecasting.distribution import Distribution, NegativeBinomial
from forecasting.explain import Grounds, Past, of_week
from forecasting.models.base import Model, Predictor, Training
from forecasting.series import FloatArray, IntArray
from forecasting.window import Window

WEEKS = 8
"""Weeks that control rooms commonly average over."""


@dataclass(frozen=True)
class RecentMean:
    """Mean count per slot of the week, and the variance of a count in units of its mean."""

    mean: FloatArray
    dispersion: float
    notes: tuple[str, ...] = ()

    def predict(self, window: Window) -> Distribution:
        """Negative binomial counts around the slot's mean."""
        mean = self.mean[window.local.week_slot]
        return NegativeBinomial(mean, self.dispersion * mean)

    def explain(self, window: Window, past: Past) -> Grounds:
        """The mean week."""
        return of_week(self.mean, window, past, (self.dispersion, 0.0))


class EightWeekMean(Model):
    """Mean of the slot's last eight observed counts: what a control room does by hand."""

    name: ClassVar[str] = "eight_week_mean"
    title: ClassVar[str] = "8-week mean"

    def learn(self, training: Training) -> Predictor:
        """Average each weekly slot and take the dispersion from the same counts."""
        seen = training.series.observed
        counts, slots = training.series.offered[seen], training.local.week_slot[seen]
        recent = _rank_from_end(slots) < WEEKS
        counts, slots = counts[recent], slots[recent]
        width = 7 * training.local.slots_per_day
        number = np.bincount(slots, minlength=width)
        mean = np.bincount(slots, counts, minlength=width) / np.maximum(number, 1)
        freedom = max(1, int(np.sum(number - 1, where=number > 1)))
        pearson = (counts - mean[slots]) ** 2 / np.maximum(mean[slots], 1e-12)
        spread = float(pearson[number[slots] > 1].sum()) / freedom
        mean_number = max(1.0, float(number[number > 0].mean()))
        return RecentMean(mean, max(1.0, spread) * (1 + 1 / mean_number))


def _rank_from_end(slots: IntArray) -> IntArray:
    """How many later entries share the slot, per entry."""
    order = np.argsort(slots[::-1], kind="stable")
    ordered = slots[::-1][order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    rank = np.arange(len(slots)) - np.repeat(starts, np.diff(starts, append=len(slots)))
    result = np.empty(len(slots), dtype=np.int64)
    result[order] = rank
    return result[::-1]
