"""What came of a plan, in words."""

from __future__ import annotations

from collections.abc import Iterator

from app.cli.progress import gap_words
from app.web.plan import PlanReport
from app.web.views.answer import answer, late_words
from app.web.views.shortfall import room_cover
from app.web.views.wishes import wishes_met
from app.web.words import count, stretch_words
from rostering.cover_grid import Counting
from rostering.nearest import explaining_seconds, nearest_words
from rostering.problem import Problem
from rostering.shortages.room import room_shortage
from rostering.shortages.stretch import shortage
from rostering.shortages.words import room_words, shortage_words
from rostering.solve import Solution
from rostering.standing import Standing


def outcome_lines(plan: PlanReport, solution: Solution) -> Iterator[str]:
    """The sentences that close a plan: rules, cover, callers, how good, wishes."""
    if not solution.verdict.is_legal:
        yield from nearest_words(
            plan.problem, solution.verdict, solution.seconds, came_to_any=solution.came_to_any
        )
        yield "`parade check` says everything that it breaks."
    said = answer(plan, room_cover(plan.problem, plan.roster))
    yield " ".join(part for part in (said.good, said.trouble) if part)
    yield from short_lines(plan.problem, solution)
    if plan.late is not None and (words := late_words(plan.late)):
        yield words
    if solution.verdict.is_legal:
        yield _how_good(solution)
    met, made = wishes_met(plan.problem, plan.roster)
    if made:
        yield f"{met} of {count(made, 'wish', 'wishes')} are met."


MOST_SHORT = 3
"""Stretches of missing people of which it is told what binds: the hardest."""


def short_lines(problem: Problem, solution: Solution) -> Iterator[str]:
    """What binds where people are missing: in the room, and in its hardest stretches."""
    room = room_cover(problem, solution.roster)
    if room is None or not room.stretches:
        return
    standing = Standing.of(Counting.of(problem), solution.roster.to_choices(problem))
    if solution.verdict.is_legal:
        missing = standing.counting.missing_minutes(standing.choices)
        found = room_shortage(problem, explaining_seconds(solution.seconds))
        yield from room_words(problem, missing, found)
    for stretch in room.stretches[:MOST_SHORT]:
        if (short := shortage(standing, stretch.start, stretch.end)) is not None:
            when = stretch_words(stretch.start, stretch.end, problem.zone)
            yield f"  {when}: {shortage_words(problem, short)}"


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
