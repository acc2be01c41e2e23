"""What the service takes and gives: frozen values, free of the database.

Days are local days of the control room; instants are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

State = Literal["open", "closed", "answered"]
"""Wishes are taken; the deadline has passed; what came of them is told."""

KINDS = ("early", "day", "late", "night")
"""Kinds of shift that a wish may speak of, in order of the day."""

POINTS = 20
"""Budget of an officer and round: four wishes at half the most points."""

MOST_POINTS = 10
"""Of one wish, so that a budget cannot all go to one day."""


@dataclass(frozen=True, slots=True)
class RoundDetails:
    """A rota period of a control room for which wishes are asked.

    Attributes:
        first_day: first day of the period.
        days: its length.
        closes: the instant from which nothing is taken any more.
        points: what each officer may place.
        answers: day by which officers are told what came of their wishes; None while unknown.
    """

    first_day: date
    days: int
    closes: datetime
    points: int = POINTS
    answers: date | None = None

    @property
    def last_day(self) -> date:
        """Last day of the period."""
        return self.first_day + timedelta(days=self.days - 1)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Round:
    """A round of wishes as kept; `state` is as of the control room's present.

    Attributes:
        version: grows by one with every change of the details.
        answered_at: when outcomes were last recorded; None before.
    """

    id: UUID
    room_id: UUID
    version: int
    details: RoundDetails
    answered_at: datetime | None
    state: State

    @property
    def first_day(self) -> date:
        """First day of the period."""
        return self.details.first_day

    @property
    def days(self) -> int:
        """Length of the period."""
        return self.details.days

    @property
    def closes(self) -> datetime:
        """The instant from which nothing is taken any more."""
        return self.details.closes

    @property
    def points(self) -> int:
        """What each officer may place."""
        return self.details.points


@dataclass(frozen=True, slots=True)
class WishDetails:
    """One wish about one day.

    Attributes:
        day: a day of the round.
        wants: True to be given such a shift, False to be spared it.
        points: how much it matters, 1–10, out of the round's budget.
        kinds: kinds of shift it is about; empty means any.
        shifts: codes of shift templates it is about, in place of kinds; empty means any. With
            both empty, `wants=False` asks for the day off.
    """

    day: date
    wants: bool
    points: int
    kinds: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a wish.

    Attributes:
        roster_id: the published roster that decided it.
        met: whether the roster gives what the wish asks.
        words: why, as sentences for the officer; may be empty where it is met.
    """

    roster_id: UUID
    met: bool
    words: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish as kept; `version` grows by one with every change of the details."""

    id: UUID
    round_id: UUID
    officer_id: UUID
    version: int
    details: WishDetails
    outcome: Outcome | None = None

    @property
    def day(self) -> date:
        """The day it is about."""
        return self.details.day

    @property
    def wants(self) -> bool:
        """True to be given such a shift, False to be spared it."""
        return self.details.wants

    @property
    def points(self) -> int:
        """How much it matters, 1–10."""
        return self.details.points

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of shift it is about; empty means any."""
        return self.details.kinds

    @property
    def shifts(self) -> tuple[str, ...]:
        """Codes of shift templates it is about; empty means any."""
        return self.details.shifts


@dataclass(frozen=True, slots=True)
class DayAsked:
    """What was asked of one day of a round: wishes to be off, other wishes, points of both."""

    day: date
    off: int
    others: int
    points: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked in a round: officers with a wish, wishes, those met, and the days asked."""

    officers: int
    wishes: int
    answered: int
    met: int
    days: tuple[DayAsked, ...]
