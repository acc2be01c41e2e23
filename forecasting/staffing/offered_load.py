"""Offered load over time: calls still being handled are load, whenever they arrived.

Modified offered load, m(t) = ∫ λ(t − u) P(S > u) du, is the mean number of calls in hand if nobody
ever had to wait (S. Eick, W. Massey and W. Whitt, Operations Research 41 (1993)). It lags behind
the calls by about one handling time, which is what a need per interval taken alone gets wrong.

Within an interval the rate of calls is taken as constant; the integrals are then exact sums over
earlier intervals, for exponential handling times and for lognormal ones of a given coefficient of
variation. A handling time belongs to the interval in which its call arrives.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from forecasting.errors import InputError
from forecasting.staffing.poisson import Floats

FORGOTTEN = 1e-8
"""Share of the handled time that may be left out where a handling time's tail is cut."""


def interval_load(
    calls: npt.ArrayLike,
    interval_seconds: float,
    aht: npt.ArrayLike,
    *,
    variation: float | None = None,
    calls_before: npt.ArrayLike = (),
) -> Floats:
    """Mean offered load of each interval, in erlangs.

    Args:
        calls: mean calls per interval, consecutive intervals, shape (intervals,), ≥ 0.
        interval_seconds: length of an interval.
        aht: average handling time in seconds, > 0: one number or one per interval.
        variation: coefficient of variation of lognormal handling times; None: exponential.
        calls_before: mean calls of the intervals just before, oldest first; before those, or
            without them, the room is taken to have run steadily at the earliest rate known.

    Raises:
        InputError: a number out of its range or arrays that do not match.
    """
    rates, means, group = _arrivals(calls, interval_seconds, aht, calls_before)
    edges = _edges(means, interval_seconds, variation)
    area = _second_integral(edges[:, None], means, variation)
    weights = np.diff(np.diff(area, axis=0, prepend=area[:1]), axis=0) / interval_seconds
    return _lagged(rates, np.maximum(weights, 0), group, np.size(calls))


def minute_load(
    calls: npt.ArrayLike,
    interval_minutes: int,
    aht: npt.ArrayLike,
    *,
    variation: float | None = None,
    calls_before: npt.ArrayLike = (),
) -> Floats:
    """Offered load in the middle of each minute, in erlangs, shape (intervals, interval_minutes).

    The arguments and errors are those of `interval_load`; `interval_minutes` is the length of an
    interval.
    """
    seconds = 60.0 * interval_minutes
    rates, means, group = _arrivals(calls, seconds, aht, calls_before)
    edges = _edges(means, seconds, variation)[:-1, None]
    columns = []
    for minute in range(interval_minutes):
        handled = _first_integral(edges + 60 * (minute + 0.5), means, variation)
        weights = np.diff(handled, axis=0, prepend=0.0)
        columns.append(_lagged(rates, weights, group, np.size(calls)))
    return np.stack(columns, axis=1)


def _arrivals(
    calls: npt.ArrayLike, interval_seconds: float, aht: npt.ArrayLike, before: npt.ArrayLike
) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
    """Calls per second, the different handling times, and which of them holds; history first."""
    counts = np.concatenate(
        [np.atleast_1d(np.asarray(part, np.float64)) for part in (before, calls)]
    )
    times = np.asarray(aht, np.float64)
    if interval_seconds <= 0:
        raise InputError(f"an interval must be longer than 0 seconds, not {interval_seconds:g}.")
    if not np.all((counts >= 0) & np.isfinite(counts)):
        raise InputError("mean calls per interval must be numbers of 0 or more.")
    if not np.all((times > 0) & np.isfinite(times)):
        raise InputError("the handling time must be more than 0 seconds.")
    if times.size not in (1, np.size(calls)):
        raise InputError(
            f"give one handling time, or one per interval: {times.size} for {np.size(calls)}."
        )
    times = np.broadcast_to(np.ravel(times), (np.size(calls),))
    times = np.concatenate([np.broadcast_to(times[:1], (np.size(before),)), times])
    means, group = np.unique(times, return_inverse=True)
    return counts / interval_seconds, means, group


def _edges(means: Floats, interval_seconds: float, variation: float | None) -> Floats:
    """Ends of the intervals, 0, L, 2L … seconds ago, until the longest handling time is over."""
    if variation is not None and not 0 < variation < 10:
        raise InputError(f"the coefficient of variation must be 0 to 10, not {variation:g}.")
    longest = means[-1:] if means.size else np.ones(1)
    reach = longest
    while longest - _first_integral(reach, longest, variation) > FORGOTTEN * longest:
        reach = 1.25 * reach
    return interval_seconds * np.arange(np.ceil(reach[0] / interval_seconds) + 2)


def _lagged(rates: Floats, weights: Floats, group: npt.NDArray[np.intp], intervals: int) -> Floats:
    """Sum over lags of rate × weight of its handling time, for the last `intervals` intervals."""
    if not intervals:
        return np.zeros(0)
    lags = len(weights)
    rates = np.concatenate([np.full(lags, rates[0]), rates])
    group = np.concatenate([np.full(lags, group[0]), group])
    load = np.zeros(intervals)
    for lag in range(lags):
        past = slice(rates.size - intervals - lag, rates.size - lag)
        load += rates[past] * weights[lag, group[past]]
    return load


def _first_integral(age: Floats, mean: Floats, variation: float | None) -> Floats:
    """∫₀ᵃᵍᵉ P(S > u) du, the mean handling time spent up to an age."""
    if variation is None:
        return np.asarray(-mean * np.expm1(-age / mean))
    whole, part, _ = _lognormal_moments(age, mean, variation)
    return np.asarray(part + age * (1 - whole))


def _second_integral(age: Floats, mean: Floats, variation: float | None) -> Floats:
    """The integral of the first integral."""
    if variation is None:
        return np.asarray(mean * (age + mean * np.expm1(-age / mean)))
    whole, part, square = _lognormal_moments(age, mean, variation)
    return np.asarray(age * part - square / 2 + age**2 / 2 * (1 - whole))


def _lognormal_moments(
    age: Floats, mean: Floats, variation: float
) -> tuple[Floats, Floats, Floats]:
    """P(S < age), E[S; S < age] and E[S²; S < age] of a lognormal handling time."""
    spread = np.sqrt(np.log1p(variation**2))
    with np.errstate(divide="ignore"):
        score = np.log(age / mean) / spread + spread / 2
    second = mean**2 * (1 + variation**2) * ndtr(score - 2 * spread)
    return ndtr(score), mean * ndtr(score - spread), second
