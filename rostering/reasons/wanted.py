"""What meets a wish, whatever it is about, in one form: choices of days, and days in a row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rostering.problem import REST, Bond, Choices, Preference, Problem
from rostering.rules.base import ANY, Run
from rostering.rules.group import GroupRule
from rostering.rules.long_wishes import lost_of
from rostering.rules.wished_apart import WishedApart
from rostering.rules.wished_with import WishedWith
from rostering.standing import Standing, line_of
from rostering.wishes import DaysWish, RunWish

Flags = npt.NDArray[np.bool_]

Company = tuple[Bond, ...]
"""A wish to work with a colleague, or not to: a bond for each of its days."""

Wish = Preference | DaysWish | RunWish | Company

COMPANY: dict[str, GroupRule] = {rule.kind: rule for rule in (WishedWith(), WishedApart())}
"""What holds a wish about a colleague, by the kind of its bonds."""


@dataclass(frozen=True, eq=False)
class Wanted:
    """What meets a wish wholly.

    Attributes:
        officer: index of the officer.
        shifts: shifts that go with it, shape (days, shifts).
        rest: days that may be rest days, shape (days,).
        runs: limits on days in a row.
        wish: the wish.
    """

    officer: int
    shifts: Flags
    rest: Flags
    runs: tuple[Run, ...]
    wish: Wish

    @property
    def days(self) -> list[int]:
        """Days on which it says anything."""
        said: list[int] = np.flatnonzero(~self.shifts.all(axis=1) | ~self.rest).tolist()
        return said

    def allows(self, day: int, choice: int) -> bool:
        """Tell whether a choice of a day goes with it, days in a row left aside."""
        return bool(self.rest[day] if choice == REST else self.shifts[day, choice])

    def is_met_by(self, problem: Problem, row: Choices) -> bool:
        """Tell whether a line, shape (days,), meets it wholly, the others' lines as they are."""
        if not all(self.allows(day, int(row[day])) for day in self.days):
            return False
        if not isinstance(self.wish, RunWish):
            return True
        person = problem.officers[self.officer]
        return not lost_of(problem, person, line_of(problem, person, row), self.wish)[0]


def wanted(standing: Standing, officer: int, wish: Wish) -> Wanted:
    """What meets a wish; one about a colleague beside the colleague's shifts as they are.

    Args:
        standing: the roster.
        officer: index of the officer whose wish it is.
        wish: the wish.
    """
    problem = standing.problem
    shifts = np.ones(problem.starts.shape, dtype=bool)
    rest = np.ones(problem.days, dtype=bool)
    runs: tuple[Run, ...] = ()
    if isinstance(wish, Preference):
        shifts[wish.day] = [wish.is_met_by(shift) for shift in problem.shifts]
        rest[wish.day] = wish.is_met_by(None)
    elif isinstance(wish, DaysWish):
        there = [day for day in wish.days if 0 <= day < problem.days]
        shifts[there] = [not wish.missed_by(shift) for shift in problem.shifts]
    elif isinstance(wish, RunWish):
        of = ANY if wish.of == "work" else None
        runs = (Run(of, wish.longest, wish.shortest),)
    else:
        for bond in wish:
            _keep_company(standing, bond, shifts)
    return Wanted(officer, shifts, rest, runs, wish)


def _keep_company(standing: Standing, bond: Bond, shifts: Flags) -> None:
    """Strike out the shifts that go against a wish about a colleague."""
    problem, rule = standing.problem, COMPANY[bond.kind]
    lines = {name: standing.line(problem.officer_index[name]) for name in bond.others}
    for day in range(problem.days):
        if not bond.holds_on(day):
            continue
        for shift, tour in enumerate(problem.tours[day]):
            beside = {**lines, bond.officer: (tour,)}
            if next(iter(rule.check_bond(problem, bond, beside.__getitem__)), None) is not None:
                shifts[day, shift] = False
