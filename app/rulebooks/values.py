"""What a force says of its rules, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol
from uuid import UUID

from app.db.transaction import Reading
from app.errors import NotFound
from app.people.service import Employment
from rostering.rulebooks import Rulebook
from rostering.rulebooks.laid_over import Number
from rostering.rulebooks.mixed import Terms, joint_rules, terms_under
from rostering.rulebooks.parts import Part, parts_of
from rostering.rules.base import Rule

Numbers = Mapping[str, Number | None]
"""By name, with the weight among them; None: the book's own again."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a force says of one rule.

    Attributes:
        numbers: only those that are said.
        from_day: first local day on which they hold.
        reason: why, in a line.
        authority: the agreement or special case that lets a number be weaker than law; may be
            empty.
    """

    numbers: Numbers
    from_day: date
    reason: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a change was taken back before it held: who, when and why."""

    reason: str
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What a force has said of a rule, as kept.

    Attributes:
        number: from 1 within the rule; a withdrawal takes a number too.
        withdrawn: set where it was taken back; it then counts for nothing.
    """

    book: str
    rule: str
    number: int
    said: Said
    by: UUID
    at: datetime
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All that was said of one rule, the newest first.

    Attributes:
        version: grows by one with every change and withdrawal; 0 before the first.
    """

    version: int
    changes: tuple[RuleChange, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which book holds for a kind of employment in a room from a day on, as kept."""

    number: int
    employment: Employment
    book: str
    from_day: date
    reason: str
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """A number that is the force's own on a day, and the change that made it so."""

    rule: str
    name: str
    value: Number
    change: RuleChange


@dataclass(frozen=True)
class BookInForce:
    """A rulebook as it holds on a day.

    Attributes:
        name: of the shipped book.
        shipped: the book as it comes with Parade.
        book: the same with the force's own numbers.
        own: these numbers, in the order of the book's rules and parts.
        answers: what the force has answered of what the book asks.
        coming: changes that hold from a later day on, the soonest first.
        since: the day from which the room chose the book; None where nobody chose.
    """

    name: str
    shipped: Rulebook
    book: Rulebook
    own: tuple[Own, ...]
    answers: tuple[Own, ...]
    coming: tuple[RuleChange, ...]
    since: date | None = None

    def rule(self, code: str) -> Rule:
        """The rule of that code.

        Raises:
            NotFound: when the book has none.
        """
        found = next((rule for rule in self.book.rules if rule.code == code), None)
        if found is None:
            raise NotFound("The rulebook has no such rule.")
        return found

    def part(self, path: str) -> Part:
        """The part of that path, as it holds.

        Raises:
            NotFound: when the book has none.
        """
        found = next((part for part in parts_of(self.book) if part.path == path), None)
        if found is None:
            raise NotFound("The rulebook has no such part.")
        return found

    def answer(self, name: str) -> Number | None:
        """What the force has answered to what the book asks under a name; None: nothing yet."""
        return next((each.value for each in self.answers if each.name == name), None)


@dataclass(frozen=True)
class Books:
    """The rulebooks of a room on a day, one for each kind of employment."""

    day: date
    officers: BookInForce
    staff: BookInForce

    def of(self, employment: Employment) -> Rulebook:
        """The rulebook that holds for officers or for staff."""
        return self.in_force(employment).book

    def in_force(self, employment: Employment) -> BookInForce:
        """The same, with where its numbers come from."""
        return self.officers if employment == "officer" else self.staff

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the room: officers' and staff's, each once.

        Raises:
            InputError: when one is hard in one book and priced in the other.
        """
        return joint_rules([book.book for book in self.each])

    def terms(self, employment: Employment) -> Terms:
        """What holds otherwise than `rules` for officers or for staff."""
        return terms_under(self.rules, self.of(employment))

    @property
    def each(self) -> tuple[BookInForce, ...]:
        """The books, each once."""
        same = self.officers.name == self.staff.name
        return (self.officers,) if same else (self.officers, self.staff)


@dataclass(frozen=True, slots=True)
class Effect:
    """What other numbers would make of a published roster, which keeps its own.

    Attributes:
        title: of the rule.
        roster: its name.
        broken: how often it would break the rule, in sentences.
        broken_now: how often it does by the numbers without the change.
        points, points_now: the same in points, for a rule that has a price.
    """

    title: str
    roster: str
    broken: tuple[str, ...]
    broken_now: int
    points: int
    points_now: int


class Judge(Protocol):
    """What tells the effect of other numbers; it is kept by a slice above this one."""

    def __call__(
        self, reading: Reading, room_id: UUID, rule: str, now: Books, then: Books
    ) -> Effect | None:
        """The effect on the room's present published roster; None where there is none.

        Args:
            reading: the caller's.
            room_id: the room.
            rule: code of the rule that changes.
            now: the books of the day without the change.
            then: the same with it.
        """
