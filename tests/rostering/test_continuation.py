"""A line that is lawful leaves the next period a lawful way to go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from rostering.problem import REST, Choices, Problem, Roster
from rostering.rules.registry import LINE_RULES
from rostering.rules.weekly_rest import WeeklyRest
from rostering.verify import verify
from tests.rostering.boundary import PLAIN, starting
from tests.rostering.rule_numbers import rule_numbers
from tests.rostering.samples import problems

OWED = {
    "contracted_hours", "officer_days", "preferences", "long_wishes", "stability", "fewest_days_on",
}  # fmt: skip
"""Rules that ask for tours of the next period itself, which rest alone does not give."""


def following(problem: Problem, choices: Choices, days: int) -> Problem:
    """The days after a period, the period itself worked as in `choices`."""
    tours = Roster.from_choices(problem, choices).tours
    officers = tuple(
        replace(
            officer,
            history=tuple(
                replace(tour, day=tour.day - problem.days)
                for tour in (*officer.history, *tours[officer.id])
            ),
            known_from=officer.known_from - problem.days,
            days={},
            unavailable=(),
            preferences=(),
        )
        for officer in problem.officers
    )
    return replace(problem, first_day=problem.date_of(problem.days), days=days, officers=officers)


@pytest.mark.parametrize("code", [code for code in LINE_RULES if code not in OWED])
def test_rest_may_follow_every_lawful_line(code: str) -> None:
    """Of a line that keeps a rule nobody is forced to break it: two weeks of rest keep it too."""
    assert LINE_RULES[code] in rule_numbers

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(problems(LINE_RULES[code]))
    def run(sample: tuple[Problem, Choices]) -> None:
        problem, choices = sample
        hard = replace(problem, rules=(replace(problem.rules[0], weight=None),))
        assume(verify(hard, Roster.from_choices(hard, choices)).is_legal)
        then = following(hard, choices, 14)
        resting = np.full((1, 14), REST, dtype=np.int16)
        assert verify(then, Roster.from_choices(then, resting)).is_legal

    run()


def test_a_line_that_leaves_no_weekly_rest_says_what_comes_too_late() -> None:
    """The rest before Tuesday 14:00 is the only one of 35 h: the day after the week is too late.

    Single days off lie between a late that ends at 22:00 and an early at 06:00, which are 32 h.
    """
    late, early = starting(14 * 60), starting(6 * 60)
    line = {1: 0, 2: 0, 4: 1, 5: 0, 6: 0}
    rules = (WeeklyRest(mode="24in7"),)
    bare = Problem("week", date(2026, 6, 1), 7, "UTC", (late, early), (PLAIN,), rules)
    choices = np.full((1, 7), REST, dtype=np.int16)
    for day, shift in line.items():
        choices[0, day] = shift
    said = [breach.words for breach in verify(bare, Roster.from_choices(bare, choices)).hard]
    assert said == [
        "Officer has no weekly rest in the 7 days from Tuesday 2 June, even with 1 day off after "
        "this period: the longest gap is 32 h; the rule is 35 h, daily rest included."
    ]
