"""What a rule about several officers is, and the two primitives in which it says itself.

A group rule is about the bonds of one kind: it says each of them in primitives, which the model
and the compiled search read, and it checks each on dated tours with no code of theirs.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Bond, BondKind, Officer, Problem, Roster, Tour
from rostering.rules.base import Breach, Line, Rule
from rostering.words import day_words, time_words

NAMED = 3
"""Officers that a sentence names where it may be any of them."""

LineOf = Callable[[str], Line]
"""The history and tours of an officer, by id."""

Stretch = tuple[int, int]
"""From an instant to another."""


# --- primitives ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beside:
    """Each tour of an officer lies for at most `most` minutes outside the tours of the others.

    The tours are those of the period that start on a day from `first` to `last`; history counts
    for the others. Excess of each tour: the minutes beyond, divided by `unit` and rounded up.

    Attributes:
        officer: id of the officer.
        others: ids of those of whom one at least is to be on duty.
        most: minutes.
        first, last: days, both included; None for no limit.
        unit: minutes of a unit of excess.
    """

    officer: str
    others: tuple[str, ...]
    most: int
    first: int | None = None
    last: int | None = None
    unit: int = 15


@dataclass(frozen=True, slots=True)
class Overlap:
    """No tour of an officer overlaps one of another officer by more than `most` minutes.

    Both tours start on a day from `first` to `last`, and one of them at least in the period.
    Excess of each two tours: the minutes beyond, divided by `unit` and rounded up.

    Attributes:
        officer, other: ids of the two.
        most: minutes.
        first, last: days, both included; None for no limit.
        unit: minutes of a unit of excess.
    """

    officer: str
    other: str
    most: int
    first: int | None = None
    last: int | None = None
    unit: int = 15


GroupPrimitive = Beside | Overlap


# --- rules --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class GroupRule(Rule):
    """A rule about the tours of officers who are bound to each other, hard or priced.

    The price of a breach is that of its own excess: a curve begins anew with each.
    """

    kind: ClassVar[BondKind]

    @abstractmethod
    def says(self, bond: Bond) -> Iterable[GroupPrimitive]:
        """A bond of this kind as primitives."""

    @abstractmethod
    def check_bond(self, problem: Problem, bond: Bond, line_of: LineOf) -> Iterator[Breach]:
        """Yield the breaches of one bond that involve the period, of each officer concerned."""

    def check(self, problem: Problem, roster: Roster) -> Iterator[Breach]:
        """Yield the breaches of every bond of this kind."""

        def line_of(officer: str) -> Line:
            return roster.line(problem.officers[problem.officer_index[officer]])

        for bond in problem.bonds:
            if bond.kind == self.kind:
                yield from self.check_bond(problem, bond, line_of)


@dataclass(frozen=True, kw_only=True)
class CompanyRule(GroupRule):
    """One at least of the others is on duty beside each tour of the bond's officer."""

    def says(self, bond: Bond) -> Iterable[GroupPrimitive]:
        """Beside any of the others."""
        yield Beside(bond.officer, bond.others, bond.minutes, bond.first, bond.last, bond.unit)

    def check_bond(self, problem: Problem, bond: Bond, line_of: LineOf) -> Iterator[Breach]:
        """Look at each tour for the stretches that none of the others is there."""
        for tour, missing, excess in alone(bond, line_of):
            when = stretch_words(problem, tour.day, missing)
            said, own = self.words(problem, bond, when)
            yield Breach(self.code, bond.officer, (tour,), excess, said, own)

    @abstractmethod
    def words(self, problem: Problem, bond: Bond, when: str) -> tuple[str, str]:
        """What is wrong, and what the officer may be told of it, who hears no other name."""


@dataclass(frozen=True, kw_only=True)
class DistanceRule(GroupRule):
    """The bond's officer is not on duty at the same time as any of the others."""

    def says(self, bond: Bond) -> Iterable[GroupPrimitive]:
        """The officer's tours overlap none of each of the others."""
        for other in bond.others:
            yield Overlap(bond.officer, other, bond.minutes, bond.first, bond.last, bond.unit)

    def check_bond(self, problem: Problem, bond: Bond, line_of: LineOf) -> Iterator[Breach]:
        """Compare every two tours."""
        for other, tour, both, excess in shared(bond, line_of):
            when = stretch_words(problem, tour.day, [both])
            said, own = self.words(problem, bond, other, when)
            yield Breach(self.code, bond.officer, (tour,), excess, said, own)

    @abstractmethod
    def words(self, problem: Problem, bond: Bond, other: str, when: str) -> tuple[str, str]:
        """What is wrong, and what the officer may be told of it, who hears no other name."""


# --- for checks ---------------------------------------------------------------------------------


def person(problem: Problem, officer: str) -> Officer:
    """The officer of an id."""
    return problem.officers[problem.officer_index[officer]]


def names_of(problem: Problem, officers: Sequence[str]) -> str:
    """Officers by name, such as `Ruth Field or Sam Moss`; of more than three, how many more."""
    named = [person(problem, officer).name for officer in officers[:NAMED]]
    if (more := len(officers) - NAMED) > 0:
        named.append(f"{more} more")
    return " or ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def outside(tour: Tour, others: Iterable[Tour]) -> list[Stretch]:
    """Stretches of a tour in which none of the others is on duty, oldest first."""
    free: list[Stretch] = []
    since = tour.start
    for other in sorted(others, key=lambda each: each.start):
        if other.end <= since or other.start >= tour.end:
            continue
        if other.start > since:
            free.append((since, other.start))
        since = other.end
    if since < tour.end:
        free.append((since, tour.end))
    return free


def minutes_of(stretches: Iterable[Stretch]) -> int:
    """Minutes of stretches together."""
    return sum(end - start for start, end in stretches)


def stretch_words(problem: Problem, day: int, stretches: Iterable[Stretch]) -> str:
    """When, such as `on Sunday 1 March from 02:00 to 04:00 and from 05:00 to 06:00`.

    The day is the one on which the tour starts.
    """
    times = (
        f"from {time_words(problem, start)} to {time_words(problem, end)}"
        for start, end in stretches
    )
    return f"on {day_words(problem, day)} {' and '.join(times)}"


def alone(bond: Bond, line_of: LineOf) -> Iterator[tuple[Tour, list[Stretch], int]]:
    """Tours of a bond's officer that lie outside those of the others by too many minutes.

    Yields:
        the tour, the stretches in which none of the others is there, and the units of excess.
    """
    others = [tour for other in bond.others for tour in line_of(other)]
    for tour in line_of(bond.officer):
        if tour.day < 0 or not bond.holds_on(tour.day):
            continue
        missing = outside(tour, others)
        beyond = minutes_of(missing) - bond.minutes
        if beyond > 0:
            yield tour, missing, -(-beyond // bond.unit)


def shared(bond: Bond, line_of: LineOf) -> Iterator[tuple[str, Tour, Stretch, int]]:
    """Tours of a bond's officer that overlap those of one of the others by too many minutes.

    Yields:
        the other's id, the officer's tour, when both are there, and the units of excess.
    """
    for other in bond.others:
        for mine in line_of(bond.officer):
            for theirs in line_of(other):
                if max(mine.day, theirs.day) < 0:
                    continue
                if not (bond.holds_on(mine.day) and bond.holds_on(theirs.day)):
                    continue
                begin, finish = max(mine.start, theirs.start), min(mine.end, theirs.end)
                beyond = finish - begin - bond.minutes
                if finish > begin and beyond > 0:
                    yield other, mine, (begin, finish), -(-beyond // bond.unit)
