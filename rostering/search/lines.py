"""One officer's best line given everybody else's: where every search begins."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.model import RosterModel
from rostering.pricing.best_line import LinePricer, cover_prices
from rostering.problem import REST, Choices, Officer, Problem
from rostering.rules.base import Count, LineRule, Rule, on_terms_of
from rostering.rules.group import GroupRule

UNLAWFUL_POINTS = 10_000
"""Points of a quarter hour of contract lacking where no lawful line exists; above soft points."""

CLOSE_ENOUGH = 0.02
"""A first line need not be the best: the search improves it together with others."""


@dataclass(frozen=True, slots=True)
class FirstLine:
    """One officer's line: choices by day, and whether it keeps every hard rule."""

    officer: int
    row: Choices
    is_lawful: bool


def first_line(
    counting: Counting,
    choices: Choices,
    officer: int,
    allowed: Allowed,
    pricer: LinePricer | None = None,
) -> FirstLine:
    """Find a good lawful line beside the others' present lines or, where none exists, the nearest.

    Args:
        counting: the problem, laid out.
        choices: everybody's present lines, shape (officers, days); officers without one rest.
        officer: whose line is asked, by index.
        allowed: choices worth a variable, shape (officers, days, shifts).
        pricer: asked first, where there is one; it knows nothing of who works with whom.
    """
    if pricer is not None and not counting.bonds.touching[officer]:
        line = pricer.best_line(officer, cover_prices(counting, choices, officer))
        if line is not None:
            return FirstLine(officer, line.row, is_lawful=True)
    free = np.zeros(choices.shape, dtype=bool)
    free[officer] = True
    bare = choices.copy()
    bare[officer] = REST
    model = RosterModel(counting, bare, free, allowed=allowed)
    row = _solve(model, officer)
    if row is not None:
        return FirstLine(officer, row, is_lawful=True)
    person = counting.problem.officers[officer]
    rules = tuple(_priced(rule, counting.problem, person) for rule in counting.problem.rules)
    row = _solve(RosterModel(counting, bare, free, rules=rules), officer)
    return FirstLine(officer, bare[officer] if row is None else row, is_lawful=False)


def has_line(counting: Counting, officer: int, allowed: Allowed) -> bool:
    """Tell whether an officer can have a lawful line beside others who all rest."""
    free = np.zeros(allowed.rest.shape, dtype=bool)
    free[officer] = True
    return (
        _solve(RosterModel(counting, counting.empty(), free, allowed=allowed), officer) is not None
    )


def _priced(rule: Rule, problem: Problem, officer: Officer) -> Rule:
    """The rule with a price in place of hardness; hours and company give way before rest does."""
    if isinstance(rule, GroupRule) and rule.is_hard:
        return replace(rule, weight=UNLAWFUL_POINTS)
    if not rule.is_hard or not isinstance(rule, LineRule):
        return rule
    asks_for_work = any(
        isinstance(primitive, Count) and primitive.least
        for own in on_terms_of(officer, [rule])
        for primitive in own.says(problem, officer)
    )
    return replace(rule, weight=UNLAWFUL_POINTS if asks_for_work else 100 * UNLAWFUL_POINTS)


def _solve(model: RosterModel, officer: int) -> Choices | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2  # level 0 needs twenty times as long on a line
    solver.parameters.max_deterministic_time = 2.0
    solver.parameters.relative_gap_limit = CLOSE_ENOUGH
    status = solver.solve(model.model)
    if status == cp_model.UNKNOWN:
        solver.parameters.max_deterministic_time = 60.0
        status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    row: Choices = model.choices(solver)[officer]
    return row
