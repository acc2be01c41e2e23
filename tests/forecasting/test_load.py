"""Offered load from calls and handling times."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.distribution import NegativeBinomial
from forecasting.handling_time import HandlingTimes
from forecasting.load import Load, offered_load

SINGLE, OWN, TIMES_LEVEL, CALLS_LEVEL = 0.8, 0.01, 0.02, 0.03


def calls_of(mean: float, intervals: int) -> NegativeBinomial:
    """Poisson calls around a day's gamma level."""
    means = np.full(intervals, mean)
    return NegativeBinomial(means, means + CALLS_LEVEL * means**2, np.full(intervals, CALLS_LEVEL))


def times_of(seconds: float, intervals: int) -> HandlingTimes:
    """Handling times alike in all intervals."""
    own, level = np.full(intervals, OWN), np.full(intervals, TIMES_LEVEL)
    return HandlingTimes(np.full(intervals, seconds), SINGLE, own, level)


def drawn(mean: float, seconds: float, days: int, intervals: int) -> np.ndarray:
    """Seconds of calls over 900, drawn by the words of the model, shape (days, intervals)."""
    draw = np.random.default_rng(1)
    busy = draw.gamma(1 / CALLS_LEVEL, CALLS_LEVEL, (days, 1))
    slow = draw.gamma(1 / TIMES_LEVEL, TIMES_LEVEL, (days, 1))
    calls = draw.poisson(mean * busy, (days, intervals))
    own = draw.gamma(1 / OWN, OWN, (days, intervals))
    total = draw.gamma(np.maximum(calls, 1e-9) / SINGLE, SINGLE) * (calls > 0)
    return np.asarray(total * slow * own * seconds / 900)


def load_of(mean: float, seconds: float, intervals: int) -> Load:
    """Load by quarter hours."""
    return offered_load(calls_of(mean, intervals), times_of(seconds, intervals), 15)


@pytest.mark.parametrize("mean", [0.5, 3.0, 40.0])
def test_load_has_the_moments_and_bands_of_calls_times_handling(mean: float) -> None:
    """Mean and variance are those of 40,000 drawn intervals, and bands hold what they say."""
    load, came = load_of(mean, 600, 2), drawn(mean, 600, 20_000, 2)
    assert load.mean[0] == pytest.approx(mean * 600 / 900)
    assert came.mean() == pytest.approx(load.mean[0], rel=0.02)
    assert came.var() == pytest.approx(load.variance[0], rel=0.06)
    for level, value in zip((0.25, 0.5, 0.75, 0.9, 0.95), load.quantiles[2:, 0], strict=True):
        assert np.mean(came <= value + 1e-9) == pytest.approx(max(level, load.idle[0]), abs=0.025)


def test_a_day_is_less_sure_than_independent_intervals_would_be() -> None:
    """The mean load of a day of 96 intervals has the variance of drawn days, levels shared."""
    load = load_of(3.0, 600, 96).day_means(np.zeros(96, np.int64))
    came = drawn(3.0, 600, 6_000, 96).mean(axis=1)
    assert came.mean() == pytest.approx(load.mean[0], rel=0.02)
    assert came.var() == pytest.approx(load.variance[0], rel=0.08)
    assert load.variance[0] > 3 * load_of(3.0, 600, 1).variance[0] / 96
    for level in (0.1, 0.9):
        assert np.mean(came <= load.quantile(level)[0]) == pytest.approx(level, abs=0.02)


def test_a_closed_queue_keeps_nobody_busy() -> None:
    """No calls are no load, at every quantile, whatever the handling time is."""
    load = load_of(0.0, 600, 3)
    assert not load.mean.any()
    assert not load.quantiles.any()
    assert not load.day_means(np.zeros(3, np.int64)).quantiles.any()


def test_quantiles_never_cross() -> None:
    """From a call a week to thousands an hour quantiles rise, finite and not negative."""
    mean = np.geomspace(1e-3, 1e4, 40)
    calls = NegativeBinomial(mean, mean + 0.2 * mean**2, np.full(40, 0.2))
    load = offered_load(calls, times_of(300, 40), 15)
    assert np.all(np.isfinite(load.quantiles) & (load.quantiles >= 0))
    assert np.all(np.diff(load.quantiles, axis=0) >= 0)
