"""The intervals that a forecast is asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.calendar import LocalTime
from forecasting.series import IntArray


@dataclass(frozen=True)
class Window:
    """The intervals to be forecast.

    Attributes:
        start: Beginning of the first interval, UTC.
        local: Local time of each interval.
        lead: Whole days from the end of the training series to each interval, shape (n,).
    """

    start: np.datetime64
    local: LocalTime
    lead: IntArray
