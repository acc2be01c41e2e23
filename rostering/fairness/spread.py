"""How unevenly something is spread over people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Spread:
    """How unevenly something is spread over people, each weighted.

    Attributes:
        mean: over the people.
        deviation: standard deviation, in the same unit.
        jain: Jain's index of fairness, (Σ w x)² / (Σ w · Σ w x²): 1 where everybody has the same,
            1/n where one of n has everything (Jain, Chiu and Hawe 1984, DEC-TR-301).
        least, most: of anybody.
    """

    mean: float
    deviation: float
    jain: float
    least: float
    most: float


def spread(values: npt.ArrayLike, weights: npt.ArrayLike) -> Spread | None:
    """How unevenly values are spread over people; None where nobody has a weight.

    Args:
        values: 0 or more, shape (people,).
        weights: such as contracted hours, 0 or more, shape (people,).
    """
    weight = np.asarray(weights, dtype=np.float64)
    there = weight > 0
    if not there.any():
        return None
    value, weight = np.asarray(values, dtype=np.float64)[there], weight[there]
    total, summed, squares = weight.sum(), (weight * value).sum(), (weight * value**2).sum()
    mean = summed / total
    deviation = np.sqrt((weight * (value - mean) ** 2).sum() / total)
    jain = summed**2 / (total * squares) if squares else 1.0
    return Spread(*map(float, (mean, deviation, jain, value.min(), value.max())))
