"""The parts of the search, each on its own."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from rostering.allowed import Allowed
from rostering.benchmark.control_room import control_room
from rostering.benchmark.reading import instance_of
from rostering.benchmark.translation import problem_of
from rostering.compiled.anneal import Annealer
from rostering.compiled.cover import cover_tables
from rostering.cover_grid import Counting
from rostering.diagnose import impossible_lines
from rostering.errors import InputError
from rostering.pricing.best_line import LinePricer
from rostering.problem import REST, Choices, Problem, Roster, Tour
from rostering.rules.cover import Covered, on_duty, shortage_points
from rostering.rules.registry import LINE_RULES, RULES
from rostering.search.improve import Improver
from rostering.search.lines import first_line
from rostering.search.neighbourhoods import NEIGHBOURHOODS, View
from rostering.search.pace import ByWork, Part
from rostering.search.relines import Relines
from rostering.tally import Tally
from rostering.verify import verify
from tests.rostering.benchmark.making import made_up
from tests.rostering.rooms import annealed, officer, priced_by_interval, room


def arbitrary(problem: Problem, seed: int) -> Choices:
    """Any choices at all, lawful or not."""
    shape = (len(problem.officers), problem.days)
    chance = np.random.default_rng(seed)
    return chance.integers(REST, len(problem.shifts), shape).astype(np.int16)


@pytest.mark.parametrize("seed", range(5))
def test_arrays_count_cover_as_the_check_does(seed: int) -> None:
    """People on duty and points of shortage are the same on arrays and tour by tour."""
    problem = priced_by_interval(room(needed=2), seed)
    choices = arbitrary(problem, seed)
    roster = Roster.from_choices(problem, choices)
    (grid,) = Counting.of(problem).grids
    assert np.array_equal(grid.on_duty(choices), on_duty(problem, roster, problem.cover[0]))
    for missing in np.arange(-3, 6):
        told = [shortage_points(grid.cover, at, int(missing)) for at in range(len(grid.prices.row))]
        assert grid.prices.points(np.full(len(told), missing)).tolist() == told


@pytest.mark.parametrize("seed", range(5))
def test_the_tally_is_the_verdict(seed: int) -> None:
    """The running score and the checker agree on any roster."""
    problem = room(needed=2)
    choices = arbitrary(problem, seed)
    tally = Tally(Counting.of(problem), choices)
    verdict = verify(problem, Roster.from_choices(problem, choices))
    assert tally.objective == verdict.objective
    assert bool(tally.unlawful) == bool(verdict.hard)
    assert {problem.officers[index].id for index in tally.unlawful} == {
        breach.officer for breach in verdict.hard
    }


def test_the_tally_refuses_what_is_worse() -> None:
    """A change that breaks a rule or costs points leaves the roster as it was."""
    problem = room()
    choices = annealed(problem)
    tally = Tally(Counting.of(problem), choices)
    points = tally.objective
    working = np.argwhere(choices != REST)
    assert not tally.accept([(int(o), int(d), REST) for o, d in working])
    assert not tally.accept([(0, day, 2) for day in range(problem.days)])
    assert not tally.accept([])
    assert tally.objective == points
    assert np.array_equal(tally.choices, choices)


def test_annealing_keeps_its_count_of_people() -> None:
    """After many moves kept and undone the people on duty are those of the roster."""
    problem = room(needed=2)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    annealer = Annealer(counting, allowed, allowed.empty(), seed=3)
    annealer.run(20_000, 30.0, 20.0)
    fresh = cover_tables(counting, annealer.choices)
    assert np.array_equal(annealer._cover.missing, fresh.missing)
    assert np.array_equal(annealer._cover.on_shift, fresh.on_shift)
    again = Annealer(counting, allowed, annealer.choices, seed=3)
    for name in ("over", "lack", "points"):
        kept, told = getattr(annealer._lines, name), getattr(again._lines, name)
        assert np.array_equal(kept, told), name


@pytest.mark.parametrize("is_hard", [True, False])
def test_annealing_judges_a_move_as_the_whole_line(is_hard: bool) -> None:
    """What all rules find after many moves, read from their days, is what whole lines break."""
    problem = control_room(6, 1.0, days=21)
    worked = tuple(
        Tour(day, "E06-8", "early", s := problem.instant(day, 360), s + 480)
        for day in range(-9, 0, 2)
    )
    people = tuple(replace(o, history=worked, known_from=-12) for o in problem.officers)
    weight = None if is_hard else (2, 5)
    rules = tuple(RULES[code](weight=weight) for code in LINE_RULES)
    problem = replace(problem, officers=people, rules=(Covered(), *rules))
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    choices = allowed.nearest(arbitrary(problem, 3))
    annealer = Annealer(counting, allowed, choices, seed=4)
    for temperature in (1000.0, 30.0):
        annealer.run(10_000, temperature, 5.0)
        again = Annealer(counting, allowed, annealer.choices, seed=4)
        for name in ("over", "lack", "points"):
            kept, told = getattr(annealer._lines, name), getattr(again._lines, name)
            assert np.array_equal(kept, told), name


def test_annealing_repeats_itself() -> None:
    """The same seed and moves give the same roster."""
    problem = room()
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    rosters = []
    for _ in range(2):
        annealer = Annealer(counting, allowed, allowed.empty(), seed=5)
        annealer.run(5_000, 30.0, 20.0)
        rosters.append(annealer.choices)
    assert np.array_equal(*rosters)


def test_annealed_lines_are_lawful() -> None:
    """Every line that annealing gives back as lawful passes every check."""
    problem = room(officers=12, needed=2)
    verdict = verify(problem, Roster.from_choices(problem, annealed(problem)))
    assert not verdict.hard


@pytest.mark.parametrize("kind", NEIGHBOURHOODS, ids=lambda kind: kind.__name__)
def test_neighbourhoods_keep_to_their_budget(kind: object) -> None:
    """A neighbourhood frees something, only what may move, and within its budget."""
    problem = room(officers=12)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    movable = allowed.movable
    movable[3] = False
    sizes = allowed.shifts.sum(axis=2)
    for seed in range(20):
        chance = np.random.default_rng(seed)
        view = View(counting, allowed, arbitrary(problem, seed), movable, sizes, 150, chance)
        free = kind(view)  # type: ignore[operator]
        assert not (free & ~movable).any()
        assert sizes[free].sum() <= 150 or free.any(axis=1).sum() == 1


def test_a_neighbourhood_solved_is_lawful_and_no_worse() -> None:
    """What CP-SAT makes of a neighbourhood is accepted by the tally, step after step."""
    problem = room(needed=2)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    improver = Improver(counting, allowed, allowed.movable, seed=2)
    tally = Tally(counting, annealed(problem))
    for _ in range(2):
        before = tally.objective
        found = improver.step(tally.choices, ByWork(10.0))
        changes = [
            (int(o), int(d), int(found[o, d])) for o, d in np.argwhere(found != tally.choices)
        ]
        assert not changes or tally.accept(changes)
        assert tally.objective <= before


def test_lines_found_anew_are_lawful_and_cost_what_is_told() -> None:
    """Every roster of lines found anew is lawful, no cheaper than the next, priced as checked."""
    problem = problem_of(instance_of(made_up(days=14, people=5, kinds=2), "small"), "small")
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    relines = Relines(counting, allowed, allowed.empty(), seed=1)
    part = Part(ByWork(1.0), 1.0, math.inf)
    assert not [*relines.first(part)]
    told = [(cost, Tally(counting, choices)) for cost, choices in relines.shake(part)]
    assert told
    assert all(not tally.unlawful and tally.objective == cost for cost, tally in told)
    assert [cost for cost, _ in told] == sorted((cost for cost, _ in told), reverse=True)
    assert part.left <= 0


def test_a_part_of_counted_work_is_its_share_of_the_whole() -> None:
    """Half of ten seconds' work is done when five have been spent, by whomever."""
    whole = ByWork(10.0)
    part = Part(whole, 0.5, math.inf)
    part.spend(2.0)
    whole.spend(0.5)
    assert (part.left, part.share_done, whole.left) == (2.5, 0.5, 7.5)
    assert Part(whole, 0.5, 1.0).length == 1.0


