"""The interface of a forecast model, and the checks that keep dirty input from every model."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar, LocalTime
from forecasting.closed import opening
from forecasting.distribution import Distribution, NegativeBinomial
from forecasting.errors import InputError
from forecasting.event_effects import EventEffect
from forecasting.explain import Grounds, Past, of_week, weekly
from forecasting.groundwork import Counts, Groundwork
from forecasting.series import FloatArray, Series
from forecasting.window import Window

MINUTES_PER_WEEK = 7 * 1440


@dataclass(frozen=True)
class Training:
    """What a model learns from: checked counts, trimmed to what was observed.

    Attributes:
        series: Counts of one queue, at least the model's `needs_days` long.
        calendar: Zone, holidays and events.
        local: Local time of each interval of the series.
        closed: True for the slots of the local week in which the queue is closed, shape
            (7 × slots per day,).
    """

    series: Series
    calendar: Calendar
    local: LocalTime
    closed: npt.NDArray[np.bool_]

    @cached_property
    def ground(self) -> Groundwork | None:
        """What several models stand on; None when no call was ever observed."""
        offered = self.series.offered
        if not np.nansum(offered):
            return None
        return Groundwork.learn(Counts.of(offered, self.local, self.closed, self.calendar))


class Predictor(Protocol):
    """What a model has learned from one queue."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of the fit, a sentence each."""

    def predict(self, window: Window) -> Distribution:
        """Distribution of the count in each interval of the window."""

    def explain(self, window: Window, past: Past) -> Grounds:
        """What the means of the window are made of, beside the weeks that were learned from."""


@dataclass(frozen=True)
class Fitted:
    """A model fitted to one queue.

    Attributes:
        training: What it was fitted to.
        predictor: What it learned.
        notes: What a person should know: closed slots, short history, gaps.
    """

    training: Training
    predictor: Predictor
    notes: tuple[str, ...]

    @property
    def events(self) -> tuple[EventEffect, ...]:
        """What each event of the calendar does, of a model that takes them into account."""
        ground = self.training.ground if self.training.calendar.events else None
        return () if ground is None else ground.told_events

    def predict(self, start: np.datetime64, intervals: int) -> Distribution:
        """Forecast `intervals` intervals from `start` (UTC).

        Raises:
            InputError: When `start` lies before the end of training or off its grid.
        """
        window = self._window(start, intervals)
        said = self.predictor.predict(window)
        return said.closed_where(self.training.closed[window.local.week_slot])

    def explain(self, start: np.datetime64, intervals: int) -> Grounds:
        """What the means that `predict` gives are made of; the same errors."""
        training = self.training
        past = weekly(training.series.offered, training.local, training.closed)
        return self.predictor.explain(self._window(start, intervals), past)

    def _window(self, start: np.datetime64, intervals: int) -> Window:
        series = self.training.series
        since = start.astype("datetime64[m]") - series.end
        if since < np.timedelta64(0, "m"):
            raise InputError(f"Queue {series.queue}: {start} lies before the end of training.")
        if since % series.step != np.timedelta64(0, "m"):
            raise InputError(
                f"Queue {series.queue}: {start} is not the beginning of an interval of "
                f"{series.interval_minutes} minutes."
            )
        local = self.training.calendar.local(start, series.interval_minutes, intervals)
        minutes = int(since.astype(np.int64)) + series.interval_minutes * np.arange(intervals)
        return Window(start, local, minutes // 1440)


@dataclass(frozen=True)
class NoCalls:
    """A queue in which no call was ever observed."""

    notes: tuple[str, ...] = ("No call was ever observed; the forecast is zero throughout.",)

    def predict(self, window: Window) -> Distribution:
        """Zero calls, for certain."""
        zero = np.zeros(len(window.local.slot))
        return NegativeBinomial(zero, zero)

    def explain(self, window: Window, past: Past) -> Grounds:
        """A level of no calls."""
        return of_week(np.zeros(7 * window.local.slots_per_day), window, past)


class Model(ABC):
    """A forecast model.

    A new model is one file that declares the attributes below and `learn`, and one line in the
    registry; the conformance and back-test suites then run on it.

    Attributes:
        name: What commands and tables call it.
        title: What people call it.
        needs_days: Shortest history, from first to last observed interval, in days.
        uses_holidays: Whether it takes public holidays into account.
        uses_events: Whether it takes events into account.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    needs_days: ClassVar[int] = 7
    uses_holidays: ClassVar[bool] = False
    uses_events: ClassVar[bool] = False

    @abstractmethod
    def learn(self, training: Training) -> Predictor:
        """Learn from checked counts of one queue."""

    def fit(self, series: Series, calendar: Calendar) -> Fitted:
        """Check and trim the counts of one queue, cut impossible ones, and learn from them.

        Raises:
            InputError: When nothing was observed or the history is too short for the model.
        """
        trimmed = series.before(series.end)
        if trimmed is None:
            raise InputError(f"Queue {series.queue}: nothing was observed.")
        days = len(trimmed) * trimmed.interval_minutes / 1440
        if days < self.needs_days:
            raise InputError(
                f"Queue {series.queue}: {days:.1f} days of history are too short; "
                f"{self.name} needs {self.needs_days} days."
            )
        local = calendar.local(trimmed.start, trimmed.interval_minutes, len(trimmed))
        usable = replace(trimmed, offered=_without_spikes(trimmed.offered))
        found = opening(usable, local)
        training = Training(found.series, calendar, local, found.closed)
        predictor = self.learn(training)
        return Fitted(training, predictor, (*found.notes, *predictor.notes))


def _without_spikes(offered: FloatArray) -> FloatArray:
    """Counts with the impossible ones cut to three times what all but 1 in 200 stay under.

    Of short histories at least the largest count stays above, so that one alone cannot set it.
    """
    limit = 3 * float(np.nanquantile(offered, 0.995, method="lower")) + 10
    return np.minimum(offered, limit)
