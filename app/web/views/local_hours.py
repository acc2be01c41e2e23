"""Intervals laid out by local day and hour, clock changes included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from app.web.words import local

FloatArray = npt.NDArray[np.float64]
How = Literal["max", "min", "mean"]


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
        seen = ~np.isnan(data)
        at, data, size = self.cell[seen], data[seen], len(self.days) * 24
        if how == "mean":
            many = np.bincount(at, minlength=size)
            total = np.bincount(at, weights=data, minlength=size)
            out: FloatArray = np.divide(total, many, out=np.full(size, np.nan), where=many > 0)
        else:
            out = np.full(size, np.nan)
            (np.fmax if how == "max" else np.fmin).at(out, at, data)
        return out.reshape(-1, 24)
