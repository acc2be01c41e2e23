"""Rest between tours and limits of a span of days, for counts of officers in a linear program.

Two tours between which somebody must rest overlap once each is made longer by the rest that
follows it. Officers in such a longer tour at one time are as many as there are: of officers who are
alike that is all that the rest asks, since intervals form a totally unimodular matrix
(L. R. Ford and D. R. Fulkerson, Flows in Networks, 1962).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rostering.allowed import Allowed
from rostering.problem import Problem, Tour
from rostering.rules.base import ANY, Of, Pair, Primitive, Window
from rostering.search.groups import Group, Ints
from rostering.search.linear import LinearProgram

NO_REST = -1


def limit_rests(
    program: LinearProgram,
    problem: Problem,
    allowed: Allowed,
    group: Group,
    said: Sequence[Sequence[Primitive]],
) -> None:
    """Keep the rest after tours that must follow whatever comes then.

    Args:
        program: what rows are added to.
        problem: the problem.
        allowed: choices that officer-days have.
        group: columns of officers who are alike.
        said: what hard rules say of each member.
    """
    shared = _shared_rests(said)
    if not shared or not len(group.columns):
        return
    tours = [problem.tours[day][shift] for day, shift in zip(group.days, group.shifts, strict=True)]
    starts = np.array([tour.start for tour in tours], dtype=np.int64)
    rest = np.array([_rest_after(tour, shared) for tour in tours], dtype=np.int64)
    held = rest > NO_REST
    frees = np.array([tour.end for tour in tours], dtype=np.int64) + rest
    points = np.unique(starts)
    first = np.searchsorted(points, starts)
    last = np.where(held, np.searchsorted(points, frees), first)
    can = allowed.shifts[group.members][:, group.days, group.shifts]
    there = _available(can, first, last, len(points))
    for row, member in enumerate(group.members):
        before = problem.officers[member].history
        until = max((tour.end + _rest_after(tour, shared) for tour in before), default=points[0])
        there[row, points < until] = False
    resting = program.columns(len(points), most=there.sum(axis=0))
    rows = program.rows(len(points), least=0.0, most=0.0)
    program.add(rows, resting, -1.0)
    program.add(rows[1:], resting[:-1])
    program.add(rows[first[held]], group.columns[held])
    goes = held & (last < len(points))
    program.add(rows[last[goes]], group.columns[goes], -1.0)


def _shared_rests(said: Sequence[Sequence[Primitive]]) -> dict[Of, int]:
    """Least rest after a selection of tours, where every member has some, before any tour."""
    found: dict[Of, list[int]] = {}
    for primitives in said:
        own: dict[Of, int] = {}
        for pair in primitives:
            if isinstance(pair, Pair) and pair.then == ANY:
                own[pair.first] = max(pair.gap, own.get(pair.first, 0))
        for of, gap in own.items():
            found.setdefault(of, []).append(gap)
    return {of: min(gaps) for of, gaps in found.items() if len(gaps) == len(said)}


def _rest_after(tour: Tour, rests: dict[Of, int]) -> int:
    return max((gap for of, gap in rests.items() if of.has(tour)), default=NO_REST)


def _available(can: np.ndarray, first: Ints, last: Ints, points: int) -> np.ndarray:
    """Which members may be in some tour or in the rest after it, shape (members, points)."""
    change = np.zeros((len(can), points + 1), dtype=np.int64)
    for row, mine in enumerate(can):
        change[row] += np.bincount(first[mine], minlength=points + 1)
        change[row] -= np.bincount(last[mine], minlength=points + 1)
    available: np.ndarray = change.cumsum(axis=1)[:, :points] > 0
    return available


def limit_spans(
    program: LinearProgram, problem: Problem, group: Group, said: Sequence[Sequence[Primitive]]
) -> None:
    """Keep the most tours or minutes of any span of days, history taken off."""
    own = [list(_spans(primitives)) for primitives in said]
    tours = [problem.tours[day][shift] for day, shift in zip(group.days, group.shifts, strict=True)]
    officers = [problem.officers[member] for member in group.members]
    known = max((officer.known_from for officer in officers), default=0)
    for measure, days, of in {key for each in own for key, _ in each}:
        most = [min((m for key, m in each if key == (measure, days, of)), default=-1)
                for each in own]  # fmt: skip
        if min(most) < 0:
            continue
        worth = np.array([_worth(measure, of, tour) for tour in tours], dtype=np.int64)
        for begin in range(max(known, 1 - days), problem.days - days + 1):
            left = sum(
                max(limit - sum(_worth(measure, of, t) for t in officer.history if t.day >= begin),
                    0)
                for limit, officer in zip(most, officers, strict=True)
            )  # fmt: skip
            inside = (group.days >= begin) & (group.days < begin + days) & (worth > 0)
            row = program.rows(1, most=float(left))
            program.add(row, group.columns[inside], worth[inside])


def _spans(said: Iterable[Primitive]) -> Iterable[tuple[tuple[str, int, Of], int]]:
    for each in said:
        if isinstance(each, Window) and each.most is not None and each.measure != "rests":
            yield (each.measure, each.days, each.of), each.most


def _worth(measure: str, of: Of, tour: Tour) -> int:
    if not of.has(tour):
        return 0
    return tour.minutes if measure == "minutes" else 1
