"""What becomes of a roster: changes by hand, pins, breaches on a word, and publications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from app.rosters.values.making import Duty
from rostering.notice import Due, Reason

EditState = Literal["done", "undone", "dropped"]
"""It holds; it may be redone; another edit was made after it was undone."""


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
