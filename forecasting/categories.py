"""A queue's forecast split among the categories of its calls, so that the parts add up.

The whole is forecast as ever; its parts are shares of it. A share is learned in two steps: how the
calls are divided at each hour of the week, over the past year, and how they are divided lately. The
first is shrunken in a chain of Dirichlet priors to multinomial counts (all hours, the hour of the
day, the hour on working days or at weekends, the hour of the week), each prior as strong as the
counts say that its children resemble it; the second then lies over it by proportional fitting
(Deming & Stephan 1940), so that at the pace of each hour the shares of late come out. A public
holiday divides as a Sunday does: on real counts that is nearer than its own weekday, while shares
of the same season a year before are not nearer than those of late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar
from forecasting.distribution import LEVELS, Distribution, NegativeBinomial
from forecasting.errors import InputError
from forecasting.series import FloatArray, Instants, IntArray, Series

HOURS = 168
"""Hours of a local week: shares are told by them."""

REST = ""
"""The name of the part of calls of which no category is known."""

_DAYS_PER_WEEK, _HOURS_PER_DAY, _SUNDAY = 7, 24, 6

_SHAPE_HALF_LIFE = 52.0
"""Weeks after which a count says half as much of how hours differ: they hardly change."""

_LEVEL_HALF_LIVES = (2.0, 4.0, 8.0, 16.0, 52.0)
"""The same for the shares of all hours together: tried on held-out weeks."""

_USUAL_HALF_LIFE = 8.0
"""Where there are too few weeks to try."""

_HELD_OUT = (4, 8, 12, 16, 20, 24)
"""Weeks before the end at which the blocks of four begin on which half-lives are tried."""

_ABSENT_CALLS = 12.0
"""Calls that would have come in a category by now or before, were it in use: none by chance once in
e to the power of that."""

_SETTLED_CALLS = 300.0
"""Calls since a category began or ended from which the shares of all are judged: they lie within
three points by then."""

_FIT_ROUNDS = 20
"""Rounds of proportional fitting: far more than shares near those of late need."""

_TEST_WEEKS = 8
"""Weeks at the end from which it is learned how far calls divide otherwise than was expected."""

_FEWEST_WEEKS = 12
"""Weeks from which they are held out; with fewer, shares are held against what they learned."""

_ENOUGH_PAIRS = 100.0
"""Expected pairs of calls of a part in one interval, all intervals together, from which its own
variance weighs as much as that of the whole."""


@dataclass(frozen=True, eq=False)
class Parts:
    """Counts of a queue by category, beside its own.

    Attributes:
        whole: Calls of the queue.
        names: Names of the categories.
        counts: Calls by category, shape (k, n) for k names and n intervals of `whole`; NaN where it
            was not told how the calls divide.

    Raises:
        InputError: When the shapes differ, a count is negative or infinite, or a name stands twice
            or is empty.
    """

    whole: Series
    names: tuple[str, ...]
    counts: FloatArray

    def __post_init__(self) -> None:
        queue = self.whole.queue
        if self.counts.shape != (len(self.names), len(self.whole)):
            raise InputError(f"Queue {queue}: give every category a count for every interval.")
        if np.any(self.counts < 0) or np.any(np.isinf(self.counts)):
            raise InputError(f"Queue {queue}: a category has a negative or infinite count.")
        if len({*self.names, REST}) != len(self.names) + 1:
            raise InputError(f"Queue {queue}: give every category a name of its own.")

    def divided(self) -> FloatArray:
        """Calls by category, those of no category last, shape (k + 1, n); NaN where not known.

        They add up to the queue's count: categories that count more than that are scaled to it.
        """
        told = self.counts.sum(axis=0)
        whole = self.whole.offered
        with np.errstate(invalid="ignore", divide="ignore"):
            scale = np.where(told > whole, whole / told, 1.0)
        parts = self.counts * scale + 0.0 * whole
        return np.vstack([parts, np.maximum(whole - parts.sum(axis=0), 0.0)])

    def known(self) -> npt.NDArray[np.bool_]:
        """Intervals of which it was told how the calls divide, shape (n,)."""
        return cast("npt.NDArray[np.bool_]", ~np.isnan(self.divided()).any(axis=0))

    def weeks_back(self) -> IntArray:
        """Week of each interval, counted back from the end, 0 the last seven days, shape (n,)."""
        per_week = _DAYS_PER_WEEK * 1440 // self.whole.interval_minutes
        return np.arange(len(self.whole))[::-1] // per_week


@dataclass(frozen=True, eq=False)
class Shares:
    """How calls divide among categories, by hour of the local week.

    Attributes:
        names: Names of the parts; `REST` is the last.
        table: Share of each part, shape (k, 168), 0 = Monday at midnight; every column adds up
            to 1.
        apart: Relative variance of each part beyond that of the whole, shape (k,): above 0 where
            calls of the part come in clumps, below 0 where it is steadier than the others.
    """

    names: tuple[str, ...]
    table: FloatArray
    apart: FloatArray

    def at(self, hours: IntArray) -> FloatArray:
        """Shares of intervals of those hours of the week, shape (k, n)."""
        return np.asarray(self.table[:, hours], dtype=np.float64)

    def split(self, whole: Distribution, hours: IntArray) -> tuple[Distribution, ...]:
        """The distributions of the parts, one for each name; their means add up to the whole's.

        A part is the whole thinned, each call falling to it by the share p: from mean m and
        variance v of the whole, its variance is p² v + p (1 − p) m (law of total variance). What
        the whole has beyond chance, v − m, is not divided like the calls: a part that comes in
        clumps has more of it, a steady one less, by a, the relative variance beyond the whole's:
        p m + p² (v − m + a m²).

        Args:
            whole: Forecast of the queue.
            hours: Hour of the week of each of its intervals, from `week_hours`.
        """
        return tuple(
            _thinned(whole, share, float(apart))
            for share, apart in zip(self.at(hours), self.apart, strict=True)
        )

    def renamed(self, names: Sequence[str]) -> Shares:
        """The same with parts under other names; those of one name become one part.

        The clumps of parts that become one are taken as coming apart from each other.

        Args:
            names: One for each part but the last; `REST` for one whose category is not told.
        """
        given = (*names, REST)
        kept = (*sorted({*names} - {REST}), REST)
        belongs = np.array([[name == own for name in given] for own in kept], dtype=np.float64)
        usual = self.table.mean(axis=1)
        clumps, weight = belongs @ (usual**2 * self.apart), (belongs @ usual) ** 2
        apart = np.divide(clumps, weight, out=np.zeros(len(kept)), where=weight > 0)
        return Shares(kept, belongs @ self.table, apart)


@dataclass(frozen=True, eq=False)
class _Part(NegativeBinomial):
    """A part of calls: no quantile that it gives lies above the same one of the whole."""

    whole: Distribution | None = None

    @cached_property
    def quantiles(self) -> FloatArray:
        """Quantiles at the levels that every forecast gives, shape (7, n)."""
        own = np.maximum.accumulate([self.quantile(level) for level in LEVELS], axis=0)
        return own if self.whole is None else np.minimum(own, self.whole.quantiles)


def shares(parts: Parts, calendar: Calendar) -> Shares:
    """Learn how calls divide among categories.

    Args:
        parts: Counts up to the present of the forecast.
        calendar: The local zone and holidays.
    """
    divided = parts.divided()
    hour = week_hours(calendar, parts.whole.times)
    known = parts.known()
    week = parts.weeks_back()
    weekly = _by_week(divided[:, known], week[known], hour[known])
    table = _table(weekly)
    late = known & (week < _TEST_WEEKS)
    held_out = len(weekly[0]) >= _FEWEST_WEEKS
    tested = _table(weekly[:, _TEST_WEEKS:]) if held_out else table
    apart = _apart(divided[:, late], tested[:, hour[late]], hour[late])
    return Shares((*parts.names, REST), table, apart)


def week_hours(calendar: Calendar, times: Instants) -> IntArray:
    """Hour of the local week of intervals on a grid, a public holiday's as a Sunday's, shape (n,).

    Args:
        calendar: The local zone and holidays.
        times: Beginnings of the intervals, UTC, shape (n,), n at least 1.
    """
    step = 60 if len(times) < 2 else int((times[1] - times[0]) // np.timedelta64(1, "m"))
    local = calendar.local(times[0], step, len(times))
    named = calendar.holiday_names(local.date[0], local.date[-1])
    holiday = np.isin(local.date, np.array(sorted(named), dtype="datetime64[D]"))
    weekday = np.where(holiday, _SUNDAY, local.weekday)
    hour = local.slot * _HOURS_PER_DAY // local.slots_per_day
    return cast("IntArray", weekday * _HOURS_PER_DAY + hour)


def shared_out(parts: FloatArray, wholes: IntArray) -> IntArray:
    """Parts as whole numbers, none negative, that add up to given ones.

    A part is what the rounded sum rises by with it, so none is more than one off its own.

    Args:
        parts: Not negative, shape (k, n).
        wholes: What the parts of each column add up to, shape (n,), 0 where they are all 0.
    """
    sums = parts.cumsum(axis=0)
    reached = np.divide(sums, sums[-1], out=np.zeros_like(sums), where=sums[-1] > 0)
    risen = np.rint(reached * wholes).astype(np.int64)
    return cast("IntArray", np.diff(risen, axis=0, prepend=0))


def _by_week(divided: FloatArray, week: IntArray, hour: IntArray) -> FloatArray:
    """Calls by part, week before the end and hour of the week, shape (k, weeks, 168)."""
    weeks = int(week.max()) + 1 if week.size else 1
    cell = week * HOURS + hour
    laid = [np.bincount(cell, part, weeks * HOURS).reshape(weeks, HOURS) for part in divided]
    return np.array(laid, dtype=np.float64)


def _table(weekly: FloatArray) -> FloatArray:
    """Shares by hour of the week from calls of shape (k, weeks, 168), the latest week first."""
    totals = weekly.sum(axis=2)
    level = _level(totals, _half_life(totals))
    weight = 0.5 ** (np.arange(weekly.shape[1]) / _SHAPE_HALF_LIFE)
    calls = np.tensordot(weekly, weight, axes=(1, 0))
    return _fitted(_shape(calls), calls.sum(axis=0), level)


def _half_life(totals: FloatArray) -> float:
    """The half-life in weeks whose shares give held-out blocks of four weeks most likelihood."""
    weeks = totals.shape[1]
    starts = [back for back in _HELD_OUT if weeks - back >= 4]
    if not starts:
        return _USUAL_HALF_LIFE
    told = []
    for half_life in _LEVEL_HALF_LIVES:
        score = 0.0
        for back in starts:
            calls = totals[:, back - 4 : back].sum(axis=1)
            share = _level(totals[:, back:], half_life) + 1e-4
            score += float(calls @ np.log(share / share.sum()))
        told.append(score)
    return _LEVEL_HALF_LIVES[int(np.argmax(told))]


def _level(totals: FloatArray, half_life: float) -> FloatArray:
    """Shares of late over all hours, shape (k,), from weekly calls, the latest week first.

    A part that has ended has none. Where one ended or began, all are judged from then on, if that
    many calls came since; else each by the weeks in which it was in use.
    """
    calls = totals.sum(axis=0)
    if calls.sum() <= 0:
        return np.append(np.zeros(len(totals) - 1), 1.0)
    weight = 0.5 ** (np.arange(len(calls)) / half_life)
    spans = [_in_use(part, calls) for part in totals]
    settled = min(edge for span in spans for edge in span if edge > 0)
    since = settled if calls[:settled].sum() >= _SETTLED_CALLS else len(calls)
    level: FloatArray = np.zeros(len(totals))
    for number, (newest, after) in enumerate(spans):
        if newest == 0:
            used = slice(min(since, after))
            level[number] = weight[used] @ totals[number, used] / (weight[used] @ calls[used])
    if level.sum() <= 0:
        level = totals.sum(axis=1)
    return np.asarray(level / level.sum(), dtype=np.float64)


def _in_use(part: FloatArray, calls: FloatArray) -> tuple[int, int]:
    """Weeks before the end in which a part is in use: the latest, and the one after the first.

    The first week of a part that began midway is only begun, so it is left out where there are
    others.
    """
    used = np.flatnonzero(part)
    if not used.size:
        return 0, len(part)
    newest, first = int(used[0]), int(used[-1])
    last = slice(newest, newest + 8)
    if part[last].sum() / calls[last].sum() * calls[:newest].sum() <= _ABSENT_CALLS:
        newest = 0
    since = slice(newest, max(first, newest + 1))
    share = part[since].sum() / max(calls[since].sum(), 1.0)
    begun = share * calls[first + 1 :].sum() > _ABSENT_CALLS
    return newest, since.stop if begun else len(part)


def _shape(calls: FloatArray) -> FloatArray:
    """Shares by hour of the week, shrunken step by step, shape (k, 168)."""
    by_hour = calls.reshape(-1, _DAYS_PER_WEEK, _HOURS_PER_DAY)
    days = [by_hour[:, :5].sum(axis=1), by_hour[:, 5:].sum(axis=1)]
    hours = by_hour.sum(axis=1)
    around = (np.roll(hours, 1, axis=1) + 2 * hours + np.roll(hours, -1, axis=1)) / 4
    total = float(hours.sum())
    if total <= 0:
        return np.vstack([np.zeros((len(calls) - 1, HOURS)), np.ones((1, HOURS))])
    everywhere = hours.sum(axis=1, keepdims=True) / total
    daily = _shrunken(around, np.repeat(everywhere, _HOURS_PER_DAY, axis=1))
    kinds = _shrunken(np.hstack(days), np.tile(daily, 2)).reshape(-1, 2, _HOURS_PER_DAY)
    kind_of_day = np.repeat([0, 1], (5, 2))
    return _shrunken(calls, kinds[:, kind_of_day].reshape(len(calls), HOURS))


def _shrunken(calls: FloatArray, parent: FloatArray) -> FloatArray:
    """Shares of cells, each between its own calls and its parent's share, shape (k, cells).

    The weight of the parent is that of a Dirichlet prior by the method of moments: how far the
    counts of the cells lie from their parents beyond multinomial chance (Mosimann 1962).
    """
    total = calls.sum(axis=0)
    spread = parent * (1 - parent) * total
    apart = float(((calls - parent * total) ** 2 - spread).sum())
    possible = float((spread * np.maximum(total - 1, 0.0)).sum())
    alike = min(max(apart / possible, 1e-6), 0.5) if possible > 0 else 1e-6
    strength = 1 / alike - 1
    return np.asarray((calls + strength * parent) / (total + strength), dtype=np.float64)


def _fitted(shape: FloatArray, calls: FloatArray, level: FloatArray) -> FloatArray:
    """Shares by hour that, at the pace of `calls` (168,), come to `level` (k,) over the week."""
    pace = calls / calls.sum() if calls.sum() > 0 else np.full(HOURS, 1 / HOURS)
    table: FloatArray = np.where(level[:, None] > 0, np.maximum(shape, 1e-9), 0.0)
    for _ in range(_FIT_ROUNDS):
        table = table / table.sum(axis=0)
        come = table @ pace
        table = table * (level / np.where(come > 0, come, 1.0))[:, None]
    return np.asarray(table / table.sum(axis=0), dtype=np.float64)


def _apart(counts: FloatArray, share: FloatArray, hours: IntArray) -> FloatArray:
    """Relative variance of each part beyond that of the whole, shape (k,); shrunken to none.

    Args:
        counts: Calls by part, shape (k, n).
        share: Shares expected of them, shape (k, n).
        hours: Hour of the week of each interval, shape (n,).
    """
    total = counts.sum(axis=0)
    seen = np.maximum(np.bincount(hours, minlength=HOURS), 1)
    usual = (np.bincount(hours, total, HOURS) / seen)[hours]
    means = np.vstack([share * usual, usual])
    pairs = (means**2).sum(axis=1)
    beyond = ((np.vstack([counts, total]) - means) ** 2 - means).sum(axis=1)
    relative = beyond / np.maximum(pairs, 1e-9)
    trust = pairs[:-1] / (pairs[:-1] + _ENOUGH_PAIRS)
    return np.asarray(trust * (relative[:-1] - relative[-1]), dtype=np.float64)


def _thinned(whole: Distribution, share: FloatArray, apart: float) -> Distribution:
    """The distribution of the part of a whole that falls to it by shares of shape (n,)."""
    mean = whole.mean
    beyond = np.maximum(whole.variance - mean + apart * mean**2, -mean)
    return _Part(share * mean, share * mean + share**2 * beyond, whole.level, whole)
