"""How far officers were given what they asked, over past periods, and what follows for the next.

Of each officer it is known what they asked in each period, in points of their wishes, and how many
of these points were met. Periods fade: each counts `fade` times what the one after it counts, so
that the sums of an officer over periods 0 (oldest) … P − 1 are

    A = Σ fade^(P − 1 − p) · asked_p        M = Σ fade^(P − 1 − p) · met_p

The mean over officers weighs each by contracted hours, so that two who work half the week count as
much as one who works all of it; M / A itself is a share of what somebody asked, in which hours do
not enter, so that part-time staff are neither favoured nor punished. From the mean an officer's
satisfaction departs by as much as there is to know of them:

    satisfaction = (M + prior · mean) / (A + prior)

Whoever has asked for nothing, or is new, stands at the mean; a single small wish moves little. A
point of a wish then counts 2^((mean − satisfaction) / double_at) times, between bounds, and all
together for as much as without (`percents`): cover is weighed against the same sum of points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

HALVINGS = 60
"""Steps of the bisection that keeps the total: beyond the precision of the numbers."""


@dataclass(frozen=True, slots=True)
class Memory:
    """How past periods are remembered; every number is derived, none is published.

    Attributes:
        periods: how many periods are looked back on.
        fade: what a period counts beside the one after it, above 0 and at most 1.
        prior: points asked for at the mean that everybody is taken to have beside their own.
        double_at: share of satisfaction below the mean at which a wish counts double.
        least_percent, most_percent: bounds of what a point of a wish counts for.
    """

    periods: int = 6
    fade: float = 0.8
    prior: float = 10.0
    double_at: float = 0.25
    least_percent: int = 50
    most_percent: int = 200


@dataclass(frozen=True)
class Satisfaction:
    """How far officers were given what they asked.

    Attributes:
        asked, met: points, faded, shape (officers,).
        mean: of those who asked, weighted by hours; 1 where nobody did.
        by_officer: drawn to the mean by how little is known, shape (officers,).
    """

    asked: Floats
    met: Floats
    mean: float
    by_officer: Floats

    @property
    def is_known(self) -> Flags:
        """Who asked for anything, shape (officers,)."""
        known: Flags = self.asked > 0
        return known

    @property
    def plain(self) -> Floats:
        """Met over asked, the mean where nothing was asked; shape (officers,)."""
        return np.where(self.is_known, self.met / np.maximum(self.asked, 1e-9), self.mean)


def satisfaction(asked: Ints, met: Ints, hours: Ints, memory: Memory) -> Satisfaction:
    """Look back over periods.

    Args:
        asked: points by period, oldest first, and officer; shape (periods, officers). Of more
            periods than are looked back on, the last ones count.
        met: those of them that were met, of the same shape.
        hours: contracted time of each officer, in any unit, shape (officers,).
        memory: how they are remembered.
    """
    asked, met = asked[-memory.periods :], met[-memory.periods :]
    weights = memory.fade ** np.arange(len(asked) - 1, -1, -1, dtype=np.float64)
    points, given = weights @ asked, weights @ met
    known = points > 0
    share = given / np.where(known, points, 1.0)
    weight = np.where(known, hours, 0).astype(np.float64)
    if known.any() and not weight.any():
        weight = known.astype(np.float64)
    mean = float((weight * share).sum() / weight.sum()) if known.any() else 1.0
    drawn = (given + memory.prior * mean) / np.maximum(points + memory.prior, 1e-9)
    return Satisfaction(points, given, mean, np.where(known, drawn, mean))


def percents(found: Satisfaction, asks: Ints, memory: Memory) -> Ints:
    """What a point of each officer's wishes counts for in the coming period, in per cent.

    All points together count for what they are: Σ asks · percent = 100 · Σ asks, but for rounding.

    Args:
        found: the past.
        asks: points that each officer asks for now, shape (officers,).
        memory: how far the past is made up for.
    """
    lean = 2.0 ** ((found.mean - found.by_officer) / memory.double_at)
    weight = asks.astype(np.float64) if asks.any() else np.ones(len(asks))
    low, high = memory.least_percent / 100, memory.most_percent / 100
    # The total grows with the factor of all, so that halving finds where it is kept.
    least, most = low / max(lean.max(initial=low), low), high / min(lean.min(initial=high), high)
    for _ in range(HALVINGS):
        middle = (least + most) / 2
        if (weight * np.clip(middle * lean, low, high)).sum() < weight.sum():
            least = middle
        else:
            most = middle
    counted: Ints = np.rint(100 * np.clip(most * lean, low, high)).astype(np.int64)
    return counted
