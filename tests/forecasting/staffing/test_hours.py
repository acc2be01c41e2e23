"""Shrinkage as hours that a roster must find."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import InputError
from forecasting.staffing.hours import Block, Hours, hours_of, weekly_hours
from forecasting.staffing.posts import Minimum, Post, RoomTerms
from forecasting.staffing.requirement import requirement
from forecasting.staffing.room import room_requirement
from forecasting.staffing.shrinkage import ASSUMED_SHRINKAGE, ShrinkagePart, total_shrinkage
from forecasting.staffing.terms import QueueTerms
from tests.forecasting.staffing.test_requirement import quarters, rooms

BREAKS = ShrinkagePart("breaks", 0.1, in_shift=True)
LEAVE = ShrinkagePart("leave", 0.2, in_shift=False)


def test_a_hundred_rostered_hours_in_their_parts() -> None:
    """10 h of breaks in 100 h rostered; 125 h paid, of which 25 h are leave."""
    block = Block(np.full(4, 100), [(np.ones(4), [BREAKS, LEAVE])])
    found = hours_of(block, np.ones(4, np.bool_), 15)
    assert found.rostered == pytest.approx(100)
    assert found.on_shift == {"breaks": pytest.approx(10)}
    assert found.off_shift == {"leave": pytest.approx(25)}
    assert (found.at_desks, found.paid) == (pytest.approx(90), pytest.approx(125))


@settings(deadline=None, max_examples=60)
@given(rooms(), st.integers(0, 3), st.integers(0, 3), st.none() | st.integers(0, 30))
def test_rostered_and_off_make_up_what_is_paid(
    drawn: tuple[dict[str, list[float]], list[QueueTerms]], shared: int, own: int, seats: int | None
) -> None:
    """For any room: desks + on shift = rostered, rostered + off shift = paid, nothing below 0."""
    calls, queues = drawn
    posts = [Post("Desk", queues[0].skill, shared)] if shared else []
    posts += [Post("Own desk", "own", own)] if own else []
    terms = RoomTerms(seats=seats, posts=tuple(posts), minimums=(Minimum("ward", 2),))
    found = room_requirement(requirement(quarters(8), 15, calls, queues), terms, "UTC")
    total = sum(weekly_hours(found, "UTC"), Hours())
    whole = max((r for r in found.rows if r.asker == "queues"), key=lambda r: len(r.names))
    others = [r for r in found.rows if r.asker != "queues"]
    people = whole.people.sum() + sum(int(r.people.sum()) for r in others)
    assert total.rostered == pytest.approx(people / 4)
    assert total.at_desks + sum(total.on_shift.values()) == pytest.approx(total.rostered)
    assert total.rostered + sum(total.off_shift.values()) == pytest.approx(total.paid)
    assert all(hours >= 0 for hours in (total.at_desks, *total.on_shift.values()))


def test_one_set_of_parts_gives_the_total_shrinkage() -> None:
    """With the same parts everywhere, hours at desks over hours paid are 1 − total shrinkage."""
    queue = QueueTerms("999", 300, 120, 0.9, 10)
    need = requirement(quarters(96), 15, {"999": np.full(96, 9.0)}, [queue])
    found = sum(weekly_hours(room_requirement(need, RoomTerms(), "UTC"), "UTC"), Hours())
    assert found.at_desks / found.paid == pytest.approx(1 - total_shrinkage(ASSUMED_SHRINKAGE))


def test_weeks_are_seven_local_days_from_the_first() -> None:
    """Ten days are a week and three days, by the room's own midnights."""
    size = 10 * 96
    starts = np.datetime64("2025-06-01T23:00:00") + np.arange(size) * np.timedelta64(15, "m")
    queue = QueueTerms("999", 300, 120, 0.9, 10, shrinkage=(BREAKS,))
    need = requirement(starts, 15, {"999": np.full(size, 9.0)}, [queue])
    first, second = weekly_hours(
        room_requirement(need, RoomTerms(), "Europe/London"), "Europe/London"
    )
    people = need.people["999",]
    assert first.rostered == pytest.approx(people[: 7 * 96].sum() / 4)
    assert second.rostered == pytest.approx(people[7 * 96 :].sum() / 4)


def test_a_room_without_calls_counts_its_minimum() -> None:
    """Closed queues that keep people on duty share them out evenly by their minimums."""
    queues = [
        QueueTerms("a", 300, 120, 0.9, 10, shrinkage=(BREAKS,), minimum=3),
        QueueTerms("b", 300, 120, 0.9, 10, shrinkage=(), minimum=1),
    ]
    need = requirement(quarters(4), 15, {"a": np.zeros(4), "b": np.zeros(4)}, queues)
    (found,) = weekly_hours(room_requirement(need, RoomTerms(), "UTC"), "UTC")
    assert found.rostered == pytest.approx(3)
    assert found.on_shift["breaks"] == pytest.approx(3 * 0.75 * 0.1)


def test_parts_that_leave_no_paid_time_are_refused() -> None:
    """Leave and courses of 100 % leave nobody to roster."""
    parts = [LEAVE, ShrinkagePart("courses", 0.8, in_shift=False)]
    with pytest.raises(InputError, match="leave, courses"):
        hours_of(Block(np.ones(1), [(np.ones(1), parts)]), np.ones(1, np.bool_), 15)
