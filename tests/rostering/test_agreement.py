"""What a rule says to the solver, to compiled code and by its check is the same, always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from rostering.compiled.cover import cover_tables, put
from rostering.compiled.evaluate import Score, score_lines
from rostering.compiled.program import tables
from rostering.cover_grid import Counting
from rostering.model import RosterModel
from rostering.model.roster_model import Free
from rostering.problem import REST, Choices, Cover, Problem, Roster, Shift
from rostering.rules.base import Rule, Weight
from rostering.rules.cover import Covered
from rostering.rules.one_tour import OneTourAtATime
from rostering.rules.registry import GROUP_RULES, LINE_RULES, RULES
from rostering.tally import Tally
from rostering.verify import verify
from tests.rostering.bound_samples import bound_boundaries
from tests.rostering.boundaries import every_boundary
from tests.rostering.boundary import PLAIN, Boundary
from tests.rostering.rule_numbers import rule_numbers
from tests.rostering.samples import problems

EXAMPLES = 50
MANY_EXAMPLES = 500
WEIGHTS: tuple[Weight, ...] = (1, 3, (1, 4, 9))


def solved(
    problem: Problem, choices: Choices, free: Free | None = None
) -> cp_model.CpSolver | None:
    """The solver's answer with the free officer-days set to a roster; None where it refuses."""
    everywhere = np.ones(choices.shape, dtype=bool)
    model = RosterModel(Counting.of(problem), choices, everywhere if free is None else free)
    model.fix()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    return solver if status == cp_model.OPTIMAL else None


def weighted(problem: Problem, weight: Weight) -> Problem:
    """The problem with its one rule hard or at a price."""
    return replace(problem, rules=(replace(problem.rules[0], weight=weight),))


def agrees(problem: Problem, choices: Choices, weights: Iterable[Weight] = WEIGHTS) -> bool:
    """Hold the model to the check, hard and at some prices; tell whether the rule was broken."""
    roster = Roster.from_choices(problem, choices)
    hard = weighted(problem, None)
    breaches = verify(hard, roster).hard
    assert (solved(hard, choices) is None) == bool(breaches)
    (score,) = score_lines(choices, tables(hard))
    assert score.over + score.lack == sum(breach.excess for breach in breaches)
    for weight in weights:
        priced = weighted(problem, weight)
        solver = solved(priced, choices)
        assert solver is not None
        points = verify(priced, roster).objective
        assert round(solver.objective_value) == points
        assert score_lines(choices, tables(priced)) == [Score(0, 0, points)]
    return bool(breaches)


def hold_to_each_other(rule: type[Rule], examples: int, *, by_chance: bool) -> None:
    """Run the agreement over so many arbitrary rosters and count how often the rule is broken."""
    seen: Counter[bool] = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=not by_chance,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(problems(rule), st.sampled_from(WEIGHTS))
    def run(sample: tuple[Problem, Choices], weight: Weight) -> None:
        broken = agrees(*sample, [weight])
        event(f"broken: {broken}")
        seen[broken] += 1

    run()
    assert seen[True] >= (seen[True] + seen[False]) / 5, seen


@pytest.mark.parametrize("code", LINE_RULES)
def test_model_and_check_agree(code: str) -> None:
    """The solver refuses a line exactly when the check finds a breach, and prices what it finds."""
    hold_to_each_other(LINE_RULES[code], EXAMPLES, by_chance=False)


@pytest.mark.nightly
@pytest.mark.parametrize("code", LINE_RULES)
def test_model_and_check_agree_at_length(code: str) -> None:
    """The agreement holds over many more rosters, drawn anew each night."""
    hold_to_each_other(LINE_RULES[code], MANY_EXAMPLES, by_chance=True)


