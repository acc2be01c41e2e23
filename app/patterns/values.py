"""What the service takes and gives: frozen values, free of the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from rostering.patterns import (
    Facts,
    Pattern,
    PatternBreach,
    place_on,
    read_line,
    read_times,
    symbol_of,
    write_line,
    write_times,
)
from rostering.problem import OfficerDay, Shift


@dataclass(frozen=True, slots=True)
class PatternDetails:
    """A pattern as people write it.

    Attributes:
        title: its name, unique in the room.
        line: its days, such as `2E 2L 2N 4R`.
        times: its tours, such as `E 07:00-15:00, N 22:00-07:00`.
    """

    title: str
    line: str
    times: str

    @classmethod
    def of(cls, pattern: Pattern) -> PatternDetails:
        """What says a pattern, in the one way in which it is written."""
        return cls(pattern.title, write_line(pattern.days), write_times(pattern.shifts))

    def read(self) -> Pattern:
        """The pattern that is written.

        Raises:
            InputError: when the line or the times cannot be read.
        """
        shifts = read_times(self.times)
        return Pattern(self.title, read_line(self.line, [each.code for each in shifts]), shifts)


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """A pattern of a control room as kept; `version` grows by one with every change."""

    id: UUID
    room_id: UUID
    version: int
    details: PatternDetails


@dataclass(frozen=True)
class KnownPattern:
    """A pattern that a room can look at: one that comes with Parade, or its own.

    Attributes:
        key: its place in addresses: the code of a shipped one, else the id.
        pattern: the pattern.
        own: the row of the room's own; None of a shipped one.
        source: where a shipped one comes from, and what of it is assumed; "" of the room's own.
        dated: the day on which the source was read.
    """

    key: str
    pattern: Pattern
    own: OwnPattern | None = None
    source: str = ""
    dated: dt.date | None = None


@dataclass(frozen=True)
class BookVerdict:
    """What a rulebook finds in a pattern; `title` is the book's."""

    title: str
    breaches: tuple[PatternBreach, ...]

    @property
    def hard(self) -> tuple[PatternBreach, ...]:
        """Those of rules that no roster may break."""
        return tuple(breach for breach in self.breaches if breach.is_hard)

    @property
    def priced(self) -> tuple[PatternBreach, ...]:
        """Those of rules that cost points."""
        return tuple(breach for breach in self.breaches if not breach.is_hard)


@dataclass(frozen=True)
class Judged:
    """A pattern with all that can be told of it.

    Attributes:
        pattern: the pattern.
        facts: what it means for whoever follows it.
        people_for_each: people that it takes for one on duty at every time; None where some time is
            never worked.
        teams: the fewest teams of which one is always on duty; None likewise.
        offsets: where these teams begin, or, without them, every beginning there is.
        on_duty: least and most of these teams on duty by hour of the day.
        verdicts: what the room's rulebooks find.
    """

    pattern: Pattern
    facts: Facts
    people_for_each: Fraction | None
    teams: int | None
    offsets: tuple[int, ...]
    on_duty: tuple[tuple[int, int], ...]
    verdicts: tuple[BookVerdict, ...]


# --- who follows what ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """A team or an officer that is to follow a pattern, one of the two.

    Attributes:
        place: the day of the pattern that the first day is, from 0.
    """

    place: int
    team_id: UUID | None = None
    officer_id: UUID | None = None


@dataclass(frozen=True)
class Wanted:
    """That teams or officers follow a pattern.

    Attributes:
        pattern: what they follow.
        first_day: from when.
        until_day: first day on which they no longer do; None until further notice.
        targets: who, and where in the pattern.
    """

    pattern: Pattern
    first_day: dt.date
    until_day: dt.date | None
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class RollOut:
    """That a team or an officer follows a pattern, as kept.

    Attributes:
        act_id: the same for all that were applied together.
        withdrawn_at: when it was taken back; None while it holds.
    """

    id: UUID
    act_id: UUID
    target: Target
    pattern: Pattern
    first_day: dt.date
    until_day: dt.date | None
    at: dt.datetime
    by: UUID
    withdrawn_at: dt.datetime | None = None

    def __contains__(self, day: dt.date) -> bool:
        return self.first_day <= day and (self.until_day is None or day < self.until_day)

    def on(self, day: dt.date) -> FollowedDay:
        """What the pattern says of a day on which it is followed."""
        return FollowedDay(
            self.pattern, place_on(self.pattern, self.first_day, self.target.place, day)
        )


@dataclass(frozen=True, slots=True)
class FollowedDay:
    """A calendar day of somebody who follows a pattern: day `place` of it, from 0."""

    pattern: Pattern
    place: int

    @property
    def day(self) -> OfficerDay | None:
        """A kind, a shift, a rest day, or, as None, a free choice."""
        return self.pattern.days[self.place]

    @property
    def tour(self) -> Shift | None:
        """The tour, at the usual time of its kind; None on rest days and free days."""
        return self.pattern.tours[self.place]

    @property
    def is_rest(self) -> bool:
        """Tell whether it is a rest day."""
        return self.day == OfficerDay()

    @property
    def letter(self) -> str:
        """E, D, L or N for the kind, R for a rest day, `*` for a free choice."""
        kind = self.tour.kind if self.tour else None
        return symbol_of(self.day if kind is None else OfficerDay(kind=kind))


Line = dict[dt.date, FollowedDay]
"""What one officer follows, by day; days on which nothing is followed are absent."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a roll-out would change for one officer, over its first year at most.

    Attributes:
        days: days on which it would be followed.
        new: days of these on which nothing is followed now.
        to_rest, to_work: days that become rest days, or are rest days now and no longer would be.
        other: days of which something else changes, such as the kind of shift.
        on_rest: published shifts that stand on what would be a rest day.
    """

    officer_id: UUID
    name: str
    team_id: UUID | None
    days: int
    new: int
    to_rest: int
    to_work: int
    other: int
    on_rest: int


# --- what was told ------------------------------------------------------------------------------

REST, UNTOLD = "R", "-"
"""Letters of a rest day, and of a day of which nothing was told."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Rest days that were told to the officers of a room, as kept."""

    id: UUID
    room_id: UUID
    first_day: dt.date
    last_day: dt.date
    at: dt.datetime
    by: UUID


@dataclass(frozen=True, slots=True)
class Told:
    """What an officer was told of a day last: its letter, and when."""

    letter: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Differs:
    """How what an officer follows now differs from what they were told.

    Attributes:
        lost, gained: rest days told that are none now, and days that became rest days.
        kinds: days of work told as another kind.
    """

    officer_id: UUID
    name: str
    lost: int
    gained: int
    kinds: int


@dataclass(frozen=True, slots=True)
class Due:
    """How far a rulebook asks rest days to be told on a day.

    Attributes:
        title: of the book.
        weeks: so many ahead.
        until: the last day that is to be told.
        lead_days: days before it by which a day is to be told; None where the book does not say.
        late: whether the next day that is not told yet is nearer than that.
        source: where the numbers come from.
    """

    title: str
    weeks: int
    until: dt.date
    lead_days: int | None
    late: bool
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the rest days of a room are told, and how far they are to be.

    Attributes:
        until: the last day up to which every day from today on is told; None where today is not.
        latest: the newest publication; None where there is none.
        due: what the rulebooks ask.
        differs: officers for whom what is followed now is not what was told, by name.
        later: first and last day of the next days told, where today is not.
    """

    until: dt.date | None
    latest: Publication | None
    due: tuple[Due, ...]
    differs: tuple[Differs, ...]
    later: tuple[dt.date, dt.date] | None = None
