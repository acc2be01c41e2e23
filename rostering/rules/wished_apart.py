"""Officers who would rather not be on duty with somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Bond, BondKind, Problem
from rostering.rules.base import Breach, Weight
from rostering.rules.group import (
    GroupPrimitive,
    GroupRule,
    LineOf,
    Overlap,
    person,
    shared,
    stretch_words,
)


@dataclass(frozen=True, kw_only=True)
class WishedApart(GroupRule):
    """A wish not to work with somebody costs its points by the share of a tour that both work."""

    code: ClassVar[str] = "wished_apart"
    title: ClassVar[str] = "Wishes not to work with somebody"
    source: ClassVar[str] = "The officers' own wishes"
    unit: ClassVar[str] = "point of a wish not met"
    kind: ClassVar[BondKind] = "wished_apart"

    weight: Weight = 1

    def says(self, bond: Bond) -> Iterable[GroupPrimitive]:
        """The officer's tours overlap none of each of the others."""
        for other in bond.others:
            yield Overlap(bond.officer, other, bond.minutes, bond.first, bond.last, bond.unit)

    def check_bond(self, problem: Problem, bond: Bond, line_of: LineOf) -> Iterator[Breach]:
        """Compare every two tours."""
        officer = person(problem, bond.officer)
        for other, tour, both, excess in shared(bond, line_of):
            when = stretch_words(problem, tour.day, [both])
            yield Breach(
                self.code,
                officer.id,
                (tour,),
                excess,
                f"{officer.name} wished not to work with {person(problem, other).name} and would "
                f"{when}.",
                f"{officer.name} wished not to work with a colleague and would {when}.",
            )
