"""Extra work: whose turn it is, who welcomes it, and that every rule but the contract holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rostering.cover_grid import Counting
from rostering.extras import Had, Welcome, in_turn, plan_extras, with_more_hours
from rostering.problem import REST, Choices, Problem, Roster
from rostering.rules.registry import RULES
from rostering.standing import Standing
from rostering.verify import verify
from tests.rostering.rooms import officer, room

DAY = 24 * 60
EARLY = frozenset({"early"})


def short(people: int = 4, most_minutes: int = 0) -> tuple[Problem, Choices]:
    """A week in which nobody works and somebody is needed on Wednesday from 07:00 to 15:00."""
    problem = room(officers=people, days=7)
    required = np.zeros(7 * 96, dtype=np.int32)
    required[2 * 96 + 28 : 2 * 96 + 60] = 1
    rules = ("contracted_hours", "daily_rest", "consecutive_days", "unavailability", "cover")
    free = tuple(officer(number, 0, most_minutes=most_minutes) for number in range(people))
    problem = replace(
        problem,
        officers=free,
        cover=(replace(problem.cover[0], required=required),),
        rules=tuple(RULES[code]() for code in rules),
    )
    return problem, np.full((people, 7), REST, dtype=np.int16)


def standing(problem: Problem, choices: Choices) -> Standing:
    """How a roster stands."""
    return Standing.of(Counting.of(problem), choices)


def had(*minutes: int, weekly: int = 2400) -> list[Had]:
    """What officers had over the last year, by number."""
    return [Had(f"o{number}", weekly, each) for number, each in enumerate(minutes)]


def test_the_fewest_for_the_contract_come_first() -> None:
    """Half the hours at half the contract is the same; of equals, whose last is longest ago."""
    full = Had("full", 2400, 480, date(2026, 5, 1))
    half = Had("half", 1200, 240, date(2026, 4, 1))
    more = Had("more", 1200, 480, date(2026, 1, 1))
    never = Had("never", 2400)
    none = Had("none", 0)
    order = in_turn([full, more, half, none, never])
    assert [each.officer for each in order] == ["never", "half", "full", "more"]


def test_who_welcomes_it_comes_before_who_is_mandated() -> None:
    """However much they had of it; where nobody does, the one with the fewest is told to."""
    problem, choices = short()
    welcome = [Welcome("o3", 480, {2: EARLY})]
    records = {"welcome": had(0, 0, 0, 9_000), "mandated": had(60, 0, 120, 0)}
    (extra,) = plan_extras(standing(problem, choices), welcome, records, 10)
    assert (extra.officer, extra.day, extra.shift, extra.ground) == ("o3", 2, "E", "welcome")
    assert (extra.minutes, extra.mended) == (480, 480)
    (told,) = plan_extras(standing(problem, choices), [], records, 10)
    assert (told.officer, told.ground) == ("o1", "mandated")


def test_welcome_is_taken_at_its_word() -> None:
    """Other days, other kinds and more hours than were said are not welcome."""
    problem, choices = short()
    records = {"welcome": had(0, 0, 0, 0)}
    for said in (
        Welcome("o3", 479, {2: EARLY}),
        Welcome("o3", 480, {1: EARLY}),
        Welcome("o3", 480, {2: frozenset({"night"})}),
    ):
        assert plan_extras(standing(problem, choices), [said], records, 10) == ()


def test_who_cannot_work_it_lawfully_is_passed_over_and_says_why() -> None:
    """The next in turn is told to, and the rule that spared the first is named."""
    problem, choices = short()
    choices[0, 1] = 2  # a night that ends on Wednesday morning
    records = {"mandated": had(0, 60, 120, 180)}
    (extra,) = plan_extras(standing(problem, choices), [], records, 10)
    assert extra.officer == "o1"
    ((passed, why),) = extra.passed
    assert passed == "o0"
    assert "rest" in why


def test_nobody_is_told_to_come_in_for_less_than_two_hours() -> None:
    """An hour that is missing is left to those who welcome it."""
    problem, choices = short()
    required = problem.cover[0].required.copy()
    required[:] = 0
    required[2 * 96 + 28 : 2 * 96 + 32] = 1
    problem = replace(problem, cover=(replace(problem.cover[0], required=required),))
    records = {"welcome": had(0, 0, 0, 0), "mandated": had(0, 0, 0, 0)}
    assert plan_extras(standing(problem, choices), [], records, 10) == ()
    welcome = [Welcome("o2", 480, {2: EARLY})]
    assert len(plan_extras(standing(problem, choices), welcome, records, 10)) == 1


@given(st.lists(st.integers(0, 3000), min_size=4, max_size=4), st.integers(1, 3))
def test_the_turn_goes_round(minutes: list[int], needed: int) -> None:
    """With several to find, each is given to who has the least by then, and no rule breaks."""
    problem, choices = short()
    required = problem.cover[0].required * needed
    problem = replace(problem, cover=(replace(problem.cover[0], required=required),))
    found = plan_extras(standing(problem, choices), [], {"mandated": had(*minutes)}, 10)
    assert len(found) == needed
    expected = sorted((each, f"o{number}") for number, each in enumerate(minutes))[:needed]
    assert [extra.officer for extra in found] == [name for _, name in expected]
    for extra in found:
        choices[problem.officer_index[extra.officer], extra.day] = problem.shift_index[extra.shift]
    given_minutes = {extra.officer: extra.minutes for extra in found}
    raised = with_more_hours(problem, given_minutes)
    verdict = verify(raised, Roster.from_choices(raised, choices))
    assert verdict.is_legal
    assert verdict.points["cover"] == 0
