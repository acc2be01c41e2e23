"""Who holds the posts and who is left to answer: held to a search through every way to do it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.staffing.holders import answering
from forecasting.staffing.terms import terms_from

TERMS = tuple(terms_from(queue, {})[0] for queue in ("101", "999"))
BOTH = ("101", "999")


def people(*numbers: int) -> np.ndarray:
    """People per interval."""
    return np.array(numbers, np.int64)


def test_holders_who_serve_a_queue_are_taken_off_its_people() -> None:
    """Of five with the radio skill beside 999 two hold the radio; three are left to answer."""
    found = answering(
        {frozenset({"999", "radio"}): people(5), frozenset({"101"}): people(4)},
        {"radio": people(2)},
        TERMS,
    )
    assert {queues: list(left) for queues, left in found.by_queues.items()} == {
        ("999",): [3],
        ("101",): [4],
    }
    assert (list(found.at_posts), list(found.unheld)) == ([2], [0])


def test_those_who_answer_nothing_go_to_the_posts_first() -> None:
    """Then whoever serves one queue, the less urgent first, and only then who serves both."""
    kinds = {
        frozenset({"101", "999", "radio"}): people(1, 1, 1, 1, 1),
        frozenset({"999", "radio"}): people(1, 1, 1, 1, 1),
        frozenset({"101", "radio"}): people(1, 1, 1, 1, 1),
        frozenset({"radio"}): people(1, 1, 1, 1, 1),
    }
    found = answering(kinds, {"radio": people(0, 1, 2, 3, 4)}, TERMS)
    assert list(found.by_queues[("101",)]) == [1, 1, 0, 0, 0]
    assert list(found.by_queues[("999",)]) == [1, 1, 1, 0, 0]
    assert list(found.by_queues[BOTH]) == [1, 1, 1, 1, 0]


def test_nobody_is_taken_for_a_post_without_people() -> None:
    """Of three at posts one is there: one is taken, two are told as missing."""
    kinds = {frozenset({"999", "radio"}): people(1), frozenset({"999"}): people(4)}
    found = answering(kinds, {"radio": people(3)}, TERMS)
    assert list(found.by_queues[("999",)]) == [4]
    assert (list(found.at_posts), list(found.unheld)) == ([1], [2])


def test_parts_of_people_count_as_parts() -> None:
    """Who is there for half of an interval can hold a post for half of it."""
    found = answering({frozenset({"999"}): np.array([2.5])}, {"999": people(1)}, TERMS)
    assert found.by_queues[("999",)] == pytest.approx(np.array([1.5]))


def test_without_posts_everybody_answers() -> None:
    """Nobody is at a post, and who serves no queue is left out."""
    kinds = {frozenset({"999", "101"}): people(3), frozenset({"radio"}): people(2)}
    found = answering(kinds, {}, TERMS)
    assert list(found.by_queues) == [BOTH]
    assert list(found.by_queues[BOTH]) == [3]
    assert (list(found.at_posts), list(found.unheld)) == ([0], [0])


KINDS = [frozenset(kind) for kind in ("a", "b", "ab", "ax", "bx", "abx", "x", "aby")]
SMALL = st.integers(0, 2)


@settings(max_examples=50)
@given(st.lists(SMALL, min_size=8, max_size=8), SMALL, SMALL)
def test_as_many_posts_are_held_as_can_be_and_fewest_answer_less(
    numbers: list[int], first: int, second: int
) -> None:
    """No way to give people posts fills more, and none of those leaves more queues served."""
    terms = tuple(terms_from(name, {})[0] for name in ("x", "y"))
    kinds = {kind: people(number) for kind, number in zip(KINDS, numbers, strict=True)}
    found = answering(kinds, {"a": people(first), "b": people(second)}, terms)
    best = max(_ways(numbers, first, second))
    left = sum(len(queues) * int(there[0]) for queues, there in found.by_queues.items())
    assert (int(found.at_posts[0]), left) == best
    assert int(found.unheld[0]) == first + second - best[0]


def _ways(numbers: list[int], first: int, second: int) -> list[tuple[int, int]]:
    """Of every way to give people of each kind the posts: how many are held, and queues left."""
    serves = [len(kind & {"x", "y"}) for kind in KINDS]
    to_a, to_b = (
        [
            way
            for way in product(*(range(asked + 1) if post in kind else (0,) for kind in KINDS))
            if sum(way) <= asked
        ]
        for post, asked in (("a", first), ("b", second))
    )
    found = []
    for one, other in product(to_a, to_b):
        gone = [a + b for a, b in zip(one, other, strict=True)]
        if all(taken <= there for taken, there in zip(gone, numbers, strict=True)):
            left = sum(
                queues * (there - taken)
                for queues, there, taken in zip(serves, numbers, gone, strict=True)
            )
            found.append((sum(gone), left))
    return found
