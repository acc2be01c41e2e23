"""Scores against values worked out by hand, and the Poisson limit against its definition."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from forecasting.calendar import Calendar
from forecasting.distribution import NegativeBinomial
from forecasting.scores import actual_rates, pinball, poisson_limit, randomised_pit, score, wape
from forecasting.series import Series
from tests.forecasting.made_counts import made_rates, made_series


def test_wape_is_the_error_over_the_calls() -> None:
    """Errors of 1 and 2 over 6 calls are .5, and no calls give no figure."""
    assert wape(np.array([2.0, 4.0]), np.array([3.0, 2.0])) == 0.5
    assert np.isnan(wape(np.zeros(2), np.ones(2)))


def test_pinball_weighs_each_side_by_its_level() -> None:
    """Two calls above all quantiles cost 2 × mean level = 1; so do two below; a spread is mixed."""
    assert pinball(np.array([10.0]), np.full((7, 1), 8.0)) == pytest.approx(1.0)
    assert pinball(np.array([6.0]), np.full((7, 1), 8.0)) == pytest.approx(1.0)
    spread = np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0], [7.0]])
    by_hand = (0.05 * 3 + 0.10 * 2 + 0.25 * 1 + 0 + 0.25 * 1 + 0.10 * 2 + 0.05 * 3) / 7
    assert pinball(np.array([4.0]), spread) == pytest.approx(by_hand)


def test_scores_of_a_day_and_a_half_by_hand() -> None:
    """Daily errors cancel within 24 hours, and an unobserved interval counts nowhere."""
    counts = np.array([2.0, 4.0, np.nan, 3.0])
    said = NegativeBinomial(np.array([3.0, 3.0, 9.0, 1.0]), np.zeros(4))
    found = score(counts, said, per_day=2)
    assert found.intervals == 3
    assert found.wape == pytest.approx((1 + 1 + 2) / 9)
    assert found.daily_wape == pytest.approx(2 / 9)
    low, high = stats.poisson.ppf([[0.1], [0.9]], np.array([3.0, 3.0, 1.0]))
    inside = np.mean((low <= [2, 4, 3]) & (high >= [2, 4, 3]))
    assert found.cover_80 == pytest.approx(inside)


def test_randomised_pit_is_uniform_for_the_truth_and_the_same_for_one_seed() -> None:
    """Counts drawn from the forecast itself give a uniform transform; the seed decides all."""
    mean = np.full(20_000, 1.7)
    counts = np.random.default_rng(3).poisson(mean).astype(np.float64)
    said = NegativeBinomial(mean, mean)
    pit = randomised_pit(counts, said, 5)
    assert stats.kstest(pit, "uniform").pvalue > 0.01
    np.testing.assert_array_equal(pit, randomised_pit(counts, said, 5))
    assert not np.array_equal(pit, randomised_pit(counts, said, 6))
    assert np.isnan(randomised_pit(np.array([np.nan]), NegativeBinomial(mean[:1], mean[:1]), 1))[0]


def test_randomised_pit_sees_too_narrow_a_forecast() -> None:
    """Counts four times as variable as said fall outside the 80 % band far too often."""
    mean = np.full(5000, 20.0)
    counts = np.random.default_rng(3).negative_binomial(20 / 3, 0.25, 5000).astype(np.float64)
    assert score(counts, NegativeBinomial(mean, mean), 96).pit_80 < 0.6
    assert score(counts, NegativeBinomial(mean, 4 * mean), 96).pit_80 == pytest.approx(
        0.8, abs=0.02
    )


@pytest.mark.parametrize("rate", [0.1, 1.0, 2.5, 13.0, 578.0])
def test_poisson_limit_is_the_mean_deviation_over_the_mean(rate: float) -> None:
    """The closed form is the sum of |x − λ| over the Poisson probabilities."""
    x = np.arange(0, int(rate + 40 * np.sqrt(rate) + 40))
    by_sum = float(np.sum(np.abs(x - rate) * stats.poisson.pmf(x, rate))) / rate
    assert poisson_limit(np.array([rate, rate])) == pytest.approx(by_sum, rel=1e-9)


def test_poisson_limit_of_one_call_is_two_over_e() -> None:
    """At λ = 1 the mean deviation is 2/e; closed intervals add nothing; no rates, no figure."""
    assert poisson_limit(np.array([1.0, 0.0])) == pytest.approx(2 / np.e)
    assert np.isnan(poisson_limit(np.zeros(3)))


@pytest.mark.parametrize("minutes", [15, 60])
def test_limit_from_counts_is_the_limit_of_the_true_rates(minutes: int) -> None:
    """The rates read from Poisson counts give the limit of the true rates within 2 %."""
    rates = made_rates(200, minutes=minutes)
    found = actual_rates(made_series(200, minutes=minutes), Calendar("UTC"))
    assert poisson_limit(found) == pytest.approx(poisson_limit(rates), rel=0.02)
    assert np.abs(found - rates).sum() / rates.sum() < 0.12


def test_actual_rates_are_given_where_counts_were_observed() -> None:
    """An unobserved interval has no rate, and a day that was half seen keeps its level."""
    whole = made_series(60)
    counts = whole.offered.copy()
    counts[96 * 30 : 96 * 30 + 48] = np.nan
    rates = actual_rates(Series("a", whole.start, 15, counts), Calendar("UTC"))
    np.testing.assert_array_equal(np.isnan(rates), np.isnan(counts))
    full = actual_rates(whole, Calendar("UTC"))
    half = slice(96 * 30 + 48, 96 * 31)
    assert rates[half].sum() == pytest.approx(full[half].sum(), rel=0.15)