def test_a_first_line_is_lawful_or_nearest() -> None:
    """A line alone keeps every rule; where none can, the nearest comes back and says so."""
    problem = room(officers=1)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    line = first_line(counting, counting.empty(), 0, allowed)
    assert line.is_lawful
    assert not verify(problem, Roster.from_choices(problem, line.row[np.newaxis])).hard
    priced = first_line(counting, counting.empty(), 0, allowed, LinePricer(counting, allowed))
    assert priced.is_lawful
    points = [
        verify(problem, Roster.from_choices(problem, found.row[np.newaxis])).objective
        for found in (priced, line)
    ]
    assert points[0] <= points[1]
    tired = replace(problem, officers=(officer(0, 200),))
    line = first_line(Counting.of(tired), counting.empty(), 0, Allowed.of(tired))
    assert not line.is_lawful
    broken = verify(tired, Roster.from_choices(tired, line.row[np.newaxis])).hard
    assert {breach.rule for breach in broken} <= {"contracted_hours"}


def test_impossible_lines_are_told_by_name() -> None:
    """Only officers without any lawful line are named, each in one sentence that says why."""
    problem = room(officers=3)
    assert impossible_lines(problem) == []
    people = (officer(0, 200), problem.officers[1], officer(2, 200))
    sentences = impossible_lines(replace(problem, officers=people))
    assert len(sentences) == 2
    assert "Officer 0" in sentences[0]
    assert "Officer 2" in sentences[1]
    assert all("contract is at least" in sentence for sentence in sentences)


def test_a_history_that_cannot_be_judged_is_refused() -> None:
    """Two tours on one day, or days before the first known one, are told and not guessed at."""
    problem = room(officers=1)
    yesterday = replace(problem.tour(0, 0), day=-1)
    later = replace(problem.tour(0, 1), day=-1)
    with pytest.raises(InputError, match="one tour a day"):
        officer(0, 80, history=(yesterday, later), known_from=-1)
    with pytest.raises(InputError, match="first known day"):
        officer(0, 80, history=(yesterday,), known_from=0)
