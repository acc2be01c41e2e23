"""What managers weigh: dials turn the prices of rules, and the price list says what that meant."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from rostering.cover_grid import Counting
from rostering.dials import DIALS, Dials, Level, dials_in, levels_of, moved, turned
from rostering.errors import InputError
from rostering.fairness.portion import Portion
from rostering.files import problem_from_json, problem_to_json
from rostering.prices import price_list
from rostering.prices.words import meanings, yardstick
from rostering.problem import REST, Choices, Preference, Problem, Roster, Told
from rostering.rulebooks import load_rulebook, names
from rostering.rules.base import Dial, Turn
from rostering.rules.fair_shares import FairShares
from rostering.rules.registry import RULES
from rostering.rules.stability import Stability
from rostering.standing import Standing
from rostering.verify import verify
from tests.rostering.rooms import room

TOLD_ELSE = {0: Told("L", 20), 1: Told(None, 3, 150), 2: Told("E", 10)}
"""Days that were told otherwise than the roster below has them, with their notice."""


def with_dials(problem: Problem, **levels: Level) -> Problem:
    """The problem with its dials at these levels."""
    dials = Dials(levels, problem.rules)  # type: ignore[arg-type]
    return replace(problem, rules=turned(problem.rules, dials.levels), dials=dials)


def a_room() -> Problem:
    """Four people, three wishes, and days that were told otherwise."""
    found = room(officers=4, days=7, needed=2)
    wishes = (
        Preference(0, 5, wants=False),
        Preference(3, 3, wants=True, kinds=frozenset({"late"})),
    )
    first = replace(found.officers[0], preferences=wishes, team="A")
    second = replace(found.officers[1], told=TOLD_ELSE, team="B")
    return replace(found, officers=(first, second, *found.officers[2:]))


def a_roster(problem: Problem) -> Choices:
    """Earlies on most days, nights for one."""
    choices = np.full((len(problem.officers), problem.days), REST, dtype=np.int16)
    choices[:3, :5] = 0
    choices[3, 1:5] = 2
    return choices


def listed(problem: Problem, choices: Choices | None = None) -> Standing:
    """How the roster stands."""
    return Standing.of(Counting.of(problem), a_roster(problem) if choices is None else choices)


@pytest.mark.parametrize("name", names())
def test_every_price_of_a_rulebook_has_a_dial(name: str) -> None:
    """What a shipped rulebook prices is turned by a dial, but for company that was agreed."""
    rules = load_rulebook(name)
    without = {rule.code for rule in rules if not rule.is_hard and rule.dial is None}
    assert without <= {"accompanied", "together", "apart"}
    assert set(dials_in(rules)) >= {"shortage", "preferences", "fatigue", "stability", "notice"}


def test_dials_turn_their_rules_alone() -> None:
    """A dial multiplies the prices of the rules that name it, hard rules stay hard."""
    rules = tuple(rule() for rule in RULES.values())
    for rule, after in zip(rules, turned(rules, {"preferences": "most"}), strict=True):
        assert after.is_hard == rule.is_hard
        if rule.dial == "preferences":
            assert after.points(3) == 4 * rule.points(3)
        else:
            assert after == rule


def test_a_half_doubles_everything_else() -> None:
    """Points stay whole: where wishes count half, all other prices are doubled."""
    rules = tuple(rule() for rule in RULES.values() if not rule().is_hard)
    found = turned(rules, {"preferences": "little"})
    for rule, after in zip(rules, found, strict=True):
        by = 1 if rule.dial == "preferences" else 2
        if not isinstance(rule, Stability):
            assert after.points(3) == by * rule.points(3)
    rising = replace(RULES["cover"](), weight=1)
    assert rising.turned(Turn({"shortage": 4}, 2)).weight == 4


@pytest.mark.parametrize(
    ("change", "notice", "prices"),
    [
        (1, 1, [60, 120, 300]),
        (2, 1, [120, 180, 360]),
        (0, 1, [0, 60, 240]),
        (1, 0, [60, 60, 60]),
        (0, 0, [0, 0, 0]),
    ],
)
def test_notice_has_a_dial_of_its_own(change: int, notice: int, prices: list[int]) -> None:
    """One dial turns what any change costs, the other what notice, rest and hours add to it."""
    problem = room(days=7)
    rule = Stability().turned(Turn({"stability": change, "notice": notice}))
    told = [Told("L", 20), Told("L", 10), Told(None, 3, 150)]
    assert [rule.price(problem, each, problem.shifts[0]) for each in told] == prices


def test_people_missing_cannot_be_off() -> None:
    """A roster without a price on missing people would be empty: that dial has no off."""
    assert "off" not in levels_of("shortage")
    assert all("off" in levels_of(dial) for dial in DIALS if dial != "shortage")


@pytest.mark.parametrize(
    "levels",
    [
        {},
        {"preferences": "little", "stability": "off"},
        {"fatigue": "off", "notice": "most", "shortage": "much"},
    ],
)
def test_a_price_list_adds_up(levels: dict[Dial, Level]) -> None:
    """By rule, by day and at the dials, points come to the objective that `verify` finds."""
    problem = with_dials(a_room(), **levels) if levels else a_room()
    standing = listed(problem)
    prices = price_list(standing)
    points = verify(problem, Roster.from_choices(problem, standing.choices)).objective
    assert prices.points == standing.objective == points
    assert sum(prices.by_day) + prices.of_no_day == points
    as_set = listed(a_room())
    assert prices.as_set == as_set.objective
    assert prices.at(prices.levels) * prices.scale == points
    assert prices.at({}) == as_set.objective
    assert [item.points for item in prices.dearest] == sorted(
        (item.points for item in prices.dearest), reverse=True
    )


def test_a_price_list_counts_in_natural_units() -> None:
    """Wishes met of those made, days changed of those told, with their notice and rest taken."""
    prices = price_list(listed(a_room()))
    counts = prices.counts
    assert (counts.wishes, counts.wishes_met) == (2, 0)
    assert (counts.told, counts.changed, counts.soon, counts.late) == (3, 2, 0, 1)
    assert counts.rests_taken == 1
    assert [(team.name, team.people, team.wishes) for team in prices.teams] == [
        ("A", 1, 2),
        ("B", 1, 0),
        ("", 2, 0),
    ]


def test_a_dial_says_what_it_meant() -> None:
    """A wish beside a person missing in the busiest hour, by the prices that there were."""
    problem = a_room()
    measure = yardstick(problem)
    assert measure is not None
    assert measure.points == 4 * problem.cover[0].steps_at(0)[0] == 80
    said = meanings(problem, price_list(listed(problem)), more_late=12.2)
    assert said["preferences"] == (
        "0 of 2 wishes about a day were met.",
        "A wish not met weighed as much as one person missing for 3 min in the busiest hour; "
        "1.5 min at “a little”, 6 min at “much”.",
    )
    assert said["shortage"][1].startswith("About 12 callers more would wait too long")
    much = with_dials(problem, preferences="much")
    assert "for 6 min" in meanings(much, price_list(listed(much)))["preferences"][1]
    off = with_dials(problem, preferences="off")
    assert meanings(off, price_list(listed(off)))["preferences"][1] == (
        "A wish not met cost nothing: the dial stood at off."
    )


def test_dials_are_kept_with_their_problem() -> None:
    """A problem read again has its dials and its turned rules; one as set names none."""
    problem = with_dials(a_room(), preferences="little", notice="off")
    back = problem_from_json(json.loads(json.dumps(problem_to_json(problem))))
    assert back.dials == problem.dials
    assert back.rules == problem.rules
    assert "dials" not in problem_to_json(a_room())


def test_dials_of_a_file_must_fit() -> None:
    """An unknown level and rules of another problem are refused with their place."""
    data = json.loads(json.dumps(problem_to_json(with_dials(a_room(), preferences="much"))))
    data["dials"]["levels"]["shortage"] = "off"
    with pytest.raises(InputError, match="level of this dial"):
        problem_from_json(data)
    del data["dials"]["levels"]["shortage"]
    data["dials"]["as_set"].pop()
    with pytest.raises(InputError, match="the same order"):
        problem_from_json(data)


def test_what_is_as_set_is_not_moved() -> None:
    """Only dials away from what the rulebook sets are told as moved, in their order."""
    assert list(moved({"notice": "off", "fatigue": "as_set", "preferences": "much"})) == [
        "preferences",
        "notice",
    ]


def test_rooms_without_people_have_a_price_list() -> None:
    """An empty room, and one without cover, have a price list that says so."""
    empty = replace(room(officers=0, days=7), cover=())
    prices = price_list(listed(empty, np.zeros((0, 7), dtype=np.int16)))
    assert prices.points == 0
    assert meanings(empty, prices)["shortage"] == ("Nobody was missing.",)


def test_what_nobody_was_told_has_its_price_in_words() -> None:
    """Where nothing that was told changed, a change is compared by the price of the rulebook."""
    problem = room(officers=4, days=7, needed=2)
    said = meanings(problem, price_list(listed(problem)))
    assert said["stability"] == (
        "A day that changes weighs as much as one person missing for 45 min in the busiest hour; "
        "22 min at “a little”, 90 min at “much”.",
    )
    assert said["notice"][0].startswith(
        "On top of it, a change with fewer than 5 clear days of notice weighs as much as"
    )


def test_sets_that_are_short_together_are_one_thing() -> None:
    """Whoever is missing from one set of queues is missing from those that hold it."""
    found = room(officers=2, days=7, needed=3)
    (need,) = found.cover
    both = replace(need, queues=("101", "999"), skills=frozenset({"999", "101"}))
    problem = replace(found, cover=(need, both))
    prices = price_list(listed(problem, np.full((2, 7), REST, dtype=np.int16)))
    of_cover = [item for item in prices.dearest if item.code == "cover"]
    assert len(of_cover) == 7
    assert of_cover[0].words == "999: up to three short, Monday 1 June all day."


def test_shares_that_come_to_more_are_counted() -> None:
    """Fairness tells how many shares came to more than is fair, and what one weighed."""
    found = room(officers=4, days=7, needed=2)
    burdened = replace(found.officers[3], portions=(Portion("nights", 1),))
    problem = replace(found, officers=(*found.officers[:3], burdened))
    prices = price_list(listed(problem))
    assert prices.of("fairness").points == 3 * FairShares().night_points
    said = meanings(problem, prices)["fairness"]
    assert said[0].startswith("1 share of nights, weekends, unsocial hours or holidays")
    assert said[1].startswith("A share that came to more weighed as much as one person missing")
