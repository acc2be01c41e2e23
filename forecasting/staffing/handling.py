"""Handling times over the week, measured from a queue's own counts.

The average handling time of each hour of weekdays and of weekends is drawn towards the mean of all
calls, the more the fewer calls it rests on: H. Bühlmann and E. Straub, "Glaubwürdigkeit für
Schadensätze", Mitteilungen der Vereinigung schweizerischer Versicherungsmathematiker 70 (1970).
With s² the variance of single calls and t² that of the true hourly means, an hour with n calls
counts for n / (n + s²/t²). Both are estimated from the counts; where hours differ by no more than
chance, t² is 0 and the mean holds all week; so it does where t is below 1 % of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from forecasting.calendar import MINUTES_PER_DAY, Calendar, LocalTime
from forecasting.series import Series
from forecasting.staffing.poisson import Floats

HOURS = 24

WEEKEND = 5
"""The first weekday of the weekend, Saturday."""

LEAST_SPREAD = 0.01
"""Of the mean: smaller differences between hours move no requirement."""


@dataclass(frozen=True, eq=False, slots=True)
class Handling:
    """Handling times of a queue.

    Attributes:
        mean: seconds of a handled call, over all calls.
        calls: how many calls that were.
        first_day, last_day: the local days of the first and the last of them.
        by_hour: the same by hour of weekdays and of weekends, shape (2, 24), drawn to the mean;
            None where hours do not differ.
    """

    mean: float
    calls: float
    first_day: date
    last_day: date
    by_hour: Floats | None

    def at(self, at: LocalTime) -> Floats:
        """The handling time of each interval, shape (intervals,)."""
        if self.by_hour is None:
            return np.full(at.slot.size, self.mean)
        weekend, hour = np.divmod(_cell(at), HOURS)
        return np.asarray(self.by_hour[weekend, hour])


def handling(series: Series, zone: str) -> Handling | None:
    """What the counts say about handling times; None where they say nothing.

    Args:
        series: counts, with handled seconds in some intervals.
        zone: IANA name of the time zone in which weekdays and hours are read.
    """
    if series.handled_seconds is None:
        return None
    told = ~np.isnan(series.handled_calls) & ~np.isnan(series.handled_seconds)
    calls, seconds = series.handled_calls[told], series.handled_seconds[told]
    if not calls.sum() or not seconds.sum():
        return None
    local = Calendar(zone).local(series.start, series.interval_minutes, len(series))
    first, last = (date.fromisoformat(str(day)) for day in local.date[told][[0, -1]])
    mean = float(seconds.sum() / calls.sum())
    by_hour = _by_hour(_cell(local)[told], calls, seconds)
    return Handling(mean, float(calls.sum()), first, last, by_hour)


def _cell(at: LocalTime) -> npt.NDArray[np.int64]:
    """Number of the hour among those of weekdays, then of weekends."""
    hour = at.slot * (MINUTES_PER_DAY // at.slots_per_day) // 60
    return np.asarray(hour + HOURS * (at.weekday >= WEEKEND), np.int64)


def _by_hour(cell: npt.NDArray[np.int64], calls: Floats, seconds: Floats) -> Floats | None:
    """Mean handling times by cell, drawn to the mean of all, shape (2, 24)."""
    weight = np.bincount(cell, calls, 2 * HOURS)
    total = np.bincount(cell, seconds, 2 * HOURS)
    mean = seconds.sum() / calls.sum()
    raw = np.divide(total, weight, out=np.full(2 * HOURS, mean), where=weight > 0)
    some = calls > 0
    cells = np.count_nonzero(weight)
    freedom = np.count_nonzero(some) - cells
    if cells < 2 or freedom < 1:
        return None
    off = seconds[some] / calls[some] - raw[cell[some]]
    within = (calls[some] * off**2).sum() / freedom
    spread = (weight * (raw - mean) ** 2).sum() - (cells - 1) * within
    between = spread / (weight.sum() - (weight**2).sum() / weight.sum())
    if between <= (LEAST_SPREAD * mean) ** 2:
        return None
    trust = np.where(weight > 0, weight / np.maximum(weight + within / between, 1e-300), 0)
    return np.asarray((mean + trust * (raw - mean)).reshape(2, HOURS))
