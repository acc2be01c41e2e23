"""Every wish of a problem's officers, and how much of it a roster does not meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rostering.problem import Bond, Officer, Problem
from rostering.reasons.wanted import COMPANY, Wish
from rostering.rules.base import Line
from rostering.rules.long_wishes import lost_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish and what of it is lost.

    Attributes:
        officer: whose it is, by index.
        wish: the wish.
        lost: points of it that are not met; 0 where it is met wholly.
    """

    officer: int
    wish: Wish
    lost: int


def asked(problem: Problem, line: Callable[[Officer], Line]) -> Iterator[Asked]:
    """Every wish, those about a colleague last.

    Args:
        problem: the problem.
        line: the history and tours of an officer.
    """
    for index, officer in enumerate(problem.officers):
        worked = line(officer)
        by_day = {tour.day: problem.shifts[problem.shift_index[tour.code]]
                  for tour in worked if tour.day >= 0}  # fmt: skip
        for wish in officer.preferences:
            is_met = wish.is_met_by(by_day.get(wish.day))
            yield Asked(index, wish, 0 if is_met else wish.points)
        for long in officer.long_wishes:
            yield Asked(index, long, lost_of(problem, officer, worked, long)[0])
    company: dict[tuple[str, str, tuple[str, ...]], list[Bond]] = {}
    for bond in problem.bonds:
        if bond.kind in COMPANY:
            company.setdefault((bond.kind, bond.officer, bond.others), []).append(bond)
    people = {officer.id: officer for officer in problem.officers}
    for (kind, whose, _), bonds in company.items():
        lost = sum(
            breach.excess
            for bond in bonds
            for breach in COMPANY[kind].check_bond(problem, bond, lambda name: line(people[name]))
        )
        yield Asked(problem.officer_index[whose], tuple(bonds), lost)
