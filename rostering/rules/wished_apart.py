"""Officers who would rather not be on duty with somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Bond, BondKind, Problem
from rostering.rules.base import Dial, Weight
from rostering.rules.group import DistanceRule, person


@dataclass(frozen=True, kw_only=True)
class WishedApart(DistanceRule):
    """A wish not to work with somebody costs its points by the share of a tour that both work."""

    code: ClassVar[str] = "wished_apart"
    title: ClassVar[str] = "Wishes not to work with somebody"
    source: ClassVar[str] = "The officers' own wishes"
    unit: ClassVar[str] = "point of a wish not met"
    dial: ClassVar[Dial | None] = "preferences"
    kind: ClassVar[BondKind] = "wished_apart"

    weight: Weight = 1

    def words(self, problem: Problem, bond: Bond, other: str, when: str) -> tuple[str, str]:
        """With whom the officer would work."""
        officer = person(problem, bond.officer).name
        return (
            f"{officer} wished not to work with {person(problem, other).name} and would {when}.",
            f"{officer} wished not to work with a colleague and would {when}.",
        )
