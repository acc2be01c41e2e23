"""A requirement, and what it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
import numpy.typing as npt

from app.requirements.values.terms import RoomAsks, Terms
from forecasting.staffing.hours import Hours
from forecasting.staffing.room import Row, whole_rows
from forecasting.staffing.rows import at_posts
from forecasting.staffing.terms import QueueTerms
from forecasting.staffing.worth import Calls

People = npt.NDArray[np.int64]
QueueSet = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """People needed per set of queues and interval, worked out from a forecast.

    Attributes:
        until_day: the first local day after it.
        zone: IANA time zone.
        start: the beginning of its first interval.
        terms: of every queue, as they were used.
        notes: what was assumed and measured and what else to know, a sentence each.
        room: what the room asked as a whole; None where it was worked out for queues alone, as
            before rooms could ask anything.
        weeks: hours that the roster must find, for every seven days from the first on.
        purpose: what it was worked out for where that is not the forecast by the terms in force, in
            words; such a requirement is used where it is chosen alone.
        adjustments: ids of what people had laid over the forecast, the first laid first.
        adjusted_at: when that was read; None where there was no such thing yet.
    """

    id: UUID
    room_id: UUID
    forecast_id: UUID
    made_by: UUID
    made_at: datetime
    first_day: date
    until_day: date
    zone: str
    start: datetime
    interval_minutes: int
    intervals: int
    terms: tuple[Terms, ...]
    notes: tuple[str, ...]
    room: RoomAsks | None
    weeks: tuple[Hours, ...]
    purpose: str | None = None
    adjustments: tuple[UUID, ...] = ()
    adjusted_at: datetime | None = None

    @property
    def hours(self) -> Hours:
        """Hours that the roster must find in all."""
        return sum(self.weeks, Hours())

    @property
    def days(self) -> int:
        """How many local days."""
        return (self.until_day - self.first_day).days

    @property
    def last_day(self) -> date:
        """The last local day."""
        return self.until_day - timedelta(days=1)


@dataclass(frozen=True, eq=False, slots=True)
class Otherwise:
    """What a requirement is worked out from where things are otherwise than its forecast says.

    Attributes:
        purpose: what is otherwise, in words.
        calls: mean calls per queue, shape (intervals,).
        aht: handling seconds per queue, likewise.
        terms: of every queue.
        reserve: people kept idle for the most urgent queue.
    """

    purpose: str
    calls: Mapping[str, npt.NDArray[np.float64]]
    aht: Mapping[str, npt.NDArray[np.float64]]
    terms: tuple[QueueTerms, ...]
    reserve: int


@dataclass(frozen=True, eq=False, slots=True)
class Need:
    """What a requirement asks, shrinkage and minimum staffing included.

    Attributes:
        start: the beginning of the first interval.
        interval_minutes: length of an interval.
        zone: IANA time zone of the room.
        rows: people to roster: for sets of queues, smaller sets first; for those with the posts of
            their skills; for posts of other skills; as minimums.
        skills: per queue the code of the skill that lets an officer serve it.
        calls: the calls that the people are there for; None of a requirement that was made before
            they were kept with it.
    """

    start: datetime
    interval_minutes: int
    zone: str
    rows: tuple[Row, ...]
    skills: Mapping[str, str]
    calls: Calls | None = None

    @property
    def by_set(self) -> Mapping[QueueSet, People]:
        """People to roster for each set of queues alone, shape (intervals,); smaller sets first."""
        return {row.names: row.people for row in self.rows if self.skills.keys() >= {*row.names}}

    @property
    def at_posts(self) -> Mapping[str, People]:
        """People to roster for the posts of each skill, relief included, shape (intervals,)."""
        return at_posts(self.rows, self.skills)

    @property
    def whole(self) -> People:
        """People to roster for everything that the room asks, shape (intervals,)."""
        return np.asarray(sum(row.people for row in whole_rows(self.rows)))
