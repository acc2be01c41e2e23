"""Forecasts as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import numpy as np
from pydantic import Field

from app.forecasts import service
from app.jobs.service import State
from app.web.http.schema import Answer, Strict, When


class WantedForecast(Strict):
    """What to forecast: every queue of the room over some local days.

    The first day may lie in the past: then only counts from before it are used, and the forecast is
    scored against what came. Holidays are a code such as `GB-ENG`, or `none`; without, those of the
    room's last forecast, at first those of its time zone.
    """

    first_day: date
    days: Annotated[int, Field(ge=1, le=371)] = 28
    model: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    holidays: Annotated[str | None, Field(min_length=1, max_length=16)] = None


class MadeAnswer(Answer):
    """What is known of a forecast once it is made.

    `trained_until` is the end of the last interval learned from; `fingerprint` the SHA-256 of the
    counts learned from; `layers` are ids of the decisions about counts that lay over them; `notes`
    say what a person should know.
    """

    at: When
    trained_until: When
    start: When
    interval_minutes: int
    intervals: int
    notes: tuple[str, ...]
    fingerprint: str
    layers: tuple[UUID, ...]


class ForecastAnswer(Answer):
    """A forecast; `made` is null until it is made.

    `state` is `made`, or the state of its job, which says why where it failed. A `scheduled`
    one was asked for by the room's schedule, in the name of who set it.
    """

    id: UUID
    room_id: UUID
    job_id: UUID
    asked_by: UUID
    asked_at: When
    scheduled: bool
    first_day: date
    last_day: date
    days: int
    model: str
    holidays: str | None
    holidays_assumed: bool
    zone: str
    state: Literal["made"] | State
    made: MadeAnswer | None

    @classmethod
    def of(cls, forecast: service.Forecast, state: State) -> ForecastAnswer:
        """A forecast and the state of its job."""
        said = {name: getattr(forecast, name) for name in cls.model_fields if name != "state"}
        return cls.model_validate({**said, "state": "made" if forecast.made else state})


class ForecastList(Answer):
    """Forecasts of a control room, newest first."""

    forecasts: tuple[ForecastAnswer, ...]


class IntervalFigures(Answer):
    """A value for each interval: the mean and quantiles, to six significant digits."""

    mean: list[float]
    q05: list[float]
    q10: list[float]
    q25: list[float]
    q50: list[float]
    q75: list[float]
    q90: list[float]
    q95: list[float]

    @classmethod
    def of(cls, mean: service.Floats, quantiles: service.Floats) -> IntervalFigures:
        """From arrays of shapes (n,) and (7, n)."""
        rows = ([float(f"{each:.6g}") for each in row] for row in (mean, *quantiles))
        return cls(**dict(zip(cls.model_fields, rows, strict=True)))


class QueueHandling(Answer):
    """Handling times of a queue: seconds of a call in the mean of an interval with calls.

    `load` is calls times handling time over the length of an interval, in erlangs: how many people
    its calls keep busy.
    """

    aht_seconds: IntervalFigures
    load: IntervalFigures

    @classmethod
    def of(cls, work: service.Workload) -> QueueHandling:
        """What a forecast says of handling times."""
        return cls(
            aht_seconds=IntervalFigures.of(work.times.mean, work.aht_quantiles),
            load=IntervalFigures.of(work.load.mean, work.load.quantiles),
        )


def call_levels(said: service.QueueValues) -> dict[str, list[int]]:
    """Quantiles of calls, by name of the level."""
    return {
        name: getattr(said, name).astype(np.int64).tolist()
        for name in IntervalFigures.model_fields
        if name != "mean"
    }


class QueueCalls(Answer):
    """Calls expected in a queue, a value for each interval: the mean and quantiles.

    `handling` is null where the counts told too few handling times to forecast any.
    """

    queue: str
    mean: list[float]
    q05: list[int]
    q10: list[int]
    q25: list[int]
    q50: list[int]
    q75: list[int]
    q90: list[int]
    q95: list[int]
    handling: QueueHandling | None

    @classmethod
    def of(cls, queue: str, said: service.QueueValues) -> QueueCalls:
        """What a forecast says of a queue; means to six significant digits, as in the CSV."""
        handling = None if said.work is None else QueueHandling.of(said.work)
        mean = [float(f"{each:.6g}") for each in said.mean]
        return cls(queue=queue, mean=mean, **call_levels(said), handling=handling)


class ForecastCalls(Answer):
    """What a forecast says: intervals follow one another from `start` on."""

    start: When
    interval_minutes: int
    intervals: int
    queues: tuple[QueueCalls, ...]

    @classmethod
    def of(cls, values: service.ForecastValues) -> ForecastCalls:
        """What a forecast says."""
        return cls(
            start=values.start,
            interval_minutes=values.interval_minutes,
            intervals=len(values.starts),
            queues=tuple(QueueCalls.of(*each) for each in values.by_queue.items()),
        )


class ScoreAnswer(Answer):
    """How good a forecast of a queue was over some of its days, on the intervals observed.

    `wape` is the sum of absolute errors over the calls that came; `chance_wape` what pure chance
    leaves of it to one who knows every rate; `simple_wape` that of the mean of the last 8 weeks.
    The rest is of handling times, null where none were forecast or came: `handling_wape` is of the
    seconds that calls took, by the mean of each interval.
    """

    from_day: int
    to_day: int
    scored_at: When
    intervals: int
    calls: float
    wape: float | None
    daily_wape: float | None
    pinball: float
    within_80: float
    within_95: float
    chance_wape: float | None
    simple_wape: float | None
    handled_calls: float | None
    handling_wape: float | None
    simple_handling_wape: float | None
    handling_within_80: float | None


class QueueScores(Answer):
    """Scores of one queue, the near days first."""

    queue: str
    scores: tuple[ScoreAnswer, ...]


class ScoreList(Answer):
    """How good a forecast was, by queue; empty until counts have come."""

    queues: tuple[QueueScores, ...]

    @classmethod
    def of(cls, scores: Mapping[str, tuple[service.Score, ...]]) -> ScoreList:
        """Scores by name of queue."""
        return cls(
            queues=tuple(
                QueueScores(queue=queue, scores=tuple(map(ScoreAnswer.model_validate, told)))
                for queue, told in scores.items()
            )
        )
