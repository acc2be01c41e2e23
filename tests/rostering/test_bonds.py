"""Who works with whom: check, solver, compiled search and hand edits are of one mind."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from rostering.allowed import Allowed
from rostering.compiled.anneal import Annealer
from rostering.compiled.bonds import bond_tables
from rostering.cover_grid import Counting
from rostering.effect import effect
from rostering.errors import InputError
from rostering.problem import REST, Bond, Choices, OfficerDay, Preference, Problem, Roster
from rostering.reasons.explaining import Explaining
from rostering.remedies import candidates
from rostering.rules.base import Rule, Weight
from rostering.rules.registry import GROUP_RULES, RULES
from rostering.search.bound import counts_bound
from rostering.search.neighbourhoods import NEIGHBOURHOODS, View
from rostering.solve import solve
from rostering.standing import Standing
from rostering.tally import Tally
from rostering.verify import verify
from tests.rostering.bound_samples import BoundBoundary, bound_boundaries
from tests.rostering.rooms import officer, room
from tests.rostering.samples import problems
from tests.rostering.test_agreement import EXAMPLES, MANY_EXAMPLES, solved, weighted

WEIGHTS: tuple[Weight, ...] = (3, (1, 4, 9))

BONDS = (
    Bond("with", "o0", ("o1", "o2"), 30, role="tutor"),
    Bond("together", "o3", ("o4",), 30),
    Bond("apart", "o5", ("o6",)),
)


def agrees(problem: Problem, choices: Choices, weight: Weight) -> bool:
    """Hold model and compiled tables to the check, hard and priced; tell whether it was broken."""
    roster = Roster.from_choices(problem, choices)
    hard = weighted(problem, None)
    breaches = verify(hard, roster).hard
    assert (solved(hard, choices) is None) == bool(breaches)
    assert bond_tables(hard, choices).broken.sum() == sum(breach.excess for breach in breaches)
    assert bool(Tally(Counting.of(hard), choices).unlawful) == bool(breaches)
    priced = weighted(problem, weight)
    points = verify(priced, roster).objective
    solver = solved(priced, choices)
    assert solver is not None
    assert round(solver.objective_value) == points
    assert bond_tables(priced, choices).broken.sum() == points
    assert Tally(Counting.of(priced), choices).objective == points
    return bool(breaches)


def hold_to_each_other(rule: type[Rule], examples: int, *, by_chance: bool) -> None:
    """Run the agreement over arbitrary rosters of three and four officers."""
    seen: Counter[bool] = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=not by_chance,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(problems(rule, 3, 4), st.sampled_from(WEIGHTS))
    def run(sample: tuple[Problem, Choices], weight: Weight) -> None:
        broken = agrees(*sample, weight)
        event(f"broken: {broken}")
        seen[broken] += 1

    run()
    assert seen[True] >= (seen[True] + seen[False]) / 5, seen
    assert seen[False] >= (seen[True] + seen[False]) / 20, seen


@pytest.mark.parametrize("code", GROUP_RULES)
def test_model_and_check_agree(code: str) -> None:
    """The solver refuses lines exactly when the check finds a breach, and prices what it finds."""
    hold_to_each_other(GROUP_RULES[code], EXAMPLES, by_chance=False)


@pytest.mark.nightly
@pytest.mark.parametrize("code", GROUP_RULES)
def test_model_and_check_agree_at_length(code: str) -> None:
    """The agreement holds over many more rosters, drawn anew each night."""
    hold_to_each_other(GROUP_RULES[code], MANY_EXAMPLES, by_chance=True)


@pytest.mark.parametrize("case", bound_boundaries(), ids=lambda c: f"{c.rule.code}-{c.name}")
def test_limits_to_the_quarter_hour(case: BoundBoundary) -> None:
    """Just inside and on its limit a bond is kept, just beyond it is broken by one unit."""
    problem, choices = case.problem()
    breaches = list(case.rule.check(problem, Roster.from_choices(problem, choices)))
    assert sum(breach.excess for breach in breaches) == case.excess
    assert agrees(problem, choices, 3) == bool(case.excess)


@pytest.mark.parametrize("code", GROUP_RULES)
def test_a_part_of_a_roster_is_priced_as_the_whole(code: str) -> None:
    """With some officer-days free, two rosters differ for the solver by what the check says."""

    @settings(
        max_examples=EXAMPLES // 2,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(problems(GROUP_RULES[code], 3, 3), st.integers(0, 2**32))
    def run(sample: tuple[Problem, Choices], seed: int) -> None:
        problem, choices = sample
        chance = np.random.default_rng(seed)
        free = chance.random(choices.shape) < 0.4
        other = np.where(free, chance.integers(REST, len(problem.shifts), choices.shape), choices)
        points, prices = [], []
        for roster in (choices, other.astype(np.int16)):
            solver = solved(problem, roster, free)
            assert solver is not None
            prices.append(round(solver.objective_value))
            points.append(verify(problem, Roster.from_choices(problem, roster)).objective)
        assert prices[0] - prices[1] == points[0] - points[1]

    run()


def hard(problem: Problem) -> Problem:
    """The problem with every bond hard."""
    rules = tuple(
        replace(rule, weight=None) if rule.code in GROUP_RULES else rule for rule in problem.rules
    )
    return replace(problem, rules=rules)


@pytest.mark.parametrize("is_hard", [True, False])
def test_annealing_keeps_its_count_of_bonds(is_hard: bool) -> None:
    """After many moves kept and undone, what is broken is what the roster breaks."""
    problem = replace(room(needed=2), bonds=BONDS)
    problem = hard(problem) if is_hard else problem
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    annealer = Annealer(counting, allowed, allowed.empty(), seed=3)
    annealer.run(20_000, 300.0, 1.0)
    fresh = bond_tables(problem, annealer.choices)
    assert np.array_equal(annealer._bonds.broken, fresh.broken)
    verdict = verify(problem, Roster.from_choices(problem, annealer.choices))
    named = {breach.rule for breach in verdict.hard} & set(GROUP_RULES)
    assert bool(named) == bool(is_hard and fresh.broken.any())
    assert "apart" not in named


def test_a_roster_with_hard_bonds_is_lawful() -> None:
    """A search finds a roster in which every hard bond is kept, and its bound lies below it."""
    problem = hard(replace(room(officers=8, needed=1), bonds=BONDS))
    lawful: list[Roster] = []
    solution = solve(problem, seconds=60.0, on_roster=lawful.append, cancelled=lambda: bool(lawful))
    assert solution.verdict.is_legal, [breach.words for breach in solution.verdict.hard]
    bound = counts_bound(Counting.of(problem), Allowed.of(problem), 30.0)
    assert bound is not None
    assert bound <= solution.verdict.objective


def test_partners_are_freed_together() -> None:
    """A neighbourhood that frees an officer who is bound frees whom it names, as many as fit."""
    problem = replace(room(officers=12), bonds=BONDS)
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    sizes = allowed.shifts.sum(axis=2)
    seen = 0
    for seed in range(20):
        chance = np.random.default_rng(seed)
        choices = allowed.empty()
        view = View(counting, allowed, choices, allowed.movable, sizes, 150, chance)
        for kind in NEIGHBOURHOODS:
            freed = set(np.flatnonzero(kind(view).any(axis=1)).tolist())
            assert len(freed & {3, 4}) != 1 or sizes[3].sum() * (len(freed) + 1) > 150
            seen += {3, 4} <= freed
    assert seen


def test_words_name_both_to_the_manager_and_none_to_the_officer() -> None:
    """Each breach says who lacks whom and when, and has words for the officer without the other."""
    problem = replace(room(officers=7), bonds=BONDS)
    choices = Counting.of(problem).empty()
    choices[0, 2], choices[1, 2] = 2, 1
    choices[3, 4], choices[5, 5], choices[6, 5] = 0, 0, 1
    verdict = verify(problem, Roster.from_choices(problem, choices))
    said = {b.rule: (b.words, b.own_words) for b in verdict.priced if b.rule in GROUP_RULES}
    assert said == {
        "accompanied": (
            "Officer 0 would be without a tutor (Officer 1 or Officer 2) on Wednesday 3 June "
            "from 22:00 to 07:00.",
            "Officer 0 would be without a tutor on Wednesday 3 June from 22:00 to 07:00.",
        ),
        "together": (
            "Officer 3 would be on duty without Officer 4 on Friday 5 June from 07:00 to 15:00.",
            "Officer 3 would be on duty without whom they are kept together with on Friday 5 June "
            "from 07:00 to 15:00.",
        ),
        "apart": (
            "Officer 5 and Officer 6 would be on duty at the same time on Saturday 6 June "
            "from 14:00 to 15:00.",
            "Officer 5 would be on duty with somebody they are kept apart from on Saturday 6 June "
            "from 14:00 to 15:00.",
        ),
    }


def test_a_bond_names_each_once() -> None:
    """A bond without others, or with somebody twice, is refused."""
    for others in ((), ("a",), ("b", "b")):
        with pytest.raises(InputError):
            Bond("with", "a", others)


def tutored(*, is_hard: bool) -> Standing:
    """A student on five earlies with a tutor on the same, somebody to spare, and one who rests."""
    wish = Preference(2, 5, wants=False)
    people = (officer(0, 80), officer(1, 80, preferences=(wish,)), officer(2, 80), officer(3, 40))
    problem = replace(
        room(days=14, needed=0),
        officers=tuple(replace(person, least_minutes=0) for person in people),
        rules=tuple(RULES[code]() for code in ("contracted_hours", "cover", "preferences")),
        bonds=(Bond("with", "o0", ("o1",), role="tutor"), Bond("apart", "o0", ("o3",))),
    )
    problem = replace(problem, rules=(*problem.rules, *(rule() for rule in GROUP_RULES.values())))
    problem = hard(problem) if is_hard else problem
    week = [0] * 5 + [REST] * 2
    lines = [week * 2, week * 2, week * 2, [REST] * 14]
    return Standing.of(Counting.of(problem), np.array(lines, dtype=np.int16))


def test_a_hand_edit_tells_who_would_be_alone() -> None:
    """Taking the tutor away is refused where the bond is hard, and told where it is priced."""
    words = "Officer 0 would be without a tutor (Officer 1) on Wednesday 3 June from 07:00 to 15:00"
    for is_hard in (True, False):
        before = tutored(is_hard=is_hard)
        found = effect(before, before.after([(1, 2, REST)]))
        assert found.is_allowed != is_hard
        (breach,) = found.made or found.worse
        assert breach.words == f"{words}."
        assert found.points == (-5 if is_hard else 32 * 30 - 5)
        back = effect(before.after([(1, 2, REST)]), before)
        assert [b.words for b in back.cleared or back.better] == [f"{words}."]


def test_a_reason_names_nobody_else() -> None:
    """A tutor whose wish would leave the student alone is told so without the student's name."""
    for is_hard, kind in ((True, "rule"), (False, "own")):
        standing = tutored(is_hard=is_hard)
        (wish,) = standing.problem.officers[1].preferences
        reason = Explaining(standing).why_not(1, wish)
        assert reason is not None
        assert reason.kind == kind
        assert reason.stood.endswith(
            "somebody who relies on who else is on duty would be let down."
        )
        assert "Officer" not in reason.words


