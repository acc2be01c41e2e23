"""Forecasts of the form day total × share of the day × events, with honest spread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from forecasting.day_factors import DayFactors
from forecasting.distribution import Distribution, NegativeBinomial
from forecasting.explain import Grounds, Past
from forecasting.explain_days import grounds_of_days
from forecasting.groundwork import Groundwork
from forecasting.level_error import DayTests, LevelError
from forecasting.series import FloatArray
from forecasting.window import Window


class DayLevels(Protocol):
    """Expected day totals, however they were learned."""

    def expected(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Expected calls of each whole local day after training, shape (days,)."""

    def factors(self, dates: npt.NDArray[np.datetime64]) -> DayFactors:
        """What `expected` is made of."""

    def extra_uncertainty(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """How much less sure each day's level is than the usual one, relative variance."""


@dataclass(frozen=True, eq=False)
class DayTimesHour:
    """Day levels, shares of the day, events, and the spread around them.

    Attributes:
        ground: Shares of the day, effects of events, and how counts vary.
        days: Expected day totals.
        error: How far a day's level may lie from its expectation, by horizon.
        tests: The back-tests of day totals that show it.
        notes: What a person should know.
        reason: Why this model, in a sentence; "" where nothing was chosen.
    """

    ground: Groundwork
    days: DayLevels
    error: LevelError
    tests: DayTests
    notes: tuple[str, ...]
    reason: str = ""

    @classmethod
    def of(
        cls, ground: Groundwork, days: DayLevels, error: LevelError, tests: DayTests
    ) -> DayTimesHour:
        """With the notes that the ground gives."""
        notes = (*_short_note(len(ground.days.date)), *ground.events.notes)
        return cls(ground, days, error, tests, notes)

    def because(self, reason: str) -> DayTimesHour:
        """The same with the reason why it was chosen."""
        return replace(self, notes=(*self.notes, reason), reason=reason)

    def predict(self, window: Window) -> Distribution:
        """Negative binomial counts around day total × share × events.

        Days whose level is less sure than the usual day's, such as rare holidays, spread wider, as
        do the hours of holidays; where an event covers these, its own doubt says all.
        """
        local = window.local
        dates, place = np.unique(local.date, return_inverse=True)
        factor, unsure = self.ground.events.at(local)
        mean = self.days.expected(dates)[place] * self.ground.hours.at(local) * factor
        level = self.error.at(window.lead) + unsure + self.days.extra_uncertainty(dates)[place]
        plain, rough = self.ground.noise.within
        hours = np.where(unsure > 0, 0.0, self.ground.hours.doubts(local))
        uneven = rough + hours + level
        return NegativeBinomial(mean, plain * mean + uneven * mean**2, level)

    def explain(self, window: Window, past: Past) -> Grounds:
        """What `predict` multiplies."""
        told = grounds_of_days(self.ground, self.days.factors, window, past)
        return replace(told, reason=self.reason)


def _short_note(days: int) -> tuple[str, ...]:
    if days >= 28:
        return ()
    return (f"Only {days} days of history: the shape of the week is uncertain below four weeks.",)
