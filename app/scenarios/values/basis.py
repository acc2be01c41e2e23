"""What a scenario is simulated from: calls, terms and people on duty, as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar
from forecasting.staffing.terms import QueueTerms

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
QueueSet = tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Crew:
    """People who can serve the same queues.

    Attributes:
        serves: names of the queues, in order.
        on_duty: people rostered per interval, those at posts left aside, shape (intervals,).
        away: share of rostered time lost inside the shift.
    """

    serves: QueueSet
    on_duty: Whole
    away: float


@dataclass(frozen=True, eq=False)
class Basis:
    """What a room is simulated from; frozen with a scenario, so that an old answer stands.

    Attributes:
        start: the beginning of the first interval, a local midnight.
        interval_minutes: length of an interval.
        zone: IANA time zone of the room.
        terms: of every queue, in order of name.
        calls: per queue the mean calls per interval, shape (intervals,).
        aht: per queue the mean seconds that calls of an interval take, shape (intervals,).
        crews: the people on duty; no two of them serve the same queues.
        reserve: people kept idle for the most urgent queue.
        need: per set of queues the people to roster, shape (intervals,).
        day_levels: per queue the coefficient of variation of the level of each interval's day
            around its forecast, shape (intervals,), where the forecast told it.
    """

    start: datetime
    interval_minutes: int
    zone: str
    terms: tuple[QueueTerms, ...]
    calls: Mapping[str, Floats]
    aht: Mapping[str, Floats]
    crews: tuple[Crew, ...]
    reserve: int
    need: Mapping[QueueSet, Whole]
    day_levels: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def queues(self) -> QueueSet:
        """Names of the queues, in order."""
        return tuple(each.queue for each in self.terms)

    @property
    def intervals(self) -> int:
        """How many there are."""
        return len(next(iter(self.calls.values())))

    @property
    def first(self) -> np.datetime64:
        """The beginning of the first interval, UTC."""
        return np.datetime64(self.start.replace(tzinfo=None), "m")

    def instant(self, interval: int) -> datetime:
        """The beginning of an interval."""
        return self.start + timedelta(minutes=interval * self.interval_minutes)

    def terms_of(self, queue: str) -> QueueTerms:
        """The terms of a queue."""
        return next(each for each in self.terms if each.queue == queue)

    @cached_property
    def local(self) -> tuple[npt.NDArray[np.datetime64], Whole]:
        """Local date, `datetime64[D]`, and minutes after midnight of each interval."""
        wall = Calendar(self.zone).local(self.first, self.interval_minutes, self.intervals)
        return wall.date, wall.slot * self.interval_minutes
