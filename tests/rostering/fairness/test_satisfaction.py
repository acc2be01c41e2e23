"""How satisfaction is measured over periods, and what a wish counts for because of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.fairness.satisfaction import Memory, percents, satisfaction
from rostering.fairness.spread import spread
from rostering.problem import Preference, Problem, Roster
from rostering.rules.long_wishes import LongWishes
from rostering.rules.preferences import Preferences
from rostering.wishes import DaysWish, counted_points
from tests.rostering.rooms import FIRST_DAY, SHIFTS, officer

MEMORY = Memory(prior=10.0, fade=0.5)
FULL = np.array([40, 40, 40])


def points(*rows: list[int]) -> np.ndarray:
    """Points by period and officer."""
    return np.array(rows, dtype=np.int64)


def test_periods_fade_and_what_is_known_little_of_stays_near_the_mean() -> None:
    """An older period counts half; two points of two move less from the mean than twenty do."""
    faded = satisfaction(points([10, 10, 0], [10, 10, 0]), points([10, 0, 0], [0, 10, 0]), FULL,
                         MEMORY)  # fmt: skip
    assert faded.plain[:2] == pytest.approx([1 / 3, 2 / 3])
    assert faded.mean == pytest.approx(0.5)
    few = satisfaction(points([2, 20, 20]), points([2, 20, 0]), FULL, MEMORY)
    assert few.mean < few.by_officer[0] < few.by_officer[1] < 1
    assert few.by_officer[2] < few.mean


def test_whoever_asked_for_nothing_or_is_new_stands_at_the_mean() -> None:
    """No wish is no satisfaction: their wishes count for as much as at the mean, exactly."""
    found = satisfaction(points([20, 20, 0]), points([15, 5, 0]), FULL, MEMORY)
    assert found.by_officer[2] == found.mean == pytest.approx(0.5)
    assert percents(found, np.array([0, 0, 20]), MEMORY).tolist()[2] == 100


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        (np.zeros((0, 3), dtype=np.int64), np.zeros((0, 3), dtype=np.int64)),
        (points([0, 0, 0]), points([0, 0, 0])),
        (points([20, 20, 20]), points([20, 20, 20])),
        (points([20, 20, 20]), points([0, 0, 0])),
    ],
)
def test_without_a_difference_every_wish_counts_for_itself(
    asked: np.ndarray, met: np.ndarray
) -> None:
    """No period, no wish, or the same for everybody: 100 per cent for all."""
    found = satisfaction(asked, met, FULL, MEMORY)
    assert percents(found, np.array([20, 5, 0]), MEMORY).tolist() == [100, 100, 100]


def test_hours_weigh_in_the_mean_and_not_in_what_is_somebodys_own() -> None:
    """Two on half the week weigh as one on all of it; equal shares of what was asked are equal."""
    hours = np.array([40, 20, 20])
    found = satisfaction(points([20, 20, 20]), points([20, 0, 0]), hours, MEMORY)
    assert found.mean == pytest.approx(0.5)
    same = satisfaction(points([20, 20, 20]), points([8, 8, 20]), hours, MEMORY)
    assert same.by_officer[0] == same.by_officer[1]
    none = satisfaction(points([20, 20, 20]), points([20, 0, 10]), np.zeros(3, np.int64), MEMORY)
    assert none.mean == pytest.approx(0.5)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 40), st.integers(0, 20)),
        min_size=1,
        max_size=12,
    )
)
def test_whoever_got_less_weighs_more_within_bounds_and_all_weigh_as_much_as_before(
    people: list[tuple[int, int, int, int]],
) -> None:
    """Weights fall with satisfaction, stay within half and twice, and keep the points of all."""
    asked = np.array([[max(a, b) for a, b, _, _ in people]])
    met = np.array([[min(a, b) for a, b, _, _ in people]])
    hours, asks = np.array([h for *_, h, _ in people]), np.array([n for *_, n in people])
    found = satisfaction(asked, met, hours, MEMORY)
    weights = percents(found, asks, MEMORY)
    assert ((weights >= 50) & (weights <= 200)).all()
    order = np.argsort(found.by_officer)
    assert (np.diff(weights[order]) <= 0).all()
    if asks.any():
        assert abs((weights * asks).sum() / asks.sum() - 100) <= 0.5 + 1e-9


def test_jains_index_and_the_deviation_of_known_cases() -> None:
    """All alike is 1, one of four with everything a quarter (Jain, Chiu and Hawe 1984)."""
    alike = spread([0.6, 0.6], [40, 20])
    assert alike is not None
    assert (alike.jain, alike.deviation) == pytest.approx((1.0, 0.0))
    one = spread([1, 0, 0, 0], [1, 1, 1, 1])
    assert one is not None
    assert (one.jain, one.mean, one.least, one.most) == pytest.approx((0.25, 0.25, 0, 1))
    weighted, repeated = spread([1, 0], [3, 1]), spread([1, 1, 1, 0], [1, 1, 1, 1])
    assert weighted is not None
    assert repeated is not None
    assert (weighted.jain, weighted.deviation) == pytest.approx((repeated.jain, repeated.deviation))
    assert spread([0.5, 0.7], [0, 0]) is None


@pytest.mark.parametrize(
    ("points_", "percent", "counts"),
    [(5, 100, 5), (5, 130, 7), (5, 129, 6), (1, 50, 1), (10, 200, 20), (3, 50, 2)],
)
def test_points_are_counted_in_whole_ones(points_: int, percent: int, counts: int) -> None:
    """Half a point is rounded up, and a wish always counts for something."""
    assert counted_points(points_, percent) == counts


def test_a_wish_that_counts_for_more_costs_more_and_says_so() -> None:
    """Wishes about one day and about several cost what their points count for, in the words too."""
    own = officer(
        1,
        40,
        preferences=(Preference(day=3, points=5, wants=False),),
        long_wishes=(DaysWish(frozenset({3, 4}), 4),),
        wish_percent=130,
    )
    problem = Problem("p", FIRST_DAY, 14, "UTC", SHIFTS, (own,), (Preferences(), LongWishes()))
    roster = Roster({own.id: (problem.tour(3, 0),)})
    (one_day,) = Preferences().check(problem, roster)
    assert (one_day.excess, "5 points, which count for 7" in one_day.words) == (7, True)
    (several,) = LongWishes().check(problem, roster)
    assert (several.excess, "4 points, which count for 5" in several.words) == (3, True)
    plain = replace(problem, officers=(replace(own, wish_percent=100),))
    assert [b.excess for b in (*Preferences().check(plain, roster),)] == [5]
