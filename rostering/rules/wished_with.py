"""Officers who would like to be on duty with somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Bond, BondKind, Problem
from rostering.rules.base import Dial, Weight
from rostering.rules.group import CompanyRule, names_of, person


@dataclass(frozen=True, kw_only=True)
class WishedWith(CompanyRule):
    """A wish to work with somebody costs its points by the share of a tour that they are not there.

    A day off goes with it.
    """

    code: ClassVar[str] = "wished_with"
    title: ClassVar[str] = "Wishes to work with somebody"
    source: ClassVar[str] = "The officers' own wishes"
    unit: ClassVar[str] = "point of a wish not met"
    dial: ClassVar[Dial | None] = "preferences"
    kind: ClassVar[BondKind] = "wished_with"

    weight: Weight = 1

    def words(self, problem: Problem, bond: Bond, when: str) -> tuple[str, str]:
        """With whom the officer would not work."""
        officer = person(problem, bond.officer).name
        return (
            f"{officer} wished to work with {names_of(problem, bond.others)} and would not {when}.",
            f"{officer} wished to work with a colleague and would not {when}.",
        )
