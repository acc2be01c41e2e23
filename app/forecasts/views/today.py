"""The page of today in words and as the chart has it."""

from __future__ import annotations

import numpy as np

from app.forecasts import service
from app.forecasts.views.outlook import Floats, Outlook, minute_of
from app.web.views.days import Period
from app.web.words import count, number, percent, time_words
from forecasting.today import FEWEST_DAYS


def answer(queue: str, day: service.Today, told: service.QueueToday) -> str:
    """What came and what is still to come."""
    if not told.over:
        whole = number(told.rest)
        return f"About {whole} calls to {queue} today; no counts of today have come yet."
    if told.over == len(told.mean):
        return f"Today brought {number(told.seen)} calls to {queue}{_against(told)}."
    rest = number(told.rest)
    return (
        f"{number(told.seen)} calls to {queue} until {_until(day, told)}{_against(told)}. "
        f"About {rest} more are to come."
    )


def _until(day: service.Today, told: service.QueueToday) -> str:
    """Local time at which what was counted ends."""
    last = minute_of(day.starts[told.over - 1]) + day.interval_minutes
    return time_words(last, day.zone)


def _against(told: service.QueueToday) -> str:
    """How what came compares with what was forecast of it."""
    if told.expected <= 0:
        return ""
    off = told.seen / told.expected - 1
    if round(abs(off) * 100) == 0:
        return ", as forecast"
    return f", {percent(abs(off), 0)} {'more' if off > 0 else 'fewer'} than forecast"


def gain_words(day: service.Today, told: service.QueueToday) -> str:
    """What forecasting the rest of the day again is worth, honestly."""
    worth = told.gain
    if not told.over or told.over == len(told.mean):
        return ""
    if not worth.is_known:
        return (
            f"Whether counts so far make the rest of a day more exact is not known yet: it takes "
            f"{FEWEST_DAYS} past days that were forecast and counted, and there are "
            f"{number(worth.days)}. The forecast is kept as it was."
        )
    lately = f"Over the last {count(worth.days, 'day')}, at {_until(day, told)},"
    again = "forecasting again from the counts so far"
    share = percent(abs(worth.share), 0)
    if told.is_updated:
        change = _change(told.factor)
        return (
            f"{lately} {again} made the rest of the day {share} more exact: today it is {change}."
        )
    made = "made no difference beyond chance"
    if worth.updated - worth.untouched > worth.doubt:
        made = f"made the rest of the day {share} less exact"
    elif (
        worth.untouched - worth.updated > worth.doubt and worth.updated_loss > worth.untouched_loss
    ):
        made = f"made the rest of the day {share} more exact as a whole, but its parts less so"
    return f"{lately} {again} {made}. The forecast is kept as it was."


def _change(factor: float) -> str:
    off = factor - 1
    if round(abs(off) * 100) == 0:
        return "as it was, within 1 %"
    return f"{percent(abs(off), 0)} {'higher' if off > 0 else 'lower'}"


def outlook(queue: str, day: service.Today, told: service.QueueToday) -> Outlook:
    """The day as the chart of demand has it; the forecast as it was stands as the line beside."""
    low90, low80, _, _, _, high80, high90 = told.quantiles
    untouched: Floats = told.untouched if told.is_updated else np.full(len(told.mean), np.nan)
    return Outlook(
        queue,
        Period(day.day, 1, day.zone),
        day.interval_minutes,
        mean=told.mean,
        low80=low80,
        high80=high80,
        low90=low90,
        high90=high90,
        counted=told.counts,
        before=untouched,
    )
