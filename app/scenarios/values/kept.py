"""What is kept of a scenario beside its arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from app.scenarios.values.changes import Change

Over = Literal["period", "hour"]
"""Over what a goal must hold: all days together, or every hour by itself."""

RUNS = 100
"""Runs unless told otherwise: a week's share is then known within .18 points."""

SEED = 1
"""Of every scenario unless told otherwise, so that any two of the same days have the same callers
and differ by what was changed alone."""


@dataclass(frozen=True, slots=True)
class Seek:
    """A goal to be reached by more people, as few as are found.

    Attributes:
        queue: whose callers.
        share: least share answered in time, of all offered; above 0 and below 1.
        over: whether all days together must reach it, or every hour by itself.
    """

    queue: str
    share: float
    over: Over = "period"

    def document(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return {"queue": self.queue, "share": self.share, "over": self.over}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a scenario.

    Attributes:
        first_day: its first local day.
        days: how many local days.
        name: what people call it; None: its changes in words.
        roster_id: whose people are on duty; None: those of the shifts that are published.
        requirement_id: whose forecast and terms hold; None: those of the newest over the days.
        changes: what is otherwise, one after the other.
        seek: a goal to be reached by more people; None: nobody is added.
        against: the scenario that it is compared with.
        runs: how often the days are simulated.
        seed: of the random numbers.
    """

    first_day: date
    days: int
    name: str | None = None
    roster_id: UUID | None = None
    requirement_id: UUID | None = None
    changes: tuple[Change, ...] = ()
    seek: Seek | None = None
    against: UUID | None = None
    runs: int = RUNS
    seed: int = SEED

    @property
    def last_day(self) -> date:
        """The last local day."""
        return self.first_day + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that was asked for, and perhaps answered.

    Attributes:
        version: grows by one when it is renamed.
        job_id: the job that answers it.
        until_day: the first local day after it.
        zone: IANA time zone of the room when it was asked.
        forecast_id, requirement_id: what its calls and terms were taken from.
        roster_id: whose people are on duty; None: those of the shifts published at the time.
        roster_name: what that was called.
        notes: what to know of it, a sentence each.
        made_at: when it was answered; None until it is.
    """

    id: UUID
    room_id: UUID
    name: str
    version: int
    asked_by: UUID
    asked_at: datetime
    job_id: UUID
    first_day: date
    until_day: date
    zone: str
    forecast_id: UUID
    requirement_id: UUID
    roster_id: UUID | None
    roster_name: str
    changes: tuple[Change, ...]
    seek: Seek | None
    against: UUID | None
    runs: int
    seed: int
    notes: tuple[str, ...]
    made_at: datetime | None = None

    @property
    def days(self) -> int:
        """How many local days."""
        return (self.until_day - self.first_day).days

    @property
    def last_day(self) -> date:
        """The last local day."""
        return self.until_day - timedelta(days=1)