@pytest.mark.parametrize("weight", [0, (0, 0)])
def test_what_costs_nothing_is_told_and_not_searched_for(weight: Weight) -> None:
    """A rule without a price has no row in any model or table; its check still tells breaches."""
    tiring = [case for case in every_boundary() if case.rule.code == "fatigue" and case.excess]
    problem, choices = tiring[0].problem()
    free, anywhere = weighted(problem, weight), np.ones(choices.shape, dtype=bool)
    assert verify(free, Roster.from_choices(free, choices)).priced
    assert not len(tables(free).ops)
    assert not tables(free).tour_points.any()
    bare = RosterModel(Counting.of(replace(free, rules=())), choices, anywhere)
    told = RosterModel(Counting.of(free), choices, anywhere)
    assert len(told.model.proto.constraints) == len(bare.model.proto.constraints)
    assert Tally(Counting.of(free), choices).objective == 0


@pytest.mark.parametrize("code", ["cover", "shift_cover"])
@pytest.mark.parametrize("officers", [1, 4])
def test_cover_is_priced_as_checked(code: str, officers: int) -> None:
    """The points of cover are what the check adds up, for one line alone and for several."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
    )
    @given(problems(RULES[code], officers, officers), st.integers(0, 2**32))
    def run(sample: tuple[Problem, Choices], seed: int) -> None:
        problem, choices = sample
        free = np.random.default_rng(seed).random(choices.shape) < 0.6
        points = verify(problem, Roster.from_choices(problem, choices)).objective
        solver = solved(problem, choices, free)
        assert solver is not None
        assert round(solver.objective_value) == points
        counting = Counting.of(problem)
        assert Tally(counting, choices).objective == points
        assert compiled_cost(counting, choices) == points

    run()


def test_cover_of_one_line_counts_tours_that_overlap_as_checked() -> None:
    """Where no rule keeps an officer from two tours at once, cover is priced by both of them."""
    long = Shift("X", "night", 19 * 60, 1200)
    early = Shift("E", "early", 7 * 60, 480)
    lone = Problem("two at once", date(2026, 6, 1), 2, "UTC", (long, early), (PLAIN,), (Covered(),))
    need = Cover(("a",), frozenset({"a"}), lone.instant(1, 7 * 60), 60, np.ones(8, dtype=np.int32))
    problem = replace(lone, cover=(need,))
    choices = np.array([[0, 1]], dtype=np.int16)
    points = verify(problem, Roster.from_choices(problem, choices)).objective
    assert points == 0
    for rules in (problem.rules, (*problem.rules, OneTourAtATime(weight=1))):
        several = replace(problem, rules=rules)
        solver = solved(several, choices)
        assert solver is not None
        expected = verify(several, Roster.from_choices(several, choices)).objective
        assert round(solver.objective_value) == expected


def compiled_cost(counting: Counting, choices: Choices) -> int:
    """Points of cover as compiled code adds them up, putting people on duty one by one.

    Half of them come, go and come again.
    """
    empty = counting.empty()
    cover = cover_tables(counting, empty)
    points = counting.cost(empty)
    for number, (officer, day) in enumerate(np.argwhere(choices != REST)):
        for change in (1, -1, 1) if number % 2 else (1,):
            points += put(officer, day, choices[officer, day], change, cover)
    return points


def test_every_rule_is_sampled() -> None:
    """A rule of the registry has its numbers drawn and its limits tried."""
    assert set(rule_numbers) == set(RULES.values())
    tried = {type(case.rule) for case in every_boundary()}
    assert tried == set(LINE_RULES.values())
    bound = {type(case.rule) for case in bound_boundaries()}
    assert bound == set(GROUP_RULES.values())


@pytest.mark.parametrize("case", every_boundary(), ids=lambda c: f"{c.rule.code}-{c.excess}")
def test_limits_to_the_quarter_hour(case: Boundary) -> None:
    """Just inside and on its limit a rule is kept, just beyond it is broken by one unit."""
    problem, choices = case.problem()
    breaches = list(case.rule.check(problem, Roster.from_choices(problem, choices)))
    assert sum(breach.excess for breach in breaches) == case.excess
    assert agrees(problem, choices) == bool(case.excess)
