"""Posts, minimums and what a room asks as a whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from forecasting.calendar import Calendar, LocalTime
from forecasting.errors import InputError
from forecasting.staffing.posts import Minimum, Post, RoomTerms, held, least
from forecasting.staffing.windows import Window


def monday(hours: int = 24) -> LocalTime:
    """The hours of Monday 2 June 2025 in London and after."""
    return Calendar("Europe/London").local(np.datetime64("2025-06-01T23:00"), 60, hours)


def test_posts_of_one_skill_stand_together() -> None:
    """Two posts of a skill add up while both are held; who is not relieved is told apart."""
    posts = [
        Post("Desk 1", "dispatch", 2),
        Post("Desk 2", "dispatch", 1, Window(8 * 60, 16 * 60), relief=False),
    ]
    found = held(posts, monday())["dispatch"]
    assert found.relieved.tolist() == [2] * 24
    assert found.alone.tolist() == [0] * 8 + [1] * 8 + [0] * 8
    assert found.people.max() == 3


def test_a_post_over_midnight_is_held_on_the_day_after() -> None:
    """Monday 22:00 to Tuesday 06:00 holds in these hours and in no other night."""
    post = Post("Night desk", "dispatch", window=Window(22 * 60, 30 * 60, frozenset({0})))
    found = held([post], monday(72))["dispatch"].people
    assert np.flatnonzero(found).tolist() == list(range(22, 30))


def test_the_first_posts_have_the_seats() -> None:
    """With 3 seats a post of 2 has both holders, the next of 2 has one, the last has nobody."""
    posts = [Post("a", "x", 2), Post("b", "y", 2), Post("c", "z", 1)]
    found = held(posts, monday(1), seats=3)
    assert {skill: int(each.people[0]) for skill, each in found.items()} == {"x": 2, "y": 1, "z": 0}
    nobody = held(posts, monday(1), seats=0)
    assert all(not each.people.any() for each in nobody.values())


def test_the_highest_of_several_minimums_holds() -> None:
    """Two at any time and four by day are four by day, not six."""
    minimums = [Minimum("ward", 2), Minimum("ward", 4, Window(8 * 60, 16 * 60))]
    assert least(minimums, monday())["ward"].tolist() == [2] * 8 + [4] * 8 + [2] * 8
    assert least([], monday()) == {}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Post(" ", "x"), "needs a name"),
        (lambda: Post("Desk", ""), "no skill"),
        (lambda: Post("Desk", "a+b"), "no skill"),
        (lambda: Post("Desk", "x", 0), "1 to 500"),
        (lambda: Post("Desk", "x", 501), "1 to 500"),
        (lambda: Minimum("x", 0), "1 to 500"),
        (lambda: RoomTerms(seats=-1), "seats must be 0 or more"),
        (lambda: RoomTerms(reserve=-1), "the reserve must be 0 or more"),
        (lambda: RoomTerms(posts=(Post("Desk", "x"), Post("Desk", "y"))), "given twice"),
    ],
)
def test_refuses_what_cannot_be_in_one_sentence(make: Any, words: str) -> None:
    """Numbers out of range, names that are none and doubled posts are refused."""
    with pytest.raises(InputError, match=words):
        make()
