"""Today, forecast again from the counts so far, as JSON."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import numpy as np

from app.forecasts import service
from app.forecasts.schemas.runs import IntervalFigures
from app.web.http.schema import Answer, When


class GainAnswer(Answer):
    """What forecasting again at this time of day was worth on past days.

    `days` is how many could be tried; the misses are mean absolute errors of the rest of the day in
    calls, the losses mean pinball losses of its intervals; `share` is by which share of the miss
    the rest of the day came out more exact, below zero for less.
    """

    days: int
    untouched_miss: float
    updated_miss: float
    untouched_loss: float
    updated_loss: float
    share: float


class QueueTodayAnswer(Answer):
    """A queue today: a value for each interval, null in `counts` where none is known.

    The first `over` intervals are over. `untouched` is the forecast as it was, `expected` what is
    expected now: the same, unless `is_updated` says that the rest was forecast again. `factor` is
    by how much the counts so far would change it.
    """

    queue: str
    over: int
    seen: float
    forecast_so_far: float
    rest: float
    factor: float
    is_updated: bool
    gain: GainAnswer
    counts: list[float | None]
    untouched: list[float]
    expected: IntervalFigures

    @classmethod
    def of(cls, queue: str, told: service.QueueToday) -> QueueTodayAnswer:
        """A queue today; means to six significant digits."""
        worth = told.gain
        return cls(
            queue=queue,
            over=told.over,
            seen=told.seen,
            forecast_so_far=_short(told.expected),
            rest=_short(told.rest),
            factor=_short(told.factor),
            is_updated=told.is_updated,
            gain=GainAnswer(
                days=worth.days,
                untouched_miss=_short(worth.untouched),
                updated_miss=_short(worth.updated),
                untouched_loss=_short(worth.untouched_loss),
                updated_loss=_short(worth.updated_loss),
                share=_short(worth.share),
            ),
            counts=[None if np.isnan(each) else float(each) for each in told.counts],
            untouched=[_short(each) for each in told.untouched],
            expected=IntervalFigures.of(told.mean, told.quantiles),
        )


def _short(value: float) -> float:
    return float(f"{value:.6g}")


class TodayAnswer(Answer):
    """The present local day of a room: intervals follow one another from `start` on."""

    day: date
    zone: str
    forecast_id: UUID
    start: When
    interval_minutes: int
    intervals: int
    queues: tuple[QueueTodayAnswer, ...]

    @classmethod
    def of(cls, told: service.Today) -> TodayAnswer:
        """A day."""
        return cls(
            day=told.day,
            zone=told.zone,
            forecast_id=told.forecast_id,
            start=told.start,
            interval_minutes=told.interval_minutes,
            intervals=len(told.starts),
            queues=tuple(QueueTodayAnswer.of(*each) for each in told.by_queue.items()),
        )
