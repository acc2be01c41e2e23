"""Handling times over the week, measured from counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.calendar import Calendar
from forecasting.series import Series
from forecasting.staffing.handling import Handling, handling

MONDAY = np.datetime64("2025-06-02T00:00")
HOURS = 24 * 56


def counted(offered: Any, aht: Any, rng: np.random.Generator | None = None) -> Series:
    """Eight weeks of hours; with a generator each call's time is exponential."""
    calls = np.broadcast_to(np.asarray(offered, np.float64), (HOURS,)).copy()
    mean = np.broadcast_to(np.asarray(aht, np.float64), (HOURS,))
    seconds = calls * mean if rng is None else rng.gamma(np.maximum(calls, 1e-9), 1.0) * mean
    return Series("999", MONDAY, 60, calls, seconds)


def planted() -> np.ndarray[Any, np.dtype[np.float64]]:
    """200 s by weekday nights, 400 s in other hours of weekdays, 300 s at weekends."""
    hour, day = np.arange(HOURS) % 24, np.arange(HOURS) // 24 % 7
    return np.where(day >= 5, 300.0, np.where(hour < 6, 200.0, 400.0))


def found(series: Series) -> Handling:
    """What the counts say, in UTC."""
    said = handling(series, "UTC")
    assert said is not None
    return said


def test_a_planted_week_is_found_where_calls_are_many() -> None:
    """With 1,000 calls an hour each hour comes within 3 % of what was planted."""
    said = found(counted(1000, planted(), np.random.default_rng(1)))
    local = Calendar("UTC").local(MONDAY, 60, HOURS)
    assert said.by_hour is not None
    assert said.by_hour.shape == (2, 24)
    assert said.at(local) == pytest.approx(planted(), rel=0.03)


def test_hours_with_few_calls_are_drawn_to_the_mean() -> None:
    """With a call every other hour the profile is nearer the truth than the raw means are."""
    rng = np.random.default_rng(2)
    truth = planted()
    raw_error, error = 0.0, 0.0
    for _ in range(20):
        series = counted(rng.poisson(0.5, HOURS), truth, rng)
        said = found(series)
        local = Calendar("UTC").local(MONDAY, 60, HOURS)
        cell = local.slot + 24 * (local.weekday >= 5)
        calls = np.bincount(cell, series.offered)
        assert series.handled_seconds is not None
        raw = np.bincount(cell, series.handled_seconds) / np.maximum(calls, 1)
        error += float(np.square(said.at(local) - truth).sum())
        raw_error += float(np.square(raw[cell] - truth).sum())
    assert error < 0.8 * raw_error


def test_hours_that_do_not_differ_keep_the_mean() -> None:
    """Exactly equal hours have no profile; hours equal but for chance have at most a faint one."""
    said = found(counted(20, 250))
    assert (said.by_hour, said.mean) == (None, 250)
    assert said.at(Calendar("UTC").local(MONDAY, 60, 3)).tolist() == [250, 250, 250]
    for seed in range(20):
        by_hour = found(counted(20, 250, np.random.default_rng(seed))).by_hour
        assert by_hour is None or np.ptp(by_hour) < 0.1 * 250


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.floats(0.05, 50))
def test_every_hour_lies_between_its_own_mean_and_that_of_all(seed: int, rate: float) -> None:
    """The profile never leaves the range of the hourly means, and weighs out to the mean."""
    rng = np.random.default_rng(seed)
    series = counted(rng.poisson(rate, HOURS), planted(), rng)
    said = handling(series, "UTC")
    if said is None or said.by_hour is None:
        return
    assert np.all(said.by_hour > 0)
    assert said.by_hour.min() <= said.mean <= said.by_hour.max()


def test_hours_never_counted_take_the_mean() -> None:
    """A queue closed at night has the mean there."""
    open_hours = np.arange(HOURS) % 24 >= 8
    said = found(counted(30 * open_hours, planted()))
    assert said.by_hour is not None
    assert said.by_hour[:, :8] == pytest.approx(said.mean)
    assert said.by_hour[0, 12] != pytest.approx(said.mean, rel=0.01)


def test_counts_that_tell_nothing() -> None:
    """No handled seconds, no calls, or none of both in one interval: nothing is said."""
    quiet = Series("999", MONDAY, 60, np.zeros(3), np.zeros(3))
    apart = Series("999", MONDAY, 60, np.array([1.0, np.nan]), np.array([np.nan, 60.0]))
    for series in (Series("999", MONDAY, 60, np.ones(3)), quiet, apart):
        assert handling(series, "UTC") is None


def test_one_interval_tells_a_mean() -> None:
    """A single interval has a mean and no profile."""
    said = found(Series("999", MONDAY, 60, np.array([4.0]), np.array([1000.0])))
    assert (said.mean, said.calls, said.by_hour) == (250, 4, None)
