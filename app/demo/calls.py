"""Calls that could have been: two years of an invented control room, quarter hour by quarter hour.

The shape follows what is published of British forces: most 999 calls on Friday and Saturday
evenings and in the hours after, most 101 calls on weekday mornings; summer, Halloween, New Year's
Eve and bank holidays differ; 999 grows; and days differ for reasons that nobody wrote down, so
that counts scatter more than by pure chance. `habits.toml` holds the numbers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

INTERVAL = 15
"""Minutes."""

A_DAY = 24 * 60 // INTERVAL
"""Intervals of a day without a clock change."""

SEED = 20_260_101

DAY_SCATTER, DAY_MEMORY = 0.04, 0.5
"""Standard deviation of the logarithm of a day's level, which all queues share, and how much of it
stays from one day to the next."""

SCATTER = 0.12
"""Variance over mean of a quarter hour's count beyond the 1 of pure chance."""

HANDLING_VARIATION = 0.9
"""Coefficient of variation of handling times, gamma."""

LATE, LATE_PER_LOST = 0.05, 4.0
"""Share of answered calls that are late when nobody hangs up, and how many more are for every one
who does."""

OUTAGES, LONGEST_OUTAGE = 6, 14
"""Times that nothing was recorded, as when telephony restarts, and quarter hours of the longest."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How calls of one queue come; `habits.toml` says what each number is.

    Attributes:
        week: weight of each hour of the week from Monday 00:00, mean 1, shape (168,).
    """

    a_day: float
    growth: float
    summer: float
    holiday: float
    handling: float
    night: float
    lost: float
    week: FloatArray


@dataclass(frozen=True, eq=False)
class MadeCalls:
    """Counts on one grid of quarter hours.

    Attributes:
        starts: beginning of each interval, minutes since 1970 UTC, shape (n,).
        offered: calls by queue, each of shape (n,).
        answered: likewise.
        handled_seconds: handling time of the answered calls together, likewise.
        answered_in_time: calls answered within the queue's target, likewise.
        seen: False where nothing was recorded, shape (n,).
    """

    starts: IntArray
    offered: Mapping[str, IntArray]
    answered: Mapping[str, IntArray]
    handled_seconds: Mapping[str, FloatArray]
    answered_in_time: Mapping[str, IntArray]
    seen: npt.NDArray[np.bool_]


@cache
def habits() -> Mapping[str, Habit]:
    """How calls come, by queue."""
    said = tomllib.loads((Path(__file__).parent / "habits.toml").read_text("utf-8"))
    return {queue: _habit(**numbers) for queue, numbers in said.items()}


def _habit(levels: list[float], hours: Mapping[str, list[int]], **numbers: float) -> Habit:
    ordinary = [hours["monday_to_thursday"]] * 4
    days = np.array([*ordinary, hours["friday"], hours["saturday"], hours["sunday"]], float)
    week = days / days.mean(axis=1, keepdims=True) * np.array(levels)[:, None]
    return Habit(**numbers, week=week.ravel() / week.mean())


def make_calls(
    first: date, until: datetime, zone: str, holidays: frozenset[date], seed: int = SEED
) -> MadeCalls:
    """Calls from a local midnight until an instant; the same arguments give the same calls.

    Args:
        first: first local day.
        until: no interval ends later; aware.
        zone: IANA time zone of the room.
        holidays: bank holidays.
        seed: of the chance in it.
    """
    begin = datetime.combine(first, time(), ZoneInfo(zone)).astimezone(UTC)
    number = int((until - begin).total_seconds()) // 60 // INTERVAL
    local = pd.date_range(begin, periods=number, freq=f"{INTERVAL}min").tz_convert(zone)
    draw = np.random.default_rng(seed)
    days = _days(local)
    level = _day_levels(draw, int(np.ptp(days)) + 1)[days - days[0]]
    offered, answered, seconds, in_time = {}, {}, {}, {}
    # Of its own, so that what is drawn beside it is not what it would be without.
    waits = np.random.default_rng([seed, 1])
    for queue, habit in habits().items():
        mean = expected(habit, local, holidays) * level
        # A gamma mixture of Poisson counts: variance over mean is 1 + SCATTER at every level.
        calls = draw.poisson(draw.gamma(mean / SCATTER, SCATTER))
        crowd = mean / habit.a_day * A_DAY
        offered[queue] = calls
        answered[queue] = calls - draw.binomial(calls, np.minimum(habit.lost * crowd**2, 0.5))
        seconds[queue] = _handled(draw, habit, answered[queue], _hour(local))
        late = np.minimum(LATE + LATE_PER_LOST * habit.lost * crowd**2, 0.8)
        in_time[queue] = waits.binomial(answered[queue], 1 - late)
    starts = int(begin.timestamp()) // 60 + INTERVAL * np.arange(number, dtype=np.int64)
    return MadeCalls(starts, offered, answered, seconds, in_time, _seen(draw, number))


