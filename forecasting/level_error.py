"""How far a day's level will lie from its forecast, by horizon, from back-tests in training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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

NEAR_DAYS = 28
"""Days that a back-test inside the training window looks ahead."""

_FAR_ORIGINS = (182, 364)
"""Days before the end at which longer back-tests begin, which run to the end."""

_FEWEST_DAYS = 28
"""Days that a back-test needs before its origin, and all back-tests after theirs."""

_PRIOR_ERROR, _PRIOR_DAYS = 0.01, 14.0
"""Relative squared error of a day's level before any back-test, and its weight in days."""

_OPEN = 0.2
"""Share of the usual day's calls from which a day tells of the level: on closed ones it is moot."""

_TYPICAL = 0.95
"""Share of squared errors that are taken as they are: the few days of storms beyond, cut to the
largest of these, made bands on all others too wide."""

_BAND, _BAND_SQUARE = 0.8, 1.642
"""The band that must hold as many days as it says, and the square of its half width in standard
deviations: a few days of storms set a mean of squares, under which that band held 85 of 100 days
of three sets of counts, where 80 was said."""

_PRIOR_SCALED, _SCALES = 28.0, (0.4, 1.25)
"""Days whose band is right as it is, before any back-test, and the least and largest correction
of its variance."""

_REGAINED_DAYS = 336.0
"""Days beyond four weeks after which a level is as unsure as the mean of squares says."""

_LEAST = 1e-4
"""Least relative squared error of a day's level."""

_PRIOR_FAR = 2.0
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
        grown = self.near * np.minimum(day, NEAR_DAYS) + self.far * np.maximum(day - NEAR_DAYS, 0)
        return np.minimum(self.base + grown, _LARGEST)


@dataclass(frozen=True, eq=False)
class DayTests:
    """Back-tests of day levels inside the training window, one after the other.

    Attributes:
        lead: Day of the horizon, 1 for the first, shape (days,).
        expected: Expected totals, shape (variants, days).
        total: What came, shape (days,).
    """

    lead: IntArray
    expected: FloatArray
    total: FloatArray

    @classmethod
    def joined(cls, tests: Sequence[DayTests]) -> DayTests:
        """Some tests as one."""
        if not tests:
            return cls(np.zeros(0, dtype=np.int64), np.zeros((1, 0)), np.zeros(0))
        return cls(
            np.concatenate([test.lead for test in tests]),
            np.hstack([test.expected for test in tests]),
            np.concatenate([test.total for test in tests]),
        )

    def of(self, variant: int) -> DayTests:
        """The tests of one variant; there is only one where nothing was tested."""
        variant = min(variant, len(self.expected) - 1)
        return DayTests(self.lead, self.expected[[variant]], self.total)

    def where(self, which: npt.NDArray[np.bool_]) -> DayTests:
        """The tests of some of the days, shape (days,)."""
        return DayTests(self.lead[which], self.expected[:, which], self.total[which])

    @property
    def enough(self) -> bool:
        """Whether anything can be told from them."""
        return len(self.lead) >= _FEWEST_DAYS

    @property
    def absolute(self) -> FloatArray:
        """Sum of absolute errors, shape (variants,)."""
        return np.asarray(np.abs(self.total - self.expected).sum(axis=1))

    def squares(self, dispersion: float) -> FloatArray:
        """Relative squared errors of the first variant beyond what single counts explain."""
        expected = np.maximum(self.expected[0], 1e-9)
        return np.asarray(((self.total - expected) ** 2 - dispersion * expected) / expected**2)

    def level_error(self, far: float, dispersion: float) -> LevelError:
        """The error of day levels that the tests of the first variant show.

        Args:
            far: Growth of the squared error per day beyond four weeks.
            dispersion: Variance over mean of a count given its day's level.
        """
        if not self.enough:
            return LevelError(_PRIOR_ERROR, 0.0, far)
        open_ = self.expected[0] > _OPEN * np.median(self.expected[0])
        line = _line(self.lead[open_], self.squares(dispersion)[open_])
        return _scaled(self.where(open_), LevelError(*line, far), dispersion)


