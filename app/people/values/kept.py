"""What is kept of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from app import clock
from app.people.values.terms import Term

Ints = npt.NDArray[np.int64]

Employment = Literal["officer", "staff"]
"""Under Police Regulations, or under an employment contract: it decides the rulebook."""

ShiftState = Literal["published", "worked"]
"""What the roster said, or what was worked."""

Thing = Literal["officer", "queue", "team"]
"""What an outside system has its own identifier for."""


@dataclass(frozen=True, slots=True)
class Force:
    """A police force."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """A control room.

    Attributes:
        zone: IANA time zone, such as Europe/London.
        day_start: when the force's day starts, minutes after local midnight; notice is counted in
            clear days from it.
        notice: what every page of the room says at its top, such as that its data are synthetic;
            may be empty.
        as_of: the room's own present where its data end in the past; None for a room in use.
        changed: the force's mark at the last change; also its version.
    """

    id: UUID
    force_id: UUID
    name: str
    zone: str
    day_start: int
    notice: str = ""
    as_of: datetime | None = None
    changed: int = 0

    def now(self) -> datetime:
        """The room's present: its own, where its data end in the past."""
        return self.as_of or clock.now()

    def today(self) -> date:
        """The local day of the room's present."""
        return self.now().astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class Team:
    """A team of one control room; `changed` is the room's mark at its last change."""

    id: UUID
    room_id: UUID
    name: str
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Skill:
    """What lets an officer serve a queue.

    Attributes:
        code: how files and systems name it; it never changes.
        changed: the force's mark at the last change; also its version.
        after_months: months of service that earn it to whoever holds any other; None where it is
            given person by person. It never changes.
    """

    id: UUID
    force_id: UUID
    code: str
    name: str
    changed: int = 0
    after_months: int | None = None


@dataclass(frozen=True, slots=True)
class OfficerDetails:
    """What is said of an officer: everyone who is rostered, warranted or police staff.

    Attributes:
        number: warrant or staff number, unique in the force.
        grade: rank or pay grade, in the force's words.
        started: first day of service.
        left: first day no longer in service.
        team_id: a team of the same room.
    """

    number: str
    name: str
    grade: str
    employment: Employment
    started: date
    left: date | None = None
    team_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer as kept.

    Attributes:
        version: grows by one with every change of details, skills, contracts, terms or
            identifiers.
        changed: the room's mark at the last of these changes.
    """

    id: UUID
    room_id: UUID
    version: int
    details: OfficerDetails
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the list of a room's officers, by name and then id."""

    name: str
    id: UUID


@dataclass(frozen=True, slots=True)
class OfficerPage:
    """Some officers of a room; `following` is where the next page begins, None after the last."""

    officers: tuple[Officer, ...]
    following: Position | None


@dataclass(frozen=True, slots=True)
class ChangePosition:
    """A place in the list of a room's officers by their last change and then id."""

    changed: int
    id: UUID


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """Some officers that changed; `following` is where the next page begins."""

    officers: tuple[Officer, ...]
    following: ChangePosition | None


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """A skill that an officer holds for some days."""

    skill_id: UUID
    from_day: date
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """What an officer is contracted for: minutes a week, on average, for some days."""

    from_day: date
    until_day: date | None
    weekly_minutes: int


@dataclass(frozen=True, slots=True)
class PastShift:
    """A shift of an officer as published or as worked; `start` and `end` are instants."""

    officer_id: UUID
    start: datetime
    end: datetime
    kind: str
    code: str


@dataclass(frozen=True)
class ShiftTimes:
    """When many shifts begin and end.

    Attributes:
        officers: whose they are, each once.
        kinds: kinds of shift, each once.
        whose, start, end, kind: of each shift its place in `officers`, instants in minutes since
            1970 in UTC, and its place in `kinds`; shape (shifts,).
    """

    officers: tuple[UUID, ...]
    kinds: tuple[str, ...]
    whose: Ints
    start: Ints
    end: Ints
    kind: Ints


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant until just before another."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """What telling a history did, in shifts; a shift told anew is forgotten and kept."""

    kept: int
    forgotten: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class OutsideId:
    """What an outside system calls one of our things."""

    system: str
    id: str


@dataclass(frozen=True, slots=True)
class Person:
    """An officer with all that is known of them but shifts; `earned` are skills by service."""

    officer: Officer
    skills: tuple[HeldSkill, ...]
    contracts: tuple[Contract, ...]
    outside_ids: tuple[OutsideId, ...]
    terms: tuple[Term, ...]
    earned: tuple[HeldSkill, ...] = ()
