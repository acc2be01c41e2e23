"""Handling times that could have been, on counts that came: no public counts tell real ones.

Each world says by what rule its times were drawn; the true mean of every interval is known, so that
a forecast can be held against it as well as against what chance made of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecasting.calendar import Calendar
from forecasting.series import FloatArray, Series


@dataclass(frozen=True)
class World:
    """How handling times come.

    Attributes:
        name: What it shows.
        seconds: Mean.
        week: How far hours of the week differ, as a share of the mean.
        drift: Standard deviation of the level's step from a day to the next, in logs.
        trend: Change of the level in a year, as a share.
        day: Standard deviation of a day's own level, in logs.
        holiday: Factor of public holidays.
        variation: Coefficient of variation of single calls, lognormal.
        untold: Share of days that tell no handling times.
        left_open: Share of intervals with a call that somebody forgot to close for twelve hours.
    """

    name: str
    seconds: float = 540.0
    week: float = 0.15
    drift: float = 0.004
    trend: float = 0.0
    day: float = 0.02
    holiday: float = 1.0
    variation: float = 0.9
    untold: float = 0.0
    left_open: float = 0.0


WORLDS = (
    World("usual"),
    World("the same all week", week=0.0, drift=0.0, day=0.0),
    World("drifting", drift=0.012, trend=0.2),
    World("holidays", holiday=1.15, week=0.25),
    World("dirty", variation=1.4, untold=0.15, left_open=0.0005),
)


def with_handling(
    series: Series, calendar: Calendar, world: World, seed: int
) -> tuple[Series, FloatArray]:
    """A series with made handling times, and the true mean of each interval, shape (n,)."""
    draw = np.random.default_rng(seed)
    local = calendar.local(series.start, series.interval_minutes, len(series))
    days = int(local.day[-1]) + 1
    level = np.cumsum(draw.normal(0, world.drift, days)) + draw.normal(0, world.day, days)
    level += np.log1p(world.trend) * np.arange(days) / 365
    hour = local.slot * 24.0 / local.slots_per_day
    shape = np.sin(2 * np.pi * (hour - 9) / 24) + np.where(local.weekday >= 5, 0.5, -0.2)
    shape += 0.6 * ((local.weekday == 4) & (hour >= 20))
    named = np.array(sorted(calendar.holiday_names(local.date[0], local.date[-1])), "M8[D]")
    special = np.where(np.isin(local.date, named), world.holiday, 1.0)
    true = world.seconds * np.exp(level[local.day]) * (1 + world.week * shape) * special
    calls = np.nan_to_num(series.offered).astype(np.int64)
    spread = np.sqrt(np.log1p(world.variation**2))
    each = np.exp(draw.normal(-(spread**2) / 2, spread, int(calls.sum())))
    sums = np.concatenate([[0.0], np.cumsum(each)])
    ends = np.cumsum(calls)
    seconds = (sums[ends] - sums[ends - calls]) * true
    seconds += 43_200.0 * ((draw.random(len(series)) < world.left_open) & (calls > 0))
    told = ~np.isnan(series.offered) & (draw.random(days) >= world.untold)[local.day]
    return replace(series, handled_seconds=np.where(told, seconds, np.nan)), true
