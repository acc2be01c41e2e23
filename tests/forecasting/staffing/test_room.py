"""What a room asks as a whole: queues with posts, minimums and seats."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import InputError
from forecasting.staffing.posts import Minimum, Post, RoomTerms
from forecasting.staffing.requirement import requirement
from forecasting.staffing.room import RoomRequirement, Row, joined, room_requirement
from forecasting.staffing.sharing import able
from forecasting.staffing.shrinkage import ShrinkagePart, rostered
from forecasting.staffing.terms import QueueTerms
from forecasting.staffing.windows import Window
from tests.forecasting.staffing.test_requirement import quarters, rooms

BREAKS = (ShrinkagePart("breaks", 0.1, in_shift=True),)
EMERGENCY = QueueTerms("999", 300, 120, 0.9, 10, shrinkage=BREAKS)
ROUTINE = QueueTerms("101", 600, 240, 0.8, 60, shrinkage=BREAKS)


def room(terms: RoomTerms, calls: float = 12.0, size: int = 4) -> RoomRequirement:
    """Some quarter hours of 999 and 101 in London."""
    offered = {"999": np.full(size, calls), "101": np.full(size, calls)}
    need = requirement(quarters(size), 15, offered, [EMERGENCY, ROUTINE])
    return room_requirement(need, terms, "Europe/London")


def asked(found: RoomRequirement, *names: str) -> int:
    """People asked for in the first interval by a row."""
    return next(int(row.people[0]) for row in found.rows if row.names == names)


def test_relief_is_rounded_over_the_posts_of_a_skill_together() -> None:
    """Three desks at 10 % breaks are 4 people, not three times 2; one desk is 2."""
    posts = tuple(Post(f"Desk {n}", "dispatch") for n in range(3))
    terms = RoomTerms(posts=posts, shrinkage=BREAKS)
    assert asked(room(terms), "dispatch posts") == 4
    one = RoomTerms(posts=posts[:1], shrinkage=BREAKS)
    assert asked(room(one), "dispatch posts") == 2


def test_without_relief_a_post_asks_for_its_holder_alone() -> None:
    """No relief wanted, or no breaks at all: one holder is one person."""
    alone = RoomTerms(posts=(Post("Desk", "dispatch", relief=False),), shrinkage=BREAKS)
    assert asked(room(alone), "dispatch posts") == 1
    tireless = RoomTerms(posts=(Post("Desk", "dispatch"),), shrinkage=())
    assert asked(room(tireless), "dispatch posts") == 1


def test_a_post_of_a_queue_s_skill_comes_on_top_of_the_queue() -> None:
    """Who holds the post answers no calls: every set with 999 asks for both; 101 does not."""
    terms = RoomTerms(posts=(Post("Desk", "999"),), shrinkage=BREAKS)
    found, plain = room(terms), room(RoomTerms())
    assert {row.names for row in found.rows} - {row.names for row in plain.rows} == {
        ("999", "999 posts"),
        ("101", "999", "999 posts"),
    }
    for names in (("999",), ("101", "999")):
        with_post = asked(found, *names, "999 posts")
        assert asked(found, *names) + 1 <= with_post <= asked(found, *names) + 2
        need = plain.queues.agents[names][0]
        assert with_post == max(rostered(need + 1, 0.1), asked(found, *names) + 1)


def test_a_minimum_counts_everybody_with_the_skill() -> None:
    """It is a row of its own, breaks add nothing to it, and other rows stay as they are."""
    terms = RoomTerms(minimums=(Minimum("ward", 2), Minimum("999", 30)), shrinkage=BREAKS)
    found, plain = room(terms), room(RoomTerms())
    assert (asked(found, "ward minimum"), asked(found, "999 minimum")) == (2, 30)
    assert asked(found, "999") == asked(plain, "999")


def test_what_must_be_kept_is_a_row_of_its_own() -> None:
    """Of one skill some may be asked before everything else and more beside the rest."""
    first = (Minimum("ward", 1, must=True), Minimum("ward", 2))
    found = room(RoomTerms(minimums=first, shrinkage=BREAKS))
    assert (asked(found, "ward minimum"), asked(found, "ward must")) == (2, 1)
    assert {row.asker for row in found.rows} == {"queues", "minimum", "must"}


@settings(deadline=None, max_examples=60)
@given(rooms(), st.integers(0, 40), st.integers(0, 3), st.integers(0, 3))
def test_nobody_is_asked_to_sit_where_there_is_no_seat(
    drawn: tuple[dict[str, list[float]], list[QueueTerms]], seats: int, shared: int, own: int
) -> None:
    """People at desks never exceed the seats, those rostered never those who fill them."""
    calls, queues = drawn
    posts = [Post("Desk", queues[0].skill, shared)] if shared else []
    posts += [Post("Own desk", "own", own)] if own else []
    terms = RoomTerms(seats=seats, posts=tuple(posts), minimums=(Minimum("own", 9),))
    need = requirement(quarters(8), 15, calls, queues)
    found = room_requirement(need, terms, "UTC")
    at_posts = sum((each.people for each in found.at_posts.values()), np.zeros(8, np.int64))
    worst = max([terms.lost, *(queue.in_shift_shrinkage for queue in queues)])
    for agents in found.queues.agents.values():
        assert np.all(agents + at_posts <= seats)
    for row in found.rows:
        assert np.all(row.people <= rostered(seats, worst))
        assert np.all(row.people >= 0)


@settings(deadline=None, max_examples=60)
@given(rooms(), st.integers(1, 3), st.none() | st.integers(0, 40))
def test_a_set_asks_at_least_what_a_smaller_one_inside_asks(
    drawn: tuple[dict[str, list[float]], list[QueueTerms]], people: int, seats: int | None
) -> None:
    """More names never ask for less, with posts of a queue's skill and with few seats."""
    calls, queues = drawn
    terms = RoomTerms(seats=seats, posts=(Post("Desk", queues[0].skill, people),))
    found = room_requirement(requirement(quarters(8), 15, calls, queues), terms, "UTC")
    for small, large in combinations(found.rows, 2):
        if {*small.names} < {*large.names}:
            assert np.all(small.people <= large.people), (small.names, large.names)


