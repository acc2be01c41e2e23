"""What came of a plan, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.cli.progress import gap_words
from app.web.plan import PlanReport
from app.web.views.answer import answer, late_words
from app.web.views.shortfall import room_cover
from app.web.views.wishes import wishes_met
from app.web.words import count
from rostering.problem import Problem
from rostering.rules.base import Breach
from rostering.solve import Solution

MOST_BREACHES = 12
"""Breaches said one by one; `parade check` says them all."""


def outcome_lines(plan: PlanReport, solution: Solution) -> Iterator[str]:
    """The sentences that close a plan: rules, cover, callers, how good, wishes."""
    if not solution.verdict.is_legal:
        yield from nearest_lines(plan.problem, solution)
    said = answer(plan, room_cover(plan.problem, plan.roster))
    yield " ".join(part for part in (said.good, said.trouble) if part)
    if plan.late is not None and (words := late_words(plan.late)):
        yield words
    if solution.verdict.is_legal:
        yield _how_good(solution)
    met, made = wishes_met(plan.problem, plan.roster)
    if made:
        yield f"{met} of {count(made, 'wish', 'wishes')} are met."


def nearest_lines(problem: Problem, solution: Solution) -> Iterator[str]:
    """That no lawful roster was found, and what the nearest one breaks."""
    breaches = solution.verdict.hard
    titles = {rule.code: rule.title for rule in problem.rules}
    counted = Counter(titles[breach.rule] for breach in breaches)
    rules = ", ".join(f"{title} {count(n, 'time')}" for title, n in counted.items())
    yield f"No roster that keeps every rule was found in {solution.seconds:.0f} s."
    yield f"The nearest one breaks {count(len(counted), 'rule')}: {rules}."
    yield from _first(breaches)


def _first(breaches: tuple[Breach, ...]) -> Iterator[str]:
    for breach in breaches[:MOST_BREACHES]:
        yield f"  {breach.words}"
    if len(breaches) > MOST_BREACHES:
        yield f"  And {len(breaches) - MOST_BREACHES} more; `parade check` says them all."


FAR = 0.3
"""A share of the points above which the bound, not the roster, is what is weak."""


def _how_good(solution: Solution) -> str:
    points = solution.verdict.objective
    found = (
        f"A legal roster was found after {solution.first_legal_seconds:.0f} s. "
        if solution.first_legal_seconds is not None
        else ""
    )
    if solution.stopped == "proved best":
        return f"{found}It is the best possible, with {count(points, 'point')}."
    if solution.bound is None:
        return f"{found}It has {count(points, 'point')}; how good that is was not proved."
    if solution.bound < points * (1 - FAR):
        return (
            f"{found}It has {count(points, 'point')}; only that none has fewer than "
            f"{solution.bound:,.0f} was proved."
        )
    return f"{found}It is now within {gap_words(points, solution.bound)} of the best possible."
