"""Officers and staff in one room: each is judged by the numbers of their own rulebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from rostering.compiled.evaluate import score_lines
from rostering.compiled.program import tables
from rostering.errors import InputError
from rostering.problem import REST, Choices, Officer, Problem, Roster, Shift
from rostering.rulebooks import Rulebook, shipped
from rostering.rulebooks.mixed import joint_rules, terms_under
from rostering.rules.apart import Apart
from rostering.rules.base import LineRule, Rule, on_terms_of
from rostering.rules.consecutive_nights import ConsecutiveNights
from rostering.rules.daily_rest import DailyRest
from rostering.rules.rest_day_interval import RestDayInterval
from rostering.rules.weekly_rest import WeeklyRest
from rostering.verify import verify
from tests.rostering.test_agreement import solved

EARLY = Shift("E", "early", 10 * 60, 480)
LATE = Shift("L", "late", 14 * 60, 480)
DAYS = 14


def a_book(title: str, *rules: Rule) -> Rulebook:
    """A rulebook of these rules and nothing else."""
    sources = {rule.code: "the force" for rule in rules}
    return replace(shipped(), title=title, rules=rules, sources=sources)


OFFICERS = a_book("Officers", DailyRest(), RestDayInterval(most=7), WeeklyRest())
STAFF = a_book("Staff", DailyRest(minutes=780), ConsecutiveNights(most=2), WeeklyRest(mode="24in7"))
"""Staff of this room: 13 h between shifts, weekly rest by the week, no more than two nights in a
row, and nothing of days between rest days."""


def room(*choices: list[int]) -> tuple[Problem, Choices]:
    """An officer and a member of staff who work these lines in one room."""
    rules = joint_rules([OFFICERS, STAFF])
    people = tuple(
        Officer(name, name, frozenset({"a"}), 0, 20_000, terms=terms_under(rules, book))
        for name, book in (("officer", OFFICERS), ("staff", STAFF))
    )
    problem = Problem(
        "mixed", date(2026, 10, 19), DAYS, "Europe/London", (EARLY, LATE), people, rules
    )
    return problem, np.array(choices, dtype=np.int16)


def by_check(problem: Problem, choices: Choices) -> list[bool]:
    """Who breaks a hard rule by the rules' own checks."""
    hard = verify(problem, Roster.from_choices(problem, choices)).hard
    return [any(b.officer == person.id for b in hard) for person in problem.officers]


def by_solver(problem: Problem, choices: Choices) -> list[bool]:
    """Whose line the solver refuses."""
    found = []
    for index, person in enumerate(problem.officers):
        alone = replace(problem, officers=(person,))
        found.append(solved(alone, choices[index : index + 1]) is None)
    return found


def by_compiled(problem: Problem, choices: Choices) -> list[bool]:
    """Whose line compiled code finds unlawful."""
    return [score.over + score.lack > 0 for score in score_lines(choices, tables(problem))]


LATE_THEN_EARLY = [1, 0, *[REST] * 12]
EIGHT_DAYS = [REST, REST, *[0] * 8, *[REST] * 4]


@pytest.mark.parametrize("judged", [by_check, by_solver, by_compiled])
def test_each_is_judged_by_their_own_numbers(
    judged: Callable[[Problem, Choices], list[bool]],
) -> None:
    """The same line may be lawful for an officer and not for staff, and the other way round."""
    problem, choices = room(LATE_THEN_EARLY, LATE_THEN_EARLY)
    assert judged(problem, choices) == [False, True]
    problem, choices = room(EIGHT_DAYS, EIGHT_DAYS)
    rested = tuple(replace(o, terms={**o.terms, "weekly_rest": None}) for o in problem.officers)
    assert judged(replace(problem, officers=rested), choices) == [True, False]


def test_a_rule_of_one_book_alone_is_in_force_for_its_people_alone() -> None:
    """Staff have no limit of days between rest days, officers none of nights in a row."""
    problem, _ = room([REST] * DAYS, [REST] * DAYS)
    officer, staff = (
        {rule.code for rule in on_terms_of(o, problem.rules)} for o in problem.officers
    )
    assert officer == {"daily_rest", "weekly_rest", "rest_day_interval"}
    assert staff == {"daily_rest", "weekly_rest", "consecutive_nights"}


def test_everyone_has_exactly_the_rules_of_their_own_book() -> None:
    """On the terms of its people a joint rulebook is each of the shipped books it was made of."""
    books = [shipped("police_officers_ew"), shipped("police_staff_ew")]
    rules = joint_rules(books)
    for book in books:
        person = Officer("p", "P", frozenset({"a"}), 0, 0, terms=terms_under(rules, book))
        own = [rule for rule in book.rules if isinstance(rule, LineRule)]
        assert list(on_terms_of(person, rules)) == own


def test_a_rule_that_is_hard_in_one_book_and_priced_in_another_is_refused() -> None:
    """Hard or priced is for the whole room, so books that differ in it are refused by name."""
    priced = a_book("Staff", DailyRest(weight=3))
    for books in ([OFFICERS, priced], [priced, OFFICERS]):
        with pytest.raises(InputError, match=r"Daily rest may never be broken .* Officers but"):
            joint_rules(books)


def test_of_two_prices_the_earlier_holds() -> None:
    """A price is for the whole room: that of the room's own book."""
    books = [a_book(str(price), DailyRest(weight=price)) for price in (3, 5)]
    assert joint_rules(books) == (DailyRest(weight=3),)
    assert terms_under(joint_rules(books), books[1]) == {}


def test_who_works_with_whom_is_said_by_the_rooms_own_book() -> None:
    """Bonds tie people of both books, so the first book says whether they are always kept."""
    first, second = a_book("Officers", Apart(weight=None)), a_book("Staff", Apart(weight=5))
    assert joint_rules([first, second]) == (Apart(weight=None),)
    assert joint_rules([second, first]) == (Apart(weight=5),)