def test_no_seat_at_all_asks_for_nobody_and_says_so() -> None:
    """Seats 0: every row is 0, and the whole room and each queue are named with what is lost."""
    terms = RoomTerms(seats=0, posts=(Post("Desk", "dispatch"),), minimums=(Minimum("ward", 2),))
    found = room(terms)
    assert all(not row.people.any() for row in found.rows)
    assert found.posts_unseated == 4
    assert [each.queues for each in found.few_seats] == [("101",), ("999",), ("101", "999")]
    assert all((each.seats, each.share, each.intervals) == (0, 0, 4) for each in found.few_seats)


def test_few_seats_say_where_when_and_what_they_allow() -> None:
    """One seat less than the whole room wants: named once, at its worst, near the goal."""
    free = room(RoomTerms())
    whole = int(free.queues.agents["101", "999"].max())
    found = room(RoomTerms(seats=whole - 1))
    (few,) = found.few_seats
    assert few.queues == ("101", "999")
    assert (few.wanted, few.seats) == (whole, whole - 1)
    assert few.first == quarters(4)[int(np.argmax(free.queues.agents["101", "999"] == whole))]
    assert few.within_seconds == 60
    assert 0.5 < few.share < 1
    assert room(RoomTerms(seats=whole)).few_seats == ()


def crew_and_needs(
    draw: st.DrawFn,
) -> tuple[list[Row], dict[str, int], dict[frozenset[str], int]]:
    """Rows of one queue and two posts of skills of their own, their needs, and people on duty."""
    needs = {name: draw(st.integers(0, 4)) for name in ("999", "desk", "ward")}
    rows = [Row("queues", ("999",), frozenset({"999"}), np.array([needs["999"]]))]
    rows += [
        Row("posts", (f"{s} posts",), frozenset({s}), np.array([needs[s]]))
        for s in ("desk", "ward")
    ]
    kinds = [frozenset(k) for n in (1, 2, 3) for k in combinations(sorted(needs), n)]
    return rows, needs, {kind: draw(st.integers(0, 3)) for kind in kinds if draw(st.booleans())}


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_met_rows_can_be_seated_whoever_holds_a_post_s_skill(data: st.DataObject) -> None:
    """With joined rows, all rows are met exactly when every queue and post gets its people."""
    rows, needs, crew = data.draw(st.composite(crew_and_needs)())
    met = all(int(able(crew, row.skills)) >= row.people[0] for row in joined(rows, crew))
    sets = [part for size in (1, 2, 3) for part in combinations(needs, size)]
    seated = all(int(able(crew, part)) >= sum(needs[name] for name in part) for part in sets)
    assert met == seated


def test_a_dedicated_post_adds_its_own_row_alone() -> None:
    """Nobody holds the post's skill beside another: no set is added; somebody does: those are."""
    found = room(RoomTerms(posts=(Post("Desk", "dispatch"),)))
    apart = [frozenset({"999", "101"}), frozenset({"dispatch"})]
    assert joined(found.rows, apart) == found.rows
    both = joined(found.rows, [*apart, frozenset({"dispatch", "999"})])
    assert [row.names for row in both[len(found.rows) :]] == [
        ("999", "dispatch posts"),
        ("101", "999", "dispatch posts"),
    ]
    assert both[-1].people[0] == asked(found, "101", "999") + asked(found, "dispatch posts")


def test_windows_are_read_in_the_room_s_own_time() -> None:
    """A post from 07:00 in London is held from 06:00 UTC in June."""
    post = Post("Desk", "dispatch", window=Window(7 * 60, 8 * 60))
    found = room(RoomTerms(posts=(post,), shrinkage=()), size=12)
    row = next(row for row in found.rows if row.asker == "posts")
    assert np.flatnonzero(row.people).tolist() == [4, 5, 6, 7]  # from 05:00 UTC on


def test_the_file_has_every_row(tmp_path: Path) -> None:
    """A line per interval and row, names joined by +, sorted."""
    found = room(RoomTerms(posts=(Post("Desk", "999"),)), size=2)
    found.write_csv(tmp_path / "requirement.csv")
    lines = (tmp_path / "requirement.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "interval_start,queues,required"
    assert len(lines) == 1 + 2 * 5
    assert [line.split(",")[1] for line in lines[1:6]] == [
        "101", "101+999", "101+999+999 posts", "999", "999+999 posts",
    ]  # fmt: skip


def test_a_queue_may_not_be_called_like_posts() -> None:
    """Two rows of one name would be told as one."""
    queue = QueueTerms("dispatch posts", 300, 120, 0.9, 10)
    need = requirement(quarters(1), 15, {queue.queue: [3.0]}, [queue])
    with pytest.raises(InputError, match="dispatch posts"):
        room_requirement(need, RoomTerms(posts=(Post("Desk", "dispatch"),)), "UTC")
