"""Which choices are worth a variable at all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rostering.problem import Officer, Problem
from rostering.rules.base import Count, LineRule, Of

Allowed = npt.NDArray[np.bool_]
"""Shape (officers, days, shifts): False where a hard rule forbids the shift by itself."""


def allowed_choices(problem: Problem) -> Allowed:
    """Leave out what a hard rule forbids whatever the rest of the line is.

    Times away, missing skills and fixed officer-days say themselves as a count of at most none,
    or of at least one on a single day; no rule is known here by name.
    """
    allowed = np.ones((len(problem.officers), problem.days, len(problem.shifts)), dtype=bool)
    for index, officer in enumerate(problem.officers):
        for count in _hard_counts(problem, officer):
            cells = _cells(problem, count.of)
            if count.most == 0:
                allowed[index] &= ~cells
            elif count.least and count.of.days is not None and len(count.of.days) == 1:
                day = next(iter(count.of.days))
                allowed[index, day] &= cells[day]
    return allowed


def _hard_counts(problem: Problem, officer: Officer) -> list[Count]:
    return [
        primitive
        for rule in problem.rules
        if isinstance(rule, LineRule) and rule.is_hard
        for primitive in rule.on_terms_of(officer).says(problem, officer)
        if isinstance(primitive, Count) and primitive.measure == "tours"
    ]


def _cells(problem: Problem, of: Of) -> npt.NDArray[np.bool_]:
    cells = np.zeros((problem.days, len(problem.shifts)), dtype=bool)
    days = range(problem.days) if of.days is None else of.days
    for day in days:
        cells[day] = [of.has(tour) for tour in problem.tours[day]]
    return cells
