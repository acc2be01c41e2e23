"""Spikes: a few intervals that hold several times what their neighbours and the week say.

An interval is a spike when its count would come from a negative binomial of the expected mean less
than `BY_CHANCE` times a year, is `TIMES` what is expected and what stands just beside it as well,
and the stretch is an hour at most. Busy hours rise and fall over some intervals and so are their
own neighbours: they are not told.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from forecasting.calendar import LocalTime
from forecasting.cleaning.finding import Finding
from forecasting.cleaning.usual import Usual
from forecasting.cleaning.wording import calls, number, span_words
from forecasting.series import FloatArray, IntArray

BY_CHANCE = 0.02
"""Intervals a year that are called a spike though they are chance."""

TIMES = 3.0
"""How many times the expected and the neighbours' count a spike is at least."""

LONGEST = 60
"""Minutes of a spike at most: what lasts longer is an event, or another kind of dirt."""

_EXTRA = 0.05
"""Relative variance that an interval's rate may have for itself: gusts of calls are common."""


def spikes(offered: FloatArray, local: LocalTime, usual: Usual) -> list[Finding]:
    """Short stretches far above what is expected and what stands beside them."""
    length = 1440 // local.slots_per_day
    longest = max(1, LONGEST // length)
    mean = np.maximum(usual.expected * usual.factor[local.day], 0.02)
    counts = np.where(np.isnan(offered), 0.0, offered)
    high = np.flatnonzero(counts > TIMES * mean + 3)
    if not high.size:
        return []
    surprise = _tail(counts[high], mean[high], usual.dispersion)
    limit = np.log(365.25 * local.slots_per_day / BY_CHANCE)
    certain = high[surprise > limit]
    told = dict(zip(high.tolist(), surprise.tolist(), strict=True))
    found = []
    for run in np.split(certain, np.flatnonzero(np.diff(certain) > 1) + 1):
        if not run.size or len(run) > longest:
            continue
        first, after = int(run[0]), int(run[-1]) + 1
        beside = _beside(offered, first, after, longest)
        came, expected = float(counts[first:after].sum()), float(mean[first:after].sum())
        if counts[first:after].min() < TIMES * max(beside, 0.0):
            continue
        words = (
            f"{calls(came)} {span_words(local, first, after)}, where {number(expected)} were "
            f"expected, and {number(beside * (after - first))} would be in line with what stands "
            "beside them."
        )
        worst = max(told[place] for place in range(first, after))
        found.append(Finding("spike", first, after, came, expected, words, worst))
    return found


def _tail(counts: FloatArray, mean: FloatArray, dispersion: float) -> FloatArray:
    """−ln of the chance of a negative binomial count as high, by the regularised beta function."""
    variance = dispersion * mean + _EXTRA * mean**2
    size = mean**2 / np.maximum(variance - mean, 1e-9)
    chance = special.betainc(counts, size, mean / (mean + size))
    return np.asarray(-np.log(np.maximum(chance, 1e-300)))


def _beside(offered: FloatArray, first: int, after: int, reach: int) -> float:
    """Mean count within `reach` intervals on the side that has more."""
    sides: list[IntArray | FloatArray] = [
        offered[max(0, first - reach) : first],
        offered[after : after + reach],
    ]
    known = [side[~np.isnan(side)] for side in sides]
    return max((float(side.mean()) for side in known if side.size), default=0.0)
