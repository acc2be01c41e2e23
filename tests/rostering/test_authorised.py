"""A breach that was authorised stands without making a roster unlawful, and no further one does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.authorised import Authorised
from rostering.cover_grid import Counting
from rostering.effect import effect
from rostering.problem import REST, Choices, Officer, Problem, Roster, Shift
from rostering.remedies import candidates
from rostering.rules.base import Rule
from rostering.rules.daily_rest import DailyRest
from rostering.rules.registry import RULES
from rostering.standing import Standing
from rostering.verify import verify
from tests.rostering.samples import problems

LATE, EARLY = Shift("L", "late", 14 * 60, 480), Shift("E", "early", 8 * 60, 480)
"""Ten hours lie between a late and the early after it: an hour, four quarters, short."""


def a_short_rest(*authorised: Authorised) -> tuple[Problem, Choices]:
    """Two officers of whom the first has ten hours of rest before day 3."""
    officers = tuple(Officer(name, name, frozenset({"a"}), 0, 9999) for name in ("Khan", "Gill"))
    rules = (DailyRest(),)
    bare = Problem("sample", date(2026, 6, 1), 7, "UTC", (LATE, EARLY), officers, rules)
    choices = np.full((2, 7), REST, dtype=np.int16)
    choices[0, 2:4] = 0, 1
    return replace(bare, authorised=authorised), choices


@pytest.mark.parametrize(
    ("authorised", "is_legal"),
    [
        (Authorised("Khan", "daily_rest", 3, 3, 4), True),
        (Authorised("Khan", "daily_rest", 0, 2, 5), True),
        (Authorised("Khan", "daily_rest", 3, 3, 3), False),  # the rest is shorter than was seen
        (Authorised("Khan", "daily_rest", 4, 6, 4), False),  # of other days
        (Authorised("Gill", "daily_rest", 3, 3, 4), False),  # of somebody else
        (Authorised("Khan", "weekly_rest", 3, 3, 4), False),  # of another rule
    ],
)
def test_only_what_was_authorised_may_stand(authorised: Authorised, *, is_legal: bool) -> None:
    """A breach stands where officer, rule and day are those authorised and it goes no further."""
    problem, choices = a_short_rest(authorised)
    verdict = verify(problem, Roster.from_choices(problem, choices))
    assert verdict.is_legal == is_legal
    assert len(verdict.authorised) == int(is_legal)
    assert len(verdict.hard) == int(not is_legal)


def test_nothing_authorised_stands_in_the_way_of_other_changes() -> None:
    """The officer with the authorised breach can take another shift, and the breach is not new."""
    problem, choices = a_short_rest(Authorised("Khan", "daily_rest", 3, 3, 4))
    standing = Standing.of(Counting.of(problem), choices)
    assert effect(standing, standing.after([(0, 5, 0)])).is_allowed
    assert [each.officer for each in candidates(standing, 5, 0).best] == [0, 1]


@st.composite
def rosters(draw: st.DrawFn) -> tuple[Problem, Choices]:
    """A problem of any one rule, hard where it can be, and an arbitrary roster."""
    rule = draw(st.sampled_from([rule for rule in RULES.values() if "cover" not in rule.code]))
    problem, choices = draw(problems(rule, 2, 3))
    rules: tuple[Rule, ...] = (replace(problem.rules[0], weight=None),)
    return replace(problem, rules=rules), choices


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(rosters())
def test_a_roster_of_which_every_breach_is_authorised_is_lawful(
    case: tuple[Problem, Choices],
) -> None:
    """Authorising what is found makes any roster lawful, to the check and to a hand edit alike."""
    problem, choices = case
    roster = Roster.from_choices(problem, choices)
    found = verify(problem, roster).hard
    allowed = tuple(
        Authorised(breach.officer or "", breach.rule, days[0], days[-1], breach.excess)
        for breach in found
        for days in [[tour.day for tour in breach.tours] or [0]]
    )
    lawful = replace(problem, authorised=allowed)
    verdict = verify(lawful, roster)
    assert verdict.is_legal
    assert set(verdict.authorised) == set(found)
    standing = Standing.of(Counting.of(lawful), choices)
    assert not standing.hard
    assert set(standing.authorised) == set(found)
