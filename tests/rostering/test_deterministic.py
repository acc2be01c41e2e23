"""Counted work repeats itself: the same rosters and bounds, whatever else the machine does."""

from __future__ import annotations

import numpy as np
import pytest

from rostering.benchmark.reading import instance_of
from rostering.benchmark.translation import problem_of
from rostering.problem import Problem, Roster
from rostering.solve import solve
from rostering.verify import verify
from tests.rostering.benchmark.making import made_up
from tests.rostering.listening import told
from tests.rostering.rooms import room

SMALL = room(officers=4, days=7)
ROOM = room(officers=75, days=14, needed=8)
BY_SHIFT = problem_of(instance_of(made_up(days=28, people=32, kinds=8), "made up"), "made up")
LONG = problem_of(instance_of(made_up(days=91, people=14, kinds=6), "long"), "long")


@pytest.mark.parametrize(
    ("problem", "number"),
    [
        pytest.param(SMALL, 1, id="whole"),
        pytest.param(BY_SHIFT, 0, id="lines and neighbourhoods", marks=pytest.mark.nightly),
        pytest.param(LONG, 1, id="a long period and its bound", marks=pytest.mark.nightly),
    ],
)
def test_a_child_repeats_itself(problem: Problem, number: int) -> None:
    """Everything a child tells from counted work, in order, it tells again."""
    once = told(problem, number, 0.8)
    assert once
    assert told(problem, number, 0.8) == once


def test_of_a_small_problem_one_child_makes_all() -> None:
    """Where a problem is taken whole, the other child tells nothing: it would only race."""
    assert told(SMALL, 0, 1.0) == []


@pytest.mark.nightly
@pytest.mark.parametrize("problem", [SMALL, ROOM, BY_SHIFT], ids=["whole", "moves", "lines"])
def test_a_deterministic_solve_repeats_itself(problem: Problem) -> None:
    """The same problem and seed give the same lawful roster twice; another seed may not."""
    twice = [solve(problem, seconds=12.0, seed=3, deterministic=True) for _ in range(2)]
    assert twice[0].roster == twice[1].roster
    assert verify(problem, twice[0].roster).is_legal
    choices = np.array(twice[0].roster.to_choices(problem))
    assert Roster.from_choices(problem, choices) == twice[0].roster
