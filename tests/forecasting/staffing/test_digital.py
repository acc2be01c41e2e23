"""Backlog spread evenly within its deadlines."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from forecasting.staffing.digital import even_work

LENGTHS = st.lists(st.integers(0, 30), min_size=1, max_size=30)


def bounds_of(items: list[int], later: int) -> tuple[np.ndarray, np.ndarray]:
    """Work due by the end of each interval, and work come by then."""
    come = np.cumsum(items)
    due = np.concatenate([np.zeros(later), come])[: come.size]
    due[-1] = come[-1]
    return due, come


@settings(deadline=None)
@given(LENGTHS, st.integers(1, 8))
def test_every_deadline_is_kept_and_nothing_is_done_before_it_came(
    items: list[int], periods: int
) -> None:
    """Work done lies between what is due and what has come, and all is done in the end."""
    people = even_work(items, 900, 450, 900 * periods)
    due, come = bounds_of(items, periods - 1)
    done = np.cumsum(people) * 2
    assert np.all(people >= -1e-9)
    assert np.all(done >= due - 1e-6)
    assert np.all(done <= come + 1e-6)


@settings(deadline=None, max_examples=30)
@given(LENGTHS, st.integers(1, 8))
def test_no_other_way_has_a_lower_peak(items: list[int], periods: int) -> None:
    """The busiest interval is as calm as a linear programme over all ways can make it."""
    people = even_work(items, 900, 900, 900 * periods)
    due, come = bounds_of(items, periods - 1)
    size = len(items)
    sums = np.tril(np.ones((size, size)))
    column = np.zeros((size, 1))
    rows = np.block([[sums, column], [-sums, column], [np.eye(size), column - 1]])
    limits = np.concatenate([come, -due, np.zeros(size)])
    cost = np.append(np.zeros(size), 1.0)
    best = linprog(cost, A_ub=rows, b_ub=limits, bounds=(0, None))
    assert people.max() == pytest.approx(best.fun, abs=1e-6)


def test_a_steady_flow_is_done_steadily() -> None:
    """Work that comes evenly is done as it comes; a day's peak is spread over its deadline."""
    assert even_work(np.full(96, 4.0), 900, 450, 14_400) == pytest.approx(np.full(96, 2.0))
    burst = np.zeros(96)
    burst[40] = 32.0
    people = even_work(burst, 900, 900, 14_400)
    assert people[40:56] == pytest.approx(np.full(16, 2.0))
    assert people.sum() == pytest.approx(32)


def test_a_deadline_within_the_interval_leaves_no_choice() -> None:
    """Work due at once is done in the interval in which it comes."""
    items = np.array([3.0, 0.0, 9.0, 1.0])
    assert even_work(items, 900, 300, 60) == pytest.approx(items / 3)


def test_earlier_work_is_still_in_hand() -> None:
    """What came just before the first interval is done in time too."""
    people = even_work(np.zeros(8), 900, 900, 3600, items_before=[0, 8])
    assert people[:3] == pytest.approx(np.full(3, 2.0))
    assert people[3:] == pytest.approx(np.zeros(5))


def test_a_year_and_nothing_at_all() -> None:
    """A year of quarter hours keeps its work; no interval has none."""
    rng = np.random.default_rng(3)
    items = rng.poisson(6, 365 * 96) * (np.arange(365 * 96) % 96 > 32)
    people = even_work(items, 900, 300, 86_400)
    assert people.sum() == pytest.approx(items.sum() / 3)
    assert even_work([], 900, 300, 3600).size == 0
