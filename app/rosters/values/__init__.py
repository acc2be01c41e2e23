"""What the service takes and gives: frozen values, free of the database.

A day is a local day of the control room, and a shift belongs to the day it starts on. Instants are
aware and in UTC. A shift template is named by its code; `None` in place of a code is a rest day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from rostering.dials import Levels
from rostering.notice import Due, Reason

KINDS = ("early", "day", "late", "night")
"""Kinds of shift, in order of the day."""

BondKind = Literal["with", "together", "apart"]
"""Beside one of the others; beside each of them; never at the same time."""

ROLES = ("tutor", "companion")
"""What those beside whom an officer works are to the officer."""

State = Literal["draft", "published", "superseded", "discarded"]
"""Being made or changed; in force; replaced on all of its days; put aside."""

EditState = Literal["done", "undone", "dropped"]
"""It holds; it may be redone; another edit was made after it was undone."""


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
class DayChange:
    """What an officer-day is to become: the shift of a code, or None for a rest day."""

    officer_id: UUID
    day: date
    code: str | None


@dataclass(frozen=True, slots=True)
class DayChanged:
    """What an officer-day was and has become."""

    officer_id: UUID
    day: date
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a published roster changes.

    Attributes:
        reason: one of the three for which it may; None in a draft, and where nothing that was
            published changes.
        note: more of it in a few words; may be empty.
        authority: name of whoever authorised it, where that is asked for.
    """

    reason: Reason | None = None
    note: str = ""
    authority: str = ""


UNSAID = Why()
"""No reason given."""


Ground = Literal["shift_change", "continuity", "agreement", "exigency"]
"""Why a rule may be broken: the Working Time Regulations 1998 reg 22 (a shift worker who changes
shift), reg 21 (continuity of a police service), reg 23 (an agreement); an exigency of duty."""


@dataclass(frozen=True, slots=True)
class Authority:
    """On whose word a rule is broken, why, and what is owed for it.

    Attributes:
        ground: why it may be broken.
        authority: name of whoever authorised it.
        reason: why it is needed, in a few words.
        rest_minutes: compensatory rest owed (Working Time Regulations 1998 reg 24); 0 for none.
        rest_by: last day on which it is to be given; None where none is owed.
    """

    ground: Ground
    authority: str
    reason: str
    rest_minutes: int = 0
    rest_by: date | None = None


@dataclass(frozen=True, slots=True)
class AuthorisedBreach:
    """A breach that may stand in a roster while the edit that made it is done.

    Attributes:
        edit_number: of the edit.
        rule: code of the hard rule.
        first_day, last_day: a tour of the breach starts on one of these days.
        excess: how far at most, in the rule's unit.
        words: what is broken, as a sentence.
        said: on whose word, why, and what is owed.
        rest_given: day on which the compensatory rest was given.
        by, at: who wrote it down, and when.
    """

    id: UUID
    edit_number: int
    officer_id: UUID
    rule: str
    first_day: date
    last_day: date
    excess: int
    words: str
    said: Authority
    rest_given: date | None
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Pin:
    """An officer-day that hands and the solver keep: a shift, any shift of a kind, or rest."""

    officer_id: UUID
    day: date
    code: str | None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class PinChanged:
    """What became of the pin of an officer-day; None where there is none."""

    officer_id: UUID
    day: date
    before: Pin | None
    after: Pin | None


@dataclass(frozen=True, slots=True)
class Edit:
    """A hand edit in the trail of a roster; `number` counts from 1 in order of time."""

    number: int
    by: UUID
    at: datetime
    changes: tuple[DayChanged, ...]
    reason: Reason | None
    note: str
    state: EditState
    pins: tuple[PinChanged, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """When a roster, or a change of a published one, came into force.

    Attributes:
        number: counts from 1 in the room, in order of time.
        version: of the roster, as published.
        reason: why, in the words of whoever published it; may be empty for a change.
        whole: a whole roster rather than a change of one.
        change_reason: why what was published before changed; None where nothing was, or where it
            was published before reasons were kept so.
        told: the room's own present at that moment; notice is counted from it.
    """

    number: int
    roster_id: UUID
    version: int
    at: datetime
    by: UUID
    reason: str
    whole: bool
    change_reason: Reason | None
    told: datetime


@dataclass(frozen=True, slots=True)
class ChangePosition:
    """A place in the list of published changes: by publication, officer and day."""

    number: int
    officer_id: UUID
    day: date


Choice = Literal["open", "pay", "time"]
"""What an officer chose where they may: nothing yet, pay, or time off."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a published change is to the officer.

    Attributes:
        due: its kind, the clear days of notice, and what the day earns.
        authority: name of whoever authorised it; "" where nobody was asked.
        named: the rest day that was named in place of the one worked; None until it is.
        standing: whether no later publication has changed the day again.
        choice: pay or time off, as the officer chose; None where nothing may be chosen.
    """

    due: Due
    authority: str = ""
    named: date | None = None
    standing: bool = True
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What a publication changed for one officer on one day; None stands for a rest day.

    `notice` is None for a duty that was published for the first time and earns nothing, and for
    changes from before notice was kept.
    """

    number: int
    officer_id: UUID
    day: date
    before: Duty | None
    after: Duty | None
    notice: Notice | None = None


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
