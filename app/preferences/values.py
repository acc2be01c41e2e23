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


@dataclass(frozen=True, slots=True)
class PointsOf:
    """Points that an officer placed in a round.

    Attributes:
        asked: on every wish.
        decided: on those of which it is told what came of them.
        met: what of these was met.
    """

    round_id: UUID
    officer_id: UUID
    asked: int
    decided: int
    met: int


# --- wishes about several days ------------------------------------------------------------------

Ask = Literal["off", "no_kind", "kind", "times", "work_run", "rest_run", "with", "apart"]
"""Days off; none of some kinds; only some kinds; times of start and finish; days of work in a row;
days off in a row; to work with a colleague; not to."""

WITH_COLLEAGUE: frozenset[Ask] = frozenset({"with", "apart"})


@dataclass(frozen=True, slots=True)
class LongWishDetails:
    """One wish about several days of a round; a roster may meet it in part.

    Attributes:
        ask: what is asked.
        points: what it takes out of the round's budget, 1–10, however many days it is about.
        standing: whether it goes on into later rounds; such a wish is about the whole period.
        first_day, last_day: days from and to which it holds; None for the whole period.
        weekdays: weekdays that it is about, Monday 0; empty means every day.
        kinds: kinds of shift, for `no_kind` and `kind`.
        earliest: minutes after midnight, for `times`: a start at that time or later.
        latest: minutes after midnight of the day of the start, for `times`: a finish by then.
        most, fewest: days in a row, one of them, for `work_run`; `fewest` alone for `rest_run`.
        colleague_id: with whom, for `with` and `apart`.
    """

    ask: Ask
    points: int
    standing: bool = False
    first_day: date | None = None
    last_day: date | None = None
    weekdays: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    earliest: int | None = None
    latest: int | None = None
    most: int | None = None
    fewest: int | None = None
    colleague_id: UUID | None = None

    def days_of(self, asked: RoundDetails) -> tuple[date, ...]:
        """The days of a round that it is about, in order."""
        first, last = self.first_day or asked.first_day, self.last_day or asked.last_day
        days = (asked.first_day + timedelta(days=ahead) for ahead in range(asked.days))
        return tuple(
            day
            for day in days
            if first <= day <= last and (not self.weekdays or day.weekday() in self.weekdays)
        )


@dataclass(frozen=True, slots=True)
class LongOutcome:
    """What came of a wish about several days.

    Attributes:
        roster_id: the published roster that decided it.
        lost: points of it that are not met; 0 where all of it is.
        words: what goes against it, as sentences for the officer; may be empty.
    """

    roster_id: UUID
    lost: int
    words: str


@dataclass(frozen=True, slots=True)
class LongWish:
    """A wish about several days as kept.

    Attributes:
        version: grows by one with every change of the details.
        agreed: what the colleague of a wish to work together said; None while nothing.
        outcome: what came of it; None while unknown.
    """

    id: UUID
    round_id: UUID
    officer_id: UUID
    version: int
    details: LongWishDetails
    agreed: bool | None = None
    outcome: LongOutcome | None = None

    @property
    def points(self) -> int:
        """What it takes out of the round's budget."""
        return self.details.points

    @property
    def counts(self) -> bool:
        """Whether a roster is made with it: to work together takes the colleague's word."""
        return self.details.ask != "with" or self.agreed is True


@dataclass(frozen=True, slots=True)
class Asks:
    """How many officers asked something over several days of a round, and with what points."""

    ask: Ask
    officers: int
    points: int
    lost: int | None


# --- extra work ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExtraOfferDetails:
    """Extra work that an officer welcomes, beyond the contract.

    Attributes:
        from_day, until_day: days from and to which it is welcome, both included.
        minutes: of it in all.
        weekdays: weekdays on which it is welcome, Monday 0; empty means every day.
        kinds: kinds of shift that are welcome; empty means any.
    """

    from_day: date
    until_day: date
    minutes: int
    weekdays: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()

    def kinds_on(self, day: date) -> frozenset[str]:
        """Kinds that are welcome on a day."""
        there = self.from_day <= day <= self.until_day
        if not there or (self.weekdays and day.weekday() not in self.weekdays):
            return frozenset()
        return frozenset(self.kinds or KINDS)


@dataclass(frozen=True, slots=True)
class ExtraOffer:
    """Extra work that is welcome, as kept."""

    id: UUID
    room_id: UUID
    officer_id: UUID
    details: ExtraOfferDetails
