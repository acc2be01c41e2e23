"""Drifting clocks: days whose shape fits the usual one better when moved by whole hours.

Given a day's total, its calls fall on its slots as a multinomial. Each day's gain is its log
likelihood at an offset less that at none, divided by the dispersion; a day that is truly moved
gains n × the Kullback-Leibler divergence of the two shapes on average. Gains less `TRULY` of that
are summed over stretches of days, and the stretch with the largest sum is told when it passes
ln(days × offsets / `BY_CHANCE`): a right clock does so that seldom, by Ville's inequality for each
day that a stretch may begin with, and shapes that drift with daylight or on a holiday gain too
little. Stretches with so few calls that a true move could not be told are left alone.

The usual shape is taken from days of standard time where there are enough of them, so that a clock
that was wrong all summer, as that of an export in UTC, does not make half of what it is judged by.
"""

from __future__ import annotations

import numpy as np

from forecasting.calendar import LocalTime
from forecasting.cleaning.finding import Finding
from forecasting.cleaning.usual import BoolArray, Usual, weekly_shape
from forecasting.cleaning.wording import day_words, number
from forecasting.profile import sums
from forecasting.series import FloatArray, IntArray

BY_CHANCE = 0.01
"""Stretches a year that are told though the clock was right."""

TRULY = 0.4
"""Share of the gain of a day that is truly moved which must be there."""

_MOVED = 0.5
"""Share of the way to a true move that the calls go at least, in all hours but a few."""

_BLOCK = 3
"""Hours of a part of the day, over which gusts of calls are felt."""

_HOURS = 12
"""Hours by which a clock may be off, either way."""

_MOST = 12
"""Stretches of one queue that are looked at."""

_LEAST_STANDARD = 56
"""Days of standard time from which the usual shape can be taken from them alone."""

_PRIOR_CALLS = 100.0
"""Calls for which a slot's neighbours and other days count: what judges must be smooth."""

_CLOSED_FROM = 5.0
"""Calls expected in a slot of the week from which none at all means that the queue is closed then:
a quiet slot of a small queue that was taken as closed made every later call of it a wrong clock."""

_ENOUGH = 0.75
"""Share of the threshold that a true move of a stretch would reach on average."""

_AGREE = 0.6
"""Share of a stretch's days that must each fit better moved."""


