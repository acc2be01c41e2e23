"""Forecasts held against the counts that came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.forecasts.series.runs import cut
from app.forecasts.values import Floats, Score
from forecasting import forecast as engine
from forecasting.calendar import Calendar
from forecasting.distribution import Distribution
from forecasting.errors import InputError
from forecasting.handling_scores import HandlingScores, means_by_hand, score_handling
from forecasting.handling_time import HandlingTimes
from forecasting.models.registry import model_named
from forecasting.scores import actual_rates, poisson_limit, score, wape
from forecasting.series import History, Series

NEAR_DAYS = 7
"""Days of a forecast that are scored apart from the later ones, as in a back-test."""

SIMPLE = "eight_week_mean"
"""What every forecast is held against besides pure chance: what a careful person does by hand."""


class Scorer:
    """Holds forecasts against the counts of a room; what each queue's counts show is kept.

    Args:
        history: counts of the room's queues.
        at: when this is, for the scores.
    """

    def __init__(self, history: History, at: datetime) -> None:
        self._history = history
        self._at = at
        self._rates: dict[tuple[str, Calendar], Floats] = {}

    def scores(self, said: engine.Forecast, holidays: str | None) -> dict[str, tuple[Score, ...]]:
        """Scores of a forecast by queue, near days and later ones apart; none where none came."""
        calendar = Calendar(said.zone, holidays)
        return {
            queue: tuple(self._queue_scores(queue, each, said, calendar))
            for queue, each in said.by_queue.items()
            if queue in self._history
            and self._history[queue].interval_minutes == said.interval_minutes
        }

    def _queue_scores(
        self, queue: str, said: Distribution, whole: engine.Forecast, calendar: Calendar
    ) -> Iterable[Score]:
        series = self._history[queue]
        first = int((whole.start - series.start) // series.step)
        counts = cut(series.offered, first, len(said))
        if np.all(np.isnan(counts)):
            return
        rates = cut(self._rates_of(series, calendar), first, len(said))
        simple = _simple_means(series, whole, calendar)
        handled = _Handled.of(series, whole, calendar)
        per_day = 1440 // series.interval_minutes
        for low, high in _stretches(-(-len(said) // per_day)):
            part = slice((low - 1) * per_day, high * per_day)
            seen = ~np.isnan(counts[part])
            if not seen.any():
                continue
            found = score(counts[part], said.part(part), per_day)
            took = None if handled is None else handled.scores(part)
            yield Score(
                low,
                high,
                self._at,
                found.intervals,
                float(counts[part][seen].sum()),
                _told(found.wape),
                _told(found.daily_wape),
                found.pinball,
                found.pit_80,
                found.pit_95,
                _told(poisson_limit(rates[part][seen])),
                None if simple is None else _told(wape(counts[part][seen], simple[part][seen])),
                handled_calls=None if took is None else took.calls,
                handling_wape=None if took is None else took.wape,
                simple_handling_wape=None if took is None else _told(took.simple_wape),
                handling_within_80=None if took is None else took.within_80,
            )

    def _rates_of(self, series: Series, calendar: Calendar) -> Floats:
        key = (series.queue, Calendar(calendar.zone))
        if key not in self._rates:
            self._rates[key] = actual_rates(series, calendar)
        return self._rates[key]


@dataclass(frozen=True, eq=False, slots=True)
class _Handled:
    """Handling times as they were forecast and as they came, of each interval of a forecast."""

    said: HandlingTimes
    calls: Floats
    seconds: Floats
    simple: Floats

    @classmethod
    def of(cls, series: Series, whole: engine.Forecast, calendar: Calendar) -> _Handled | None:
        """Those of a queue; None where none are forecast or told."""
        said = whole.handling.get(series.queue)
        if said is None or series.handled_seconds is None:
            return None
        first = int((whole.start - series.start) // series.step)
        return cls(
            said,
            cut(series.handled_calls, first, len(said)),
            cut(series.handled_seconds, first, len(said)),
            means_by_hand(series, whole.start, len(said), calendar),
        )

    def scores(self, part: slice) -> HandlingScores | None:
        """How good they were over some intervals."""
        return score_handling(
            self.calls[part], self.seconds[part], self.said.part(part), self.simple[part]
        )


def _simple_means(series: Series, whole: engine.Forecast, calendar: Calendar) -> Floats | None:
    """What the simple model would have said then; None where its history is too short."""
    past = series.before(whole.start)
    try:
        fitted = None if past is None else model_named(SIMPLE).fit(past, calendar)
    except InputError:
        return None
    return None if fitted is None else fitted.predict(whole.start, whole.intervals).mean


def _stretches(days: int) -> list[tuple[int, int]]:
    """First and last day of each stretch that is scored apart."""
    near = [(1, min(days, NEAR_DAYS))]
    return near if days <= NEAR_DAYS else [*near, (NEAR_DAYS + 1, days)]


def _told(value: float) -> float | None:
    """A figure, or None where there is none."""
    return None if np.isnan(value) else value
