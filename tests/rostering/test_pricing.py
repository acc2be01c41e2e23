"""Lines found by dynamic programming are lawful, cost what they say, and are the cheapest."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.model import RosterModel
from rostering.pricing.best_line import LinePricer, cover_prices
from rostering.problem import REST, Choices, Officer, OfficerDay, Preference, Problem, Shift, Tour
from rostering.rules.base import Rule, Weight
from rostering.rules.preferences import Preferences
from rostering.rules.registry import LINE_RULES
from rostering.tally import Tally
from tests.rostering.rooms import SHIFTS, officer, room
from tests.rostering.samples import problems

EXAMPLES = 5
MANY_EXAMPLES = 300
WEIGHTS: tuple[Weight, ...] = (None, 3, (1, 4, 9))

EXACT = {
    "one_tour", "officer_days", "unavailability", "skills", "daily_rest", "rest_day_interval",
    "consecutive_days", "consecutive_nights", "rest_after_nights", "special_hazard_nights",
    "contracted_hours", "shift_length", "preferences", "weekends_off", "fatigue",
    "demanding_runs", "demanding_length", "rotation", "early_starts", "fewest_days_on",
    "fewest_days_off", "succession", "most_weekends",
}  # fmt: skip
"""Rules that the states hold whole, hard or at one price a unit."""


def cheapest_points(problem: Problem) -> int | None:
    """Points of the best line of a problem of one officer, by CP-SAT; None where none is lawful."""
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    free = np.ones((1, problem.days), dtype=bool)
    model = RosterModel(counting, allowed.empty(), free)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def with_wishes(problem: Problem, seed: int, *, beside: bool = True) -> Problem:
    """The problem with a wish for or against some shift on every day, which prices every line."""
    chance = np.random.default_rng(seed)
    wishes = tuple(
        Preference(
            day,
            int(chance.integers(1, 40)),
            wants=bool(chance.random() < 0.6),
            shifts=frozenset({problem.shifts[int(chance.integers(len(problem.shifts)))].code}),
        )
        for day in range(problem.days)
        for _ in range(2)
    )
    people = tuple(replace(person, preferences=wishes) for person in problem.officers)
    rules = (*problem.rules, Preferences()) if beside else problem.rules
    return replace(problem, officers=people, rules=rules)


def lines_agree(problem: Problem) -> tuple[bool, bool]:
    """Hold pricing to CP-SAT and to the checks.

    Returns:
        whether pricing claims to be exact, and whether it found a line where there is one.
    """
    counting = Counting.of(problem)
    pricer = LinePricer(counting, Allowed.of(problem))
    prices = np.zeros(problem.starts.shape)
    floor, row = pricer.floor(0, prices)
    line = pricer.best_line(0, prices)
    best = cheapest_points(problem)
    tally = Tally(counting, counting.empty())
    if best is None:
        assert line is None
        assert np.isinf(floor) or not pricer.is_exact(0)
        return pricer.is_exact(0), True
    assert floor <= best + 1e-6
    if pricer.is_exact(0):
        score = tally.score_line(0, row)
        assert (score.unlawful, score.points) == (0, best)
        assert floor == pytest.approx(best)
        assert line is not None
        assert line.points == best
    if line is not None:
        score = tally.score_line(0, line.row)
        assert (score.unlawful, score.points) == (0, line.points)
        assert line.cost == pytest.approx(line.points)
        assert line.points >= best
    return pricer.is_exact(0), line is not None


def hold_to_each_other(rule: type[Rule], examples: int, *, by_chance: bool) -> Counter[str]:
    """Run the agreement over so many arbitrary problems; count what was exact and what found."""
    seen: Counter[str] = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=not by_chance,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(problems(rule), st.sampled_from(WEIGHTS), st.integers(0, 2**32))
    def run(sample: tuple[Problem, Choices], weight: Weight, seed: int) -> None:
        problem, _ = sample
        if rule is not Preferences:
            own = replace(problem.rules[0], weight=weight)
            problem = replace(problem, rules=(own,))
        problem = with_wishes(problem, seed, beside=rule is not Preferences)
        is_exact, is_found = lines_agree(problem)
        if rule.code in EXACT and not isinstance(weight, tuple):
            assert is_exact
        seen["lines"] += 1
        seen["exact"] += is_exact
        seen["found"] += is_found

    run()
    return seen


@pytest.mark.parametrize("code", LINE_RULES)
def test_the_cheapest_line_is_the_solvers(code: str) -> None:
    """Pricing bounds every line, and where it claims to be exact its line is CP-SAT's best."""
    seen = hold_to_each_other(LINE_RULES[code], EXAMPLES, by_chance=False)
    assert seen["found"] >= 0.7 * seen["lines"], seen


def tours_before(problem: Problem, days: dict[int, int]) -> tuple[Tour, ...]:
    """History: a shift on each of some days before the period."""
    return tuple(
        Tour(day, SHIFTS[shift].code, SHIFTS[shift].kind, start, start + SHIFTS[shift].minutes)
        for day, shift in sorted(days.items())
        for start in [problem.instant(day, SHIFTS[shift].start)]
    )


