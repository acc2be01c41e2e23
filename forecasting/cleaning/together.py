"""Outages of a room: stretches in which none of its queues had a call.

A line or a switch that fails stops every queue behind it. Zeros of one small queue may be chance
for hours, but those of all queues at once are certain sooner: chances multiply. A shared outage is
told where enough calls for it stayed away in two queues at least, of every queue that was open, so
that the failure of one queue's own line does not accuse a quiet one beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.calendar import LocalTime
from forecasting.cleaning.finding import Finding
from forecasting.cleaning.outages import (
    BY_CHANCE,
    given_day,
    is_holiday_habit,
    least_surprise,
    runs,
    surprise_of,
    without_faint_ends,
)
from forecasting.cleaning.usual import BoolArray, Usual
from forecasting.cleaning.wording import number, span_words
from forecasting.series import IntArray, Series

CLEAR = 3.0
"""Expected calls from which a queue's silence counts as its own: by chance once in twenty."""

FEWEST_CLEAR = 2
"""Queues of which that must hold."""


@dataclass(frozen=True, eq=False)
class Seen:
    """A queue as it was examined by itself.

    Attributes:
        series: Its counts, n intervals.
        local: Local time of the intervals.
        usual: What is usual.
        holidays: Whether each interval lies on a public holiday, shape (n,).
        findings: What was found, in order of time.
    """

    series: Series
    local: LocalTime
    usual: Usual
    holidays: BoolArray
    findings: tuple[Finding, ...]

    @property
    def live(self) -> BoolArray:
        """Whether each interval was observed and calls are expected in it, shape (n,)."""
        return self.usual.is_open & (self.usual.expected > 0) & self.series.observed


def shared_outages(seen: Sequence[Seen]) -> Mapping[str, list[Finding]]:
    """Outages of all queues at once, by queue; those that a queue shows by itself are left out.

    Args:
        seen: the queues of a room, of one interval length.
    """
    found: dict[str, list[Finding]] = {each.series.queue: [] for each in seen}
    if len(seen) < FEWEST_CLEAR:
        return found
    step = seen[0].series.interval_minutes
    first = min(int(each.series.start.astype(np.int64)) for each in seen)
    at = [(int(each.series.start.astype(np.int64)) - first) // step for each in seen]
    size = max(begin + len(each.series) for begin, each in zip(at, seen, strict=True))
    weight, live, silent = np.zeros(size), np.zeros(size, np.bool_), np.ones(size, np.bool_)
    for begin, each in zip(at, seen, strict=True):
        inside = slice(begin, begin + len(each.series))
        weight[inside] += np.where(each.live, each.usual.expected * each.usual.zero_weight, 0.0)
        live[inside] |= each.live
        silent[inside] &= ~(each.live & (each.series.offered > 0))
    places = np.flatnonzero(live)
    if not silent[places].any():
        return found
    limit = least_surprise(weight[places], 1440 // step, BY_CHANCE / len(seen))
    mass = np.concatenate([[0.0], np.cumsum(weight[places])])
    for low, high in runs(silent[places]):
        if mass[high + 1] - mass[low] < limit:
            continue
        span = (int(places[low]), int(places[high]) + 1)
        for queue, finding in _told(seen, at, span, limit):
            found[queue].append(finding)
    return found


def _told(
    seen: Sequence[Seen], at: Sequence[int], span: tuple[int, int], limit: float
) -> list[tuple[str, Finding]]:
    """What is told of one silence of all queues, by queue."""
    silent: list[tuple[Seen, IntArray, float]] = []
    surprise = 0.0
    for begin, each in zip(at, seen, strict=True):
        low, high = max(span[0] - begin, 0), max(span[1] - begin, 0)
        inside = low + np.flatnonzero(each.live[low:high])
        if inside.size and not is_holiday_habit(
            inside, each.series.offered, each.local, each.holidays
        ):
            surprise += surprise_of(inside, each.local, each.usual)
            expected = float(given_day(inside, each.local, each.usual).sum())
            silent.append((each, inside, expected))
    if surprise < limit or sum(calls >= CLEAR for *_, calls in silent) < FEWEST_CLEAR:
        return []
    whole = sum(calls for *_, calls in silent)
    told = []
    for each, inside, calls in silent:
        first, after = without_faint_ends(inside, 0, len(inside) - 1, each.usual.expected)
        if any(own.first < after and first < own.after for own in each.findings):
            continue
        words = (
            f"No call {span_words(each.local, first, after)}, where {number(calls)} were expected, "
            f"nor in any other queue of the room, where {number(whole - calls)} were."
        )
        finding = Finding("outage", first, after, 0.0, calls, words, surprise)
        told.append((each.series.queue, finding))
    return told
