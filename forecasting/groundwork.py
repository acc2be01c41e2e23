"""What several models stand on: counts without spikes and events, shares of the day, day levels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar, LocalTime
from forecasting.day_totals import DayModel, Days, fit_days
from forecasting.event_effects import EventEffects, Noise, learn_events, set_apart
from forecasting.holiday_hours import HolidayHours, learn_holiday_hours
from forecasting.marked_days import MarkedDays
from forecasting.profile import WeekTable, day_shares, fit_profile, sums
from forecasting.series import FloatArray

USUAL_DRIFT = 0.015
"""Weekly drift of the level, in logs, that suits a queue without breaks."""


@dataclass(frozen=True, eq=False)
class Counts:
    """The counts of one queue on its n training intervals.

    Attributes:
        offered: Observed counts without impossible ones, NaN where not observed, shape (n,).
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
        """Cut impossible counts and set the hours of events apart, where others remain."""
        usable = without_spikes(offered)
        ordinary = np.where(set_apart(calendar.events, local), np.nan, usable)
        if not np.nansum(ordinary):
            ordinary = usable
        return cls(usable, ordinary, local, closed, calendar)

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

    def noise(self, model: DayModel) -> Noise:
        """How far ordinary counts lie from what a day model expects."""
        level = shrunken_level(model, self.days)[self.counts.local.day]
        return Noise(model.unevenness, dispersion(self.counts.ordinary, level * self.shares))

    def events(self, model: DayModel, noise: Noise) -> EventEffects:
        """The effects of the calendar's events on what a day model expects."""
        counts = self.counts
        if not counts.calendar.events:
            return EventEffects()
        expected = model.expected(self.days.date)[counts.local.day] * self.shares
        return learn_events(counts.calendar.events, counts.local, counts.offered, expected, noise)


def _without(offered: FloatArray, local: LocalTime, marked: MarkedDays) -> FloatArray:
    """Counts without those of holidays, where ordinary days remain."""
    holiday = np.isin(local.date, np.array(sorted(marked.holidays), dtype="datetime64[D]"))
    plain = np.where(holiday, np.nan, offered)
    return plain if np.nansum(plain) else offered


def without_spikes(offered: FloatArray) -> FloatArray:
    """Counts with the impossible ones cut to three times what all but 1 in 200 stay under."""
    limit = 3 * float(np.nanquantile(offered, 0.995)) + 10
    return np.minimum(offered, limit)


def shrunken_level(model: DayModel, days: Days) -> FloatArray:
    """Each day's level: its own total as far as counting noise lets it speak, else expected."""
    expected = model.expected(days.date)
    seen = expected * days.share
    trust = model.unevenness * seen / (1 + model.unevenness * seen)
    own = np.divide(days.total, days.share, out=expected.copy(), where=days.share > 0.05)
    return np.maximum(expected + trust * (own - expected), 1e-9)


def dispersion(offered: FloatArray, expected: FloatArray) -> float:
    """Variance over mean of counts around their day's level times the shape."""
    used = ~np.isnan(offered) & (expected > 0)
    pearson = (offered[used] - expected[used]) ** 2 / expected[used]
    return max(1.0, float(np.mean(np.minimum(pearson, np.quantile(pearson, 0.9995)))))