def people(problem: Problem) -> tuple[Officer, ...]:
    """Officers after nights, after a long run, part time, with fixed days, and with none of it."""
    nights = tours_before(problem, {-3: 2, -2: 2, -1: 2})
    long = tours_before(problem, dict.fromkeys(range(-5, 0), 0))
    fixed = {2: OfficerDay(kind="night"), 9: OfficerDay(shift="E"), 10: OfficerDay()}
    return (
        officer(0, 80, history=nights, known_from=-14),
        officer(1, 80, history=long, known_from=-14),
        officer(2, 40),
        officer(3, 80, days=fixed),
        officer(4, 80),
    )


@pytest.mark.parametrize("seed", range(3))
def test_lines_under_every_rule_are_lawful(seed: int) -> None:
    """With every rule in force and history behind it, each line found passes every check."""
    problem = room(officers=5)
    problem = with_wishes(replace(problem, officers=people(problem)), seed, beside=False)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    pricer, tally = LinePricer(counting, allowed), Tally(counting, counting.empty())
    chance = np.random.default_rng(seed)
    for index in range(5):
        prices = chance.normal(-20.0, 100.0, problem.starts.shape)
        rests = chance.normal(0.0, 20.0, problem.days)
        line = pricer.best_line(index, prices, rests)
        assert line is not None
        score = tally.score_line(index, line.row)
        assert (score.unlawful, score.points) == (0, line.points)
        days = np.flatnonzero(line.row != REST)
        cost = prices[days, line.row[days]].sum() + rests[line.row == REST].sum() + line.points
        assert line.cost == pytest.approx(cost)
        assert pricer.floor(index, prices, rests)[0] <= cost + 1e-6


def test_a_line_goes_where_people_are_missing() -> None:
    """At the prices of cover a line saves just what the tally says it saves."""
    problem = room(officers=3, needed=2)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    choices = counting.empty()
    pricer = LinePricer(counting, allowed)
    for index in range(3):
        line = pricer.best_line(index, cover_prices(counting, choices, index))
        assert line is not None
        before = Tally(counting, choices)
        choices[index] = line.row
        after = Tally(counting, choices)
        change = (
            after.objective
            - before.objective
            + before.score_line(index, before.choices[index]).points
        )
        assert change == round(line.cost)


def test_a_long_line_keeps_to_a_steady_pace() -> None:
    """Over twenty weeks a line is found within its corridor, lawful, and no bound is claimed."""
    problem = room(officers=1, days=140, needed=0)
    problem = replace(problem, shifts=(*SHIFTS, Shift("S", "early", 8 * 60, 435)))
    pricer = LinePricer(Counting.of(problem), Allowed.of(problem))
    chance = np.random.default_rng(1)
    line = pricer.best_line(0, chance.normal(0.0, 100.0, problem.starts.shape))
    assert line is not None
    assert Tally(Counting.of(problem), line.row[np.newaxis]).unlawful == []
    assert not pricer.bounds(0)


@pytest.mark.parametrize(("days", "are_held"), [(28, True), (364, False)])
def test_states_stay_few_over_long_periods(days: int, are_held: bool) -> None:
    """Over four weeks states hold a limit on nights; over a year a price keeps lines to it."""
    problem = room(officers=1, days=days, needed=0)
    rules = tuple(rule for rule in problem.rules if rule.code in {"one_tour", "most_tours"})
    limited = replace(problem.officers[0], terms={"most_tours": {"limits": "N=20"}})
    problem = replace(problem, officers=(limited,), rules=rules)
    pricer = LinePricer(Counting.of(problem), Allowed.of(problem))
    assert pricer.is_exact(0) == are_held
    prices = np.full(problem.starts.shape, 5.0)
    prices[:, 2] = -np.linspace(1.0, 9.0, days)
    line = pricer.best_line(0, prices)
    assert line is not None
    assert (line.row == 2).sum() <= 20
    assert Tally(Counting.of(problem), line.row[np.newaxis]).unlawful == []


@pytest.mark.parametrize("seed", range(2))
def test_limits_are_held_where_lines_come_up_to_them(seed: int) -> None:
    """With a limit on every shift, lines at prices that change are the solver's best each time."""
    problem = room(officers=1, needed=0)
    limited = officer(0, 60, terms={"most_tours": {"limits": "E=3, L=2, N=4"}})
    kept = {"one_tour", "most_tours", "contracted_hours", "daily_rest"}
    rules = (*(rule for rule in problem.rules if rule.code in kept), Preferences())
    problem = replace(problem, officers=(limited,), rules=rules)
    pricer = LinePricer(Counting.of(problem), Allowed.of(problem))
    assert pricer.is_exact(0)
    chance = np.random.default_rng(seed)
    for liked in (*range(3), 0):
        prices = -chance.integers(1, 9, problem.starts.shape)
        prices[:, liked] -= 9
        wishes = tuple(
            Preference(day, -int(price), wants=True, shifts=frozenset({SHIFTS[shift].code}))
            for (day, shift), price in np.ndenumerate(prices)
        )
        asked = replace(problem, officers=(replace(limited, preferences=wishes),))
        cost, row = pricer.floor(0, prices.astype(float))
        assert cost - prices.sum() == pytest.approx(cheapest_points(asked))
        assert not Tally(Counting.of(problem), row[np.newaxis]).unlawful


@pytest.mark.nightly
@pytest.mark.parametrize("code", LINE_RULES)
def test_the_cheapest_line_is_the_solvers_at_length(code: str) -> None:
    """Pricing and CP-SAT agree over many more problems, drawn anew each night."""
    hold_to_each_other(LINE_RULES[code], MANY_EXAMPLES, by_chance=True)
