"""Officers who work the same hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Bond, BondKind, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Weight
from rostering.rules.group import (
    Beside,
    GroupPrimitive,
    GroupRule,
    LineOf,
    minutes_of,
    outside,
    person,
    stretch_words,
)


@dataclass(frozen=True, kw_only=True)
class Together(GroupRule):
    """Who shares a car, a home or a desk works the same hours.

    Of each tour of either, the other is on duty for all but the minutes of the bond, those before
    and those after added up. So both rest on the same days, and where the minutes are 30, one may
    start and end half an hour before the other.
    """

    code: ClassVar[str] = "together"
    title: ClassVar[str] = "Kept together"
    source: ClassVar[str] = "What officers and their managers have agreed; no number of law"
    unit: ClassVar[str] = "quarter hour of either on duty without the other, or part of one"
    resource: ClassVar[Resource] = "company"
    kind: ClassVar[BondKind] = "together"

    weight: Weight = 2

    def says(self, bond: Bond) -> Iterable[GroupPrimitive]:
        """Each beside the other."""
        for one, other in _both_ways(bond):
            yield Beside(one, (other,), bond.minutes, bond.first, bond.last, bond.unit)

    def check_bond(self, problem: Problem, bond: Bond, line_of: LineOf) -> Iterator[Breach]:
        """Look at each tour of either for the stretches that the other is not there."""
        for one, other in _both_ways(bond):
            officer = person(problem, one)
            for tour in line_of(one):
                if tour.day < 0 or not bond.holds_on(tour.day):
                    continue
                alone = outside(tour, line_of(other))
                beyond = minutes_of(alone) - bond.minutes
                if beyond > 0:
                    when = stretch_words(problem, tour.day, alone)
                    yield Breach(
                        self.code,
                        one,
                        (tour,),
                        -(-beyond // bond.unit),
                        f"{officer.name} would be on duty without "
                        f"{person(problem, other).name} {when}.",
                        f"{officer.name} would be on duty without whom they are kept together "
                        f"with {when}.",
                    )


def _both_ways(bond: Bond) -> Iterator[tuple[str, str]]:
    for other in bond.others:
        yield bond.officer, other
        yield other, bond.officer
