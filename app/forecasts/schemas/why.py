"""Why a forecast says what it says of an interval, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from app.forecasts import service
from app.web.http.schema import Answer, When


class PartAnswer(Answer):
    """A factor of what is expected.

    `level` is in calls a day and `time` the share of an ordinary day of that weekday that comes in
    the interval; every other is 1 where it changes nothing. `name` is that of the holiday or event;
    `offset` the days from the holiday, −1 to 1.
    """

    kind: Literal["level", "ahead", "season", "weekday", "time", "holiday", "event"]
    name: str
    offset: int
    value: float


class LaidPartAnswer(Answer):
    """What an adjustment by a person does: a factor, or calls that it adds to the interval."""

    adjustment_id: UUID
    reason: str
    factor: float
    calls: float


class SpreadAnswer(Answer):
    """What the likely range comes from, as shares that add up to 1.

    `chance` is that of single calls, `hour` that the same hour differs from day to day, `day` that
    the level of the day is not sure.
    """

    chance: float
    hour: float
    day: float


class BeforeAnswer(Answer):
    """Calls that came at the same time of another day."""

    day: date
    calls: float


class ExplanationAnswer(Answer):
    """Why a forecast says what it says of one interval of a queue.

    `untouched` is the product of all `parts`, `expected` that with the adjustments, per cent first,
    then calls; 8 in 10 counts lie from `q10` to `q90`. There are no `parts` of a forecast that was
    made before they were kept. `sentences` say the same in words, the first one why.
    """

    queue: str
    start: When
    interval_minutes: int
    expected: float
    q10: int
    q90: int
    untouched: float
    parts: tuple[PartAnswer, ...]
    adjustments: tuple[LaidPartAnswer, ...]
    spread: SpreadAnswer | None
    counted: float | None
    last: BeforeAnswer | None
    year_before: BeforeAnswer | None
    sentences: tuple[str, ...]

    @classmethod
    def of(cls, found: service.Explanation, sentences: Sequence[str]) -> ExplanationAnswer:
        """An explanation and its sentences."""
        last, year = found.last, found.year_before
        return cls(
            queue=found.queue,
            start=found.start,
            interval_minutes=found.interval_minutes,
            expected=found.mean,
            q10=int(found.low),
            q90=int(found.high),
            untouched=found.untouched,
            parts=tuple(map(PartAnswer.model_validate, found.parts)),
            adjustments=tuple(map(LaidPartAnswer.model_validate, found.laid)),
            spread=None if found.spread is None else SpreadAnswer.model_validate(found.spread),
            counted=found.counted,
            last=None if last is None else BeforeAnswer.model_validate(last),
            year_before=None if year is None else BeforeAnswer.model_validate(year),
            sentences=tuple(sentences),
        )
