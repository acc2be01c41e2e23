"""Laying out a past day: people who come and go, people who serve several queues, handling."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.scenarios.series.missed import measured_aht, present, shared_out
from app.scenarios.values.missed import Told

START = np.datetime64("2027-01-05T00:00", "m")
MIDNIGHT = datetime(2027, 1, 5, tzinfo=UTC)
BOTH = ("101", "999")
CALLS = frozenset({"999"})


def filled(*values: float) -> np.ndarray:
    """Intervals with these values."""
    return np.array(values, dtype=np.float64)


NEED = {("999",): filled(6, 0), ("101",): filled(4, 3), BOTH: filled(8, 3)}


def test_whoever_is_there_for_part_of_an_interval_counts_for_that_part() -> None:
    """A shift that begins within an interval and one from the day before are counted in parts."""
    minutes = timedelta(minutes=1)
    shifts = [
        (CALLS, MIDNIGHT + 5 * minutes, MIDNIGHT + 30 * minutes),
        (CALLS, MIDNIGHT - 60 * minutes, MIDNIGHT + 15 * minutes),
        (frozenset(BOTH), MIDNIGHT + 40 * minutes, MIDNIGHT + 90 * minutes),
        (frozenset(), MIDNIGHT, MIDNIGHT + 90 * minutes),
    ]
    found = present(shifts, START, 15, 3)
    assert set(found) == {CALLS, frozenset(BOTH)}
    assert found[CALLS] == pytest.approx(filled(10 / 15 + 1, 1, 0))
    assert found[frozenset(BOTH)] == pytest.approx(filled(0, 0, 5 / 15))


def test_people_of_one_queue_count_there_alone() -> None:
    """With a skill each, everybody counts once."""
    people = {("999",): filled(6, 1), ("101",): filled(4, 3)}
    assert list(shared_out(people, NEED, "999")) == [6, 1]
    assert list(shared_out(people, NEED, "101")) == [4, 3]


def test_a_roster_that_meets_the_shared_need_meets_the_needs_alone() -> None:
    """Eight who serve both, where sharing saves two of ten, count as six and four."""
    people = {BOTH: filled(8, 3)}
    assert shared_out(people, NEED, "999") == pytest.approx(filled(6, 0))
    assert shared_out(people, NEED, "101") == pytest.approx(filled(4, 3))


def test_without_any_need_people_are_parted_evenly() -> None:
    """At hours in which no queue needs anybody, each gets its half."""
    none = {group: filled(0) for group in NEED}
    assert list(shared_out({BOTH: filled(3)}, none, "999")) == [1.5]


def test_handling_is_taken_over_the_hour() -> None:
    """Seconds of an hour over its calls answered, offered where those are not told; else none."""
    told = Told(
        offered=filled(2, 2, 2, 2, 5, 5, 5, 5, 1, 1, 1, 1),
        answered=filled(1, 2, np.nan, 1, 5, 5, 5, 5, 0, 0, 0, 0),
        handled_seconds=filled(300, 600, 600, 300, *[np.nan] * 4, 0, 0, 0, 0),
        answered_in_time=filled(*[np.nan] * 12),
        before=filled(),
    )
    found = measured_aht(told, 15)
    assert found[:4] == pytest.approx(filled(300, 300, 300, 300))
    assert np.all(np.isnan(found[4:]))
