"""What several models stand on: counts without events, shares of the day, day levels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar, LocalTime
from forecasting.day_totals import DayModel, Days, fit_days
from forecasting.distribution import NegativeBinomial
from forecasting.event_effects import EventEffect, EventEffects, Noise, learn_events, set_apart
from forecasting.holiday_hours import HolidayHours, learn_holiday_hours
from forecasting.level_error import DayTests, LevelError, rehearsed
from forecasting.marked_days import MarkedDays
from forecasting.profile import WeekTable, day_shares, fit_profile, sums
from forecasting.series import FloatArray

USUAL_DRIFT = 0.015
"""Weekly drift of the level, in logs, that suits a queue without breaks."""

_JUDGED = 20_000
"""Last intervals on which the likelier of two kinds of variation is taken."""


@dataclass(frozen=True, eq=False)
class Counts:
    """The counts of one queue on its n training intervals.

    Attributes:
        offered: Observed counts, NaN where not observed, shape (n,).
        ordinary: The same without the hours of events, shape (n,).
        local: Local time of the intervals.
        closed: Weekly slots that are closed.
        calendar: Zone, holidays and events.
    """

    offered: FloatArray
    ordinary: FloatArray
    local: LocalTime
    closed: npt.NDArray[np.bool_]
    calendar: Calendar

    @classmethod
    def of(
        cls,
        offered: FloatArray,
        local: LocalTime,
        closed: npt.NDArray[np.bool_],
        calendar: Calendar,
    ) -> Counts:
        """Set the hours of events apart, where others remain."""
        ordinary = np.where(set_apart(calendar.events, local), np.nan, offered)
        if not np.nansum(ordinary):
            ordinary = offered
        return cls(offered, ordinary, local, closed, calendar)

    @property
    def seen(self) -> npt.NDArray[np.bool_]:
        """Ordinary observed intervals, shape (n,)."""
        return ~np.isnan(self.ordinary)


@dataclass(frozen=True, eq=False)
class Groundwork:
    """What was learned of one queue before its days are forecast.

    Attributes:
        counts: What it was learned from.
        marked: Holidays and long events, over training and horizon.
        hours: Shares of the day of every date.
        shares: The shares of the training intervals, shape (n,).
        days: Ordinary calls of each local day and the share of it that was observed.
        fitted: Regression of the day totals, with the usual drift of the level.
    """

    counts: Counts
    marked: MarkedDays
    hours: HolidayHours
    shares: FloatArray
    days: Days
    fitted: DayModel

    @classmethod
    def learn(cls, counts: Counts) -> Groundwork:
        """Learn totals and shapes in turn.

        Args:
            counts: Counts with at least one ordinary call.
        """
        local, seen = counts.local, counts.seen
        dates = local.date[0] + np.arange(int(local.day[-1]) + 1)
        marked = MarkedDays.of(counts.calendar, dates[0], dates[-1])
        totals = sums(local.day[seen], counts.ordinary[seen], len(dates))
        plain = _without(counts.ordinary, local, marked)
        share = fit_profile(WeekTable.of(plain, local, np.ones(len(plain))), counts.closed)
        days = Days(dates, totals, day_shares(share[local.week_slot], local, seen))
        level = shrunken_level(fit_days(days, marked, USUAL_DRIFT), days)[local.day]
        share = fit_profile(WeekTable.of(plain, local, level), counts.closed)
        spread = dispersion(plain, level * share[local.week_slot])
        hours = learn_holiday_hours(share, marked.holidays, local, counts.ordinary, level, spread)
        shares = hours.at(local)
        days = Days(dates, totals, day_shares(shares, local, seen))
        return cls(counts, marked, hours, shares, days, fit_days(days, marked, USUAL_DRIFT))

    @cached_property
    def regression(self) -> Regression:
        """Regression of the day totals with the drift that suits the queue."""
        model = self.fitted
        drift, error, tests = rehearsed(model, self.days, self._noise_of(model).dispersion)
        if drift != USUAL_DRIFT:
            model = fit_days(self.days, self.marked, drift)
        return Regression(model.settled(), error, tests)

    @cached_property
    def noise(self) -> Noise:
        """How far ordinary counts lie from what the regression expects."""
        return self._noise_of(self.regression.model)

    @cached_property
    def events(self) -> EventEffects:
        """The effects of the calendar's events on what the regression expects."""
        counts = self.counts
        if not counts.calendar.events:
            return EventEffects()
        level = self.regression.model.expected(self.days.date)[counts.local.day]
        return learn_events(
            counts.calendar.events, counts.local, counts.offered, level * self.shares, self.noise
        )

    @property
    def told_events(self) -> tuple[EventEffect, ...]:
        """What each event does in all: of a long one with the level of its days."""
        model = self.regression.model
        return tuple(
            each if each.event.apart else each.times(*model.level_of(each.event.name))
            for each in self.events.each
        )

    def _noise_of(self, model: DayModel) -> Noise:
        level = shrunken_level(model, self.days)[self.counts.local.day]
        counts, expected = self.counts.ordinary, level * self.shares
        return Noise(model.unevenness, dispersion(counts, expected), within_day(counts, expected))


