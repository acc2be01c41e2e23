"""Most tours of a kind or template over the period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.named import is_named, numbers_by_name
from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Line, LineRule, Of, Primitive
from rostering.words import count_words


@dataclass(frozen=True, kw_only=True)
class MostTours(LineRule):
    """Nobody works more than so many tours of a kind or template in the period.

    `limits` names kinds or templates, such as `night=7, N=3`; mostly an officer's own terms.
    """

    code: ClassVar[str] = "most_tours"
    title: ClassVar[str] = "Most tours of a kind"
    source: ClassVar[str] = (
        "The officer's own terms; Curtois and Qu 2014, shift scheduling: most shifts of a type"
    )
    unit: ClassVar[str] = "tour too many"
    resource: ClassVar[Resource] = "limits"

    limits: str = "none"

    def __post_init__(self) -> None:
        """Refuse what cannot be read."""
        numbers_by_name(self.limits)

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """No more tours of each than its number; those that may not be worked at all as one."""
        never, limited = self._limits(problem)
        if never:
            yield Count("tours", _of(never), most=0)
        for name, most in limited:
            yield Count("tours", _of(frozenset({name})), most=most)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Count the period's tours of each name."""
        never, limited = self._limits(problem)
        for names, most in [(never, 0), *((frozenset({name}), most) for name, most in limited)]:
            tours = [tour for tour in line if tour.day >= 0 and is_named(tour, names)]
            if len(tours) > most:
                about = " or ".join(sorted(names & {t for o in tours for t in (o.code, o.kind)}))
                yield self.breach(
                    officer,
                    tours,
                    len(tours) - most,
                    f"works {count_words(len(tours), 'tour')} of {about} in this period; the most "
                    f"is {most}.",
                )

    def _limits(self, problem: Problem) -> tuple[frozenset[str], list[tuple[str, int]]]:
        """Names that may not be worked at all, and the others whose number can be passed."""
        limits = numbers_by_name(self.limits)
        never = frozenset(name for name, most in limits if most == 0)
        return never, [(name, most) for name, most in limits if 0 < most < problem.days]


def _of(names: frozenset[str]) -> Of:
    return Of(either=(Of(codes=names), Of(kinds=names)))
