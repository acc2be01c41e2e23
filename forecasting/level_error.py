"""How far a day's level will lie from its forecast, by horizon, from back-tests in training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.day_totals import DayModel, Days
from forecasting.series import FloatArray, IntArray

FAST_DRIFTS = (0.06, 0.25)
"""Drifts for a queue whose level jumps."""

_CLEARLY_BETTER = 0.9
"""A fast drift is taken when it brings the back-tests' error under this share of the usual one's:
where levels do not jump, choosing freely among drifts, or weighing them, gained nothing on seven
queues."""

_ORIGINS, _ORIGIN_STEP = 8, 21
"""Back-tests inside the training window: their number and the days between them; the last one
begins one step before the end."""

_NEAR_DAYS = 28
_FAR_ORIGINS = (182, 364)
"""Days before the end at which longer back-tests begin, which run to the end."""

_FEWEST_DAYS = 28
"""Days that a back-test needs before its origin, and all back-tests after theirs."""

_PRIOR_ERROR, _PRIOR_DAYS = 0.01, 14.0
"""Relative squared error of a day's level before any back-test, and its weight in days."""

_PRIOR_FAR = 3.0
"""Longer back-tests that the drift's own growth weighs as much as."""

_LARGEST = 1.0
"""Relative squared error beyond which a level is unknown in any case."""


@dataclass(frozen=True)
class LevelError:
    """Relative squared error of a day's expected level.

    Attributes:
        base: Of the first day.
        near: Its growth per day of horizon, up to four weeks.
        far: Its growth per day after that.
    """

    base: float
    near: float
    far: float

    def at(self, lead: IntArray) -> FloatArray:
        """The error at whole days of horizon, 0 for the first, shape (n,)."""
        day = lead.astype(np.float64) + 1
        grown = self.near * np.minimum(day, _NEAR_DAYS) + self.far * np.maximum(day - _NEAR_DAYS, 0)
        return np.minimum(self.base + grown, _LARGEST)


def rehearsed(model: DayModel, days: Days, dispersion: float) -> tuple[float, LevelError]:
    """The weekly drift that suits a queue, and the error of its day levels with that drift.

    The error within four weeks is that of back-tests. Beyond them it grows as the level drifts,
    as far as longer back-tests, of which there are few, do not show another growth.

    Args:
        model: Regression of the day totals, with the usual drift.
        days: What it was fitted to.
        dispersion: Variance over mean of a count given its day's level.
    """
    usual = model.design.weekly_drift
    drifts = (usual, *FAST_DRIFTS)
    end = days.date[-1] + 1
    origins = [end - _ORIGIN_STEP * k for k in range(1, _ORIGINS + 1)]
    tests = [
        _test(model, days, origin, _NEAR_DAYS, drifts)
        for origin in origins
        if _enough(model, origin)
    ]
    if sum(len(test.lead) for test in tests) < _FEWEST_DAYS:
        return usual, LevelError(_PRIOR_ERROR, 0.0, usual**2 / 7)
    losses = sum((np.abs(test.error).sum(axis=1) for test in tests), np.zeros(len(drifts)))
    best = 0
    for i in range(1, len(losses)):
        best = i if losses[i] < _CLEARLY_BETTER * losses[best] else best
    lead = np.concatenate([test.lead for test in tests])
    squares = np.concatenate([test.squares(dispersion)[best] for test in tests])
    far = [
        _test(model, days, end - back, back, drifts[best : best + 1])
        for back in _FAR_ORIGINS
        if _enough(model, end - 2 * back)
    ]
    growths = [_growth(test, dispersion) for test in far]
    drift = drifts[best]
    return drift, LevelError(*_line(lead, squares), _far_growth(drift**2 / 7, growths))


@dataclass(frozen=True, eq=False)
class _Test:
    """A back-test of day levels.

    Attributes:
        lead: Day of the horizon, 1 for the first, shape (days,).
        expected: Expected totals, shape (drifts, days).
        error: Totals less those expected, of that shape.
    """

    lead: IntArray
    expected: FloatArray
    error: FloatArray

    def squares(self, dispersion: float) -> FloatArray:
        """Relative squared errors beyond what single counts explain, shape (drifts, days)."""
        return (self.error**2 - dispersion * self.expected) / self.expected**2


def _enough(model: DayModel, origin: np.datetime64) -> bool:
    return int(np.sum(model.linear.date < origin)) >= _FEWEST_DAYS


def _test(
    model: DayModel, days: Days, origin: np.datetime64, length: int, drifts: Sequence[float]
) -> _Test:
    """What would have been said of the well-seen days after an origin."""
    date = days.date
    ahead = days.where((date >= origin) & (date < origin + length) & (days.share > 0.5))
    expected = model.expected_as_of(origin, drifts, ahead.date) * ahead.share
    lead: IntArray = (ahead.date - origin).astype(np.int64)
    return _Test(lead + 1, expected, ahead.total - expected)


def _line(lead: IntArray, square: FloatArray) -> tuple[float, float]:
    """Level and growth per day of a rising line through squared errors, the largest cut."""
    cut = np.minimum(square, float(np.quantile(square, 0.98)))
    mean_lead = float(lead.mean())
    slope = max(0.0, float(np.cov(lead, cut)[0, 1]) / max(float(np.var(lead)), 1e-9))
    mean = (float(cut.sum()) + _PRIOR_DAYS * _PRIOR_ERROR) / (len(cut) + _PRIOR_DAYS)
    mean = max(mean, 1e-4)
    slope = min(slope, mean / mean_lead)
    return mean - slope * mean_lead, slope


def _growth(test: _Test, dispersion: float) -> float:
    """Growth of the squared error per day beyond four weeks in one longer back-test."""
    square, late = test.squares(dispersion)[0], test.lead > _NEAR_DAYS
    if not late.any() or late.all():
        return 0.0
    square = np.minimum(square, float(np.quantile(square, 0.98)))
    risen = float(square[late].mean() - square[~late].mean())
    return risen / float(test.lead[late].mean() - test.lead[~late].mean())


def _far_growth(drift: float, growths: Sequence[float]) -> float:
    """Growth between that of the drifting level and what longer back-tests showed."""
    mean = (_PRIOR_FAR * drift + sum(growths)) / (_PRIOR_FAR + len(growths))
    return min(max(mean, drift / 4), 20 * drift)
