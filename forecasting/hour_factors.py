"""How the hours of special days differ from the usual ones, shrunk as far as counts are few."""

from __future__ import annotations

import numpy as np
from scipy import special

from forecasting.series import FloatArray

_SPREADS = (0.03, 0.1, 0.2, 0.4, 0.8)
"""Relative spreads of the hours' factors that are tried."""


def hour_factors(
    counts: FloatArray, expected: FloatArray, dispersion: float
) -> tuple[FloatArray, FloatArray]:
    """Factor of each hour on what is expected, the whole left as it is.

    Poisson counts with a gamma factor of mean 1 per hour; the factor's spread is the one under
    which the counts are likeliest (empirical Bayes), so that hours without a clear difference
    have none.

    Args:
        counts: Calls per hour, summed over days, shape (hours,).
        expected: Calls expected, of that shape.
        dispersion: Variance over mean of ordinary counts, at least 1: a call weighs as much less.

    Returns:
        Factors whose mean, weighed by expected calls, is 1, and their relative variances; shape
        (hours,) each.
    """
    whole = float(expected.sum())
    calls = float(counts.sum())
    if whole <= 0 or calls <= 0:
        return np.ones(len(counts)), np.zeros(len(counts))
    seen, wanted = counts / dispersion, expected * (calls / whole) / dispersion
    weights = [1 / spread**2 for spread in _SPREADS]
    weight = max(weights, key=lambda each: _likelihood(seen, wanted, each))
    factor = (seen + weight) / (wanted + weight)
    factor /= float(np.sum(factor * expected)) / whole
    return factor, 1 / (seen + weight)


def _likelihood(counts: FloatArray, expected: FloatArray, weight: float) -> float:
    """Log-likelihood of counts under gamma factors of mean 1 and variance 1 / weight.

    Terms that are the same for every weight are left out.
    """
    terms = special.gammaln(counts + weight) - special.gammaln(weight)
    terms += weight * np.log(weight / (weight + expected)) - counts * np.log(weight + expected)
    return float(terms.sum())
