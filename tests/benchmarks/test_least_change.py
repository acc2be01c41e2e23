"""A roster of 300 officers is made again after five absences: how soon, and with how few changes.

The number of changes stands beside one that is proved. A roster costs at least the bound of a
problem in which cover has its price and each change of an officer-day costs `flat` points: whoever
holds a level of cover therefore makes at least (bound − points of cover) / flat changes.
"""

from __future__ import annotations

import math
from dataclasses import replace
from unittest import mock

import numpy as np
import pytest

from rostering.allowed import Allowed
from rostering.benchmark.control_room import control_room
from rostering.cover_grid import Counting
from rostering.present import Present, made_again
from rostering.problem import Choices, Problem, Roster, Span
from rostering.rules.stability import Stability
from rostering.search import groups
from rostering.search.anneal import anneal
from rostering.search.bound import counts_bound
from rostering.solve import solve

OFFICERS, ABSENT, DAYS, NOTICE = 300, 5, 7, 7
FLAT = (160, 260)
"""Points of a change with which the number is bounded; the better bound counts."""


def absent(problem: Problem, seed: int) -> Problem:
    """The problem with some officers away for a week each, and a price for what was told."""
    chance = np.random.default_rng(seed)
    officers = list(problem.officers)
    for index in chance.choice(len(officers), size=ABSENT, replace=False).tolist():
        first = int(chance.integers(0, problem.days - DAYS))
        span = Span(problem.midnight(first), problem.midnight(first + DAYS))
        known = officers[index].unavailable
        officers[index] = replace(officers[index], unavailable=(*known, span))
    return replace(problem, officers=tuple(officers), rules=(*problem.rules, Stability()))


def least_changes(problem: Problem, cover_points: int) -> int:
    """The fewest officer-days that any lawful roster changes which costs no more for cover."""
    bounds = []
    for flat in FLAT:
        price = Stability(
            change_points=flat, soon_points=flat, late_points=flat, rest_points=0, hour_points=0
        )
        hard = tuple(rule for rule in problem.rules if rule.is_hard or rule.code == "cover")
        counting = Counting.of(replace(problem, rules=(*hard, price)))
        with mock.patch.object(groups, "MOST_PRICED", 10**6):
            bound = counts_bound(counting, Allowed.of(problem), 600.0)
        bounds.append((bound or 0.0) - cover_points)
    return max(
        0, *(math.ceil(bound / flat - 1e-6) for bound, flat in zip(bounds, FLAT, strict=True))
    )


@pytest.fixture(scope="module")
def published() -> tuple[Problem, Choices]:
    """A control room with a roster that leaves almost nobody short."""
    problem = control_room(OFFICERS, 0.93)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    *_, last = anneal(counting, allowed, allowed.empty(), seconds=30, seed=1)
    return problem, last.choices


@pytest.mark.benchmark
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_five_absences(published: tuple[Problem, Choices], seed: int) -> None:
    """Print when the first lawful roster stands, what changes, and what is proved to have to."""
    problem, present = published
    again = made_again(absent(problem, seed), Present.of(problem, present, NOTICE, 150))
    counting = Counting.of(again.problem)
    start = Roster.from_choices(again.problem, again.start)
    solution = solve(again.problem, seconds=60, start=start)
    choices = solution.roster.to_choices(again.problem)
    lost = int(again.lost.sum())
    made = int((choices != present).sum()) - lost
    cover = solution.verdict.points["cover"]
    least = least_changes(again.problem, cover)
    print(
        f"\n{OFFICERS} officers, {ABSENT} absent for {DAYS} days: lawful after "
        f"{solution.first_legal_seconds:.1f} s; {lost} shifts lost, {made} other days change, "
        f"{least} proved necessary; together {(lost + made) / (lost + least):.2f} times what must; "
        f"points of cover {counting.cost(present)} before, {counting.cost(again.start)} without a "
        f"change, {cover} now"
    )
    assert solution.verdict.is_legal
