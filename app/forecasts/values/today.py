"""Today, forecast again from the counts so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from app.forecasts.values.runs import Floats, Instants
from forecasting.today import Gain


@dataclass(frozen=True, eq=False, slots=True)
class QueueToday:
    """A queue today; arrays have a value for each interval of the local day, shape (n,).

    Attributes:
        counts: calls that came, NaN where that is not known.
        over: how many intervals are over, up to the last that was counted; 0 before any was.
        untouched: calls as they were forecast.
        untouched_quantiles: their quantiles, shape (7, n).
        mean, quantiles: the same with the rest of the day forecast again where that is worth it.
        seen: calls that came in the intervals that are over, of those that are known.
        expected: calls that were forecast for the same.
        factor: by which the counts so far would change the rest of the day.
        gain: what such a change was worth at this time of day.
        is_updated: whether `mean` and `quantiles` have it.
    """

    counts: Floats
    over: int
    untouched: Floats
    untouched_quantiles: Floats
    mean: Floats
    quantiles: Floats
    seen: float
    expected: float
    factor: float
    gain: Gain
    is_updated: bool

    @property
    def rest(self) -> float:
        """Calls expected in the rest of the day."""
        return float(self.mean[self.over :].sum())


@dataclass(frozen=True, eq=False, slots=True)
class Today:
    """The present local day of a room.

    Attributes:
        day: which it is.
        zone: the room's.
        forecast_id: the forecast that it begins with, what people laid over it included.
        starts: beginning of each interval, UTC, shape (n,).
        interval_minutes: length of an interval.
        by_queue: by name of the queue, in order of name.
    """

    day: date
    zone: str
    forecast_id: UUID
    starts: Instants
    interval_minutes: int
    by_queue: Mapping[str, QueueToday]

    @property
    def start(self) -> datetime:
        """The beginning of the first interval."""
        naive: datetime = self.starts[0].astype("datetime64[us]").item()
        return naive.replace(tzinfo=UTC)
