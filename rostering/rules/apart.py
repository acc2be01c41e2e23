"""Officers who are not on duty at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Bond, BondKind, Problem
from rostering.resources import Resource
from rostering.rules.base import Weight
from rostering.rules.group import DistanceRule, person


@dataclass(frozen=True, kw_only=True)
class Apart(DistanceRule):
    """Who is kept apart is not on duty at the same time, but for the minutes of the bond."""

    code: ClassVar[str] = "apart"
    title: ClassVar[str] = "Kept apart"
    source: ClassVar[str] = "What officers and their managers have agreed; no number of law"
    unit: ClassVar[str] = "quarter hour on duty at the same time, or part of one"
    resource: ClassVar[Resource] = "company"
    kind: ClassVar[BondKind] = "apart"

    weight: Weight = 10

    def words(self, problem: Problem, bond: Bond, other: str, when: str) -> tuple[str, str]:
        """Who would be on duty at the same time."""
        officer = person(problem, bond.officer).name
        return (
            f"{officer} and {person(problem, other).name} would be on duty at the same time "
            f"{when}.",
            f"{officer} would be on duty with somebody they are kept apart from {when}.",
        )
