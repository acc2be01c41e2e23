"""Skills that a shift asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Line, LineRule, Of, Primitive
from rostering.words import tour_words


@dataclass(frozen=True, kw_only=True)
class Skills(LineRule):
    """Nobody works a shift that asks for a skill the officer does not hold."""

    code: ClassVar[str] = "skills"
    title: ClassVar[str] = "Skills held"
    source: ClassVar[str] = "The force's own record of skills"
    unit: ClassVar[str] = "tour without the skill"
    resource: ClassVar[Resource] = "skill"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """None of the shifts whose skills are missing."""
        codes = frozenset(s.code for s in problem.shifts if not s.skills <= officer.skills)
        if codes:
            yield Count("tours", Of(codes=codes), most=0)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Compare each tour with the skills held."""
        for tour in line:
            if tour.day < 0:
                continue
            missing = problem.shifts[problem.shift_index[tour.code]].skills - officer.skills
            if missing:
                yield self.breach(
                    officer,
                    (tour,),
                    1,
                    f"does not hold {' or '.join(sorted(missing))}, which "
                    f"{tour_words(problem, tour)} asks for.",
                )
