"""What missing people cost, interval by interval: each different row of prices once.

The search and the solver's models read prices here; `rules.cover` reads them on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rostering.problem import Cover

Ints = npt.NDArray[np.int64]

EVERYWHERE = slice(None)


@dataclass(frozen=True, eq=False)
class Prices:
    """Points for missing people of one `Cover`.

    Attributes:
        rows: points for the first, second … missing person, the last repeats; every row is there
            once, shape (rows, steps).
        row: which of them holds in each interval, shape (intervals,).
        surplus: points for each person more than needed.
    """

    rows: Ints
    row: Ints
    surplus: int

    @classmethod
    def of(cls, cover: Cover) -> Prices:
        """The prices of one need."""
        given = np.asarray(cover.shortage_points, dtype=np.int64)
        if given.ndim == 1:
            row = np.zeros(len(cover.required), dtype=np.int64)
            return cls(given[np.newaxis], row, cover.surplus_points)
        rows, row = np.unique(given, axis=0, return_inverse=True)
        return cls(rows, row.reshape(-1).astype(np.int64), cover.surplus_points)

    @cached_property
    def _totals(self) -> Ints:
        """Points of 0, 1 … missing people, as many as there are prices."""
        return np.pad(np.cumsum(self.rows, axis=1), ((0, 0), (1, 0)))

    def points(self, missing: Ints, part: slice = EVERYWHERE) -> Ints:
        """Points of intervals that lack so many people; a surplus is negative.

        Args:
            missing: people missing, shape (intervals of the part, …).
            part: which of the need's intervals they are.
        """
        steps = self.rows.shape[1]
        row = self.row[part].reshape(-1, *[1] * (missing.ndim - 1))
        lacking = np.maximum(missing, 0)
        points: Ints = self._totals[row, np.minimum(lacking, steps)]
        if lacking.max(initial=0) > steps:
            points = points + np.maximum(lacking - steps, 0) * self.rows[row, -1]
        if self.surplus:
            points = points + self.surplus * np.maximum(-missing, 0)
        return points
