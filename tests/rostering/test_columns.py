"""Column generation bounds every lawful roster from below, and dives to lawful ones."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from ortools.sat.python import cp_model

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.model import RosterModel
from rostering.pricing.best_line import LinePricer
from rostering.problem import Preference, Problem, Roster, ShiftCover
from rostering.search.columns import ColumnGeneration
from rostering.search.dive import Diver, find_by_columns
from rostering.search.master import Master
from rostering.search.messages import Bounded, Found
from rostering.search.pace import ByWork
from rostering.tally import Tally
from rostering.verify import verify
from tests.rostering.rooms import SHIFTS, officer, room


def by_shift(seed: int, officers: int = 4, days: int = 7) -> Problem:
    """A room that asks for people by the shift, with wishes on most days."""
    chance = np.random.default_rng(seed)
    people = tuple(
        officer(
            number,
            40 * days // 7,
            preferences=tuple(
                Preference(day, int(chance.integers(1, 9)), wants=bool(chance.random() < 0.5))
                for day in range(days)
            ),
        )
        for number in range(officers)
    )
    needs = tuple(
        ShiftCover(day, shift.code, int(chance.integers(0, 3)), int(chance.integers(5, 40)), 1)
        for day in range(days)
        for shift in SHIFTS
    )
    return replace(room(officers, days), officers=people, cover=(), shift_cover=needs)


def by_interval(seed: int) -> Problem:
    """A room that asks for people by the quarter hour, more of them on some days."""
    problem = room(4, 7)
    (need,) = problem.cover
    chance = np.random.default_rng(seed)
    required = chance.integers(0, 4, len(need.required)).astype(np.int32)
    return replace(problem, cover=(replace(need, required=required, surplus_points=seed % 2),))


def cheapest(problem: Problem) -> int:
    """Points of the best roster, by CP-SAT."""
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    model = RosterModel(counting, allowed.empty(), allowed.movable, allowed=allowed)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.model) == cp_model.OPTIMAL
    return round(solver.objective_value)


SMALL_ROOMS = [by_shift(1), by_shift(2), by_interval(1), by_interval(2)]


@pytest.mark.parametrize("problem", SMALL_ROOMS, ids=["shift1", "shift2", "quarter1", "quarter2"])
def test_the_root_bounds_the_best_roster(problem: Problem) -> None:
    """No bound told on the way passes what the best roster costs, and the last one is near it."""
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    columns = ColumnGeneration(counting, allowed, LinePricer(counting, allowed), allowed.empty())
    best = cheapest(problem)
    assert columns.is_bounding
    costs = []
    for cost in columns.root(ByWork(60.0)):
        costs.append(cost)
        assert columns.bound <= min(best, cost) + 1e-6
    assert all(after <= before + 1e-6 for before, after in pairwise(costs))
    assert columns.bound >= 0.9 * best


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.nightly)])
def test_dives_end_in_lawful_rosters(seed: int) -> None:
    """Each roster of a dive is lawful, better than the one before, and no bound is above it."""
    problem = by_shift(seed, officers=6, days=14)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    bound, best = -math.inf, math.inf
    for message in find_by_columns(counting, allowed, allowed.empty(), seed, ByWork(60.0)):
        if isinstance(message, Bounded):
            assert message.bound > bound
            bound = message.bound
            continue
        assert not message.unlawful
        assert not verify(problem, Roster.from_choices(problem, message.choices)).hard
        points = Tally(counting, message.choices).objective
        assert bound <= points < best
        best = points
    assert best <= 1.1 * bound


def test_a_line_that_is_settled_can_be_let_go() -> None:
    """A settled line makes the program no cheaper; let go, all is as it was."""
    problem = by_shift(2)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    columns = ColumnGeneration(counting, allowed, LinePricer(counting, allowed), allowed.empty())
    for _ in columns.root(ByWork(60.0)):
        pass
    columns.begin_dive()
    before = columns.master.solve()
    assert before is not None
    chosen = columns.settle(1, before, number=None)
    settled = columns.master.solve()
    assert settled is not None
    assert settled.cost >= before.cost - 1e-6
    assert settled.shares[chosen] == pytest.approx(1.0)
    columns.unsettle(1)
    after = columns.master.solve()
    assert after is not None
    assert after.cost == pytest.approx(before.cost)


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05])
def test_a_first_dive_ends_in_a_roster_however_late_it_is(seconds: float) -> None:
    """What is left is settled as it stands; a dive after it ends without one."""
    problem = by_shift(3, officers=6, days=14)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    columns = ColumnGeneration(counting, allowed, LinePricer(counting, allowed), allowed.empty())
    for _ in columns.root(ByWork(60.0)):
        pass
    diver = Diver(columns, seed=1)
    found = diver.dive(allowed.empty(), ByWork(seconds))
    assert found is not None
    assert verify(problem, Roster.from_choices(problem, found.choices)).is_legal
    assert diver.dive(allowed.empty(), ByWork(0.0), found.cost + 10) is None


@pytest.mark.parametrize("problem", [by_shift(1), by_interval(1)], ids=["shift", "quarter"])
def test_lines_of_those_who_take_no_part_are_counted(problem: Problem) -> None:
    """Where nobody takes part the program costs what cover costs beside the lines there are."""
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    choices = allowed.empty()
    choices[::2, ::2] = 1
    solved = Master(counting, allowed, LinePricer(counting, allowed), [], choices).solve()
    assert solved is not None
    assert solved.cost == pytest.approx(counting.cost(choices))


def test_columns_repeat_themselves() -> None:
    """The same seed and counted work give the same messages."""
    problem = by_shift(3)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    told = []
    for _ in range(2):
        messages = find_by_columns(counting, allowed, allowed.empty(), 1, ByWork(60.0))
        told.append([m.choices.tobytes() if isinstance(m, Found) else m.bound for m in messages])
    assert told[0] == told[1]


def test_whoever_has_no_lawful_line_takes_no_part() -> None:
    """Beside an officer who can keep no contract the others' lines are found, and no bound told."""
    problem = by_shift(1)
    tired = replace(problem.officers[0], least_minutes=200 * 60, most_minutes=210 * 60)
    problem = replace(problem, officers=(tired, *problem.officers[1:]))
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    messages = [*find_by_columns(counting, allowed, allowed.empty(), 1, ByWork(60.0))]
    assert messages
    assert all(isinstance(m, Found) and m.unlawful == {0} for m in messages)
