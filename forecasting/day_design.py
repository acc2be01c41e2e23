"""The columns of the regression of daily totals: weekday, trend, season, drift and holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from forecasting.marked_days import MarkedDays
from forecasting.series import FloatArray, IntArray

ASSUMED_SPREAD = 0.15
"""Standard deviation of what holidays share, and of what each has for itself, before any was
observed; in logs, as all spreads."""

_BESIDE_SPREAD, _OWN_BESIDE_SPREAD = 0.05, 0.08
"""The same of eves and of days after a holiday, and of what each eve has for itself."""

_SPAN_SPREAD = 0.1
"""The same of a long event, such as a school holiday."""


@dataclass(frozen=True)
class Blocks:
    """Columns of the regression by what they stand for.

    Attributes:
        level: Constant and trend, and drift.
        weekday: Days of the week.
        season: Annual Fourier terms.
        spans: Long events by name.
        holiday: Holidays and the days beside them.
    """

    level: tuple[slice, slice]
    weekday: slice
    season: slice
    spans: Mapping[str, slice]
    holiday: slice


@dataclass(frozen=True)
class Design:
    """The columns of the regression, fixed by a training span.

    Attributes:
        first: First training day.
        last: Last training day.
        marked: Holidays and long events, over training and horizon.
        names: Holidays that occur in training, each with a column of its own.
        spans: Long events that occur in training, each with a column.
        weekly_drift: Prior standard deviation of the level's change per week, in logs.
        holiday_spreads: Prior standard deviation of what holidays share, and of what each has for
            itself, in logs.
    """

    first: np.datetime64
    last: np.datetime64
    marked: MarkedDays
    names: tuple[str, ...]
    spans: tuple[str, ...]
    weekly_drift: float
    holiday_spreads: tuple[float, float] = (ASSUMED_SPREAD, ASSUMED_SPREAD)

    @classmethod
    def of(
        cls,
        dates: npt.NDArray[np.datetime64],
        marked: MarkedDays,
        weekly_drift: float,
    ) -> Design:
        """The columns for training on `dates`, ascending."""
        holidays = marked.holidays
        names = tuple(sorted({holidays[day] for day in dates if day in holidays}))
        spans = tuple(name for name, days in marked.spans.items() if np.isin(days, dates).any())
        return cls(dates[0], dates[-1], marked, names, spans, weekly_drift)

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
        marks = [np.isin(dates, self.marked.spans[name])[:, None] for name in self.spans]
        marks += self._holiday_columns(dates)
        return np.hstack([*parts, *(each.astype(np.float64) for each in marks)])

    def _holiday_columns(self, dates: npt.NDArray[np.datetime64]) -> list[npt.NDArray[np.bool_]]:
        """Columns for any holiday, one on a weekend, eve and day after; each holiday; each eve."""
        if not self.marked.holidays:
            return []
        here, next_, before = (self._holiday_numbers(dates + shift) for shift in (0, 1, -1))
        eve = np.where(here < 0, next_, -1)
        weekend = (dates.astype(np.int64) + 3) % 7 >= 5
        shared = [here >= 0, (here >= 0) & weekend, eve >= 0, (before >= 0) & (here < 0)]
        names = np.arange(len(self.names))
        return [np.column_stack(shared), here[:, None] == names, eve[:, None] == names]

    @property
    def blocks(self) -> Blocks:
        """Where the columns of each thing stand."""
        season = 9 + 2 * self.harmonics
        spans = season + len(self.knots) - 1
        holiday = spans + len(self.spans)
        return Blocks(
            level=(slice(2), slice(season, spans)),
            weekday=slice(2, 9),
            season=slice(9, season),
            spans={name: slice(spans + i, spans + i + 1) for i, name in enumerate(self.spans)},
            holiday=slice(holiday, holiday + self._holiday_width),
        )

    def without_holidays(self, matrix: FloatArray) -> FloatArray:
        """The columns of the same dates as if none was a holiday."""
        return _without_last(matrix, self._holiday_width)

    def unmarked(self, matrix: FloatArray) -> FloatArray:
        """The columns of the same dates as if none was a holiday or in a long event."""
        return _without_last(matrix, len(self.spans) + self._holiday_width)

    def span_column(self, name: str) -> int:
        """The place of the column of a long event that occurs in training."""
        return int(self.blocks.spans[name].start)

    @property
    def _holiday_width(self) -> int:
        return 4 + 2 * len(self.names) if self.marked.holidays else 0

    def _holiday_numbers(self, dates: npt.NDArray[np.datetime64]) -> IntArray:
        """Place of each date's holiday in `names`, their number for another one, -1 for none."""
        known, numbers = self._numbered
        place = np.minimum(np.searchsorted(known, dates), len(known) - 1)
        return np.where(known[place] == dates, numbers[place], -1)

    @cached_property
    def _numbered(self) -> tuple[npt.NDArray[np.datetime64], IntArray]:
        """Dates of all holidays, ascending, and their numbers."""
        holidays = self.marked.holidays
        known = np.array(sorted(holidays), dtype="datetime64[D]")
        number = {name: i for i, name in enumerate(self.names)}
        numbers = [number.get(holidays[day], len(number)) for day in known]
        return known, np.array(numbers, dtype=np.int64)

    @cached_property
    def spreads(self) -> FloatArray:
        """Prior standard deviation of each coefficient, in logs, shape (columns,)."""
        season = [0.15 / k for k in range(1, self.harmonics + 1) for _ in range(2)]
        drift = self.weekly_drift * np.sqrt(np.diff(self.knots) / 7)
        marks = [_SPAN_SPREAD] * len(self.spans)
        if self.marked.holidays:
            names, (shared, own) = len(self.names), self.holiday_spreads
            marks += [shared, shared, _BESIDE_SPREAD, _BESIDE_SPREAD]
            marks += [own] * names + [_OWN_BESIDE_SPREAD] * names
        return np.array([10.0, 0.1, *[0.5] * 7, *season, *drift, *marks])


def _without_last(matrix: FloatArray, width: int) -> FloatArray:
    """A copy with zeros in the last columns."""
    result = matrix.copy()
    result[:, matrix.shape[1] - width :] = 0
    return result
