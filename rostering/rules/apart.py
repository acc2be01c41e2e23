"""Officers who are not on duty at the same time."""

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
class Apart(GroupRule):
    """Who is kept apart is not on duty at the same time, but for the minutes of the bond."""

    code: ClassVar[str] = "apart"
    title: ClassVar[str] = "Kept apart"
    source: ClassVar[str] = "What officers and their managers have agreed; no number of law"
    unit: ClassVar[str] = "quarter hour on duty at the same time, or part of one"
    kind: ClassVar[BondKind] = "apart"

    weight: Weight = 10

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
                f"{officer.name} and {person(problem, other).name} would be on duty "
                f"at the same time {when}.",
                f"{officer.name} would be on duty with somebody they are kept apart from {when}.",
            )
