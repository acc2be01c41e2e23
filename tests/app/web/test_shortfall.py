"""People missing: per set of queues and for the room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rosters.service import gap_words
from app.web.views.answer import people_short
from app.web.views.shortfall import hardest_first, room_cover
from rostering.problem import Cover, Officer, Problem, Roster, Shift, Tour

START = 29_000_000 // 1440 * 1440


def cover(queues: str, need: list[int], start: int = START) -> Cover:
    """A need of a set of queues, named by letters, in quarter hours."""
    return Cover(tuple(queues), frozenset(queues), start, 15, np.array(need, dtype=np.int32))


def on_duty(covers: tuple[Cover, ...], skills: list[str]) -> tuple[Problem, Roster]:
    """People with these skills, all on duty throughout."""
    officers = tuple(Officer(str(i), str(i), frozenset(s), 0, 9999) for i, s in enumerate(skills))
    problem = Problem(
        "x", date(2025, 6, 2), 1, "UTC", (Shift("D", "day", 0, 480),), officers, (), covers
    )
    tour = Tour(0, "D", "day", START - 60, START + 480)
    return problem, Roster({o.id: (tour,) for o in officers})


def test_people_who_serve_two_queues_are_not_counted_twice() -> None:
    """Each queue alone looks covered, both together miss one; the room misses one."""
    covers = (cover("a", [1, 1]), cover("b", [1, 1]), cover("ab", [2, 2]))
    room = room_cover(*on_duty(covers, ["ab"]))
    assert room is not None
    assert [s.missing.tolist() for s in room.sets] == [[1, 1], [0, 0], [0, 0]]
    assert room.missing.tolist() == [1, 1]
    assert room.short_hours == 0.5


def test_a_missing_skill_is_a_shortage_of_the_room_even_where_heads_suffice() -> None:
    """Two on duty for two needed, but neither can serve a."""
    covers = (cover("a", [1]), cover("b", [1]), cover("ab", [2]))
    room = room_cover(*on_duty(covers, ["b", "b"]))
    assert room is not None
    assert room.missing.tolist() == [1]
    assert room.stretches[0].queues == "a"


def test_a_role_that_nobody_holds_is_told_as_such() -> None:
    """Where a role is all that lacks, the stretch says which, and whether nobody holds it."""
    whole, role = cover("a", [2, 2, 2]), replace(cover("w", [1, 2, 1]), role="supervisor")
    for skills, told in (
        (["a", "a"], [("supervisor", True)]),
        (["a", "aw", "a"], [("supervisor", False)]),
    ):
        room = room_cover(*on_duty((whole, role), skills))
        assert room is not None
        found = sorted(room.stretches, key=lambda stretch: stretch.start)
        assert [(each.role, each.nobody) for each in found] == told
    gap = room.stretches[0]
    now = datetime.fromtimestamp(START * 60, UTC)
    assert people_short(gap) == "1 person with supervisor"
    assert gap_words(replace(gap, nobody=True), now, "UTC") == (
        "No supervisor today from 00:15 to 00:30."
    )


def test_groups_that_share_nobody_miss_people_each() -> None:
    """Without a queue or a skill in common, shortages add up."""
    room = room_cover(*on_duty((cover("a", [2]), cover("b", [3])), ["a", "b"]))
    assert room is not None
    assert room.missing.tolist() == [3]
    assert room.stretches[0].queues in {"a", "b"}
    assert room.needed_hours == 1.25


def test_posts_and_least_staffing_stand_beside_the_queues() -> None:
    """All queues stay the whole; posts of another skill add to the need, a minimum does not.

    The minimum is met by somebody who is counted for the queues as well.
    """
    posts = Cover(("p posts",), frozenset("p"), START, 15, np.array([2], dtype=np.int32))
    least = Cover(("m minimum",), frozenset("m"), START, 15, np.array([1], dtype=np.int32))
    covers = (cover("a", [1]), cover("b", [1]), cover("ab", [2]), posts, least)
    room = room_cover(*on_duty(covers, ["am", "b", "p"]))
    assert room is not None
    assert [s.label for s in room.sets if s.is_whole] == ["All queues"]
    assert (room.needed.tolist(), room.missing.tolist()) == ([4], [1])
    assert room.stretches[0].queues == "p posts"


def test_a_row_that_holds_posts_as_well_is_of_all_desks() -> None:
    """Queues with the posts of their skills are more than all queues."""
    names = ("a", "a posts", "b")
    both = Cover(names, frozenset("ab"), START, 15, np.array([3], dtype=np.int32))
    room = room_cover(*on_duty((cover("a", [1]), cover("b", [1]), cover("ab", [2]), both), ["a"]))
    assert room is not None
    assert [s.label for s in room.sets if s.is_whole] == ["All desks"]


def test_a_single_queue_beside_posts_is_the_whole() -> None:
    """With one queue its own row is the room's, by its own name."""
    posts = Cover(("p posts",), frozenset("p"), START, 15, np.array([1], dtype=np.int32))
    room = room_cover(*on_duty((cover("a", [1]), posts), ["a", "p"]))
    assert room is not None
    assert [(s.label, s.is_whole) for s in room.sets] == [("a", True), ("p posts", False)]
    assert (room.needed.tolist(), room.missing.tolist()) == ([2], [0])


def test_covers_on_different_grids_are_refused() -> None:
    """Need and cover are compared interval by interval."""
    covers = (cover("a", [1]), cover("b", [1], START + 15))
    with pytest.raises(ValueError, match="share start"):
        room_cover(*on_duty(covers, ["a"]))


def test_without_cover_there_is_no_room_cover() -> None:
    """A problem by shifts alone has nothing to compare per interval."""
    assert room_cover(*on_duty((), ["a"])) is None


@given(st.lists(st.integers(0, 4), min_size=1, max_size=120))
def test_stretches_account_for_every_missing_person(missing: list[int]) -> None:
    """Their person-hours add up, none overlap, and the hardest comes first."""
    values: npt.NDArray[np.int32] = np.array(missing, dtype=np.int32)
    found = hardest_first(values, START, 15)
    assert sum(s.hours for s in found) == sum(missing) / 4
    assert [s.worst for s in found] == sorted((s.worst for s in found), reverse=True)
    by_time = sorted(found, key=lambda s: s.start)
    assert all(a.end <= b.start for a, b in pairwise(by_time))
    assert all(1 <= s.least <= s.worst for s in found)


def test_a_shortage_that_never_ends_is_told_where_it_is_hardest() -> None:
    """Two days short of 1 or 2 with an evening of 6: the evening comes first, on its own."""
    values = np.ones(192, dtype=np.int32)
    values[20:60] = 2
    values[80:96] = 6
    (first, *others) = hardest_first(values, START, 15)
    assert (first.start, first.end, first.worst) == (START + 80 * 15, START + 96 * 15, 6)
    assert others


def test_short_gaps_apart_stay_whole() -> None:
    """A gap of an evening is one stretch, however its size varies."""
    values = np.zeros(96, dtype=np.int32)
    values[80:90] = [1, 2, 5, 5, 6, 4, 3, 2, 1, 1]
    (only,) = hardest_first(values, START, 15)
    assert (only.least, only.worst) == (1, 6)
