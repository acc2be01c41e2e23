"""Contracted hours over the rota period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Line, LineRule, Primitive
from rostering.words import hours_words


@dataclass(frozen=True, kw_only=True)
class ContractedHours(LineRule):
    """An officer's hours over the period lie between the contract's least and most."""

    code: ClassVar[str] = "contracted_hours"
    title: ClassVar[str] = "Contracted hours"
    source: ClassVar[str] = (
        "The officer's contract; Police Regulations 2003 Annex E for variable shift arrangements"
    )
    unit: ClassVar[str] = "quarter hour too many or too few, or part of one"
    resource: ClassVar[Resource] = "hours"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """Elapsed minutes of the period's tours lie within the contract."""
        yield Count("minutes", least=officer.least_minutes, most=officer.most_minutes, unit=15)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Add up the minutes of the period."""
        tours = [tour for tour in line if tour.day >= 0]
        worked = sum(tour.end - tour.start for tour in tours)
        over = max(worked - officer.most_minutes, officer.least_minutes - worked)
        if over > 0:
            side = "at most" if worked > officer.most_minutes else "at least"
            limit = officer.most_minutes if side == "at most" else officer.least_minutes
            yield self.breach(
                officer,
                tours,
                -(-over // 15),
                f"has {hours_words(worked)} in this period; the contract is {side} "
                f"{hours_words(limit)}.",
            )