@dataclass(frozen=True, eq=False)
class Regression:
    """Regression of the day totals, and how well it does.

    Attributes:
        model: With its covariance.
        error: How far a day's level may lie from its expectation, by horizon.
        tests: The back-tests that show it.
    """

    model: DayModel
    error: LevelError
    tests: DayTests


def _without(offered: FloatArray, local: LocalTime, marked: MarkedDays) -> FloatArray:
    """Counts without those of holidays, where ordinary days remain."""
    holiday = np.isin(local.date, np.array(sorted(marked.holidays), dtype="datetime64[D]"))
    plain = np.where(holiday, np.nan, offered)
    return plain if np.nansum(plain) else offered


def shrunken_level(model: DayModel, days: Days) -> FloatArray:
    """Each day's level: its own total as far as counting noise lets it speak, else expected."""
    expected = model.expected(days.date)
    seen = expected * days.share
    trust = model.unevenness * seen / (1 + model.unevenness * seen)
    own = np.divide(days.total, days.share, out=expected.copy(), where=days.share > 0.05)
    return np.maximum(expected + trust * (own - expected), 1e-9)


def dispersion(offered: FloatArray, expected: FloatArray) -> float:
    """Variance over mean of counts around their day's level times the shape, at least 1."""
    return max(1.0, float(_pearson(offered, expected)[0].mean()))


def _pearson(
    offered: FloatArray, expected: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Squared errors over means, the largest cut, of open observed intervals; counts; means."""
    used = ~np.isnan(offered) & (expected > 0)
    counts, mean = offered[used], expected[used]
    pearson = (counts - mean) ** 2 / mean
    return np.minimum(pearson, np.quantile(pearson, 0.9995)), counts, mean


def within_day(offered: FloatArray, expected: FloatArray) -> tuple[float, float]:
    """How counts vary around their day's level times the shape: `Noise.dispersion`, `roughness`.

    In small queues chance is nearly all; in large ones the same hour differs by some per cent
    from day to day, whatever its calls. Of d·m alone and d·m + κ·m², the latter by least squares
    of squared errors weighed by their own variance, the likelier is taken, with d ≥ 1 and κ ≥ 0.
    """
    pearson, counts, mean = _pearson(offered, expected)
    plain = (max(1.0, float(pearson.mean())), 0.0)
    rough = _rough(pearson, mean, plain[0])
    if rough[1] <= 0:
        return plain
    counts, mean = counts[-_JUDGED:], mean[-_JUDGED:]
    likely = [
        float(np.sum(NegativeBinomial(mean, d * mean + k * mean**2).log_likelihood(counts)))
        for d, k in (plain, rough)
    ]
    return rough if likely[1] > likely[0] else plain


def _rough(pearson: FloatArray, mean: FloatArray, scale: float) -> tuple[float, float]:
    """Weighted least squares of squared errors over means on a constant and the mean."""
    rough = 0.0
    for _ in range(3):
        weight = (scale + rough * mean) ** -2.0
        ones, means = float(weight.sum()), float(np.sum(weight * mean))
        squares = float(np.sum(weight * mean**2))
        level, cross = float(np.sum(weight * pearson)), float(np.sum(weight * mean * pearson))
        spread = ones * squares - means**2
        rough = (ones * cross - means * level) / spread if spread > 1e-9 * ones * squares else 0.0
        scale = (level - rough * means) / ones
        if scale < 1:
            scale, rough = 1.0, (cross - means) / squares
        if rough < 0:
            scale, rough = max(1.0, level / ones), 0.0
    return scale, rough
