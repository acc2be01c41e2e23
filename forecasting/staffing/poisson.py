"""Sums of Poisson terms behind the Erlang systems, without cancellation, underflow or overflow.

Each quantity is a ratio of an incomplete gamma function to the Poisson density at its own
parameters. Near the critical point the ratio is taken as it stands; far from it, where both sides
may underflow, a continued fraction with positive terms gives it directly (NIST Digital Library of
Mathematical Functions, §8.9 and §13.5). The two regions meet `NEAR` standard deviations away.

Every function takes `gap`, the difference of its first two arguments: near the critical point it
decides everything, and the caller can know it more exactly than the rounded arguments tell.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc, gammaincc, gammaln

Floats = npt.NDArray[np.float64]

NEAR = 4.0
"""Distance from the critical point, in square roots of the mean, where the method changes."""

DEPTH = 44
"""Terms of the continued fractions: from 4 deviations on, 40 reach the last bit for any size."""

_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)


def product_gap(whole: Floats, factor: Floats, other: Floats) -> Floats:
    """`whole − factor·other` with the rounding error of the product put back (Dekker, 1971)."""
    product = factor * other
    high_factor, low_factor = _halves(factor)
    high_other, low_other = _halves(other)
    error = high_factor * high_other - product
    error += high_factor * low_other + low_factor * high_other
    error += low_factor * low_other
    return (whole - product) - error


def poisson_density(count: Floats, mean: Floats, gap: Floats) -> Floats:
    """meanᶜ e⁻ᵐᵉᵃⁿ / Γ(count + 1) for real count > 0 and mean ≥ 0; gap = count − mean.

    The saddle-point form of C. Loader, "Fast and accurate computation of binomial probabilities"
    (2000), which keeps its last digits where logs of large factorials lose them.
    """
    density = np.empty_like(mean)
    large = count >= 10
    c, m, g = count[large], mean[large], gap[large]
    density[large] = np.exp(-_stirling_error(c) - _deviance(c, m, g)) / np.sqrt(2 * np.pi * c)
    c, m = count[~large], mean[~large]
    with np.errstate(divide="ignore"):
        density[~large] = np.exp(c * np.log(m) - m - gammaln(c + 1))
    return density


def inverse_loss(agents: Floats, load: Floats, gap: Floats) -> Floats:
    """1 / B(agents, load), B being Erlang's loss probability; infinite where B underflows.

    Args:
        agents: whole numbers ≥ 1.
        load: erlangs, > 0, of the same shape.
        gap: agents − load.
    """
    inverse = np.empty_like(load)
    far = -gap > NEAR * np.sqrt(agents)
    n, a, g = agents[far], load[far], gap[far]
    inverse[far] = a / (_upper_fraction(n, g) - g)
    n, a, g = agents[~far], load[~far], gap[~far]
    with np.errstate(divide="ignore", over="ignore"):
        inverse[~far] = gammaincc(n + 1, a) / poisson_density(n, a, g)
    return inverse


def inverse_line(x: Floats, y: Floats, gap: Floats) -> tuple[Floats, Floats]:
    """1/A(x, y) and its excess over 1 − y/x, with A(x, y) = 1 + Σⱼ yʲ / ((x+1)…(x+j)).

    A is the weight of all states with nobody idle against the state with nobody waiting in
    Erlang A (C. Palm, 1957), x = agents·patience/AHT and y = arrivals·patience; equally
    A = P(x, y) / density with P the regularised lower incomplete gamma function.

    Args:
        x: > 0.
        y: > 0, of the same shape.
        gap: x − y.
    """
    inverse, excess = np.empty_like(y), np.empty_like(y)
    near = is_near(y, gap)
    inverse[near] = poisson_density(x[near], y[near], gap[near]) / gammainc(x[near], y[near])
    excess[near] = inverse[near] - gap[near] / x[near]
    far = ~near
    excess[far] = _lower_fraction(y[far], gap[far]) / x[far]
    inverse[far] = gap[far] / x[far] + excess[far]
    return inverse, excess


def line_tails(
    x: Floats, y: Floats, gap: Floats, inverse: Floats, age: Floats
) -> tuple[Floats, Floats]:
    """P(x, z)/P(x, y) and P(x + 1, z)/P(x, y) with z = y·e⁻ᵃᵍᵉ.

    Args:
        x: > 0.
        y: > 0, of the same shape.
        gap: x − y.
        inverse: 1/A(x, y), the first answer of `inverse_line`.
        age: ≥ 0, a waiting time in units of patience.
    """
    z = y * np.exp(-age)
    z_gap = gap - y * np.expm1(-age)
    density = _density_ratio(x, y, gap, inverse, age)
    first, second = np.empty_like(y), np.empty_like(y)
    near = is_near(z, z_gap)
    first[near] = gammainc(x[near], z[near]) / gammainc(x[near], y[near])
    second[near] = first[near] - density[near]
    far = ~near
    fraction = _lower_fraction(z[far], z_gap[far])
    first[far] = density[far] * x[far] / (z_gap[far] + fraction)
    second[far] = density[far] * (z[far] - fraction) / (z_gap[far] + fraction)
    return first, second


def is_near(mean: Floats, gap: Floats) -> npt.NDArray[np.bool_]:
    """Where the incomplete gamma function itself is safe: neither it nor the density underflows."""
    return gap < NEAR * np.sqrt(mean)


def _density_ratio(x: Floats, y: Floats, gap: Floats, inverse: Floats, age: Floats) -> Floats:
    """The density at z = y·e⁻ᵃᵍᵉ divided by P(x, y)."""
    ratio = np.empty_like(y)
    near = is_near(y, gap)
    xs, ys, gaps, ages = x[near], y[near], gap[near], age[near]
    z_gaps = gaps - ys * np.expm1(-ages)
    ratio[near] = poisson_density(xs, ys * np.exp(-ages), z_gaps) / gammainc(xs, ys)
    ys, gaps, ages = y[~near], gap[~near], age[~near]
    exponent = gaps * ages + ys * (ages + np.expm1(-ages))
    ratio[~near] = np.exp(-exponent) * inverse[~near]
    return ratio


def _lower_fraction(y: Floats, gap: Floats) -> Floats:
    """y/(g+1 + 2y/(g+2 + 3y/(g+3 + …))), which is x/A − gap."""
    if not y.size:
        return y
    part = np.zeros_like(y)
    for j in range(DEPTH, 0, -1):
        part *= j + 1
        part += gap
        part += j
        np.divide(y, part, out=part)
    return part


def _upper_fraction(agents: Floats, gap: Floats) -> Floats:
    """n/(2−g + 2(n−1)/(4−g + 3(n−2)/(6−g + …))), which ends by itself after n terms."""
    part = np.zeros_like(gap)
    if not gap.size:
        return part
    for i in range(DEPTH, 0, -1):
        part -= gap
        part += 2 * i
        np.divide(i * np.maximum(agents + 1 - i, 0), part, out=part)
    return part


def _stirling_error(count: Floats) -> Floats:
    """The log of Γ(count + 1) less Stirling's leading terms; count ≥ 10."""
    square = 1 / (count * count)
    total = np.zeros_like(count)
    for coefficient in reversed(_STIRLING):
        total = total * square + coefficient
    return total / count


def _deviance(count: Floats, mean: Floats, gap: Floats) -> Floats:
    """count·ln(count/mean) − gap, by a series where the two terms nearly cancel."""
    ratio = gap / (count + mean)
    square = ratio * ratio
    series = np.zeros_like(ratio)
    for j in range(9, 0, -1):
        series = (series + 1 / (2 * j + 1)) * square
    near = ratio * (gap + 2 * count * series)
    with np.errstate(divide="ignore", over="ignore"):
        far = count * np.log(count / mean) - gap
    return np.where(np.abs(ratio) < 0.1, near, far)


def _halves(value: Floats) -> tuple[Floats, Floats]:
    """`value` as a sum of two numbers of half the digits (Veltkamp's splitting)."""
    scaled = 134217729.0 * value
    high = scaled - (scaled - value)
    return high, value - high
