"""Intervals laid out by local day and hour, clock changes included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from app.web.words import local

FloatArray = npt.NDArray[np.float64]
How = Literal["max", "min", "mean"]
_REDUCE: dict[str, Callable[[FloatArray], float]] = {
    "max": np.nanmax,
    "min": np.nanmin,
    "mean": np.nanmean,
}


@dataclass(frozen=True, eq=False)
class LocalHours:
    """Where each interval lies on the clock on the wall.

    Attributes:
        days: the local days touched, in order.
        cell: per interval, 24 × index of its day + its hour, shape (intervals,).
    """

    days: tuple[date, ...]
    cell: npt.NDArray[np.int64]

    @classmethod
    def of(cls, start: int, minutes: int, length: int, zone: str) -> LocalHours:
        """Lay out `length` intervals of `minutes` from instant `start` on."""
        walls = [local(start + minutes * index, zone) for index in range(length)]
        days = sorted({wall.date() for wall in walls})
        at = {day: index for index, day in enumerate(days)}
        cells = [at[wall.date()] * 24 + wall.hour for wall in walls]
        return cls(tuple(days), np.array(cells, dtype=np.int64))

    def table(self, values: npt.ArrayLike, how: How) -> FloatArray:
        """Values per day and hour, shape (days, 24); NaN where there is none.

        An hour that happens twice is one cell of twice as many intervals.
        """
        data = np.asarray(values, dtype=np.float64)
        out = np.full(len(self.days) * 24, np.nan)
        order = np.argsort(self.cell, kind="stable")
        cells, firsts = np.unique(self.cell[order], return_index=True)
        for cell, part in zip(cells, np.split(data[order], firsts[1:]), strict=True):
            if not np.isnan(part).all():
                out[cell] = _REDUCE[how](part)
        return out.reshape(-1, 24)
