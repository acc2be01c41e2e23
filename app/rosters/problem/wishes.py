"""Wishes about several days as rows, as wishes and bonds of a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from app.preferences.service import WITH_COLLEAGUE, LongWish, Round
from rostering.problem import Bond, BondKind, Officer, Problem
from rostering.wishes import DaysWish, RunWish, counted_points
from rostering.wishes import LongWish as Wish

Asked = tuple[Round, LongWish]
"""A wish and the round that it is of."""


def with_long_wishes(
    officers: Iterable[Officer], asked: dict[UUID, tuple[Asked, ...]], frame: Problem
) -> tuple[Officer, ...]:
    """Officers with what they would like over several days of the period."""
    return tuple(
        replace(
            officer,
            long_wishes=tuple(
                wish
                for each in asked.get(UUID(officer.id), ())
                if (wish := long_wish_of(each, frame)) is not None
            ),
        )
        for officer in officers
    )


def long_wish_of(asked: Asked, frame: Problem) -> Wish | None:
    """A wish of somebody alone; None for others and where nothing of this problem is asked.

    A roster of a part of its days is made with the same part of its points, a point at least.
    """
    said, points = asked[1].details, _points(asked, frame)
    if said.ask in WITH_COLLEAGUE or not points:
        return None
    if said.ask == "work_run":
        return RunWish(points, longest=said.most, shortest=said.fewest)
    if said.ask == "rest_run":
        return RunWish(points, "rest", shortest=said.fewest)
    days = frozenset(_days(asked, frame))
    if said.ask == "times":
        return DaysWish(days, points, earliest=said.earliest, latest=said.latest)
    kinds = frozenset(said.kinds) & {shift.kind for shift in frame.shifts}
    if said.kinds and not kinds:
        return None
    return DaysWish(days, points, said.ask == "kind", kinds)


def wished_bonds(
    asked: dict[UUID, tuple[Asked, ...]], frame: Problem, officers: Iterable[Officer]
) -> Iterator[Bond]:
    """Wishes to work with a colleague, or not to, day by day."""
    percents = {officer.id: officer.wish_percent for officer in officers}
    for officer, wishes in asked.items():
        for each in wishes:
            if str(officer) in percents and str(each[1].details.colleague_id) in percents:
                yield from company_of(each, frame, percents[str(officer)])


def company_of(asked: Asked, frame: Problem, percent: int = 100) -> Iterator[Bond]:
    """A wish about a colleague as a bond for each of its days; none for another wish.

    Its points are shared out among its days, the first ones first; the longest shift that goes
    against it wholly loses the points of its day.

    Args:
        asked: the wish, with its round.
        frame: the days and the shifts.
        percent: what a point of it counts for.
    """
    of_round, kept = asked
    said = kept.details
    if said.ask not in WITH_COLLEAGUE:
        return
    kind: BondKind = "wished_with" if said.ask == "with" else "wished_apart"
    longest = max(shift.minutes for shift in frame.shifts)
    days = said.days_of(of_round.details)
    counted = max(counted_points(kept.points, percent), min(kept.points, len(days)))
    each, more = divmod(counted, len(days))
    for place, day in enumerate(days):
        column = (day - frame.first_day).days
        if 0 <= column < frame.days:
            yield Bond(
                kind=kind,
                officer=str(kept.officer_id),
                others=(str(said.colleague_id),),
                first=column,
                last=column,
                role="colleague",
                unit=-(-longest // (each + (place < more))),
            )


def _days(asked: Asked, frame: Problem) -> Iterator[int]:
    """Days of the problem that a wish is about."""
    for day in asked[1].details.days_of(asked[0].details):
        column = (day - frame.first_day).days
        if 0 <= column < frame.days:
            yield column


def _points(asked: Asked, frame: Problem) -> int:
    """The part of a wish's points that lies in the days of the problem, rounded, 1 at least."""
    of_round, kept = asked
    here, all_days = len(list(_days(asked, frame))), len(kept.details.days_of(of_round.details))
    if not here:
        return 0
    return max((2 * kept.points * here + all_days) // (2 * all_days), 1)
