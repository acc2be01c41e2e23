"""How far effects of one kind lie from none, before one of them is looked at (empirical Bayes)."""

from __future__ import annotations

import numpy as np

from forecasting.series import FloatArray

PRIOR_NUMBER = 4.0
"""Effects that the assumed spread weighs as much as."""


def prior_spread(effects: FloatArray, noise: FloatArray, assumed: float) -> float:
    """Standard deviation of effects around none, from noisy ones and what is assumed before them.

    The mean of squares beyond noise (the method of moments: Efron & Morris 1973), drawn to the
    assumed spread while effects are few.

    Args:
        effects: Observed effects in logs, shape (n,).
        noise: Variance of each, of that shape.
        assumed: Standard deviation before any was observed, in logs.
    """
    excess = float(np.sum(effects**2 - noise)) + PRIOR_NUMBER * assumed**2
    mean = excess / (len(effects) + PRIOR_NUMBER)
    return float(np.clip(np.sqrt(max(mean, 0.0)), 0.05, 3.0))
