"""What a boundary case is, and the officer and the shifts that most of them speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from rostering.problem import REST, Choices, Officer, Problem, Shift
from rostering.rules.base import Rule


@dataclass(frozen=True)
class Boundary:
    """A rule at its limit: a line that is `over` quarter hours, days or tours beyond it, or not.

    Attributes:
        rule: the rule.
        officer: whose line it is.
        shifts: the templates of the case.
        line: choices by day; days not named are rest.
        excess: what the check must find, 0 where the line is lawful.
        days: length of the period.
    """

    rule: Rule
    officer: Officer
    shifts: tuple[Shift, ...]
    line: dict[int, int]
    excess: int
    days: int = 28

    def problem(self) -> tuple[Problem, Choices]:
        """The case as a problem of one officer in UTC."""
        first = date(2026, 6, 1)
        problem = Problem(
            "boundary", first, self.days, "UTC", self.shifts, (self.officer,), (self.rule,)
        )
        choices = np.full((1, self.days), REST, dtype=np.int16)
        for day, shift in self.line.items():
            choices[0, day] = shift
        return problem, choices


PLAIN = Officer("o", "Officer", frozenset({"a"}), 0, 60 * 24 * 28)
WORK = Shift("W", "early", 420, 480)
NIGHT = Shift("N", "night", 22 * 60, 480)


def starting(start: int, minutes: int = 480, kind: str = "early") -> Shift:
    """A shift that starts at a minute of the day, named by it."""
    return Shift(f"S{start}", kind, start, minutes)


def in_a_row(days: int, first: int = 3) -> dict[int, int]:
    """The first template on so many days in a row."""
    return dict.fromkeys(range(first, first + days), 0)
