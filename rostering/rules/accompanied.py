"""Officers who are on duty with one of several others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Bond, BondKind, Problem
from rostering.rules.base import Breach, Weight
from rostering.rules.group import (
    Beside,
    GroupPrimitive,
    GroupRule,
    LineOf,
    alone,
    names_of,
    person,
    stretch_words,
)


@dataclass(frozen=True, kw_only=True)
class Accompanied(GroupRule):
    """A student is on duty with a tutor; who must not work alone, with a companion.

    Of each tour of the officer, one of the others is on duty for all but the minutes of the bond,
    whichever of them it is and however often they change.
    """

    code: ClassVar[str] = "accompanied"
    title: ClassVar[str] = "Tutor or companion"
    source: ClassVar[str] = (
        "The force's own training and adjusted-duty arrangements; no number of general law"
    )
    unit: ClassVar[str] = "quarter hour without one of the others on duty, or part of one"
    kind: ClassVar[BondKind] = "with"

    weight: Weight = 30

    def says(self, bond: Bond) -> Iterable[GroupPrimitive]:
        """Beside any of the others."""
        yield Beside(bond.officer, bond.others, bond.minutes, bond.first, bond.last, bond.unit)

    def check_bond(self, problem: Problem, bond: Bond, line_of: LineOf) -> Iterator[Breach]:
        """Look at each tour for the stretches that none of the others is there."""
        officer = person(problem, bond.officer)
        for tour, missing, excess in alone(bond, line_of):
            when = stretch_words(problem, tour.day, missing)
            yield Breach(
                self.code,
                officer.id,
                (tour,),
                excess,
                f"{officer.name} would be without a {bond.role} "
                f"({names_of(problem, bond.others)}) {when}.",
                f"{officer.name} would be without a {bond.role} {when}.",
            )
