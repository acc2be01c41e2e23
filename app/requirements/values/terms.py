"""The terms of queues and of a room, and where each of them comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID

from forecasting.load import Workload
from forecasting.staffing.handling import LEAST_SPREAD, Handling
from forecasting.staffing.posts import RoomTerms
from forecasting.staffing.tables import document, read
from forecasting.staffing.terms import MOST_RATE_VARIATION, QueueTerms, terms_from_document
from forecasting.staffing.uncertainty import together

Origin = Literal["given", "forecast", "measured", "assumed"]
"""By the room, by the forecast of calls, from the counts, or by us since none of them says."""

Given: TypeAlias = Mapping[str, Any]
"""What a room gives of a queue's terms, as JSON: fields of `QueueTerms` without `queue`, nested
terms as objects of their fields; patience may be `ENDLESS`, and `aht_by_hour` false for the
forecast or measured mean in all hours."""

ENDLESS = "endless"
"""Patience of callers who never hang up."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A handling time from a queue's own counts.

    Attributes:
        aht_seconds: seconds handled per call, over the intervals that tell both.
        calls: how many calls that were.
        first_day: the local day of the first of them.
        last_day: the local day of the last.
        by_hour: the same by hour of the day, on weekdays and at weekends; None where hours do not
            differ.
    """

    aht_seconds: float
    calls: float
    first_day: date
    last_day: date
    by_hour: tuple[tuple[float, ...], ...] | None = None

    @classmethod
    def of(cls, found: Handling) -> Measured:
        """What the counts say."""
        hours = None if found.by_hour is None else tuple(map(tuple, found.by_hour.tolist()))
        return cls(found.mean, found.calls, found.first_day, found.last_day, hours)

    def document(self) -> dict[str, Any]:
        """The same as plain JSON."""
        days = {"first_day": self.first_day.isoformat(), "last_day": self.last_day.isoformat()}
        return {**asdict(self), **days}

    @classmethod
    def of_document(cls, said: Mapping[str, Any]) -> Measured:
        """What `document` gave."""
        days = {day: date.fromisoformat(said[day]) for day in ("first_day", "last_day")}
        hours = said.get("by_hour")
        return cls(**{**said, **days, "by_hour": hours and tuple(map(tuple, hours))})


@dataclass(frozen=True, slots=True)
class ForecastAht:
    """A handling time from the forecast of a queue's calls.

    Attributes:
        aht_seconds: seconds of a call, over all calls of the forecast.
        least, most: of any interval with calls.
        variation: coefficient of variation of a day's level of handling times around it.
    """

    aht_seconds: float
    least: float
    most: float
    variation: float

    @property
    def differs(self) -> bool:
        """Whether handling times differ by enough over the week to move a requirement."""
        return self.most - self.least > LEAST_SPREAD * self.aht_seconds

    @classmethod
    def of(cls, work: Workload) -> ForecastAht:
        """What a forecast says."""
        seconds, level = work.times.over(work.calls)
        some = work.times.mean[work.calls > 0] if work.calls.any() else work.times.mean
        return cls(seconds, float(some.min()), float(some.max()), level**0.5)


@dataclass(frozen=True, slots=True)
class Terms:
    """A queue's terms of staffing, and where each comes from.

    Attributes:
        version: grows by one with every change of what is given; 0 before the first.
        terms: as they are in force.
        origins: of every field of `terms` but the queue's name, and of `aht_by_hour`.
        measured: the handling time that the counts show, used or not; None where they show none.
        is_aht_by_hour: whether handling times are the forecast or measured ones of each hour, not
            their mean.
        forecast: the handling time that the forecast says, used or not; None where it says none.
    """

    queue_id: UUID
    version: int
    terms: QueueTerms
    origins: Mapping[str, Origin]
    measured: Measured | None
    is_aht_by_hour: bool = False
    forecast: ForecastAht | None = None

    @property
    def used(self) -> QueueTerms:
        """The terms, with how unsure a forecast of handling times is in the level of a day.

        Where a day's level of calls is taken as certain, so is that of handling times.
        """
        calls, found = self.terms.rate_variation, self.forecast
        if not calls or found is None or self.origins.get("aht_seconds") != "forecast":
            return self.terms
        both = min(together(calls, found.variation), MOST_RATE_VARIATION)
        return replace(self.terms, rate_variation=both)

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
            "is_aht_by_hour": self.is_aht_by_hour,
            "forecast": self.forecast and asdict(self.forecast),
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
            said.get("is_aht_by_hour", False),
            ForecastAht(**said["forecast"]) if said.get("forecast") else None,
        )


@dataclass(frozen=True, slots=True)
class RoomAsks:
    """What a room asks as a whole, and where each term comes from.

    Attributes:
        version: grows by one with every change of what is given; 0 before the first.
        terms: as they are in force.
        origins: of every field of `terms`.
    """

    version: int
    terms: RoomTerms
    origins: Mapping[str, Origin]

    @property
    def given(self) -> tuple[str, ...]:
        """The fields that the room gives."""
        return tuple(name for name, origin in self.origins.items() if origin == "given")

    def document(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return {
            "version": self.version,
            "terms": document(self.terms),
            "origins": dict(self.origins),
        }

    @classmethod
    def of_document(cls, said: Mapping[str, Any]) -> RoomAsks:
        """What `document` gave."""
        return cls(said["version"], read(RoomTerms, said["terms"], "the room"), said["origins"])
