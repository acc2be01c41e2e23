"""Distributions of counts against scipy and by their own laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from forecasting.distribution import LEVELS, Distribution, NegativeBinomial, RoundedNormal

MEANS = st.floats(1e-6, 1e5)


@given(MEANS, st.floats(1.0001, 500), st.sampled_from(LEVELS))
def test_negative_binomial_quantiles_are_scipys(mean: float, ratio: float, level: float) -> None:
    """Any mean and overdispersion gives the quantile that scipy finds by search."""
    said = NegativeBinomial(np.array([mean]), np.array([mean * ratio]))
    expected = stats.nbinom.ppf(level, mean / (ratio - 1), 1 / ratio)
    at = said.quantile(level)
    if at[0] != expected:  # apart by rounding only: both lie on the edge of the level
        edge = min(at[0], expected)
        assert said.cdf(edge)[0] == pytest.approx(level, abs=1e-9)


@given(MEANS, st.sampled_from(LEVELS))
def test_no_overdispersion_is_poisson(mean: float, level: float) -> None:
    """A variance that does not exceed the mean gives Poisson quantiles."""
    for variance in (mean, 0.5 * mean):
        said = NegativeBinomial(np.array([mean]), np.array([variance]))
        assert said.quantile(level)[0] == stats.poisson.ppf(level, mean)


@pytest.mark.parametrize("kind", [NegativeBinomial, RoundedNormal])
@given(mean=st.floats(0, 1e4), ratio=st.floats(0, 50))
def test_quantiles_are_whole_rising_and_agree_with_the_distribution_function(
    kind: type[Distribution], mean: float, ratio: float
) -> None:
    """Each quantile is the smallest count whose probability reaches its level."""
    said = kind(np.array([mean]), np.array([mean * ratio]))
    found = said.quantiles[:, 0]
    assert np.all(found == np.floor(found))
    assert np.all(found >= 0)
    assert np.all(np.diff(found) >= 0)
    for level, at in zip(LEVELS, found, strict=True):
        assert said.cdf(np.array([at]))[0] >= level - 1e-12
        assert said.cdf(np.array([at - 1]))[0] < level + 1e-12


@pytest.mark.parametrize("kind", [NegativeBinomial, RoundedNormal])
def test_closed_intervals_are_certainly_zero(kind: type[Distribution]) -> None:
    """A closed interval has mean and quantiles of zero, the others stay as they were."""
    said = kind(np.array([5.0, 5.0]), np.array([9.0, 9.0]))
    closed = said.closed_where(np.array([True, False]))
    assert closed.mean.tolist() == [0, 5]
    assert not closed.quantiles[:, 0].any()
    np.testing.assert_array_equal(closed.quantiles[:, 1], said.quantiles[:, 1])
    assert closed.cdf(np.array([0.0, 0.0]))[0] == 1
    assert closed.cdf(np.array([-1.0, -1.0])).tolist() == [0, 0]


@pytest.mark.parametrize("wrong", [np.nan, -1.0, np.inf])
def test_impossible_means_and_variances_are_refused(wrong: float) -> None:
    """A distribution cannot be made of NaN, negative or infinite values."""
    for mean, variance in ((wrong, 1.0), (1.0, wrong)):
        with pytest.raises(ValueError, match="finite"):
            NegativeBinomial(np.array([mean]), np.array([variance]))
