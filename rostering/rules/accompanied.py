"""Officers who are on duty with one of several others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Bond, BondKind, Problem
from rostering.resources import Resource
from rostering.rules.base import Weight
from rostering.rules.group import CompanyRule, names_of, person


@dataclass(frozen=True, kw_only=True)
class Accompanied(CompanyRule):
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
    resource: ClassVar[Resource] = "company"
    kind: ClassVar[BondKind] = "with"

    weight: Weight = 30

    def words(self, problem: Problem, bond: Bond, when: str) -> tuple[str, str]:
        """Whom the officer would be without."""
        officer = person(problem, bond.officer).name
        return (
            f"{officer} would be without a {bond.role} ({names_of(problem, bond.others)}) {when}.",
            f"{officer} would be without a {bond.role} {when}.",
        )
