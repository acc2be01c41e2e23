"""What officers prefer over several days, met in part where a roster cannot meet it wholly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from rostering.problem import Officer, Problem, Tour
from rostering.rules.base import (
    ANY,
    Breach,
    Count,
    Dial,
    Line,
    LineRule,
    Of,
    Primitive,
    Run,
    Share,
    Weight,
)
from rostering.wish_words import long_wish_words, points_words
from rostering.wishes import (
    A_WEEK,
    DaysWish,
    LongWish,
    RunWish,
    counted_points,
    points_lost,
)
from rostering.words import count_words


@dataclass(frozen=True, kw_only=True)
class LongWishes(LineRule):
    """A wish over several days costs the share of its points that goes against it, rounded up."""

    code: ClassVar[str] = "long_wishes"
    title: ClassVar[str] = "Wishes over several days"
    source: ClassVar[str] = "The officers' own wishes"
    unit: ClassVar[str] = "point of a wish not met"
    dial: ClassVar[Dial | None] = "preferences"

    weight: Weight = 1

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """The share of each wish that its tours, or its runs, go against."""
        for wish in _counted(officer):
            if isinstance(wish, RunWish):
                of = ANY if wish.of == "work" else None
                run = Run(of, wish.longest, wish.shortest)
                yield Share((run,), wish.points, _weeks(problem), capped=True)
            else:
                yield Share(tuple(_tours_against(problem, wish)), wish.points, wish.whole)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Add up what goes against each wish."""
        for wish, counted in zip(officer.long_wishes, _counted(officer), strict=True):
            lost, against, words = lost_of(problem, officer, line, counted)
            if lost:
                yield self.breach(
                    officer,
                    against,
                    lost,
                    f"wished for {long_wish_words(problem, wish)}, with "
                    f"{points_words(wish.points, counted.points)}: {words}.",
                )


def _counted(officer: Officer) -> Iterator[LongWish]:
    """The officer's wishes, with what their points count for."""
    for wish in officer.long_wishes:
        yield replace(wish, points=counted_points(wish.points, officer.wish_percent))


def lost_of(
    problem: Problem, officer: Officer, line: Line, wish: LongWish
) -> tuple[int, tuple[Tour, ...], str]:
    """What of a wish is not met by a line.

    Returns:
        the points lost, the tours that go against it, and how far it is missed, in words.
    """
    if isinstance(wish, RunWish):
        missed = _days_missed(problem, officer, line, wish)
        lost = points_lost(wish.points, missed, _weeks(problem))
        return lost, (), f"missed by {count_words(missed, 'day')}"
    against = [(tour, _missed_by(problem, tour, wish)) for tour in line if tour.day in wish.days]
    tours = tuple(tour for tour, missed in against if missed)
    lost = points_lost(wish.points, sum(missed for _, missed in against), wish.whole)
    shifts = f"{count_words(len(tours), 'shift')} {'goes' if len(tours) == 1 else 'go'} against it"
    return lost, tours, shifts


def _weeks(problem: Problem) -> int:
    """Days by which a wish about days in a row is wholly missed: one in every week."""
    return max(problem.days // A_WEEK, 1)


def _missed_by(problem: Problem, tour: Tour, wish: DaysWish) -> int:
    return wish.missed_by(problem.shifts[problem.shift_index[tour.code]])


def _tours_against(problem: Problem, wish: DaysWish) -> Iterator[Count]:
    """Counts of the shifts of its days by how much of them goes against the wish."""
    by_share: dict[int, list[str]] = defaultdict(list)
    for shift in problem.shifts:
        if missed := wish.missed_by(shift):
            by_share[missed].append(shift.code)
    for missed, codes in sorted(by_share.items()):
        of = Of(codes=frozenset(codes), days=wish.days)
        yield Count("tours", of, most=0, points=missed)


def _days_missed(problem: Problem, officer: Officer, line: Line, wish: RunWish) -> int:
    """Days by which runs that reach into the period are too long or too short."""
    worked = {tour.day for tour in line}
    missed = length = 0
    for day in range(officer.known_from, problem.days):
        if (day in worked) == (wish.of == "work"):
            length += 1
            missed += wish.longest is not None and length > wish.longest and day >= 0
            continue
        began_after = day - length > officer.known_from
        if wish.shortest is not None and began_after and day >= 0 and length:
            missed += max(wish.shortest - length, 0)
        length = 0
    return missed
