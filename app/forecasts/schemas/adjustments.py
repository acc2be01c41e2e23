"""Adjustments of forecasts as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.forecasts import service
from app.web.http.schema import Answer, Strict, When
from forecasting.adjustments import LARGEST
from forecasting.calendar import MINUTES_PER_DAY
from forecasting.event_file import clock

MOST = LARGEST["calls"]

Unit = Literal["percent", "calls"]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Day = Annotated[date, Field(ge=date(1971, 1, 1), le=date(2198, 12, 1))]
Reason = Annotated[str, Field(min_length=1, max_length=500)]
Weekday = Annotated[int, Field(ge=0, le=6)]


class AdjustmentInput(Strict):
    """More or fewer calls at some hours, laid over every forecast of the room.

    Without `queue_id` it acts on every queue. `begins` and `until` are quarter hours by the wall
    clock; an `until` that is not after `begins` is the next day's, and without both it acts all
    day. `weekdays` are those on which its hours begin, 0 for Monday. `amount` is in per cent, or in
    calls an hour of one queue. Without `review_on` it is to be looked at again on its last day,
    four weeks on at most.
    """

    queue_id: UUID | None = None
    first_day: Day
    last_day: Day
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)] = tuple(range(7))
    begins: Clock = "00:00"
    until: Clock = "00:00"
    amount: Annotated[float, Field(ge=-MOST, le=MOST)]
    unit: Unit = "percent"
    reason: Reason
    review_on: Day | None = None

    def wanted(self) -> service.WantedAdjustment:
        """The adjustment as the service takes it."""
        begins, until = (int(each[:2]) * 60 + int(each[3:]) for each in (self.begins, self.until))
        return service.WantedAdjustment(
            queue_id=self.queue_id,
            first_day=self.first_day,
            last_day=self.last_day,
            weekdays=tuple(sorted(set(self.weekdays))),
            begins=begins,
            minutes=(until - begins) % MINUTES_PER_DAY or MINUTES_PER_DAY,
            amount=self.amount,
            unit=self.unit,
            reason=self.reason,
            review_on=self.review_on,
        )


class EndInput(Strict):
    """Why an adjustment is ended."""

    reason: Reason


class ReviewInput(Strict):
    """Why an adjustment stands, and when it is to be looked at again."""

    reason: Reason
    review_on: Day


class ReviewAnswer(Answer):
    """That somebody looked at an adjustment and let it stand."""

    at: When
    by: UUID
    reason: str
    review_on: date


class AdjustmentScoreAnswer(Answer):
    """An adjustment by itself, held against the counts of the intervals in which it acted.

    Errors are sums of absolute errors in calls: `total_error_…` of each day's hours, `error_…` of
    each interval. `verdict` is by the totals, and `alike` where pure chance could have decided.
    """

    scored_at: When
    days: int
    intervals: int
    calls: float
    untouched: float
    adjusted: float
    total_error_untouched: float
    total_error_adjusted: float
    error_untouched: float
    error_adjusted: float
    verdict: Literal["better", "worse", "alike"]
    words: str

    @classmethod
    def of(cls, score: service.AdjustmentScore) -> AdjustmentScoreAnswer:
        """How an adjustment did."""
        judged = score.judged
        return cls(
            scored_at=score.scored_at,
            days=score.days,
            intervals=judged.intervals,
            calls=judged.calls,
            untouched=judged.untouched,
            adjusted=judged.adjusted,
            total_error_untouched=judged.run_error_untouched,
            total_error_adjusted=judged.run_error_adjusted,
            error_untouched=judged.error_untouched,
            error_adjusted=judged.error_adjusted,
            verdict=judged.verdict,
            words=service.score_words(score),
        )


class AdjustmentAnswer(Answer):
    """An adjustment; `score` is null until counts of its hours have come and were looked at.

    `ended_at` is null unless somebody ended it before its last day; it acted until then.
    """

    id: UUID
    room_id: UUID
    queue_id: UUID | None
    first_day: date
    last_day: date
    weekdays: tuple[int, ...]
    begins: str
    until: str
    amount: float
    unit: Unit
    reason: str
    words: str
    review_on: date
    laid_by: UUID
    laid_at: When
    ended_by: UUID | None
    ended_at: When | None
    end_reason: str | None
    reviews: tuple[ReviewAnswer, ...]
    score: AdjustmentScoreAnswer | None

    @classmethod
    def of(cls, told: service.ToldAdjustment) -> AdjustmentAnswer:
        """An adjustment with what is known of it."""
        laid, score = told.laid, told.score
        said = laid.said
        return cls(
            id=laid.id,
            room_id=laid.room_id,
            queue_id=laid.queue_id,
            first_day=said.first,
            last_day=said.last,
            weekdays=tuple(sorted(said.weekdays)),
            begins=clock(said.begins),
            until=clock((said.begins + said.minutes) % MINUTES_PER_DAY),
            amount=said.amount,
            unit=said.unit,
            reason=laid.reason,
            words=told.words,
            review_on=laid.review_on,
            laid_by=laid.laid_by,
            laid_at=laid.laid_at,
            ended_by=laid.ended_by,
            ended_at=laid.ended_at,
            end_reason=laid.end_reason,
            reviews=tuple(map(ReviewAnswer.model_validate, told.reviews)),
            score=None if score is None else AdjustmentScoreAnswer.of(score),
        )


class RecordAnswer(Answer):
    """How adjustments did so far, of those that were held against counts."""

    laid: int
    better: int
    worse: int
    alike: int


class AdjustmentList(Answer):
    """Adjustments of a control room, ended ones too, newest first; and how all of them did."""

    adjustments: tuple[AdjustmentAnswer, ...]
    record: RecordAnswer


class QueuePreviewAnswer(Answer):
    """Calls expected in a queue in each interval from `start` on, without and with it."""

    queue: str
    start: When
    interval_minutes: int
    before: list[float]
    after: list[float]

    @classmethod
    def of(cls, shown: service.QueuePreview) -> QueuePreviewAnswer:
        """What an adjustment would do to a queue."""
        before, after = (
            [float(f"{each:.6g}") for each in values] for values in (shown.before, shown.after)
        )
        return cls(
            queue=shown.queue,
            start=shown.begins,
            interval_minutes=shown.interval_minutes,
            before=before,
            after=after,
        )


class PreviewAnswer(Answer):
    """What an adjustment would do on its first fortnight; nothing is kept.

    `forecast_id` is null and `queues` empty while no forecast holds its first day. `hint` says how
    others of its size did, where there were some.
    """

    words: str
    forecast_id: UUID | None
    queues: tuple[QueuePreviewAnswer, ...]
    hint: str
