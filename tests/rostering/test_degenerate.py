"""Thirty odd problems: each ends with a roster that is lawful, or says whom what stops."""

from __future__ import annotations

import pytest

from rostering.cover_grid import Counting
from rostering.diagnose import impossible_words
from rostering.nearest import nearest_words
from rostering.problem import Problem
from rostering.shortages.room import room_shortage
from rostering.shortages.stretch import shortage
from rostering.shortages.words import remedy_words, room_words, shortage_words
from rostering.solve import Solution, solve
from rostering.sound import refuse_unsound
from rostering.standing import Standing
from rostering.verify import verify
from tests.rostering.degenerate import degenerate
from tests.rostering.listening import last_roster

ALL = range(30)
BY_DAY = (3, 11)
"""Those that are tried by one child in the suite; the others wait for the night."""

NIGHTLY = [pytest.param(seed, marks=() if seed in BY_DAY else pytest.mark.nightly) for seed in ALL]


@pytest.mark.parametrize("seed", NIGHTLY)
@pytest.mark.parametrize("number", [0, 1])
def test_a_child_comes_to_its_end(seed: int, number: int) -> None:
    """Either child ends by itself, and whatever it finds can be explained."""
    problem = degenerate(seed)
    refuse_unsound(problem)
    choices = last_roster(problem, number, 0.2)
    if choices is not None:
        explain(problem, Standing.of(Counting.of(problem), choices))


@pytest.mark.nightly
@pytest.mark.parametrize("seed", ALL)
def test_a_solve_ends_with_the_nearest_roster(seed: int) -> None:
    """What comes back is judged as the rules judge it, and never worse than what is proved."""
    problem = degenerate(seed)
    solution = solve(problem, seconds=3.0)
    assert solution.verdict == verify(problem, solution.roster)
    if solution.verdict.is_legal:
        assert solution.bound is None or solution.bound <= solution.verdict.objective + 1e-6
    else:
        assert solution.stopped == "no lawful roster"
        told(problem, solution)
    choices = solution.roster.to_choices(problem)
    explain(problem, Standing.of(Counting.of(problem), choices))


def told(problem: Problem, solution: Solution) -> None:
    """Every sentence of why no roster is lawful is one, and officers are named."""
    words = [
        *nearest_words(problem, solution.verdict, solution.seconds),
        *impossible_words(problem, 5.0),
    ]
    assert all(sentence.endswith(".") for sentence in words)
    for breach in solution.verdict.hard:
        if breach.officer is not None:
            assert problem.officers[problem.officer_index[breach.officer]].name in breach.words


def explain(problem: Problem, standing: Standing) -> None:
    """What binds is told of every day on which people are missing, and of the room."""
    for day in range(problem.days):
        found = shortage(standing, problem.midnight(day), problem.midnight(day + 1))
        if found is not None:
            assert shortage_words(problem, found).endswith(".")
            assert remedy_words(problem, found).endswith(".")
            assert found.holders >= sum(len(each.officers) for each in found.kept)
    missing = standing.counting.missing_minutes(standing.choices)
    whole = room_shortage(problem, 5.0)
    if whole is not None and not standing.hard:
        assert whole.forced <= missing + 1
    assert all(len(sentence) > 1 for sentence in room_words(problem, missing, whole))
