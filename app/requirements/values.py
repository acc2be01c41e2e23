"""What the service of requirements takes and gives: frozen values, free of the database.

Days are local days of the control room, instants aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias
from uuid import UUID

import numpy as np
import numpy.typing as npt

from forecasting.staffing.terms import QueueTerms, terms_from_document

Origin = Literal["given", "measured", "assumed"]
"""By the room, from its counts, or by us since neither says."""

Given: TypeAlias = Mapping[str, Any]
"""What a room gives of a queue's terms, as JSON: fields of `QueueTerms` without `queue`, nested
terms as objects of their fields; patience may be `ENDLESS`."""

ENDLESS = "endless"
"""Patience of callers who never hang up."""

People = npt.NDArray[np.int32]
QueueSet = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A handling time from a queue's own counts.

    Attributes:
        aht_seconds: seconds handled per call, over the intervals that tell both.
        calls: how many calls that were.
        first_day: the local day of the first of them.
        last_day: the local day of the last.
    """

    aht_seconds: float
    calls: float
    first_day: date
    last_day: date

    def document(self) -> dict[str, Any]:
        """The same as plain JSON."""
        days = {"first_day": self.first_day.isoformat(), "last_day": self.last_day.isoformat()}
        return {**asdict(self), **days}

    @classmethod
    def of_document(cls, said: Mapping[str, Any]) -> Measured:
        """What `document` gave."""
        days = {day: date.fromisoformat(said[day]) for day in ("first_day", "last_day")}
        return cls(**{**said, **days})


@dataclass(frozen=True, slots=True)
class Terms:
    """A queue's terms of staffing, and where each comes from.

    Attributes:
        version: grows by one with every change of what is given; 0 before the first.
        terms: as they are in force.
        origins: of every field of `terms` but the queue's name.
        measured: the handling time that the counts show, used or not; None where they show none.
    """

    queue_id: UUID
    version: int
    terms: QueueTerms
    origins: Mapping[str, Origin]
    measured: Measured | None

    @property
    def queue(self) -> str:
        """The queue's name."""
        return self.terms.queue

    @property
    def given(self) -> tuple[str, ...]:
        """The fields that the room gives."""
        return tuple(name for name, origin in self.origins.items() if origin == "given")

    def document(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return {
            "queue_id": str(self.queue_id),
            "version": self.version,
            "terms": self.terms.document(),
            "origins": dict(self.origins),
            "measured": self.measured and self.measured.document(),
        }

    @classmethod
    def of_document(cls, said: Mapping[str, Any]) -> Terms:
        """What `document` gave."""
        return cls(
            UUID(said["queue_id"]),
            said["version"],
            terms_from_document(said["terms"]),
            said["origins"],
            said["measured"] and Measured.of_document(said["measured"]),
        )


@dataclass(frozen=True, slots=True)
class Requirement:
    """People needed per set of queues and interval, worked out from a forecast.

    Attributes:
        until_day: the first local day after it.
        zone: IANA time zone.
        start: the beginning of its first interval.
        terms: of every queue, as they were used.
        notes: what was assumed and measured and what else to know, a sentence each.
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

    @property
    def days(self) -> int:
        """How many local days."""
        return (self.until_day - self.first_day).days

    @property
    def last_day(self) -> date:
        """The last local day."""
        return self.until_day - timedelta(days=1)


@dataclass(frozen=True, eq=False, slots=True)
class Need:
    """What a requirement asks, shrinkage and minimum staffing included.

    Attributes:
        start: the beginning of the first interval.
        interval_minutes: length of an interval.
        zone: IANA time zone of the room.
        by_set: per set of queues (names in order) the people to roster who can serve any of them,
            shape (intervals,); smaller sets first.
        skills: per queue the code of the skill that lets an officer serve it.
    """

    start: datetime
    interval_minutes: int
    zone: str
    by_set: Mapping[QueueSet, People]
    skills: Mapping[str, str]
