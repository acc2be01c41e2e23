"""Days that are busier or calmer than their forecast: goals in the mean over all callers.

A day's calls come at m·G a second, m being the forecast and G a level with a gamma distribution of
mean 1 and coefficient of variation c (G. Jongbloed and G. Koole, Applied Stochastic Models in
Business and Industry 17 (2001)). More callers meet a busy day than a calm one, so that what a
caller may expect is E[G·f(m·G)] / E[G], f being a figure of a day of known level: the mean of f
over levels of a gamma distribution with 1 more in its shape. Occupancy is a mean over days.

In simulation of 13 and 25 erlangs with c of 0.1, 0.2 and 0.3 the share answered in time lay within
0.2 points of this.
"""

from __future__ import annotations

import numpy as np

from forecasting.staffing.erlang import Performance
from forecasting.staffing.poisson import Floats

CERTAIN = 1e-3
"""A smaller variation counts as none: it changes no figure in its fourth digit."""

FEWEST = 16
"""Levels at least."""

PER_DEVIATION = 10.0
"""Levels per c·√load. The service level falls from 1 to 0 over loads some √load apart, and sums
over even steps of the cube root of a level, which is nearly normal, settle fast once a step is
shorter than that."""

REACH = 2.4
"""Cube roots of levels are taken up to so many c from 1, some seven standard deviations."""


def together(*variations: float) -> float:
    """Coefficient of variation of the product of independent levels of mean 1."""
    return float(np.sqrt(np.prod([1 + each**2 for each in variations]) - 1))


def levels(variation: float, largest_load: float) -> tuple[Floats, Floats]:
    """Levels of a day, and which share of all callers meets each.

    Args:
        variation: c, `CERTAIN` at least and ≤ 1.
        largest_load: erlangs up to which they are fine enough.

    Returns:
        Levels and weights that add up to 1, shape (levels,).
    """
    count = max(FEWEST, int(np.ceil(PER_DEVIATION * variation * np.sqrt(largest_load))))
    root = np.linspace(max(1 - REACH * variation, 1e-3), 1 + REACH * variation, count)
    shape = 1 / variation**2
    logs = (3 * (shape + 1) - 1) * np.log(root) - shape * root**3
    weight = np.exp(logs - logs.max())
    kept = weight > 0
    return root[kept] ** 3, weight[kept] / weight[kept].sum()


def expected(
    figures: Performance, called_back: Floats, level: Floats, share: Floats
) -> Performance:
    """What callers may expect over the levels of a day.

    Args:
        figures: of each level and cell, shape (levels · cells,), cells within levels.
        called_back: share of callers who accept a call back, of that shape.
        level: the levels.
        share: of all callers who meet each.
    """

    def mean(values: Floats, weight: Floats = share) -> Floats:
        return np.asarray(weight @ values.reshape(level.size, -1))

    days = share / level
    answered = 1 - mean(figures.abandoned) - mean(called_back)
    in_time = mean(figures.answered_in_time_of_offered)
    return Performance(
        waiting=mean(figures.waiting),
        answered_in_time_of_offered=in_time,
        answered_in_time_of_answered=np.minimum(in_time / np.maximum(answered, 1e-300), 1.0),
        virtual_wait_in_time=mean(figures.virtual_wait_in_time),
        wait_in_time=mean(figures.wait_in_time),
        abandoned=mean(figures.abandoned),
        asa=mean(figures.asa),
        occupancy=mean(figures.occupancy, days / days.sum()),
    )
