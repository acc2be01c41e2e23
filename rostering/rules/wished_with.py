"""Officers who would like to be on duty with somebody."""

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
class WishedWith(GroupRule):
    """A wish to work with somebody costs its points by the share of a tour that they are not there.

    A day off goes with it.
    """

    code: ClassVar[str] = "wished_with"
    title: ClassVar[str] = "Wishes to work with somebody"
    source: ClassVar[str] = "The officers' own wishes"
    unit: ClassVar[str] = "point of a wish not met"
    kind: ClassVar[BondKind] = "wished_with"

    weight: Weight = 1

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
                f"{officer.name} wished to work with {names_of(problem, bond.others)} and would "
                f"not {when}.",
                f"{officer.name} wished to work with a colleague and would not {when}.",
            )
