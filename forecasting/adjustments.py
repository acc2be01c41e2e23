"""What people lay over a forecast: more or fewer calls at some hours, and whether that helped.

Adjustments that share an interval act in one order: per cent multiply, in whatever order, then
calls an hour are added; no mean falls below zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from forecasting.calendar import MINUTES_PER_DAY, LocalTime
from forecasting.distribution import Distribution
from forecasting.errors import InputError
from forecasting.series import FloatArray, Instants, IntArray

Unit: TypeAlias = Literal["percent", "calls"]
"""Per cent of the forecast, or calls an hour."""

LARGEST: dict[Unit, float] = {"percent": 1000.0, "calls": 10_000.0}
"""Beyond these an amount must be a slip of the pen."""

LONGEST_DAYS = 366
"""Nothing that a person lays over a forecast lasts beyond a year."""

EVERY_DAY = frozenset(range(7))

Days: TypeAlias = npt.NDArray[np.datetime64]
Verdict: TypeAlias = Literal["better", "worse", "alike"]


@dataclass(frozen=True)
class Adjustment:
    """More or fewer calls at some hours of some local days.

    Attributes:
        first, last: First and last local day on which its hours begin.
        amount: 20 for a fifth more, or for 20 calls an hour more; negative for fewer.
        unit: What the amount is in.
        weekdays: Days of the week on which its hours begin, 0 = Monday.
        begins: Minute of the day at which its hours begin, by the wall clock.
        minutes: How long they last; they may run past midnight.
        since, until: It acts on no interval that begins before `since`, when it was laid, or at or
            after `until`, when it was ended; None for no such bound.

    Raises:
        InputError: When the days, the hours or the amount cannot be.
    """

    first: dt.date
    last: dt.date
    amount: float
    unit: Unit = "percent"
    weekdays: frozenset[int] = EVERY_DAY
    begins: int = 0
    minutes: int = MINUTES_PER_DAY
    since: np.datetime64 | None = None
    until: np.datetime64 | None = None

    def __post_init__(self) -> None:
        if not 0 <= (self.last - self.first).days < LONGEST_DAYS:
            raise InputError("An adjustment ends on its first day or later, within a year.")
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise InputError("An adjustment needs weekdays from 0 (Monday) to 6.")
        if not 0 <= self.begins < MINUTES_PER_DAY or not 1 <= self.minutes <= MINUTES_PER_DAY:
            raise InputError("The hours begin within a day and last up to 24 hours.")
        least = -100.0 if self.unit == "percent" else -LARGEST["calls"]
        if not least <= self.amount <= LARGEST[self.unit] or not self.amount:
            raise InputError(
                f"The amount lies between {least:g} and {LARGEST[self.unit]:g} and is not 0."
            )

    def touches(self, first: dt.date, until: dt.date) -> bool:
        """Whether any of its hours lie on the local days from `first` to before `until`."""
        past_midnight = self.begins + self.minutes > MINUTES_PER_DAY
        begin = max(self.first, first - dt.timedelta(days=int(past_midnight)))
        days = (min(self.last, until - dt.timedelta(days=1)) - begin).days + 1
        return any((begin.weekday() + day) % 7 in self.weekdays for day in range(min(days, 7)))

    def reach(self, times: Instants, local: LocalTime) -> tuple[FloatArray, Days]:
        """Where it acts.

        Args:
            times: Beginning of each interval, UTC, shape (n,).
            local: Where those intervals lie in local time.

        Returns:
            The share of each interval in which it acts, 0 to 1, and the local day on which the
            hours that hold it began, both of shape (n,).
        """
        length = MINUTES_PER_DAY // local.slots_per_day
        begin = local.slot * length
        one = np.timedelta64(1, "D")
        today = _overlap(begin, length, self.begins, self.begins + self.minutes)
        today[~self._begins_on(local.date, local.weekday)] = 0
        before = _overlap(begin, length, 0, self.begins + self.minutes - MINUTES_PER_DAY)
        before[~self._begins_on(local.date - one, (local.weekday - 1) % 7)] = 0
        share = (today + before) / length
        if self.since is not None:
            share[times < self.since] = 0
        if self.until is not None:
            share[times >= self.until] = 0
        return share, np.where(today > 0, local.date, local.date - one)

    def _begins_on(self, day: Days, weekday: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        within = (day >= np.datetime64(self.first)) & (day <= np.datetime64(self.last))
        return within & np.isin(weekday, sorted(self.weekdays))


def _overlap(begin: npt.NDArray[np.int64], length: int, first: int, after: int) -> FloatArray:
    """Minutes that intervals share with a stretch of their day."""
    shared = np.minimum(begin + length, after) - np.maximum(begin, first)
    return np.asarray(np.maximum(shared, 0), dtype=np.float64)


def adjusted(
    said: Distribution, laid: Iterable[Adjustment], times: Instants, local: LocalTime
) -> Distribution:
    """A forecast with adjustments laid over it.

    Per cent, and calls taken away, thin or thicken the calls of an interval: what its variance
    exceeds the mean by, which is relative to the level, goes with the square of the factor. Calls
    that are added are independent, with the variance of pure chance.

    Args:
        said: What a forecast says of n intervals; its quantiles stay where nothing acts.
        laid: The adjustments of its queue.
        times: Beginning of each interval, UTC, shape (n,).
        local: Where those intervals lie in local time.
    """
    factor, added = _effects(laid, times, local)
    at = np.flatnonzero((factor != 1) | (added != 0))
    if not at.size:
        return said
    part = _moved(said, at, factor[at], added[at])
    mean, variance = said.mean.copy(), said.variance.copy()
    mean[at], variance[at] = part.mean, part.variance
    level = None
    if said.level is not None and part.level is not None:
        level = said.level.copy()
        level[at] = part.level
    result = type(said)(mean, variance, level)
    quantiles = said.quantiles.copy()
    quantiles[:, at] = part.quantiles
    # They are a cached property: filled here, so that those which nothing touches stay as told.
    vars(result)["quantiles"] = quantiles
    return result


def adjusted_mean(
    mean: FloatArray, laid: Iterable[Adjustment], times: Instants, local: LocalTime
) -> FloatArray:
    """The means alone; arguments as for `adjusted`."""
    factor, added = _effects(laid, times, local)
    return np.maximum(mean * factor + added, 0.0)


def _effects(
    laid: Iterable[Adjustment], times: Instants, local: LocalTime
) -> tuple[FloatArray, FloatArray]:
    """By what each interval is multiplied, and the calls that are added to it."""
    factor, added = np.ones(len(times)), np.zeros(len(times))
    hours = 24 / local.slots_per_day
    for each in laid:
        share, _ = each.reach(times, local)
        if each.unit == "percent":
            factor *= 1 + each.amount / 100 * share
        else:
            added += each.amount * hours * share
    return factor, added


def _moved(
    said: Distribution, at: npt.NDArray[np.int64], factor: FloatArray, added: FloatArray
) -> Distribution:
    """The distributions of the intervals `at`, their means multiplied and added to."""
    before, variance = said.mean[at], said.variance[at]
    mean = np.maximum(before * factor + added, 0.0)
    thinned = np.minimum(before * factor, mean)
    scale = np.divide(thinned, before, out=np.zeros_like(before), where=before > 0)
    excess = variance - before
    spread = np.where(excess > 0, thinned + scale**2 * excess, scale * variance)
    level = None
    if said.level is not None:
        kept = np.divide(thinned, mean, out=np.zeros_like(mean), where=mean > 0)
        level = said.level[at] * kept**2
    return type(said)(mean, spread + mean - thinned, level)


@dataclass(frozen=True)
class Judged:
    """A forecast as it was and as it was adjusted, held against the calls that came.

    Errors are sums of absolute errors, in calls.

    Attributes:
        runs: Runs of hours, such as those of a day, that were counted at all.
        intervals: Intervals counted in them.
        calls: Calls that came.
        untouched, adjusted: Calls forecast.
        run_error_untouched, run_error_adjusted: Errors of the total of each run of hours.
        error_untouched, error_adjusted: Errors of each interval.
        verdict: Which was closer by the totals of the runs; `alike` where it would be the other, or
            neither, had pure chance moved the calls by a standard deviation.
    """

    runs: int
    intervals: int
    calls: float
    untouched: float
    adjusted: float
    run_error_untouched: float
    run_error_adjusted: float
    error_untouched: float
    error_adjusted: float
    verdict: Verdict


def judge(
    untouched: FloatArray, moved: FloatArray, counts: FloatArray, run: IntArray
) -> Judged | None:
    """Hold an adjustment against what came.

    Args:
        untouched: Calls forecast in each interval in which it acted, shape (n,).
        moved: The same, adjusted.
        counts: Calls that came, NaN where none were counted.
        run: Number of the run of hours that holds each interval, such as of its local day.

    Returns:
        How both did; None where nothing was counted.
    """
    seen = ~np.isnan(counts)
    if not seen.any():
        return None
    parts = (untouched[seen], moved[seen], counts[seen])
    _, place = np.unique(run[seen], return_inverse=True)
    before, after, came = (np.bincount(place, part).astype(np.float64) for part in parts)

    def gain(calls: FloatArray) -> float:
        return float(np.sum(np.abs(before - calls) - np.abs(after - calls)))

    found = gain(came)
    chance = came / np.sqrt(max(came.sum(), 1.0))
    if not came.any():
        chance = np.full(len(came), 1 / len(came))
    toward = np.sign(before - after) * np.sign(found)
    clear = bool(found) and gain(came + toward * chance) * found > 0
    return Judged(
        runs=len(came),
        intervals=int(seen.sum()),
        calls=float(came.sum()),
        untouched=float(before.sum()),
        adjusted=float(after.sum()),
        run_error_untouched=float(np.abs(before - came).sum()),
        run_error_adjusted=float(np.abs(after - came).sum()),
        error_untouched=float(np.abs(parts[0] - parts[2]).sum()),
        error_adjusted=float(np.abs(parts[1] - parts[2]).sum()),
        verdict="alike" if not clear else "better" if found > 0 else "worse",
    )
