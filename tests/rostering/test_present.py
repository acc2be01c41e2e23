"""A roster that stands is made again with little change, each day that was told at its price."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from ortools.sat.python import cp_model

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.model import RosterModel
from rostering.present import Again, Present, made_again
from rostering.problem import REST, Choices, OfficerDay, Problem, Roster, Span
from rostering.rules.stability import Stability
from rostering.search.anneal import anneal
from rostering.search.bound import counts_bound
from rostering.solve import solve
from rostering.tally import Tally
from tests.rostering.rooms import room

E, L, N = 0, 1, 2


def patterned(problem: Problem) -> Choices:
    """Two earlies, two lates, two nights and two days of rest, each officer a day behind."""
    pattern = np.array([E, E, L, L, N, N, REST, REST], dtype=np.int16)
    days = np.arange(problem.days)
    rows = [pattern[(days + row) % len(pattern)] for row in range(len(problem.officers))]
    return np.array(rows, dtype=np.int16)


def away(problem: Problem, row: int, first: int, last: int) -> Problem:
    """The problem with an officer away from one day to another, both included."""
    officers = list(problem.officers)
    span = Span(problem.midnight(first), problem.midnight(last + 1))
    officers[row] = replace(officers[row], unavailable=(span,))
    return replace(problem, officers=tuple(officers))


def again(problem: Problem, notice: int = 20) -> Again:
    """The room made again from the pattern."""
    return made_again(problem, Present.of(problem, patterned(problem), notice))


def test_days_that_can_be_kept_are_told() -> None:
    """Shifts in an absence are lost and have no price; every other day is told with its notice."""
    problem = away(room(days=8), 0, 1, 4)
    found = again(problem)
    assert np.argwhere(found.lost).tolist() == [[0, 1], [0, 2], [0, 3], [0, 4]]
    assert (found.start[0, 1:5] == REST).all()
    assert sorted(found.problem.officers[0].told) == [0, 5, 6, 7]
    told = found.problem.officers[1].told
    assert [told[day].notice for day in range(8)] == list(range(20, 28))
    assert told[0].shift == "E"
    assert told[5].shift is None


def test_hours_alone_ask_for_no_change() -> None:
    """Limits of hours that the rest of a present line is outside of are widened to it."""
    problem = room(days=8)
    officers = tuple(replace(o, least_minutes=9000, most_minutes=9600) for o in problem.officers)
    found = again(replace(problem, officers=officers))
    worked = [sum(problem.shifts[c].minutes for c in row if c != REST) for row in found.start]
    for officer, minutes in zip(found.problem.officers, worked, strict=True):
        assert officer.least_minutes <= minutes <= officer.most_minutes


def test_whoever_has_joined_is_free() -> None:
    """Nothing was told to somebody who was not there: their days have no price."""
    problem = room(days=8)
    present = Present.of(problem, patterned(problem), 20)
    known = present.known.copy()
    known[3] = False
    found = made_again(problem, replace(present, known=known))
    assert not found.problem.officers[3].told
    assert not found.lost[3].any()


def test_what_is_fixed_by_now_gives_way_to_nothing() -> None:
    """A day pinned to something else than was told is lost, and the search begins from the pin."""
    problem = room(days=8)
    pinned = replace(problem.officers[2], days={0: OfficerDay(shift="N")})
    officers = (*problem.officers[:2], pinned, *problem.officers[3:])
    found = again(replace(problem, officers=officers))
    assert found.lost[2, 0]
    assert found.start[2, 0] == N


@pytest.mark.parametrize(("percent", "is_made"), [(0, True), (2000, False)])
def test_a_change_is_made_where_it_is_worth_its_price(percent: int, is_made: bool) -> None:
    """Missing people are worth a change, and none of them is where an hour is paid twentyfold."""
    problem = room(officers=9, days=8, needed=2)
    idle = replace(problem.officers[8], least_minutes=0)
    problem = away(replace(problem, officers=(*problem.officers[:8], idle)), 0, 0, 7)
    choices = patterned(problem)
    choices[8] = REST
    found = made_again(problem, Present.of(problem, choices, 3, percent))
    counting = Counting.of(found.problem)
    rounds = anneal(
        counting, Allowed.of(found.problem), found.start, seconds=0, seed=1, afresh=False
    )
    *_, last = rounds
    before, after = (Tally(counting, each) for each in (found.start, last.choices))
    assert after.objective <= before.objective
    assert bool((last.choices != found.start).any()) == is_made


def test_the_engine_goes_on_from_what_stands() -> None:
    """A solve from a lawful present roster is lawful from its first moment, and no worse."""
    problem = away(room(days=8), 0, 0, 7)
    found = again(problem)
    begun = Tally(Counting.of(found.problem), found.start)
    assert not begun.unlawful
    start = Roster.from_choices(found.problem, found.start)
    solution = solve(found.problem, seconds=0.1, start=start)
    assert solution.first_legal_seconds is not None
    assert solution.verdict.is_legal
    assert solution.verdict.objective <= begun.objective


def test_fewer_changes_than_proved_are_not_made() -> None:
    """The bound of a problem with a flat price of changes holds for arbitrary rosters of it."""
    problem = away(room(days=8, needed=2), 0, 0, 7)
    flat = Stability(change_points=50, soon_points=50, late_points=50, rest_points=0, hour_points=0)
    asked = tuple(rule for rule in problem.rules if rule.code in {"cover", "unavailability"})
    found = again(replace(problem, rules=(*asked, flat)))
    counting, allowed = Counting.of(found.problem), Allowed.of(found.problem)
    bound = counts_bound(counting, allowed, 60.0)
    assert bound is not None
    chance = np.random.default_rng(3)
    for share in (0.0, 0.05, 0.2, 0.9):
        other = chance.integers(REST, 3, size=found.start.shape).astype(np.int16)
        drawn = np.where(chance.random(other.shape) < share, other, found.start)
        choices = allowed.nearest(drawn)
        changed = int((choices != found.start).sum())
        assert changed >= (bound - counting.cost(choices)) / 50 - 1e-6


def test_the_number_of_changes_is_the_one_that_the_whole_model_proves() -> None:
    """In a small room the bound comes within half of the fewest changes, proved by CP-SAT."""
    problem = away(room(days=8, needed=2), 0, 0, 7)
    flat = Stability(
        change_points=100, soon_points=100, late_points=100, rest_points=0, hour_points=0
    )
    asked = {"cover", "unavailability", "daily_rest", "one_tour"}
    rules = tuple(rule for rule in problem.rules if rule.code in asked)
    found = again(replace(problem, rules=(*rules, flat)))
    counting, allowed = Counting.of(found.problem), Allowed.of(found.problem)
    model = RosterModel(counting, found.start, allowed.movable, allowed=allowed)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.model) == cp_model.OPTIMAL
    choices = model.choices(solver)
    made = int((choices != found.start).sum())
    assert made > 0
    bound = counts_bound(counting, allowed, 60.0)
    assert bound is not None
    least = int(np.ceil((bound - counting.cost(choices)) / 100 - 1e-6))
    assert made / 2 <= least <= made
