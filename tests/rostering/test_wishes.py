"""Wishes about several days: what they cost, how they are said, and what cannot be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from ortools.sat.python import cp_model

from rostering.cover_grid import Counting
from rostering.errors import InputError
from rostering.model import RosterModel
from rostering.problem import REST, Bond, Choices, Problem, Roster
from rostering.rules.long_wishes import LongWishes, lost_of
from rostering.rules.registry import RULES
from rostering.rules.wished_apart import WishedApart
from rostering.rules.wished_with import WishedWith
from rostering.verify import verify
from rostering.wish_words import long_wish_words
from rostering.wishes import DaysWish, LongWish, RunWish
from tests.rostering.rooms import officer, room
from tests.rostering.samples import problems


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(problems(LongWishes))
def test_a_wish_costs_at_most_its_points(sample: tuple[Problem, Choices]) -> None:
    """Whatever the roster, nobody gains by asking about more days: the points are the most."""
    problem, choices = sample
    roster = Roster.from_choices(problem, choices)
    for person in problem.officers:
        for wish in person.long_wishes:
            lost, _, _ = lost_of(problem, person, roster.line(person), wish)
            assert 0 <= lost <= wish.points


def test_more_days_weigh_no_more_in_all() -> None:
    """All days worked lose all points, be they two or ten; one of ten loses a tenth of them."""
    person = officer(0, 40)
    problem = room(officers=1)
    for days in (2, 10):
        wish = DaysWish(frozenset(range(days)), 10)
        for worked, points in ((days, 10), (1, 10 // days), (0, 0)):
            choices = np.full((1, problem.days), REST, dtype=np.int16)
            choices[0, :worked] = 0
            line = Roster.from_choices(problem, choices).line(person)
            assert lost_of(problem, person, line, wish)[0] == points


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (DaysWish(frozenset({1, 8}), 3, earliest=600), "a start at 10:00 or later on Tuesdays"),
        (
            DaysWish(frozenset({2}), 3, latest=1800),
            "a finish by 06:00 the day after on Wednesday 3 June",
        ),
        (
            DaysWish(frozenset({3, 4}), 3, earliest=540, latest=960),
            "a start at 09:00 or later and a finish by 16:00 from Thursday 4 June to Friday 5 June",
        ),
        (DaysWish(frozenset({5, 6, 12, 13}), 3), "to be off on Saturdays and Sundays"),
        (DaysWish(frozenset({1, 4}), 3), "to be off on Tuesday 2 June and Friday 5 June"),
        (DaysWish(frozenset({0, 2, 4, 9}), 3), "to be off on 4 days"),
        (
            DaysWish(frozenset(range(14)), 3, kinds=frozenset({"night"})),
            "no night in the whole period",
        ),
        (
            DaysWish(frozenset(range(14)), 3, wants=True, kinds=frozenset({"early", "late"})),
            "early or late shifts alone in the whole period",
        ),
        (RunWish(3, longest=4), "at most 4 days of work in a row"),
        (RunWish(3, shortest=1), "at least 1 day of work in a row"),
        (RunWish(3, of="rest", shortest=3), "at least 3 days off in a row"),
    ],
)  # fmt: skip
def test_a_wish_is_said_in_plain_words(wish: LongWish, words: str) -> None:
    """What is asked is said as an officer would."""
    assert long_wish_words(room(), wish) == words


@pytest.mark.parametrize(
    "make",
    [
        lambda: DaysWish(frozenset(), 3),
        lambda: DaysWish(frozenset({1}), 3, kinds=frozenset({"night"}), earliest=60),
        lambda: DaysWish(frozenset({1}), 3, wants=True),
        lambda: RunWish(3),
        lambda: RunWish(3, longest=3, shortest=2),
        lambda: RunWish(3, of="rest", longest=3),
        lambda: Bond("wished_with", "o0", ("o1",), unit=0),
    ],
)
def test_a_wish_asks_one_thing(make: Callable[[], object]) -> None:
    """A wish that asks nothing, or two things, cannot be made."""
    with pytest.raises(InputError):
        make()


@pytest.mark.parametrize("rule", [WishedWith(), WishedApart()])
def test_company_that_was_wished_for_names_nobody_to_the_officer(
    rule: WishedWith | WishedApart,
) -> None:
    """The manager reads who it is about, the officer that it is a colleague."""
    bond = Bond(rule.kind, "o0", ("o1",), unit=120)
    problem = replace(room(officers=2), rules=(rule,), bonds=(bond,))
    choices = np.full((2, problem.days), REST, dtype=np.int16)
    choices[:, 3] = [0, 0 if rule.kind == "wished_apart" else REST]
    (breach,) = verify(problem, Roster.from_choices(problem, choices)).priced
    assert "Officer 1" in breach.words
    assert breach.own_words is not None
    assert "Officer 1" not in breach.own_words
    assert "a colleague" in breach.own_words


def test_the_model_meets_what_costs_nothing() -> None:
    """With nobody needed, the best roster gives everyone the days and times they like."""
    asked: tuple[LongWish, ...] = (
        DaysWish(frozenset(range(14)), 10, kinds=frozenset({"night"})),
        DaysWish(frozenset({5, 6, 12, 13}), 10),
        DaysWish(frozenset({1, 8}), 10, earliest=14 * 60),
        RunWish(10, longest=3),
    )
    people = tuple(officer(number, 72, long_wishes=(each,)) for number, each in enumerate(asked))
    problem = room(officers=4, needed=0)
    kept = [RULES[code]() for code in ("daily_rest", "contracted_hours", "long_wishes")]
    problem = replace(problem, officers=people, rules=tuple(kept))
    choices = np.full((4, problem.days), REST, dtype=np.int16)
    model = RosterModel(Counting.of(problem), choices, np.ones(choices.shape, dtype=bool))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.model) == cp_model.OPTIMAL
    verdict = verify(problem, Roster.from_choices(problem, model.choices(solver)))
    assert (verdict.is_legal, verdict.points["long_wishes"]) == (True, 0)
