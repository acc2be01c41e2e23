"""The intervals that a forecast is asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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

    @property
    def dates(self) -> npt.NDArray[np.datetime64]:
        """Every local day from the first interval's to the last one's."""
        return np.asarray(np.arange(self.local.date[0], self.local.date[-1] + 1))
