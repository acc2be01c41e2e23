"""How good a forecast was: error, pinball loss, calibration, and the least error possible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from forecasting.calendar import Calendar
from forecasting.distribution import LEVELS, Distribution
from forecasting.profile import WeekTable, day_shares, fit_profile, sums
from forecasting.series import FloatArray, Series


@dataclass(frozen=True)
class Scores:
    """Scores of one forecast on the observed intervals of a stretch of days.

    Attributes:
        intervals: Number of observed intervals.
        wape: Sum of absolute errors of the mean over the sum of counts, per interval.
        daily_wape: The same for totals of 24 elapsed hours, over their observed intervals.
        pinball: Mean pinball loss over the seven quantiles and the intervals, in calls.
        cover_80: Share of counts within q10 to q90.
        cover_90: Share of counts within q05 to q95.
        pit_80: Share of randomised probability integral transforms within .10 to .90.
        pit_95: Share of them within .025 to .975.
    """

    intervals: int
    wape: float
    daily_wape: float
    pinball: float
    cover_80: float
    cover_90: float
    pit_80: float
    pit_95: float


def score(counts: FloatArray, said: Distribution, per_day: int, seed: int = 0) -> Scores:
    """Score a forecast against what was observed.

    Args:
        counts: Observed counts, shape (n,); NaN where not observed.
        said: The forecast of the same n intervals.
        per_day: Intervals in 24 hours.
        seed: Seed of the randomised probability integral transform.
    """
    seen = ~np.isnan(counts)
    day = np.arange(len(counts)) // per_day
    days = int(day[-1]) + 1
    pit = randomised_pit(counts, said, seed)[seen]
    quantiles = dict(zip(LEVELS, said.quantiles, strict=True))
    return Scores(
        intervals=int(seen.sum()),
        wape=wape(counts[seen], said.mean[seen]),
        daily_wape=wape(*(sums(day[seen], v[seen], days) for v in (counts, said.mean))),
        pinball=pinball(counts[seen], said.quantiles[:, seen]),
        cover_80=_within(counts, quantiles[0.10], quantiles[0.90], seen),
        cover_90=_within(counts, quantiles[0.05], quantiles[0.95], seen),
        pit_80=float(np.mean((pit >= 0.10) & (pit <= 0.90))),
        pit_95=float(np.mean((pit >= 0.025) & (pit <= 0.975))),
    )


def wape(counts: FloatArray, means: FloatArray) -> float:
    """Sum of absolute errors over the sum of counts; NaN when there was no call."""
    total = float(counts.sum())
    return float(np.abs(counts - means).sum()) / total if total > 0 else float("nan")


def pinball(counts: FloatArray, quantiles: FloatArray) -> float:
    """Mean loss of quantiles at `LEVELS`, shape (7, n), in calls (Koenker & Bassett 1978)."""
    under = counts - quantiles
    level = np.array(LEVELS)[:, None]
    return float(np.mean(np.maximum(level * under, (level - 1) * under)))


def randomised_pit(counts: FloatArray, said: Distribution, seed: int) -> FloatArray:
    """A draw between F(x − 1) and F(x) per count x: uniform if the forecast is right.

    Source: Czado, Gneiting & Held 2009, "Predictive model assessment for count data", eq. 1.
    NaN where nothing was observed.
    """
    draw = np.random.default_rng(seed).random(len(counts))
    x = np.where(np.isnan(counts), 0.0, counts)
    below, upto = said.cdf(x - 1), said.cdf(x)
    return np.where(np.isnan(counts), np.nan, below + draw * (upto - below))


def poisson_limit(rates: FloatArray) -> float:
    """The WAPE of a forecaster who knows every rate of Poisson counts.

    The mean absolute deviation of a Poisson count around its mean λ is
    2 e^(−λ) λ^(⌊λ⌋+1) / ⌊λ⌋! (Johnson, Kemp & Kotz 2005, section 4.3).

    Args:
        rates: Expected counts, shape (n,).
    """
    rate = rates[rates > 0]
    if not rate.size:
        return float("nan")
    floor = np.floor(rate)
    deviation = 2 * np.exp((floor + 1) * np.log(rate) - rate - special.gammaln(floor + 1))
    return float(deviation.sum() / rate.sum())


def actual_rates(series: Series, calendar: Calendar) -> FloatArray:
    """Rates behind counts that are all known, test period included, shape (n,).

    A day's level is its own total, shrunken towards the mean of the four weeks around it on the
    same day of the week as far as counting noise explains its distance; the shape of the day is a
    day-of-week profile of all counts. NaN where nothing was observed.
    """
    local, seen = (
        calendar.local(series.start, series.interval_minutes, len(series)),
        series.observed,
    )
    closed = np.bincount(local.week_slot[seen], minlength=7 * local.slots_per_day) == 0
    flat = WeekTable.of(series.offered, local, np.ones(len(series)))
    share = fit_profile(flat, closed)
    days = int(local.day[-1]) + 1
    totals = sums(local.day[seen], series.offered[seen], days)
    for _ in range(2):
        part = day_shares(share[local.week_slot], local, seen)
        level = _shrunken_totals(totals, part)
        share = fit_profile(WeekTable.of(series.offered, local, level[local.day]), closed)
    rates = level[local.day] * share[local.week_slot]
    return np.where(seen, rates, np.nan)


def _shrunken_totals(totals: FloatArray, share: FloatArray) -> FloatArray:
    """Each day's level between its own total and the mean of its weekday's neighbours."""
    days = len(totals)
    calls, part = np.zeros(days), np.zeros(days)
    for weeks in (-2, -1, 1, 2):
        neighbour = np.arange(days) + 7 * weeks
        there = (neighbour >= 0) & (neighbour < days)
        calls[there] += totals[neighbour[there]]
        part[there] += share[neighbour[there]]
    everywhere = float(totals.sum()) / max(float(share.sum()), 1e-9)
    around = np.where(part > 0.5, calls / np.maximum(part, 0.5), everywhere)
    around = np.maximum(around, 1e-6 * max(everywhere, 1e-9))
    seen = share > 0.05
    own = np.where(seen, totals / np.where(seen, share, 1.0), around)
    noise = around / np.maximum(share, 0.05)
    distance = (own - around)[seen] ** 2
    excess = max(0.0, float(np.mean(distance - noise[seen])))
    trust = (
        excess * (around / everywhere) / np.maximum(excess * (around / everywhere) + noise, 1e-12)
    )
    return np.where(seen, around + trust * (own - around), around)


def _within(
    counts: FloatArray, low: FloatArray, high: FloatArray, seen: npt.NDArray[np.bool_]
) -> float:
    """Share of the observed counts from `low` to `high`, both included."""
    return float(np.mean(((counts >= low) & (counts <= high))[seen]))
