"""Which categories of calls are growing: shares of late beside those of some weeks ago."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.categories import REST, Parts
from forecasting.series import FloatArray


@dataclass(frozen=True)
class Change:
    """How the share of a part has changed.

    Attributes:
        name: Of the part.
        before, now: Its shares of the calls at the two ends.
        low, high: The change of the share, now less before, lies here 19 times in 20.
    """

    name: str
    before: float
    now: float
    low: float
    high: float


def changes(parts: Parts, weeks: int = 12) -> tuple[Change, ...]:
    """How the share of each part of the last four weeks differs from that before, `weeks` ago.

    Both are means of four weeks; what chance leaves in them is taken from how much shares differ
    from week to week, in all weeks between (the spread of a weekly share around a line).

    Args:
        parts: Counts up to the present.
        weeks: From the middle of the first four weeks to that of the last.

    Returns:
        The parts, those whose change is surest first; none where there are too few weeks.
    """
    divided = parts.divided()
    known = parts.known()
    week = parts.weeks_back()
    used = known & (week < weeks + 4)
    totals = np.array([np.bincount(week[used], part[used], weeks + 4) for part in divided])
    calls = totals.sum(axis=0)
    if (calls[:4].sum() <= 0) or (calls[weeks:].sum() <= 0):
        return ()
    found = [
        _change(name, part, calls, weeks)
        for name, part in zip((*parts.names, REST), totals, strict=True)
        if part.sum() > 0
    ]
    return tuple(sorted(found, key=lambda each: -_sureness(each)))


def _sureness(change: Change) -> float:
    """A change in units of half its interval's width."""
    half = (change.high - change.low) / 2
    return abs(change.now - change.before) / half if half > 0 else 0.0


def _change(name: str, part: FloatArray, calls: FloatArray, weeks: int) -> Change:
    """The change of one part's share, given weekly counts, the latest first."""
    now, before = (part[each].sum() / calls[each].sum() for each in (slice(4), slice(weeks, None)))
    seen = calls > 0
    line = before + (now - before) * (weeks + 1.5 - np.arange(weeks + 4)) / weeks
    expected = np.clip(line, 0.0, 1.0) * calls
    noise = np.maximum(expected * (1 - np.clip(line, 0.0, 1.0)), 1e-9)
    spread = float(np.mean(((part - expected) ** 2 / noise)[seen]))
    pooled = max(1.0, spread * seen.sum() / max(int(seen.sum()) - 2, 1))
    error = sum(
        (share * (1 - share) + 1.0 / total) / total
        for share, total in ((now, calls[:4].sum()), (before, calls[weeks:].sum()))
    )
    half = 1.96 * float(np.sqrt(pooled * error))
    return Change(name, float(before), float(now), now - before - half, now - before + half)