def expected(habit: Habit, local: pd.DatetimeIndex, holidays: frozenset[date]) -> FloatArray:
    """Calls expected per quarter hour, before the scatter of days and of chance.

    Args:
        habit: of the queue.
        local: beginnings of the intervals in local time, in order.
        holidays: bank holidays.
    """
    hour = _hour(local)
    places = np.asarray(local.day_of_week) * 24 + hour + INTERVAL / 120
    week = habit.week
    shape = np.interp(places, np.arange(-1, 169) + 0.5, np.r_[week[-1], week, week[0]])
    years = np.asarray((local - local[-1]).total_seconds()) / (365.25 * 86_400)
    summer = np.cos(2 * np.pi * (np.asarray(local.day_of_year) - 196) / 365.25)
    is_holiday = np.isin(_days(local), [_number(day) for day in holidays])
    level = habit.a_day / A_DAY * (1 + habit.growth) ** years * (1 + habit.summer * summer)
    return np.asarray(
        level * shape * np.where(is_holiday, habit.holiday, 1.0) * _occasions(local, hour)
    )


def _occasions(local: pd.DatetimeIndex, hour: FloatArray) -> FloatArray:
    """How much more comes at Halloween, on Bonfire Night, at the turn of the year; Christmas less.

    Invented sizes; the reports name the days, not how many calls they bring.
    """
    month, day = np.asarray(local.month), np.asarray(local.day)
    evening = (hour >= 17) & (hour < 23)
    factor = np.ones(len(local))
    factor[(month == 10) & (day == 31) & evening] = 1.35
    factor[(month == 11) & (day == 5) & evening] = 1.3
    factor[(month == 12) & (day == 25)] = 0.8
    factor[(month == 12) & (day == 31) & (hour >= 20)] = 1.4
    factor[(month == 1) & (day == 1) & (hour < 5)] = 2.2
    return factor


def _hour(local: pd.DatetimeIndex) -> FloatArray:
    return np.asarray(local.hour + local.minute / 60, dtype=np.float64)


def _days(local: pd.DatetimeIndex) -> IntArray:
    """Number of the local day of each interval, from 1970."""
    naive = local.tz_localize(None).to_numpy()
    return naive.astype("datetime64[D]").astype(np.int64)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _day_levels(draw: np.random.Generator, days: int) -> FloatArray:
    """A level for each day, mean near 1, drifting from one day to the next."""
    shocks = draw.normal(0, DAY_SCATTER * np.sqrt(1 - DAY_MEMORY**2), days)
    levels = np.empty(days)
    now = draw.normal(0, DAY_SCATTER)
    for day, shock in enumerate(shocks):
        now = DAY_MEMORY * now + shock
        levels[day] = now
    return np.exp(levels)


def _handled(
    draw: np.random.Generator, habit: Habit, answered: IntArray, hour: FloatArray
) -> FloatArray:
    """Seconds that the calls of each interval took together, longer in the small hours."""
    shape = 1 / HANDLING_VARIATION**2
    longer = 1 + habit.night * np.cos(2 * np.pi * (hour - 3) / 24)
    longer /= np.average(longer, weights=np.maximum(answered, 1e-9))
    return np.round(draw.gamma(answered * shape + 1e-12, habit.handling / shape) * longer)


def _seen(draw: np.random.Generator, number: int) -> npt.NDArray[np.bool_]:
    """Where something was recorded: everywhere but in a few outages."""
    seen = np.ones(number, dtype=np.bool_)
    for length in draw.integers(2, LONGEST_OUTAGE + 1, OUTAGES):
        at = int(draw.integers(0, max(number - length, 1)))
        seen[at : at + length] = False
    return seen
