"""What forecasts of the form day total × share of the day × events are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from forecasting.day_factors import DayFactors
from forecasting.event_effects import EventEffect
from forecasting.events import MINUTES_PER_DAY, Stated
from forecasting.explain import Dates, Days, Grounds, Occasion, Past, SpecialDay, spans_of
from forecasting.groundwork import Groundwork
from forecasting.holiday_hours import HolidayHours
from forecasting.series import FloatArray
from forecasting.window import Window

REACH_DAYS = 371
"""Days from a forecast's first over which holidays, events and the season are told: a year."""


def grounds_of_days(
    ground: Groundwork, expected: Callable[[Dates], DayFactors], window: Window, past: Past
) -> Grounds:
    """What a forecast of day totals and shares of the day is made of.

    Args:
        ground: Shares of the day, effects of events, and how counts vary.
        expected: What is expected of whole local days.
        window: The intervals that are forecast.
        past: What was learned from, its level not yet known.
    """
    dates = window.dates
    reach = np.arange(dates[0], max(dates[-1], dates[0] + REACH_DAYS) + 1)
    regression = ground.regression.model
    last = regression.design.last
    now = float(expected(np.array([last])).level[0])
    factors, ahead = expected(reach), slice(len(dates))
    seasons = reach[::7] if regression.design.harmonics else reach[:0]
    return Grounds(
        level=float(np.exp(now)),
        days=Days(
            dates[0],
            np.exp(factors.level[ahead] - now),
            np.exp(factors.season[ahead]),
            np.exp(factors.weekday[ahead]),
        ),
        shares=ground.hours.share,
        week=np.roll(np.exp(factors.weekday[:7]), (int(dates[0].astype(np.int64)) + 3) % 7),
        past=replace(past, level=_levels(ground, past)),
        special=_special(ground.hours, reach, dates[-1], np.exp(factors.holiday)),
        occasions=_occasions(ground, reach, factors),
        chance=ground.noise.within,
        year=np.exp(regression.factors(seasons).season),
    )


def _levels(ground: Groundwork, past: Past) -> FloatArray:
    """The level in the middle of each past week."""
    model = ground.regression.model
    middle = np.minimum(past.mondays + 3, model.design.last)
    return np.asarray(np.exp(model.factors(middle).level))


def _special(
    hours: HolidayHours, reach: Dates, last: np.datetime64, factor: FloatArray
) -> tuple[SpecialDay, ...]:
    """Holidays in reach; up to `last` with their hours, and with the days beside them."""
    week = hours.share.reshape(7, -1)
    found = []
    for date, name, offset in hours.beside(reach[0], reach[-1]):
        day = float(factor[int((date - reach[0]).astype(np.int64))])
        if date <= last:
            plain = week[(int(date.astype(np.int64)) + 3) % 7]
            ones = np.ones(len(plain))
            own = np.divide(hours.day(date, name, offset), plain, out=ones, where=plain > 0)
            found.append(SpecialDay(date, name, offset, day, own))
        elif not offset:
            found.append(SpecialDay(date, name, offset, day, np.zeros(0)))
    return tuple(found)


def _occasions(ground: Groundwork, reach: Dates, factors: DayFactors) -> tuple[Occasion, ...]:
    """Events of the calendar, and other days of the year that have a level of their own."""
    within = (reach[0] - 1, reach[-1])
    levels = {
        name: float(np.exp(logs[np.argmax(np.abs(logs))])) for name, logs in factors.spans.items()
    }
    events = tuple(_occasion(each, within, levels) for each in ground.events.each)
    named = {each.name for each in events}
    others = tuple(
        Occasion(
            name,
            spans_of(ground.marked.spans[name], within),
            0,
            MINUTES_PER_DAY,
            level,
            np.ones(24),
            level,
        )
        for name, level in levels.items()
        if name not in named
    )
    return events + others


def _occasion(
    effect: EventEffect, within: tuple[np.datetime64, np.datetime64], levels: dict[str, float]
) -> Occasion:
    event = effect.event
    level = levels.get(event.name, 1.0)
    first, last = (dt.date.fromisoformat(str(day)[:10]) for day in within)
    return Occasion(
        event.name,
        tuple(
            (np.datetime64(begin, "D"), np.datetime64(end, "D"))
            for begin, end in event.spans(first, last)
        ),
        event.begins,
        event.minutes,
        level,
        effect.factor,
        level * effect.whole,
        effect.seen,
        isinstance(event.effect, Stated),
    )
