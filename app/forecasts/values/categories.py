"""How the calls of a forecast divide among categories, kept and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.forecasts.values.runs import Floats, Instants, QueueValues, first_instant


@dataclass(frozen=True, slots=True)
class PackedShares:
    """How the calls of a queue divide, as it is kept with a forecast.

    Attributes:
        names: of the parts as they were called, without that of no category, which is the last.
        sources: name of the part by id of each category that was counted in it.
        table: little-endian float64, shape (k + 1, 168).
        apart: the same, shape (k + 1,).
    """

    names: tuple[str, ...]
    sources: Mapping[UUID, str]
    table: bytes
    apart: bytes


@dataclass(frozen=True, eq=False, slots=True)
class CategoryValues:
    """What a forecast says of categories.

    Attributes:
        starts: beginning of each interval, UTC, `datetime64[m]`, shape (n,).
        interval_minutes: length of an interval.
        by_queue: by name of the queue and of the category, "" for calls of none; only queues whose
            calls were told by category. The means of a queue's parts add up to its own.
        wholes: means of those queues, each of shape (n,).
    """

    starts: Instants
    interval_minutes: int
    by_queue: Mapping[str, Mapping[str, QueueValues]]
    wholes: Mapping[str, Floats]

    @property
    def start(self) -> datetime:
        """The beginning of the first interval."""
        return first_instant(self.starts)


@dataclass(frozen=True, eq=False, slots=True)
class CategoryDays:
    """What a forecast says of a queue's categories, day by day.

    Attributes:
        names: of the parts; the last is "", calls of no category.
        days: local days of the forecast, d of them.
        mean: calls of each part and day, shape (k, d).
        low, high: 8 in 10 counts of a day lie between, shape (k, d).
        shares: share of each part by hour of the week, shape (k, 168), 0 = Monday at midnight.
    """

    names: tuple[str, ...]
    days: tuple[date, ...]
    mean: Floats
    low: Floats
    high: Floats
    shares: Floats
