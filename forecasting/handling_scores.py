"""How good a forecast of handling times was, beside what a careful person does by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.calendar import Calendar
from forecasting.handling_calls import HOURS_OF_WEEK, HandledCalls, week_place
from forecasting.handling_time import HandlingTimes
from forecasting.series import FloatArray, Series

BY_HAND = np.timedelta64(56, "D")
"""Days before a forecast over which a person takes the mean: eight weeks."""


@dataclass(frozen=True)
class HandlingScores:
    """Scores of handling times on the intervals that told some.

    Attributes:
        calls: Calls whose times were told.
        wape: Seconds by which the calls took longer or shorter than forecast, each interval's mean
            taken, over the seconds they took.
        simple_wape: The same for the mean of the hour of the week over the last 8 weeks; NaN where
            that is not known.
        within_80: Share of the intervals' means within q10 to q90 for as many calls as came.
    """

    calls: float
    wape: float
    simple_wape: float
    within_80: float


def score_handling(
    calls: FloatArray, seconds: FloatArray, said: HandlingTimes, simple: FloatArray
) -> HandlingScores | None:
    """Score handling times against what was observed; None where nothing was.

    Args:
        calls: Calls handled in each interval, NaN where not observed, shape (n,).
        seconds: Seconds that they took, likewise.
        said: The forecast of the same n intervals.
        simple: Mean seconds of a call by hand, NaN where not known, shape (n,).
    """
    told = (calls > 0) & (seconds > 0)
    if not told.any():
        return None
    some = np.maximum(np.nan_to_num(calls), 1.0)
    calls, seconds = calls[told], seconds[told]
    low, high = (said.quantile(level, some)[told] for level in (0.10, 0.90))
    means = seconds / calls

    def error(expected: FloatArray) -> float:
        return float(np.sum(np.abs(seconds - calls * expected[told])) / seconds.sum())

    return HandlingScores(
        calls=float(calls.sum()),
        wape=error(said.mean),
        simple_wape=error(simple),
        within_80=float(np.mean((means >= low) & (means <= high))),
    )


def means_by_hand(
    series: Series, start: np.datetime64, intervals: int, calendar: Calendar
) -> FloatArray:
    """Mean of each hour of the week over the last 8 weeks, shape (intervals,).

    Hours without calls take the mean of all; NaN where no handling time was told.

    Args:
        series: Counts with handled seconds in some intervals.
        start: Beginning of the first interval, UTC.
        intervals: How many.
        calendar: Zone.
    """
    lately = series.between(start - BY_HAND, start)
    handled = None if lately is None else HandledCalls.of(lately, calendar)
    if handled is None:
        return np.full(intervals, np.nan)
    whole = float(handled.seconds.sum() / handled.calls.sum())
    calls, seconds = (
        np.bincount(handled.hour, part, HOURS_OF_WEEK) for part in (handled.calls, handled.seconds)
    )
    by_hour = np.divide(seconds, calls, out=np.full(HOURS_OF_WEEK, whole), where=calls > 0)
    hour = week_place(calendar.local(start, series.interval_minutes, intervals)).astype(np.int64)
    return np.asarray(by_hour[hour])
