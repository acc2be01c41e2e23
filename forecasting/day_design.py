"""The columns of the regression of daily totals: weekday, trend, season, drift and holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from forecasting.series import FloatArray, IntArray


@dataclass(frozen=True)
class Design:
    """The columns of the regression, fixed by a training span.

    Attributes:
        first: First training day.
        last: Last training day.
        holidays: Names of holidays by date, over training and horizon.
        names: Holidays that occur in training, each with a column of its own.
        weekly_drift: Prior standard deviation of the level's change per week, in logs.
    """

    first: np.datetime64
    last: np.datetime64
    holidays: Mapping[np.datetime64, str]
    names: tuple[str, ...]
    weekly_drift: float

    @classmethod
    def of(
        cls,
        dates: npt.NDArray[np.datetime64],
        holidays: Mapping[np.datetime64, str],
        weekly_drift: float,
    ) -> Design:
        """The columns for training on `dates`, ascending."""
        names = tuple(sorted({holidays[day] for day in dates if day in holidays}))
        return cls(dates[0], dates[-1], holidays, names, weekly_drift)

    @cached_property
    def knots(self) -> FloatArray:
        """Days before `last` between which the level drifts: weekly at first, then monthly."""
        span = int((self.last - self.first).astype(np.int64))
        recent = np.arange(0, min(span, 182), 7)
        older = np.arange(182, span, 28)
        return np.concatenate([recent, older, [span]]).astype(np.float64)

    @property
    def harmonics(self) -> int:
        """Annual Fourier pairs that the span can carry."""
        years = float((self.last - self.first).astype(np.int64)) / 365.25
        return 0 if years < 0.95 else 2 if years < 1.9 else 3

    def matrix(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Columns for `dates`, shape (days, columns), the constant first."""
        ago = (self.last - dates).astype(np.int64).astype(np.float64)
        weekday: IntArray = (dates.astype(np.int64) + 3) % 7
        parts = [np.ones((len(dates), 1)), -ago[:, None] / 365.25]
        parts.append((weekday[:, None] == np.arange(7)).astype(np.float64))
        angle = 2 * np.pi * dates.astype(np.int64)[:, None] / 365.2425
        for k in range(1, self.harmonics + 1):
            parts += [np.sin(k * angle), np.cos(k * angle)]
        near, far = self.knots[:-1], self.knots[1:]
        parts.append(-np.clip((ago[:, None] - near) / (far - near), 0.0, 1.0))
        return np.hstack(parts + self._holiday_columns(dates))

    def _holiday_columns(self, dates: npt.NDArray[np.datetime64]) -> list[FloatArray]:
        """One column for any holiday, for the day before and after one, and for each by name."""
        if not self.names:
            return []
        here, next_, before = (self._holiday_numbers(dates + shift) for shift in (0, 1, -1))
        shared = [here >= 0, (next_ >= 0) & (here < 0), (before >= 0) & (here < 0)]
        own = here[:, None] == np.arange(len(self.names))
        return [np.column_stack(shared).astype(np.float64), own.astype(np.float64)]

    def _holiday_numbers(self, dates: npt.NDArray[np.datetime64]) -> IntArray:
        """Place of each date's holiday in `names`, their number for another one, -1 for none."""
        known, numbers = self._numbered
        place = np.minimum(np.searchsorted(known, dates), len(known) - 1)
        return np.where(known[place] == dates, numbers[place], -1)

    @cached_property
    def _numbered(self) -> tuple[npt.NDArray[np.datetime64], IntArray]:
        """Dates of all holidays, ascending, and their numbers."""
        known = np.array(sorted(self.holidays), dtype="datetime64[D]")
        number = {name: i for i, name in enumerate(self.names)}
        numbers = [number.get(self.holidays[day], len(number)) for day in known]
        return known, np.array(numbers, dtype=np.int64)

    @cached_property
    def spreads(self) -> FloatArray:
        """Prior standard deviation of each coefficient, in logs, shape (columns,)."""
        season = [0.15 / k for k in range(1, self.harmonics + 1) for _ in range(2)]
        drift = self.weekly_drift * np.sqrt(np.diff(self.knots) / 7)
        holidays = [0.15, 0.05, 0.05, *[0.15] * len(self.names)] if self.names else []
        return np.array([10.0, 0.1, *[0.5] * 7, *season, *drift, *holidays])
