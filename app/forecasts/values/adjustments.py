"""What people lay over forecasts, and how it did, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

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