def rehearsed(model: DayModel, days: Days, dispersion: float) -> tuple[float, LevelError, DayTests]:
    """The weekly drift that suits a queue, the error of its day levels with it, and the tests.

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
    tests = DayTests.joined(
        [_test(model, days, origin, NEAR_DAYS, drifts) for origin in rehearsal_origins(model, end)]
    )
    if not tests.enough:
        return usual, tests.level_error(usual**2 / 7, dispersion), tests.of(0)
    losses, best = tests.absolute, 0
    for i in range(1, len(losses)):
        best = i if losses[i] < _CLEARLY_BETTER * losses[best] else best
    growths = [
        _growth(_test(model, days, end - back, back, drifts[best : best + 1]), dispersion)
        for back in _FAR_ORIGINS
        if _enough(model, end - 2 * back)
    ]
    far = _far_growth(drifts[best] ** 2 / 7, growths)
    tests = tests.of(best)
    return drifts[best], tests.level_error(far, dispersion), tests


def rehearsal_origins(model: DayModel, end: np.datetime64) -> list[np.datetime64]:
    """Days before `end` on which back-tests begin that have days enough, the last first."""
    origins = [end - _ORIGIN_STEP * k for k in range(1, _ORIGINS + 1)]
    return [origin for origin in origins if _enough(model, origin)]


def well_seen(days: Days, origin: np.datetime64, length: int) -> Days:
    """The days after an origin of which more than half was observed."""
    date = days.date
    return days.where((date >= origin) & (date < origin + length) & (days.share > 0.5))


def _enough(model: DayModel, origin: np.datetime64) -> bool:
    return int(np.sum(model.linear.date < origin)) >= _FEWEST_DAYS


def _test(
    model: DayModel, days: Days, origin: np.datetime64, length: int, drifts: Sequence[float]
) -> DayTests:
    """What would have been said of the well-seen days after an origin, for several drifts."""
    ahead = well_seen(days, origin, length)
    expected = model.expected_as_of(origin, drifts, ahead.date) * ahead.share
    lead: IntArray = (ahead.date - origin).astype(np.int64)
    return DayTests(lead + 1, expected, ahead.total)


def _scaled(tests: DayTests, error: LevelError, dispersion: float) -> LevelError:
    """An error under which the band of four in five holds as many days of the tests.

    What it is narrowed by comes back within a year, of which tests of four weeks tell nothing.

    Args:
        tests: Back-tests of open days.
        error: What the mean of their squares says.
        dispersion: Variance over mean of a count given its day's level.
    """
    expected = np.maximum(tests.expected[0], 1e-9)
    chance, said = dispersion / expected, error.at(tests.lead - 1)
    square = (tests.total / expected - 1) ** 2
    held = float(np.quantile(square / (chance + said), _BAND)) / _BAND_SQUARE
    scale = (len(square) * held + _PRIOR_SCALED) / (len(square) + _PRIOR_SCALED)
    scale = min(max(scale, _SCALES[0]), _SCALES[1])
    base = max(scale * error.base + (scale - 1) * float(np.median(chance)), _LEAST)
    narrowed = error.base - base + (1 - scale) * error.near * NEAR_DAYS
    return LevelError(base, scale * error.near, error.far + max(narrowed, 0.0) / _REGAINED_DAYS)


def _line(lead: IntArray, square: FloatArray) -> tuple[float, float]:
    """Level and growth per day of a rising line through squared errors, the largest cut."""
    cut = np.minimum(square, float(np.quantile(square, _TYPICAL)))
    mean_lead = float(lead.mean())
    slope = max(0.0, float(np.cov(lead, cut)[0, 1]) / max(float(np.var(lead)), 1e-9))
    mean = (float(cut.sum()) + _PRIOR_DAYS * _PRIOR_ERROR) / (len(cut) + _PRIOR_DAYS)
    mean = max(mean, _LEAST)
    slope = min(slope, mean / mean_lead)
    return mean - slope * mean_lead, slope


def _growth(test: DayTests, dispersion: float) -> float:
    """Growth of the squared error per day beyond four weeks in one longer back-test."""
    square, late = test.squares(dispersion), test.lead > NEAR_DAYS
    if not late.any() or late.all():
        return 0.0
    square = np.minimum(square, float(np.quantile(square, 0.98)))
    risen = float(square[late].mean() - square[~late].mean())
    return risen / float(test.lead[late].mean() - test.lead[~late].mean())


def _far_growth(drift: float, growths: Sequence[float]) -> float:
    """Growth between that of the drifting level and what longer back-tests showed."""
    mean = (_PRIOR_FAR * drift + sum(growths)) / (_PRIOR_FAR + len(growths))
    return min(max(mean, drift / 4), 20 * drift)
