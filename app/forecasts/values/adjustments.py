"""What people lay over forecasts, and how it did, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import numpy as np

from app.forecasts.values.runs import Floats, Forecast
from forecasting.adjustments import Adjustment, Judged, Unit


@dataclass(frozen=True, slots=True)
class WantedAdjustment:
    """What a person wants to lay over the forecast.

    Attributes:
        queue_id: None for every queue.
        first_day, last_day: local days on which its hours begin.
        weekdays: of those days, 0 for Monday.
        begins: minute of the day at which its hours begin.
        minutes: how long they last; they may run past midnight.
        amount: more, or fewer if negative.
        unit: per cent, or calls an hour of one queue.
        reason: why, in the person's words.
        review_on: when it is to be looked at again; None for its last day, at most four weeks on.
    """

    queue_id: UUID | None
    first_day: date
    last_day: date
    weekdays: tuple[int, ...]
    begins: int
    minutes: int
    amount: float
    unit: Unit
    reason: str
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """An adjustment that lies, or lay, over the forecasts of a room; it is never deleted.

    Attributes:
        queue_id: None for every queue.
        said: its days, hours and amount; it acts from when it was laid until it was ended.
        reason: why, in the words of who laid it.
        review_on: local day on which it is to be looked at again.
        ended_at: None while it was not ended before its last day.
    """

    id: UUID
    room_id: UUID
    queue_id: UUID | None
    said: Adjustment
    reason: str
    review_on: date
    laid_by: UUID
    laid_at: datetime
    ended_by: UUID | None = None
    ended_at: datetime | None = None
    end_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """That somebody looked at an adjustment and let it stand.

    Attributes:
        reason: why it stands.
        review_on: local day of the next look.
    """

    id: UUID
    adjustment_id: UUID
    by: UUID
    at: datetime
    reason: str
    review_on: date


@dataclass(frozen=True, slots=True)
class AdjustmentScore:
    """An adjustment by itself, held against the counts of the intervals in which it acted.

    Attributes:
        scored_at: when it was last held against the counts.
        days: local days on which hours that were counted began.
        judged: what came of it; a run is a day's hours in a queue.
    """

    adjustment_id: UUID
    scored_at: datetime
    days: int
    judged: Judged

    @property
    def size(self) -> float:
        """Calls that it added, as a share of those forecast without it."""
        return self.judged.adjusted / self.judged.untouched - 1 if self.judged.untouched else 1.0


@dataclass(frozen=True, slots=True)
class ToldAdjustment:
    """An adjustment with what is known of it.

    Attributes:
        words: how much it is, where and when, as a phrase.
        reviews: who looked at it again, in order of time.
        score: None until it was held against counts.
    """

    laid: Laid
    words: str
    reviews: tuple[Review, ...]
    score: AdjustmentScore | None


@dataclass(frozen=True, slots=True)
class Record:
    """How adjustments did so far.

    Attributes:
        laid: how many there are.
        better, worse, alike: how many of those that were held against counts brought the forecast
            closer, did not, or made no clear difference.
    """

    laid: int
    better: int
    worse: int
    alike: int

    @property
    def scored(self) -> int:
        """How many were held against counts."""
        return self.better + self.worse + self.alike


@dataclass(frozen=True, eq=False, slots=True)
class QueuePreview:
    """What an adjustment would do to a queue on the days that it touches, a fortnight at most.

    Attributes:
        start: beginning of the first interval, UTC, `datetime64[m]`.
        before, after: calls expected in each interval, other adjustments included, shape (n,).
        untouched: calls that the forecast expects where it acts.
        alone: the same with this adjustment by itself.
        busy: people that the calls which it adds keep busy at a time, at most; None where the
            counts tell no handling times.
    """

    queue: str
    start: np.datetime64
    interval_minutes: int
    before: Floats
    after: Floats
    untouched: float
    alone: float
    busy: float | None

    @property
    def begins(self) -> datetime:
        """The beginning of the first interval."""
        naive: datetime = self.start.astype("datetime64[us]").item()
        return naive.replace(tzinfo=UTC)

    @property
    def calls(self) -> float:
        """Calls that it would add in all."""
        return float((self.after - self.before).sum())


@dataclass(frozen=True, eq=False, slots=True)
class Preview:
    """What an adjustment would do.

    Attributes:
        laid: the adjustment, as it would be kept.
        known: the forecast that it is shown on; None where none holds its first day yet.
        queues: those that it would move.
    """

    laid: Laid
    known: Forecast | None
    queues: tuple[QueuePreview, ...]

    @property
    def size(self) -> float:
        """Calls that it would add by itself, as a share of the untouched forecast where it acts."""
        calls = sum(each.untouched for each in self.queues)
        return sum(each.alone for each in self.queues) / calls - 1 if calls else 0.0
