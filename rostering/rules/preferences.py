"""What officers prefer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Preference, Problem
from rostering.rules.base import Breach, Count, Dial, Line, LineRule, Of, Primitive, Weight
from rostering.wish_words import points_words
from rostering.wishes import counted_points
from rostering.words import day_words


@dataclass(frozen=True, kw_only=True)
class Preferences(LineRule):
    """Each wish that is not met costs the points that the officer put on it.

    They count for more where the officer was given less before, and for less the other way round.
    """

    code: ClassVar[str] = "preferences"
    title: ClassVar[str] = "Wishes"
    source: ClassVar[str] = "The officers' own wishes"
    unit: ClassVar[str] = "point of a wish not met"
    dial: ClassVar[Dial | None] = "preferences"

    weight: Weight = 1

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """At least one, or none, of the tours that the wish is about."""
        for wish in officer.preferences:
            cells = frozenset((wish.day, s.code) for s in problem.shifts if wish.is_about(s))
            points = counted_points(wish.points, officer.wish_percent)
            if wish.wants:
                yield Count("tours", Of(cells=cells), least=1, points=points)
            else:
                yield Count("tours", Of(cells=cells), most=0, points=points)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Compare each wish with the tours of its day."""
        for wish in officer.preferences:
            tours = [
                tour
                for tour in line
                if tour.day == wish.day
                and wish.is_about(problem.shifts[problem.shift_index[tour.code]])
            ]
            if bool(tours) != wish.wants:
                counts = counted_points(wish.points, officer.wish_percent)
                yield self.breach(
                    officer,
                    tours,
                    counts,
                    f"wished for {wish_words(wish)} on {day_words(problem, wish.day)}, "
                    f"with {points_words(wish.points, counts)}.",
                )


def wish_words(wish: Preference) -> str:
    """What a wish asks for, such as `no night` or `a day off`."""
    about = " or ".join(sorted(wish.kinds | wish.shifts))
    if wish.wants:
        return f"a shift ({about})" if about else "a shift"
    return f"no {about}" if about else "a day off"
