"""Day levels by exponential smoothing: what the last weeks were, fading into the season."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt

from forecasting.day_factors import DayFactors, mean_of_logs
from forecasting.day_totals import DayModel, Days
from forecasting.level_error import NEAR_DAYS, DayTests, LevelError, rehearsal_origins, well_seen
from forecasting.series import FloatArray, IntArray

_RATES = np.array(list(product((0.02, 0.05, 0.1, 0.2, 0.4), (0.01, 0.05, 0.15)))).T
"""Rates at which the level and the weekday's factor follow a day, tried on the last weeks."""

_MOST_CHANGE = 3.0
"""Times by which a single day may differ from what was expected, before it is cut to that."""

_FEWEST_SHARE = 0.25
"""Share of a day that must be observed for the day to count."""

_TRIED_WEEKS = 32
"""Weekly origins, back from the end, on which the rates are tried."""

_HALVING_DAYS = 28
"""Days beyond four weeks after which half the weight has gone over to the regression."""


@dataclass(frozen=True, eq=False)
class State:
    """What was smoothed up to a day, for every pair of rates.

    Attributes:
        level: Calls of an ordinary day, shape (rates,).
        weekday: Factor by day of the week, shape (7, rates).
    """

    level: FloatArray
    weekday: FloatArray

    def expected(self, dates: npt.NDArray[np.datetime64], marks: FloatArray) -> FloatArray:
        """Expected calls of whole days, given factors of holidays; shape (rates, days)."""
        return np.asarray((self.level * self.weekday[_weekday(dates)]).T * marks)


@dataclass(frozen=True, eq=False)
class SmoothedDays:
    """Expected day totals by smoothing near the end of training, by regression far from it.

    Attributes:
        regression: Gives the factors of holidays, and what is expected far ahead.
        state: Smoothed level and weekdays for the chosen rates, one pair.
    """

    regression: DayModel
    state: State

    def expected(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Expected calls of each whole local day after training, shape (days,)."""
        smooth = self.state.expected(dates, self.regression.marks(dates))[0]
        weight = self._nearness(dates)
        far = self.regression.expected(dates)
        return np.asarray(np.exp(weight * np.log(smooth) + (1 - weight) * np.log(far)))

    def factors(self, dates: npt.NDArray[np.datetime64]) -> DayFactors:
        """What `expected` is made of.

        The smoothed level holds the season of the last weeks: it stays near the end of training.
        """
        far = self.regression.factors(dates)
        last = np.array([self.regression.design.last])
        here = float(self.regression.factors(last).season[0])
        logs = np.log(self.state.weekday[:, 0])
        usual = mean_of_logs(logs[self.regression.weekdays])
        weight = self._nearness(dates)

        def mixed(near: FloatArray | float, later: FloatArray) -> FloatArray:
            return np.asarray(weight * near + (1 - weight) * later, dtype=np.float64)

        return replace(
            far,
            level=mixed(float(np.log(self.state.level[0])) + usual - here, far.level),
            season=mixed(here, far.season),
            weekday=mixed(logs[_weekday(dates)] - usual, far.weekday),
        )

    def _nearness(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """Weight of what was smoothed against the regression, shape (days,)."""
        lead = (dates - self.regression.design.last).astype(np.int64)
        weight: FloatArray = 0.5 ** (np.maximum(lead - NEAR_DAYS, 0) / _HALVING_DAYS)
        return weight

    def extra_uncertainty(self, dates: npt.NDArray[np.datetime64]) -> FloatArray:
        """How much less sure each day's level is than the usual one soon after training."""
        return self.regression.extra_uncertainty(dates)


def smooth_days(
    regression: DayModel, days: Days, error: LevelError, dispersion: float
) -> tuple[SmoothedDays, LevelError, DayTests]:
    """Smooth day totals at the rates that predict four weeks best.

    Multiplicative smoothing of level and weekday (Holt 1957, Winters 1960, without a trend) on
    totals freed of holidays; a day that was observed in part, or on which few people call, moves
    them by that part.

    Args:
        regression: A settled regression of the same days.
        days: Ordinary calls of each local day.
        error: The regression's error, whose growth far ahead is taken.
        dispersion: Variance over mean of a count given its day's level.
    """
    end = days.date[-1] + 1
    first = days.date[0] + NEAR_DAYS
    weekly = {end - 7 * k for k in range(1, _TRIED_WEEKS + 1) if end - 7 * k >= first}
    kept = rehearsal_origins(regression, end)
    states = _smoothed(regression, days, {end, *weekly, *kept})
    loss = np.zeros(_RATES.shape[1])
    for origin in sorted(weekly):
        loss += _test(regression, days, origin, states).absolute
    best = int(np.argmin(loss)) if loss.any() else _RATES.shape[1] // 2
    chosen = State(states[end].level[[best]], states[end].weekday[:, [best]])
    tests = DayTests.joined([_test(regression, days, origin, states) for origin in kept])
    tests = tests.of(best)
    return SmoothedDays(regression, chosen), tests.level_error(error.far, dispersion), tests


def _test(
    regression: DayModel,
    days: Days,
    origin: np.datetime64,
    states: Mapping[np.datetime64, State],
) -> DayTests:
    """What each pair of rates would have said from an origin."""
    ahead = well_seen(days, origin, NEAR_DAYS)
    expected = states[origin].expected(ahead.date, regression.marks(ahead.date)) * ahead.share
    lead: IntArray = (ahead.date - origin).astype(np.int64)
    return DayTests(lead + 1, expected, ahead.total)


def _smoothed(
    regression: DayModel, days: Days, origins: Collection[np.datetime64]
) -> dict[np.datetime64, State]:
    """The state before each of some days, for all pairs of rates."""
    follow_level, follow_weekday = _RATES
    marks = regression.marks(days.date)
    seen = days.share > _FEWEST_SHARE
    whole = np.divide(days.total, days.share * marks, out=np.zeros(len(marks)), where=seen)
    part = np.where(seen, np.minimum(days.share, 1.0), 0.0)
    weekday = _weekday(days.date)
    level, factor = _begun(whole[seen], weekday[seen])
    states: dict[np.datetime64, State] = {}
    for i, date in enumerate(days.date):
        if date in origins:
            states[date] = State(level, factor.copy())
        if part[i]:
            at = weekday[i]
            change = whole[i] / np.maximum(level * factor[at], 1e-9)
            open_ = part[i] * np.minimum(factor[at] * marks[i], 1.0)
            change = open_ * (np.clip(change, 1 / _MOST_CHANGE, _MOST_CHANGE) - 1)
            level = level * (1 + follow_level * change)
            factor[at] *= 1 + follow_weekday * change
    states[days.date[-1] + 1] = State(level, factor)
    return states


def _begun(whole: FloatArray, weekday: IntArray) -> tuple[FloatArray, FloatArray]:
    """Level and factors from the first four weeks that were observed, for all pairs of rates."""
    whole, weekday = whole[:28], weekday[:28]
    level = max(float(whole.mean()) if len(whole) else 0.0, 1e-3)
    factor = np.ones(7)
    for day in range(7):
        if np.any(weekday == day):
            factor[day] = max(float(whole[weekday == day].mean()) / level, 0.02)
    rates = _RATES.shape[1]
    return np.full(rates, level), np.repeat(factor[:, None], rates, axis=1)


def _weekday(dates: npt.NDArray[np.datetime64]) -> IntArray:
    """Day of the week, 0 = Monday."""
    return np.asarray((dates.astype(np.int64) + 3) % 7)
