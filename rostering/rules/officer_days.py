"""Officer-days that are fixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, OfficerDay, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Line, LineRule, Of, Primitive
from rostering.words import day_words


@dataclass(frozen=True, kw_only=True)
class OfficerDays(LineRule):
    """A fixed shift, a fixed kind, a fixed rest day and a free day stay what they are."""

    code: ClassVar[str] = "officer_days"
    title: ClassVar[str] = "What is fixed stays"
    source: ClassVar[str] = (
        "Police Regulations 2003 Annex E: a published roster changes only for a stated reason"
    )
    unit: ClassVar[str] = "officer-day that differs"
    resource: ClassVar[Resource] = "fixed"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """At least one tour as fixed, or none on a fixed rest day."""
        for day, fixed in officer.days.items():
            days = frozenset({day})
            if fixed.shift is not None:
                yield Count("tours", Of(codes=frozenset({fixed.shift}), days=days), least=1)
            elif fixed.kind is not None:
                yield Count("tours", Of(kinds=frozenset({fixed.kind}), days=days), least=1)
            else:
                yield Count("tours", Of(days=days), most=0)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Compare each fixed day with what the line holds on it."""
        for day, fixed in officer.days.items():
            tours = [tour for tour in line if tour.day == day]
            shifts = [problem.shifts[problem.shift_index[tour.code]] for tour in tours]
            kept = all(map(fixed.allows, shifts)) if shifts else fixed.allows(None)
            if not kept:
                yield self.breach(
                    officer,
                    tours,
                    1,
                    f"was to have {_words(fixed)} on {day_words(problem, day)}.",
                )


def _words(fixed: OfficerDay) -> str:
    if fixed.shift is not None:
        return f"the shift {fixed.shift}"
    if fixed.kind is not None:
        return f"a shift of kind {fixed.kind}"
    return "a free day" if fixed.free else "a rest day"
