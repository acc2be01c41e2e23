"""How far a day's level may lie from its forecast, and what the intervals of a day share."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.day_times_hour import DayTimesHour
from forecasting.distribution import NegativeBinomial
from forecasting.groundwork import within_day
from forecasting.level_error import DayTests, LevelError
from forecasting.models.totals_profile import TotalsProfile
from forecasting.scores import randomised_pit
from forecasting.series import FloatArray, Series
from tests.forecasting.made_counts import MONDAY, made_rates


def wandering(seed: int, days: int, *, weekly: float, daily: float) -> FloatArray:
    """Hourly counts whose level wanders from week to week and differs from day to day, in logs."""
    draw = np.random.default_rng(seed)
    level = np.cumsum(draw.normal(0, weekly / np.sqrt(7), days)) + draw.normal(0, daily, days)
    rates = made_rates(days, per_day=3000, minutes=60) * np.repeat(np.exp(level), 24)
    return draw.poisson(rates).astype(np.float64)


def test_the_error_grows_as_said_and_never_beyond_what_is_unknown() -> None:
    """Within four weeks by one slope, then by another, up to a relative square of 1."""
    error = LevelError(0.01, 0.001, 0.0001)
    assert error.at(np.array([0, 27, 37])) == pytest.approx([0.011, 0.038, 0.039])
    assert error.at(np.array([10**6])) == pytest.approx([1.0])


def test_days_of_storms_do_not_widen_the_band_of_four_in_five() -> None:
    """Of back-tests in which one day in twelve brings a fifth more, it holds 80 %."""
    draw = np.random.default_rng(4)
    days = 1200
    relative = draw.normal(0, 0.05, days) + np.where(draw.random(days) < 1 / 12, 0.2, 0.0)
    lead = 1 + np.arange(days) % 28
    tests = DayTests(lead, np.full((1, days), 1000.0), 1000 * (1 + relative))
    spread = np.sqrt(1 / 1000 + tests.level_error(1e-5, 1.0).at(lead - 1))
    assert np.mean(np.abs(relative) < 1.2816 * spread) == pytest.approx(0.8, abs=0.04)


def test_levels_that_wander_are_covered_half_a_year_ahead() -> None:
    """Of ten queues with a wandering level, bands of nine in ten hold it months ahead."""
    shares = []
    for seed in range(10):
        counts = wandering(seed, 400 + 182, weekly=0.02, daily=0.04)
        series = Series("999", MONDAY, 60, counts[: 400 * 24])
        said = TotalsProfile().fit(series, Calendar("UTC")).predict(series.end, 182 * 24)
        totals = said.day_totals(np.arange(182 * 24) // 24)
        pit = randomised_pit(counts[400 * 24 :].reshape(-1, 24).sum(axis=1), totals, 1)[28:]
        shares.append(np.mean((pit > 0.05) & (pit < 0.95)))
    assert 0.75 < np.mean(shares) < 0.99


def test_holidays_are_less_sure_and_other_days_only_as_far_as_the_horizon() -> None:
    """Of 500 days, a year ahead: Christmas adds doubt of its day and its hours, other days none."""
    series = Series("999", MONDAY, 60, wandering(1, 500, weekly=0.01, daily=0.05))
    fitted = TotalsProfile().fit(series, Calendar("UTC", "GB-ENG")).predictor
    assert isinstance(fitted, DayTimesHour)
    days = np.datetime64("2025-12-22") + np.arange(8)
    holidays = np.isin(days, np.array(["2025-12-25", "2025-12-26"], dtype="datetime64[D]"))
    beside = holidays | (days == np.datetime64("2025-12-24")) | (days > np.datetime64("2025-12-26"))
    extra = fitted.days.extra_uncertainty(days)
    assert np.all(extra[holidays] > 1e-4)
    assert not extra[~beside].any()
    local = Calendar("UTC").local(np.datetime64("2025-12-22T00:00", "m"), 60, 8 * 24)
    by_hour = fitted.ground.hours.doubts(local).reshape(8, 24)
    assert np.all(by_hour[holidays] > 0)
    assert by_hour[2].any()
    assert not by_hour[:2].any()


def test_day_totals_share_a_level_and_not_their_noise() -> None:
    """A shared level of 10 % stays 10 % in the total; Poisson noise nearly vanishes in it."""
    mean = np.full(96, 50.0)
    level = np.full(96, 0.01)
    said = NegativeBinomial(mean, mean + level * mean**2, level)
    total = said.day_totals(np.zeros(96, dtype=np.int64))
    assert total.mean.tolist() == [4800]
    assert total.variance[0] == pytest.approx(4800 + 0.01 * 4800**2)
    alone = NegativeBinomial(mean, mean).day_totals(np.arange(96) // 48)
    assert alone.variance.tolist() == [2400, 2400]


def test_days_are_calibrated_and_the_level_is_told_apart() -> None:
    """Levels that differ by 10 % from day to day are told as about that, and cover day totals."""
    counts = wandering(3, 400 + 56, weekly=0.0, daily=0.1)
    series = Series("999", MONDAY, 60, counts[: 400 * 24])
    said = TotalsProfile().fit(series, Calendar("UTC")).predict(series.end, 56 * 24)
    assert said.level is not None
    assert np.sqrt(np.median(said.level)) == pytest.approx(0.1, abs=0.03)
    totals = said.day_totals(np.arange(56 * 24) // 24)
    pit = randomised_pit(counts[400 * 24 :].reshape(-1, 24).sum(axis=1), totals, 1)
    assert np.mean((pit > 0.1) & (pit < 0.9)) == pytest.approx(0.8, abs=0.12)


def test_large_queues_vary_in_proportion_and_small_ones_by_chance() -> None:
    """Hours that differ by 5 % whatever their calls are told from plain overdispersion."""
    draw = np.random.default_rng(2)
    mean = np.tile(np.linspace(50, 800, 96), 100)
    rough = draw.poisson(mean * draw.gamma(400, 1 / 400, len(mean))).astype(np.float64)
    scale, share = within_day(rough, mean)
    assert (scale, np.sqrt(share)) == pytest.approx((1.0, 0.05), abs=0.1)
    chance = draw.poisson(mean / 100).astype(np.float64)
    assert within_day(chance, mean / 100)[0] == pytest.approx(1.0, abs=0.03)
    assert within_day(chance, mean / 100)[1] < 0.02
