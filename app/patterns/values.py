"""What the service takes and gives: frozen values, free of the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from rostering.patterns import Facts, Pattern, PatternBreach, write_line, write_times


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
