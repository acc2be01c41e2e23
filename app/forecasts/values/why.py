"""Why a forecast says what it says of one interval, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import prod
from typing import Literal, TypeAlias
from uuid import UUID

from forecasting.explain import Grounds, Kind

Clocks: TypeAlias = Literal["", "forward", "back", "twice"]
"""Whether the clocks change on the local day, and whether its hour comes twice."""


@dataclass(frozen=True, slots=True)
class Part:
    """A factor of what is expected.

    Attributes:
        kind: `level` is in calls a day, `time` the share of an ordinary day of that weekday that
            comes in the interval; the others are 1 where they change nothing.
        name: of the holiday or event, else "".
        offset: of a holiday: days from it, -1 to 1.
    """

    kind: Kind
    name: str
    value: float
    offset: int = 0


@dataclass(frozen=True, slots=True)
class LaidPart:
    """What an adjustment by a person does: a factor, or calls that are added.

    Attributes:
        by: who laid it.
        reason: why, in the person's words.
        factor: 1 where it adds calls.
        calls: calls that it adds to the interval; 0 where it is a factor.
    """

    adjustment_id: UUID
    by: UUID
    reason: str
    factor: float
    calls: float


@dataclass(frozen=True, slots=True)
class Spread:
    """What the likely range comes from, as shares of the variance that add up to 1.

    Attributes:
        chance: of single calls.
        hour: that the same hour differs from day to day.
        day: that the level of the day, or an event, is not sure.
    """

    chance: float
    hour: float
    day: float


@dataclass(frozen=True, slots=True)
class Before:
    """Calls that came at the same time of another day."""

    day: date
    calls: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a forecast says what it says of one interval of a queue.

    Attributes:
        start: its beginning.
        local_day: the local day on which it begins.
        minute: minute of that day by the wall clock.
        mean, low, high: calls expected, and the range of 8 in 10, as adjusted.
        untouched: calls expected before any adjustment.
        parts: factors whose product is `untouched`, the level first; none of a forecast that was
            made before they were kept.
        laid: adjustments that act on it, the first laid first.
        spread: None where it is not known.
        counted: calls that came; None while they are not known.
        last: the last one of the same weekday and time that was counted before the forecast.
        year_before: the same 52 weeks before.
        reason: why this model, in a sentence; "" where it was asked for.
        grounds: what the whole forecast of the queue is made of; None as for `parts`.
    """

    queue: str
    start: datetime
    interval_minutes: int
    local_day: date
    minute: int
    mean: float
    low: float
    high: float
    untouched: float
    parts: tuple[Part, ...]
    laid: tuple[LaidPart, ...]
    spread: Spread | None
    clocks: Clocks
    counted: float | None
    last: Before | None
    year_before: Before | None
    reason: str
    grounds: Grounds | None = None

    @property
    def is_told(self) -> bool:
        """Whether the forecast kept what it is made of."""
        return bool(self.parts)

    @property
    def is_closed(self) -> bool:
        """Whether the queue is closed then."""
        return self.is_told and not self.value("time")

    @property
    def ordinary_day(self) -> float:
        """Calls of an ordinary day of that weekday now."""
        return self.value("level") * self.value("weekday")

    def value(self, kind: Kind) -> float:
        """The product of the factors of a kind."""
        return prod(each.value for each in self.parts if each.kind == kind)