def clocks(
    offered: FloatArray,
    local: LocalTime,
    usual: Usual,
    standard: BoolArray,
    holidays: BoolArray,
) -> list[Finding]:
    """Stretches of days that lie hours off.

    Args:
        offered: Counts, NaN where not observed, shape (n,).
        local: Local time of the intervals.
        usual: What is usual.
        standard: Whether standard time is kept in each interval, shape (n,).
        holidays: Whether each interval lies on a public holiday, shape (n,): their days have shapes
            of their own.
    """
    if int(local.day[-1]) < 13:
        return []
    per_hour = max(1, local.slots_per_day // 24)
    half = per_hour // 2
    offsets = np.array([h for h in range(-_HOURS, _HOURS + 1) if h]) * per_hour
    came, seen = _by_day(offered, local, usual)
    shape = _reference(offered, local, usual, standard)
    weekday = (np.arange(len(came)) + int(local.weekday[0])) % 7
    asked = np.unique(np.concatenate([[0], offsets, offsets - half, offsets + half]))
    dispersion = _block_dispersion(came, usual, local)
    fit = _likelihood(came, seen, shape, weekday, asked) / dispersion
    at = {int(each): place for place, each in enumerate(asked)}
    gain = np.stack([fit[:, at[int(each)]] for each in offsets], axis=1) - fit[:, [at[0]]]
    true_gain = _true_gain(shape, offsets)[weekday] * came.sum(axis=1, keepdims=True)
    true_gain /= dispersion
    gain -= TRULY * true_gain
    limit = float(np.log(365.25 * len(offsets) / BY_CHANCE))
    bounds = np.searchsorted(local.day, np.arange(len(came) + 1))
    special = np.bincount(local.day[holidays], minlength=len(came)) > 0
    found: list[Finding] = []
    for _ in range(_MOST):
        sums, firsts, afters = _best_stretches(gain)
        best = int(np.argmax(sums))
        if sums[best] <= limit:
            break
        first, after, slots = int(firsts[best]), int(afters[best]), int(offsets[best])
        part = slice(first, after)
        truly = float(true_gain[part, best].sum())
        gained = gain[part, best] + TRULY * true_gain[part, best]
        about = [fit[part, at[slots + move]].sum() for move in (-half, 0, half)]
        if (
            np.mean(gained[came[part].sum(axis=1) > 0] > 0) >= _AGREE
            and (1 - TRULY) * truly >= _ENOUGH * limit
            and about[1] >= max(about)
            and _without_best_part(came[part], seen[part], shape, weekday[part], slots) >= _MOVED
            and not special[part].all()
        ):
            minutes = slots * 60 // per_hour
            found.append(_told(local, bounds, (first, after), minutes, came, sums[best]))
        gain[part] = -1e9
    return sorted(found, key=lambda each: each.first)


def _told(
    local: LocalTime,
    bounds: IntArray,
    days: tuple[int, int],
    moved: int,
    came: FloatArray,
    surprise: float,
) -> Finding:
    first, after = int(bounds[days[0]]), int(bounds[days[1]])
    hours = abs(moved) // 60
    way = "late" if moved > 0 else "early"
    begin, end = local.date[first], local.date[after - 1]
    span = (
        f"on {day_words(begin)}" if begin == end else f"from {day_words(begin)} to {day_words(end)}"
    )
    total = float(came[days[0] : days[1]].sum())
    said = "1 hour" if hours == 1 else f"{hours} hours"
    words = (
        f"The {number(total)} calls {span} come {said} {way} by the shape of the week: the clock "
        "of their source seems to be off."
    )
    return Finding("clock", first, after, total, total, words, float(surprise), moved)


def _by_day(offered: FloatArray, local: LocalTime, usual: Usual) -> tuple[FloatArray, FloatArray]:
    """Believed counts, without gusts, and how often each slot was observed, both (days, slots)."""
    mean = usual.expected * usual.factor[local.day]
    most = 1.5 * mean + 6 * np.sqrt(usual.dispersion * np.maximum(mean, 0.5))
    counts = np.where(usual.believed, np.minimum(np.nan_to_num(offered), most), 0.0)
    cell = local.day * local.slots_per_day + local.slot
    size = (int(local.day[-1]) + 1) * local.slots_per_day
    return (
        sums(cell, counts, size).reshape(-1, local.slots_per_day),
        sums(cell, usual.believed.astype(np.float64), size).reshape(-1, local.slots_per_day),
    )


def _reference(
    offered: FloatArray, local: LocalTime, usual: Usual, standard: BoolArray
) -> FloatArray:
    """The weekly shape to judge by, shape (7 × slots per day,), nowhere quite 0."""
    days = int(np.unique(local.day[standard & usual.believed]).size)
    use = usual.believed & standard if days >= _LEAST_STANDARD else usual.believed
    counts = np.where(use, np.nan_to_num(offered), 0.0)
    shape = weekly_shape(counts, usual.level[local.day], use, local, _PRIOR_CALLS, _CLOSED_FROM)
    shape = _smooth(shape, local.slots_per_day)
    return np.maximum(shape, 1e-3 * max(float(shape.mean()), 1e-9))


def _smooth(shape: FloatArray, slots_per_day: int) -> FloatArray:
    """The shape as means over about an hour, but 0 where it is 0: what an hour moves is kept."""
    reach = slots_per_day // 48
    around = range(-reach, reach + 1)
    is_open = (shape > 0).astype(np.float64)
    total = sum(np.roll(shape, move) for move in around)
    number = sum(np.roll(is_open, move) for move in around)
    return np.asarray(np.where(shape > 0, total / np.maximum(number, 1.0), 0.0))


def _likelihood(
    came: FloatArray, seen: FloatArray, shape: FloatArray, weekday: IntArray, offsets: IntArray
) -> FloatArray:
    """Log likelihood of each day's calls given its total, moved by each offset, (days, offsets)."""
    moved = np.stack([np.roll(shape, int(each)).reshape(7, -1) for each in offsets], axis=2)
    result = np.zeros((len(came), len(offsets)))
    for day in range(7):
        rows = weekday == day
        at_risk = np.einsum("ds,so->do", seen[rows], moved[day])
        total = came[rows].sum(axis=1, keepdims=True)
        result[rows] = np.einsum("ds,so->do", came[rows], np.log(moved[day])) - total * np.log(
            np.maximum(at_risk, 1e-12)
        )
    return result


def _block_dispersion(came: FloatArray, usual: Usual, local: LocalTime) -> float:
    """Variance of the calls of `_BLOCK` hours in units of their mean, median over weeks; ≥ 1.

    Calls that come in gusts vary more over hours than over quarter hours.
    """
    cell = local.day * local.slots_per_day + local.slot
    mean = usual.expected * usual.factor[local.day] * usual.believed
    expected = np.bincount(cell, mean, minlength=came.size)
    size = local.slots_per_day * _BLOCK // 24
    blocks = [
        part.reshape(len(came), -1, size).sum(axis=2)
        for part in (came, expected.reshape(came.shape))
    ]
    weeks = max(1, len(came) // 7)
    pearson = np.where(
        blocks[1] > 0.5, (blocks[0] - blocks[1]) ** 2 / np.maximum(blocks[1], 0.5), 0
    )
    number = np.array([part.sum() for part in np.array_split(blocks[1] > 0.5, weeks)])
    total = np.array([part.sum() for part in np.array_split(pearson, weeks)])
    told = number > 0
    middle = float(np.median(total[told] / number[told])) if told.any() else 1.0
    return max(usual.dispersion, middle)


def _without_best_part(
    came: FloatArray, seen: FloatArray, shape: FloatArray, weekday: IntArray, slots: int
) -> float:
    """How far towards a true move the calls go, without the `_BLOCK` hours that go furthest.

    Calls beyond those of the usual shape are weighed by the log ratio of the two shapes: 0 on
    average where nothing is moved, 1 where it is. One gust of calls can look like a moved day, but
    only in its own hours.
    """
    week = shape.reshape(7, -1)
    moved = np.roll(shape, slots).reshape(7, -1)
    at_risk, at_risk_moved = (seen * each[weekday] for each in (week, moved))
    total = came.sum(axis=1, keepdims=True)
    usual = at_risk / np.maximum(at_risk.sum(axis=1, keepdims=True), 1e-12)
    other = at_risk_moved / np.maximum(at_risk_moved.sum(axis=1, keepdims=True), 1e-12)
    ratio = np.log(np.maximum(other, 1e-12) / np.maximum(usual, 1e-12))
    size = came.shape[1] * _BLOCK // 24
    gained, truly = (
        ((part - total * usual) * ratio).sum(axis=0).reshape(-1, size).sum(axis=1)
        for part in (came, total * other)
    )
    best = int(np.argmax(gained - truly))
    return float((gained.sum() - gained[best]) / max(float(truly.sum() - truly[best]), 1e-9))


def _true_gain(shape: FloatArray, offsets: IntArray) -> FloatArray:
    """Gain a call on a day of the week that is moved by an offset, shape (7, offsets)."""
    share = shape.reshape(7, -1) / shape.reshape(7, -1).sum(axis=1, keepdims=True)
    gains = []
    for each in offsets:
        moved = np.roll(shape, int(each)).reshape(7, -1)
        moved /= moved.sum(axis=1, keepdims=True)
        gains.append(np.sum(moved * np.log(moved / share), axis=1))
    return np.stack(gains, axis=1)


def _best_stretches(gain: FloatArray) -> tuple[FloatArray, IntArray, IntArray]:
    """Largest sum over a stretch of days per offset, and the stretch: first day and day after."""
    run = np.vstack([np.zeros(gain.shape[1]), np.cumsum(gain, axis=0)])
    least = np.minimum.accumulate(run, axis=0)
    rise = run - least
    after = np.argmax(rise, axis=0)
    column = np.arange(gain.shape[1])
    first = np.array([int(np.argmin(run[: end + 1, c])) for c, end in enumerate(after)])
    return rise[after, column], first, after
