"""The bound by prices: true of any roster, near the best one, and told of long periods."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from rostering.allowed import Allowed
from rostering.benchmark.reading import instance_of
from rostering.benchmark.translation import problem_of
from rostering.cover_grid import Counting
from rostering.problem import OfficerDay, Problem
from rostering.search.bound import counts_bound
from rostering.search.pace import ByWork, Part
from rostering.search.relaxation import Relaxation
from rostering.search.relines import Relines
from rostering.tally import Tally
from tests.rostering.benchmark.making import made_up
from tests.rostering.rooms import room
from tests.rostering.test_columns import SMALL_ROOMS, cheapest

WEEKS = problem_of(instance_of(made_up(days=28, people=6, kinds=3), "weeks"), "weeks")

TOTALS = ("contracted_hours", "most_weekends", "most_tours")


def bound_of(problem: Problem, seconds: float = 0.15) -> float:
    """The bound after so much counted work."""
    relaxation = Relaxation(Counting.of(problem), Allowed.of(problem))
    told = [*relaxation.improve(Part(ByWork(seconds), 1.0, math.inf))]
    assert told == sorted(told)
    assert told[-1] == relaxation.bound
    return relaxation.bound


@pytest.mark.parametrize("problem", SMALL_ROOMS, ids=["shift1", "shift2", "quarter1", "quarter2"])
def test_the_bound_is_below_the_best_roster_and_near_it(problem: Problem) -> None:
    """No roster costs less than prices say, and they say most of what the best one costs."""
    best = cheapest(problem)
    assert 0.8 * best <= bound_of(problem) <= best


def test_totals_of_lines_are_in_the_bound() -> None:
    """Hours, weekends and numbers of tours count: the bound is above that of unlimited lines."""
    rules = tuple(rule for rule in WEEKS.rules if rule.code not in TOTALS)
    unlimited = replace(WEEKS, rules=rules)
    counting, allowed = Counting.of(WEEKS), Allowed.of(WEEKS)
    relines = Relines(counting, allowed, allowed.empty(), seed=0)
    assert not [*relines.first(Part(ByWork(math.inf), 1.0, math.inf))]
    objective = Tally(counting, relines.choices).objective
    assert bound_of(unlimited) < bound_of(WEEKS) <= objective


def test_a_shortage_is_bounded_as_counts_bound_it() -> None:
    """By the quarter hour, prices come near what a linear program over numbers of officers says."""
    problem = room(officers=4, needed=2)
    counted = counts_bound(Counting.of(problem), Allowed.of(problem), 30.0)
    assert counted is not None
    assert bound_of(problem) >= 0.95 * counted


def test_where_somebody_has_no_lawful_line_nothing_is_bounded() -> None:
    """A run that no day fits has no line, and no price makes one: the bound has no end."""
    always = {day: OfficerDay(shift="S0") for day in range(28)}
    fixed = replace(WEEKS.officers[0], days=always)
    assert bound_of(replace(WEEKS, officers=(fixed, *WEEKS.officers[1:]))) == math.inf
