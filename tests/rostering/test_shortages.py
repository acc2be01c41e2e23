"""For people who are missing it is told what binds, in one stretch and in the room as a whole."""

from __future__ import annotations

import pytest

from rostering.cover_grid import Counting
from rostering.problem import Choices, Problem
from rostering.search.fewest_missing import fewest_missing
from rostering.shortages.room import Cause, room_shortage
from rostering.shortages.stretch import Shortage, shortage
from rostering.shortages.words import remedy_words, room_words, shortage_words
from rostering.standing import Standing
from tests.rostering.rooms import annealed, room
from tests.rostering.short_rooms import (
    DAYS,
    EARLY,
    FEW_WITH_A_SKILL,
    SHORT,
    both,
    needing,
    people,
    working,
)

SECONDS = 20.0


def first_shortage(problem: Problem, choices: Choices) -> Shortage:
    """What binds on the last day on which people are missing."""
    standing = Standing.of(Counting.of(problem), choices)
    assert standing.counting.missing_minutes(choices)
    for day in reversed(range(problem.days)):
        found = shortage(standing, problem.midnight(day), problem.midnight(day + 1))
        if found is not None:
            return found
    raise AssertionError("nobody is missing")


@pytest.mark.parametrize("name", SHORT)
def test_what_is_short_is_named(name: str) -> None:
    """Where exactly one thing is short, it binds in the stretch and in the room, in words too."""
    resource, problem, choices = SHORT[name]
    found = first_shortage(problem, choices)
    assert found.binds == resource
    whole = room_shortage(problem, SECONDS)
    assert whole is not None
    assert [cause.resources for cause in whole.causes] == [(resource,)]
    assert whole.is_whole
    missing = Counting.of(problem).missing_minutes(choices)
    assert 0 < whole.causes[0].minutes == whole.forced <= missing
    for words in (shortage_words(problem, found), remedy_words(problem, found),
                  *room_words(problem, missing, whole)):  # fmt: skip
        assert words.endswith((".", ":"))


def test_too_few_with_a_skill_are_not_too_few_people() -> None:
    """Where others are there who lack the skill, the skill is what binds in the room."""
    whole = room_shortage(FEW_WITH_A_SKILL, SECONDS)
    assert whole is not None
    assert whole.causes == (Cause(("skill",), DAYS * 480),)
    words = room_words(FEW_WITH_A_SKILL, DAYS * 480, whole)
    assert words == (
        "56 person-hours are missing in all. At least 56 person-hours are missing in any lawful "
        "roster:",
        "56 person-hours because of skills that too few people hold.",
    )


def test_two_things_that_bind_together_are_named_together() -> None:
    """Where neither alone would help, both are named as one cause."""
    whole = room_shortage(both(), SECONDS)
    assert whole is not None
    (cause,) = whole.causes
    assert set(cause.resources) == {"hours", "rest"}
    assert cause.minutes == whole.forced == 3 * 480


def test_longer_contracts_are_told_by_what_they_bring() -> None:
    """Eight more hours a week, where hours bind, are a shift that is no longer missing."""
    _, problem, choices = SHORT["contracted hours"]
    whole = room_shortage(problem, SECONDS)
    assert whole is not None
    assert {(each.skill, each.minutes) for each in whole.more_hours} == {("999", 480)}
    missing = Counting.of(problem).missing_minutes(choices)
    assert room_words(problem, missing, whole)[1:] == (
        "24 person-hours because of contracted hours, which are all used.",
        "Eight more hours a week of people with 999 would remove 8 person-hours.",
    )


def test_a_stretch_is_told_in_words() -> None:
    """Where everybody is, what binds, and who it is about."""
    _, problem, choices = SHORT["leave"]
    found = first_shortage(problem, choices)
    assert shortage_words(problem, found) == (
        "Of 3 people with 999, on Sunday 7 June at 07:00: 1 is on duty and 2 are on leave or away. "
        "What binds: leave and other times away."
    )
    assert remedy_words(problem, found).endswith("It is about Officer 1 and Officer 2.")


def test_who_could_come_is_named() -> None:
    """Where somebody could come with every rule kept, nothing binds, and they are named."""
    problem = needing(people(2))
    found = first_shortage(problem, working(problem, [EARLY] * 6 + [-1], [-1] * 7))
    assert found.binds is None
    assert "Officer 0 and Officer 1 could come with every rule kept" in shortage_words(
        problem, found
    )


def test_who_is_one_too_many_elsewhere_could_come() -> None:
    """Who works a shift on which nobody would be missing could be moved; else nobody could."""
    for number, binds in ((2, None), (1, "elsewhere")):
        problem = needing(people(number), hours=range(7, 19))
        choices = working(problem, *[[EARLY] * 7] * number)
        assert first_shortage(problem, choices).binds == binds


def test_no_lawful_roster_misses_fewer() -> None:
    """What must be missing is never more than what a lawful roster misses."""
    problem = room(officers=4, needed=2)
    fewest = fewest_missing(problem, SECONDS)
    assert fewest is not None
    assert 0 < fewest <= Counting.of(problem).missing_minutes(annealed(problem)) + 1e-6