def test_candidates_are_judged_with_their_bonds() -> None:
    """Who is kept apart from somebody on duty is refused, or costs what the roster would."""
    for is_hard in (True, False):
        standing = tutored(is_hard=is_hard)
        found = candidates(standing, 0, 0, instead_of=2)
        best = {each.officer: each.points for each in found.best}
        whole = effect(standing, standing.after([(2, 0, REST), (3, 0, 0)]))
        assert (3 in best) != is_hard
        assert whole.is_allowed != is_hard
        assert is_hard or best[3] == whole.points
        assert found.refused.get("apart", 0) == int(is_hard)


def test_who_works_fixed_hours_is_worked_around() -> None:
    """Someone whose every day is fixed keeps it, counts as cover, and a student is beside them."""
    plain = room(officers=6, days=14, needed=1)
    week = [0] * 5 + [REST] * 2
    fixed = {
        day: OfficerDay() if choice == REST else OfficerDay(shift=plain.shifts[choice].code)
        for day, choice in enumerate(week * 2)
    }
    people = (replace(plain.officers[0], days=fixed, preferences=()), *plain.officers[1:])
    bond = Bond("with", "o1", ("o0",), 60, role="tutor")
    problem = hard(replace(plain, officers=people, bonds=(bond,)))
    lawful: list[Roster] = []
    solution = solve(problem, seconds=60.0, on_roster=lawful.append, cancelled=lambda: bool(lawful))
    assert solution.verdict.is_legal, [breach.words for breach in solution.verdict.hard]
    choices = solution.roster.to_choices(problem)
    assert choices[0].tolist() == week * 2
    assert set(choices[1]) == {0, REST}


def test_many_tutors_are_not_all_named() -> None:
    """Of more than three the words name three and count the others."""
    tutors = tuple(f"o{number}" for number in range(1, 6))
    problem = replace(room(officers=6), bonds=(Bond("with", "o0", tutors, role="tutor"),))
    choices = Counting.of(problem).empty()
    choices[0, 2] = 0
    (breach,) = Standing.of(Counting.of(problem), choices).bonds[0]
    assert "(Officer 1, Officer 2, Officer 3 or 2 more)" in breach.words
