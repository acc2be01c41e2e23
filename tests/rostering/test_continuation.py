"""A line that is lawful leaves the next period a lawful way to go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from rostering.afterwards import broken_afterwards
from rostering.problem import REST, Choices, Problem, Roster
from rostering.rules.consecutive_days import ConsecutiveDays
from rostering.rules.daily_rest import DailyRest
from rostering.rules.registry import LINE_RULES
from rostering.rules.weekly_rest import WeeklyRest
from rostering.verify import verify
from tests.rostering.boundary import NIGHT, PLAIN, starting
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
    hold_to_rest(code, 10)


@pytest.mark.nightly
@pytest.mark.parametrize("code", [code for code in LINE_RULES if code not in OWED])
def test_rest_may_follow_many_lawful_lines(code: str) -> None:
    """The same of many lines."""
    hold_to_rest(code, 200)


def hold_to_rest(code: str, examples: int) -> None:
    """Let two weeks of rest follow so many lines that keep a rule, and keep it."""
    assert LINE_RULES[code] in rule_numbers

    @settings(
        max_examples=examples,
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


def test_a_change_is_held_to_the_days_after_it_where_they_are_known() -> None:
    """Two more days make a run of seven with the five after the period; the old night stays told.

    What the line broke before the change is not told again, nor is what has no tour after it.
    """
    early, night = starting(7 * 60), NIGHT
    rules = (DailyRest(), ConsecutiveDays(most=6))
    week = Problem("week", date(2026, 6, 1), 7, "UTC", (early, night), (PLAIN,), rules)
    next_week = replace(week, first_day=week.date_of(0), days=14)
    later = tuple(next_week.tour(day, 0) for day in range(7, 12))

    def made(before: dict[int, int], after: dict[int, int]) -> list[str]:
        lines = [tuple(week.tour(day, shift) for day, shift in sorted(line.items()))
                 for line in (before, after)]  # fmt: skip
        return [each.words for each in broken_afterwards(week, PLAIN, *lines, later)]

    assert made({0: 0}, {0: 0, 6: 0}) == []
    assert made({0: 0}, {0: 0, 5: 0, 6: 0}) == [
        "Officer works 7 days in a row from Saturday 6 June; the most is 6."
    ]
    assert made({6: 1}, {4: 0, 6: 1}) == []
    assert made({4: 0}, {4: 0, 6: 1}) == [
        "Officer would have 1 h of rest between Sunday 7 June and Monday 8 June; the rule is 11 h."
    ]
    assert broken_afterwards(week, PLAIN, (), (week.tour(6, 1),), ()) == ()


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
