"""Outages: stretches of zeros in which calls must have come, and stretches without rows.

A run of zeros is judged by the chance that as many calls as are expected in it should all have
stayed away. Each day's level is taken from the rest of that day as a gamma posterior, so that a
quiet day or a holiday makes no outage. The threshold is set so that the number of runs that chance
alone would make over the whole series, counted exactly for independent intervals, is `BY_CHANCE` a
year: on a busy queue a quarter hour may be enough, on a quiet one or at night it takes hours, and
closed hours never are.
"""

from __future__ import annotations

import numpy as np

from forecasting.calendar import LocalTime
from forecasting.cleaning.finding import Finding
from forecasting.cleaning.usual import BoolArray, Usual
from forecasting.cleaning.wording import calls, length_words, number, span_words
from forecasting.series import FloatArray, IntArray

BY_CHANCE = 0.1
"""Runs of zeros a year that are called an outage though they are chance."""

LEAST_ABSENT = 60
"""Minutes from which rows that are absent are told; what is shorter counts in the quality alone."""

_FAINT = 0.05
"""Expected calls of an interval below which a run does not begin or end with it."""


def outages(
    offered: FloatArray, local: LocalTime, usual: Usual, holidays: BoolArray
) -> list[Finding]:
    """Runs of zeros that chance does not make.

    Args:
        offered: Counts, NaN where not observed, shape (n,).
        local: Local time of the intervals.
        usual: What is usual.
        holidays: Whether each interval lies on a public holiday, shape (n,).
    """
    weight = usual.expected * usual.zero_weight
    # Intervals in which nothing is expected, observed or not, neither break a run nor add to it.
    live = np.flatnonzero(usual.is_open & (usual.expected > 0))
    zero = offered[live] == 0
    if not zero.any():
        return []
    limit = least_surprise(weight[live[~np.isnan(offered[live])]], local.slots_per_day)
    mass = np.concatenate([[0.0], np.cumsum(weight[live])])
    found = []
    for low, high in runs(zero):
        if mass[high + 1] - mass[low] < limit:
            continue
        first, after = without_faint_ends(live, low, high, usual.expected)
        inside = live[low : high + 1]
        surprise = surprise_of(inside, local, usual)
        if surprise < limit or is_holiday_habit(inside, offered, local, holidays):
            continue
        expected = float(given_day(inside, local, usual).sum())
        words = (
            f"No call {span_words(local, first, after)}, where {number(expected)} were expected."
        )
        found.append(Finding("outage", first, after, 0.0, expected, words, surprise))
    return found


def absences(offered: FloatArray, local: LocalTime, usual: Usual) -> list[Finding]:
    """Stretches of an hour and more for which open hours have no rows."""
    live = np.flatnonzero(usual.is_open)
    length = 1440 // local.slots_per_day
    found = []
    for low, high in runs(np.isnan(offered[live])):
        inside = live[low : high + 1]
        if len(inside) * length < LEAST_ABSENT:
            continue
        first, after = int(inside[0]), int(inside[-1]) + 1
        expected = float(usual.expected[inside].sum())
        words = (
            f"No counts {span_words(local, first, after)}: {length_words(len(inside) * length)} of "
            f"open hours, where {calls(expected).lower()} would be usual."
        )
        found.append(Finding("absent", first, after, 0.0, expected, words))
    return found


def runs(flags: BoolArray) -> list[tuple[int, int]]:
    """First and last place of each run of True."""
    edges = np.diff(flags.astype(np.int8), prepend=0, append=0)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def least_surprise(weight: FloatArray, slots_per_day: int, by_chance: float = BY_CHANCE) -> float:
    """−ln of the chance below which a run of zeros is no chance.

    Args:
        weight: −ln of the chance of no call in each interval, in order of time, shape (n,).
        slots_per_day: intervals of a day.
        by_chance: runs a year that may be told though they are chance.

    Runs that begin at interval t come with the chance that t − 1 has a call and that from t on
    there is none until the sum of `weight` reaches the limit; the sum over t is solved for the
    limit by bisection.
    """
    budget = by_chance * len(weight) / (365.25 * slots_per_day)
    run = np.concatenate([[0.0], np.cumsum(weight)])
    begins = 1 - np.exp(-np.concatenate([[50.0], weight[:-1]]))
    low, high = 1.0, 60.0
    for _ in range(12):
        middle = (low + high) / 2
        end = np.searchsorted(run, run[:-1] + middle)
        reach = np.where(end < len(run), run[np.minimum(end, len(run) - 1)] - run[:-1], np.inf)
        chance = float(np.sum(begins * np.exp(-reach)))
        low, high = (low, middle) if chance < budget else (middle, high)
    return high


def without_faint_ends(
    live: IntArray, low: int, high: int, expected: FloatArray
) -> tuple[int, int]:
    """The run without intervals at its ends in which hardly a call is expected."""
    clear = live[low : high + 1][expected[live[low : high + 1]] >= _FAINT]
    if not clear.size:
        return int(live[low]), int(live[high]) + 1
    return int(clear[0]), int(clear[-1]) + 1


def surprise_of(inside: IntArray, local: LocalTime, usual: Usual) -> float:
    """−ln of the chance of no call in these intervals, given each day's other calls."""
    days = local.day[inside]
    first = int(days[0])
    asked = np.bincount(days - first, usual.expected[inside])
    known = np.bincount(days - first, usual.expected[inside] * usual.believed[inside])
    day = np.arange(first, first + len(asked))
    prior, gained = 1 / usual.day_spread, 1 / usual.dispersion
    shape = prior + gained * usual.total[day]
    rate = prior + gained * np.maximum(usual.mass[day] - known, 0.0)
    return float(np.sum(shape * np.log1p(usual.zero_weight * asked / rate)))


def given_day(inside: IntArray, local: LocalTime, usual: Usual) -> FloatArray:
    """Calls expected in these intervals, each day's level known by its other calls."""
    days = local.day[inside]
    first = int(days[0])
    known = np.bincount(days - first, usual.expected[inside] * usual.believed[inside])
    day = np.arange(first, first + len(known))
    prior, gained = 1 / usual.day_spread, 1 / usual.dispersion
    rest = np.maximum(usual.mass[day] - known, 0.0)
    factor = (prior + gained * usual.total[day]) / (prior + gained * rest)
    return np.asarray(usual.expected[inside] * factor[days - first])


def is_holiday_habit(
    inside: IntArray, offered: FloatArray, local: LocalTime, holidays: BoolArray
) -> bool:
    """Whether a run lies on public holidays, on most others of which nobody calls then either."""
    if not holidays[inside].all():
        return False
    slots = np.isin(local.slot, np.unique(local.slot[inside]))
    own = np.isin(local.day, np.unique(local.day[inside]))
    others = holidays & slots & ~own & ~np.isnan(offered)
    days, place = np.unique(local.day[others], return_inverse=True)
    if not days.size:
        return False
    silent = np.bincount(place, offered[others]) == 0
    return bool(np.mean(silent) >= 0.5)
