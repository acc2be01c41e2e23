"""Days counted twice, and days that repeat another.

Rows that were added twice make every count of a day even, which chance does in some 2⁻ⁿ; a day
that two systems counted has about twice its calls in every part of the day. Both are judged with
the day's level as a gamma-Poisson count, so that days of small queues, which vary more, are not
told by chance more than `BY_CHANCE` times a year. A day whose counts are those of another, one by
one, is a copy when so many intervals would agree by chance that seldom.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from forecasting.calendar import LocalTime
from forecasting.cleaning.finding import Finding, Kind
from forecasting.cleaning.usual import BoolArray, Usual
from forecasting.cleaning.wording import calls, day_words, number
from forecasting.series import FloatArray, IntArray

BY_CHANCE = 0.05
"""Days a year that are called doubled, and that are called a copy, though they are chance."""

_RATIOS = (1.55, 2.5)
"""Times the expected calls that a doubled day may have."""

_HOLIDAY_RATIO = 1.35
"""The least of them on a public holiday."""

_EVEN_RATIOS = (1.25, 3.0)
"""The same where every count is even: small queues vary more."""

_PARTS = 6
"""Parts of a day, which must all share in its calls."""

_AGAINST = 3.0
"""Standard deviations by which a part may fall short of the day's own level."""


@dataclass(frozen=True)
class _Day:
    """A local day: its number, its intervals, their counts and what was expected of them."""

    number: int
    inside: IntArray
    counts: FloatArray
    expected: FloatArray

    @property
    def total(self) -> float:
        return float(self.counts.sum())

    @property
    def usual(self) -> float:
        return float(self.expected.sum())


def doubled_days(
    offered: FloatArray, local: LocalTime, usual: Usual, holidays: BoolArray
) -> list[Finding]:
    """Days on which every call seems to be counted twice.

    Args:
        offered: Counts, NaN where not observed, shape (n,).
        local: Local time of the intervals.
        usual: What is usual.
        holidays: Whether each interval lies on a public holiday, shape (n,): fewer call then.
    """
    limit = float(np.log(365.25 / BY_CHANCE))
    days = int(local.day[-1]) + 1
    counts = np.where(np.isnan(offered), 0.0, offered)
    seen = ~np.isnan(offered) & usual.is_open
    total = np.bincount(local.day, np.where(seen, counts, 0.0), minlength=days)
    mass = np.bincount(local.day, np.where(seen, usual.expected, 0.0), minlength=days)
    maybe = (total > _EVEN_RATIOS[0] * mass) & (total < _EVEN_RATIOS[1] * mass) & (mass > 0)
    found = []
    for day in _days(np.flatnonzero(maybe), counts, local, usual, seen):
        even = _even(day)
        low = _HOLIDAY_RATIO if holidays[day.inside[0]] else _RATIOS[0]
        surprise = _busy(day, usual) if day.total >= low * day.usual else 0.0
        if even > limit:
            why = "every count of the day is even: it seems to be counted twice"
        elif surprise > limit and _is_everywhere(day, usual):
            why = (
                "every part of the day has about twice its calls: either it was counted twice, or "
                "something large happened"
            )
        else:
            continue
        words = (
            f"{calls(day.total)} on {day_words(local.date[day.inside[0]])}, where "
            f"{number(day.usual)} were expected, and {why}."
        )
        told = _told("doubled", day, words, max(even, surprise))
        found.append(replace(told, may_be_real=even <= limit))
    return found


def copied_days(offered: FloatArray, local: LocalTime, usual: Usual) -> list[Finding]:
    """Days whose counts are those of an earlier day, interval by interval."""
    days = int(local.day[-1]) + 1
    seen = ~np.isnan(offered) & usual.is_open
    counts = np.where(np.isnan(offered), 0.0, offered)
    limit = float(np.log(days * 365.25 / 2 / BY_CHANCE))
    bounds = np.searchsorted(local.day, np.arange(days + 1))
    first_like: dict[bytes, int] = {}
    pairs = []
    for place in range(days):
        inside = slice(int(bounds[place]), int(bounds[place + 1]))
        if not counts[inside].any():
            continue
        earlier = first_like.setdefault(offered[inside].tobytes(), place)
        if earlier != place:
            pairs.append((earlier, place))
    found = []
    for earlier, later in pairs:
        (day,) = _days(np.array([later]), counts, local, usual, seen)
        surprise = -float(np.sum(np.log(special.ive(0, 2 * day.expected))))
        if surprise < limit:
            continue
        begins = int(bounds[earlier])
        words = (
            f"The counts of {day_words(local.date[day.inside[0]])} are those of "
            f"{day_words(local.date[begins])}, interval by interval."
        )
        found.append(_told("copied", day, words, surprise))
    return found


def _days(
    numbers: IntArray, counts: FloatArray, local: LocalTime, usual: Usual, seen: BoolArray
) -> list[_Day]:
    """Those days, with what was observed of them in open hours."""
    found = []
    for day in numbers.tolist():
        low, high = np.searchsorted(local.day, [day, day + 1])
        inside = low + np.flatnonzero(seen[low:high])
        found.append(_Day(day, inside, counts[inside], usual.expected[inside]))
    return found


def _even(day: _Day) -> float:
    """−ln of the chance that all counts are even, (1 + e^(−2 mean)) / 2 each; 0 if one is odd.

    The means are those of the day as it stands, before it was counted twice: by its own total.
    """
    if np.any(day.counts % 2):
        return 0.0
    mean = day.expected * day.total / max(day.usual, 1e-12)
    return -float(np.sum(np.log((1 + np.exp(-2 * mean)) / 2)))


def _busy(day: _Day, usual: Usual) -> float:
    """−ln of the chance of a day with as many calls, as a negative binomial count."""
    if day.total > _RATIOS[1] * day.usual:
        return 0.0
    variance = usual.dispersion * day.usual + usual.day_spread * day.usual**2
    size = day.usual**2 / max(variance - day.usual, 1e-9)
    chance = float(special.betainc(day.total, size, day.usual / (day.usual + size)))
    return -float(np.log(max(chance, 1e-300)))


def _is_everywhere(day: _Day, usual: Usual) -> bool:
    """Whether every part of the day shares in its level: an event has hours of its own."""
    for part in np.array_split(np.arange(len(day.inside)), _PARTS):
        mean = float(day.expected[part].sum()) * day.total / day.usual
        if day.counts[part].sum() < mean - _AGAINST * np.sqrt(usual.dispersion * mean):
            return False
    return True


def _told(kind: Kind, day: _Day, words: str, surprise: float) -> Finding:
    first, after = int(day.inside[0]), int(day.inside[-1]) + 1
    return Finding(kind, first, after, day.total, day.usual, words, surprise)
