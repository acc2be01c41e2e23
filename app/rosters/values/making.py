"""What a roster is made of and what it is: templates, bonds, what is asked for, and its shifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from rostering.dials import Levels

KINDS = ("early", "day", "late", "night")
"""Kinds of shift, in order of the day."""

BondKind = Literal["with", "together", "apart"]
"""Beside one of the others; beside each of them; never at the same time."""

ROLES = ("tutor", "companion")
"""What those beside whom an officer works are to the officer."""

State = Literal["draft", "published", "superseded", "discarded"]
"""Being made or changed; in force; replaced on all of its days; put aside."""


@dataclass(frozen=True, slots=True)
class TemplateDetails:
    """What a tour of duty looks like on any day.

    Attributes:
        code: unique in the room.
        start: minutes after local midnight, 0–1439.
        minutes: length by the clock on the wall, breaks included.
        skills: codes of the skills that an officer must hold, all of them.
        active: whether it is offered to new rosters.
    """

    code: str
    name: str
    kind: str
    start: int
    minutes: int
    skills: tuple[str, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True)
class Template:
    """A shift template as kept; `version` grows by one with every change."""

    id: UUID
    room_id: UUID
    version: int
    details: TemplateDetails


@dataclass(frozen=True, slots=True)
class BondDetails:
    """Who works with whom, or not at the same time.

    Attributes:
        kind: `with`, on duty with one of the others; `together`, each with the others; `apart`.
        officer_id: whom it is about.
        others: the others, in the order in which they were named.
        from_day: first day of which the tours are held to it.
        until_day: first day of which they no longer are; None until further notice.
        minutes: minutes of a tour by which it may be missed.
        role: what the others are to the officer, one of `ROLES`.
    """

    kind: BondKind
    officer_id: UUID
    others: tuple[UUID, ...]
    from_day: date
    until_day: date | None = None
    minutes: int = 0
    role: str = "companion"


@dataclass(frozen=True, slots=True)
class Bond:
    """A bond as kept; `version` grows by one with every change."""

    id: UUID
    room_id: UUID
    version: int
    details: BondDetails


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a roster is asked for.

    Attributes:
        first_day: first day of the rota period.
        days: its length.
        name: what people call it; None for the period in words.
        seconds: time for the search.
        requirement_id: the people needed; None for the newest that covers the period.
        like: a roster of the same period to go on from; its pins are kept.
        least_change: whether `like` stands, so that as little of it changes as possible; the
            period is then what is left of its own.
        dials: levels of the dials, those that are not said as set; None for those of the roster
            that is gone on from, or all as set.
    """

    first_day: date
    days: int
    name: str | None = None
    seconds: int = 120
    requirement_id: UUID | None = None
    like: UUID | None = None
    least_change: bool = False
    dials: Levels | None = None

    @property
    def last_day(self) -> date:
        """Last day of the period."""
        return self.first_day + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as kept, without its shifts and its problem.

    Attributes:
        version: grows by one with every change of its shifts, its pins, its name or its state.
        job_id: the job that makes it.
        assumed: what was assumed where nothing was said, a sentence each.
        seconds: time that was asked for the search.
        spent: seconds searched so far.
        objective: points when the search ended, or so far; None before the first lawful roster.
        bound: points that no lawful roster can go below; None while nothing is proved.
        first_lawful: seconds until the first lawful roster; None before it.
        missing_minutes: person-minutes of cover missing when the search ended, or so far.
        stopped: why the search ended (`rostering.solve.Ending`); None while it runs.
        why: why there is no lawful roster, a sentence each; empty where there is one.
        reason: why it was published.
        again_of: the roster of which it changes as little as possible.
        short: what binds where people are missing in the room; None before it was worked out.
    """

    id: UUID
    room_id: UUID
    name: str
    first_day: date
    days: int
    state: State
    version: int
    asked_by: UUID
    asked_at: datetime
    job_id: UUID
    requirement_id: UUID
    assumed: tuple[str, ...]
    seconds: int
    spent: float
    objective: int | None
    bound: float | None
    first_lawful: float | None
    missing_minutes: int | None
    stopped: str | None
    why: tuple[str, ...]
    published_by: UUID | None
    published_at: datetime | None
    reason: str | None
    again_of: UUID | None = None
    short: Mapping[str, object] | None = None

    @property
    def last_day(self) -> date:
        """Last day of the period."""
        return self.first_day + timedelta(days=self.days - 1)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Duty:
    """A dated shift: code and kind of its template, from one instant until another."""

    code: str
    kind: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class RosterShift:
    """A shift of an officer in a roster, on the day it starts on."""

    officer_id: UUID
    day: date
    duty: Duty


@dataclass(frozen=True, slots=True)
class Summary:
    """How a roster stands, in figures.

    Attributes:
        roster: its row.
        hard: breaches of hard rules by title of the rule.
        points: points by title of the soft rule.
        missing_minutes: person-minutes of cover missing.
        late_calls: calls expected late or lost, by queue; None where its requirement says nothing
            of calls.
        rostered_minutes: person-minutes on duty.
        wishes_met, wishes: how many of how many.
    """

    roster: Roster
    hard: Mapping[str, int]
    points: Mapping[str, int]
    missing_minutes: int
    late_calls: Mapping[str, float] | None
    rostered_minutes: int
    wishes_met: int
    wishes: int

    @property
    def objective(self) -> int:
        """Points of every soft rule together; less is better."""
        return sum(self.points.values())
