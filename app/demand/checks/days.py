"""How far the counts of a queue can be believed, local day by local day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.demand.store.rows import Rows
from app.demand.values import BoolArray, FloatArray, IntArray

DAY = 24 * 60
WEEK = 7 * DAY

OPEN_SHARE = 0.5
"""A slot of the week is open when at least this share of its weeks was observed."""

FEWEST_LIKE = 4
"""Whole days of the same weekday from which one of them can be called unusual."""

FAR = 6.0
"""Spreads from the median beyond which a day is unusual: by chance once in a billion days."""

RATIO = 1.5
"""How many times the median, or what part of it, a day must be as well: small queues vary."""

DIFFERENCE = 0.05
"""Share of the calls offered by which answered and abandoned may differ: calls cross midnight."""

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True, eq=False)
class Days:
    """The local days of a queue from its first interval to its last; arrays of shape (days,).

    Attributes:
        day: days since 1970.
        expected: intervals in which the queue is open, by its usual week.
        missing: those of them that were not observed.
        disagreeing: calls by which answered and abandoned differ from offered, where that is more
            than a twentieth.
        total: calls offered in what was observed.
        usual: the median of whole days of the same weekday, NaN where there are too few.
        unusual: True where the total is far from that.
        beyond_answered: calls told to be answered in time beyond those answered at all.
    """

    day: IntArray
    expected: IntArray
    missing: IntArray
    disagreeing: IntArray
    total: IntArray
    usual: FloatArray
    unusual: BoolArray
    beyond_answered: IntArray

    def words(self, place: int) -> str:
        """Why a day's total is hard to believe; "" when it is not."""
        if not self.unusual[place]:
            return ""
        weekday = WEEKDAYS[int(self.day[place] + 3) % 7]
        total = int(self.total[place])
        calls = f"{total:,} calls" if total else "No call"
        return f"{calls}, where {weekday} have about {self.usual[place]:,.0f}."


def wall_clock(minutes: IntArray, zone: str) -> IntArray:
    """Minutes since 1970 that the wall clock of a zone shows, for minutes since 1970 UTC."""
    index = pd.DatetimeIndex(minutes.astype("datetime64[m]").astype("datetime64[s]"), tz="UTC")
    shown = index.tz_convert(zone).tz_localize(None).to_numpy()
    return shown.astype("datetime64[m]").astype(np.int64)


def days_of(rows: Rows, length: int, zone: str) -> Days:
    """The local days that rows of one queue cover; rows are in order of time.

    A slot of the week that is seldom observed is closed, and not missed when it is absent.
    """
    start = rows["start"].astype(np.int64)
    grid = np.arange(start[0], start[-1] + 1, length)
    shown = wall_clock(grid, zone)
    first = int(shown[0] // DAY)
    day = shown // DAY - first
    days = int(day[-1]) + 1
    seen = np.zeros(len(grid), dtype=np.bool_)
    place = (start - start[0]) // length
    seen[place] = True
    is_open = _open(shown, seen, length)
    expected = np.bincount(day[is_open], minlength=days)
    missing = np.bincount(day[is_open & ~seen], minlength=days)
    total = _sum(rows["offered"], day[place], days)
    dates = np.arange(days) + first
    usual, unusual = _unusual(dates, total, (missing == 0) & (expected > 0))
    return Days(
        dates,
        expected,
        missing,
        _disagreeing(rows, day[place], days),
        total,
        usual,
        unusual,
        _beyond_answered(rows, day[place], days),
    )


def _open(shown: IntArray, seen: BoolArray, length: int) -> BoolArray:
    """Whether each interval's slot of the week is one in which the queue is open."""
    slot = (shown % WEEK) // length
    slots = WEEK // length
    all_of = np.bincount(slot, minlength=slots)
    seen_of = np.bincount(slot[seen], minlength=slots)
    is_open: BoolArray = (seen_of >= OPEN_SHARE * all_of)[slot]
    return is_open


def _sum(values: npt.NDArray[np.integer], day: IntArray, days: int) -> IntArray:
    return np.bincount(day, values, minlength=days).astype(np.int64)


def _disagreeing(rows: Rows, day: IntArray, days: int) -> IntArray:
    """Calls a day by which answered and abandoned differ from offered; 0 where that is small."""
    told = (rows["answered"] >= 0) & (rows["abandoned"] >= 0)
    offered = _sum(rows["offered"][told], day[told], days)
    both = _sum((rows["answered"] + rows["abandoned"])[told], day[told], days)
    difference = np.abs(offered - both)
    return np.where(difference > np.maximum(DIFFERENCE * offered, 3), difference, 0)


def _beyond_answered(rows: Rows, day: IntArray, days: int) -> IntArray:
    """Calls a day told to be answered in time beyond those answered at all."""
    told = (rows["answered"] >= 0) & (rows["answered_in_time"] >= 0)
    beyond = np.maximum(rows["answered_in_time"] - rows["answered"], 0)
    return _sum(beyond[told], day[told], days)


def _unusual(day: IntArray, total: IntArray, whole: BoolArray) -> tuple[FloatArray, BoolArray]:
    """Medians of whole days of the same weekday, and which whole days are far from theirs.

    The spread is the median distance from the median, scaled to a standard deviation of normal
    values (1.4826), and at least that of a Poisson count.
    """
    usual = np.full(len(day), np.nan)
    far = np.zeros(len(day), dtype=np.bool_)
    for weekday in range(7):
        like = whole & (day % 7 == weekday)
        if np.count_nonzero(like) < FEWEST_LIKE:
            continue
        values = total[like]
        middle = float(np.median(values))
        spread = max(1.4826 * float(np.median(np.abs(values - middle))), middle**0.5, 1.0)
        usual[like] = middle
        ratio = (values > RATIO * middle) | (values * RATIO < middle)
        far[like] = ratio & (np.abs(values - middle) > FAR * spread)
    return usual, far
