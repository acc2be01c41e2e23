"""What an outcome tells: shares, waits and occupancy, each with its 95 % confidence interval.

Runs are independent of each other, so a share's interval follows from how far each run's parts lie
from it (the ratio estimator; W. Cochran, "Sampling Techniques", 1977, chapter 6), a quantile's from
the interval of the share below it (R. Woodruff, 1952). A single run has no interval: NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from forecasting.errors import InputError
from forecasting.staffing.simulation.engine.layout import WAIT_GRID
from forecasting.staffing.simulation.outcome import Outcome

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

Per = Literal["interval", "day", "week", "period"]
"""Over what figures are taken: weeks are seven days each, counted from the first."""

LONGEST_KNOWN = 2 * float(WAIT_GRID[-1])
"""Where the last class of waits ends, for want of an end, in seconds."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """A figure over all runs and its 95 % confidence interval, arrays of one shape.

    NaN where there is nothing to tell: no calls, nobody there, or a single run.
    """

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class QueueFigures:
    """What the callers of a queue feel, its pots together, per interval, day, week or all in all.

    Calls belong where they came. Shares are of calls offered, repeated calls among them.

    Attributes:
        offered: calls offered per run.
        in_time: share answered in time of offered; a call back is no answer in time.
        answered: share answered.
        abandoned: share that hung up.
        called_back: share that accepted a call back.
        mean_wait: seconds until answered, of those answered.
        median_wait: seconds within which half of those answered are; None for intervals.
        ninetieth_wait: the same for 90 %; None for intervals.
    """

    offered: Estimate
    in_time: Estimate
    answered: Estimate
    abandoned: Estimate
    called_back: Estimate
    mean_wait: Estimate
    median_wait: Estimate | None
    ninetieth_wait: Estimate | None


def queue_figures(outcome: Outcome, queue: str, per: Per = "period") -> QueueFigures:
    """What the callers of a queue feel, arrays with one place per interval, day, week or for all.

    Raises:
        InputError: no such queue.
    """
    offered = summed(outcome, queue, outcome.offered, per)
    answered = summed(outcome, queue, outcome.answered, per)
    waits = None if per == "interval" else _waits(outcome, queue, per)
    return QueueFigures(
        offered=_mean(offered),
        in_time=share_of(summed(outcome, queue, outcome.in_time, per), offered),
        answered=share_of(answered, offered),
        abandoned=share_of(summed(outcome, queue, outcome.abandoned, per), offered),
        called_back=share_of(summed(outcome, queue, outcome.called_back, per), offered),
        mean_wait=_ratio(summed(outcome, queue, outcome.waited, per), answered),
        median_wait=None if waits is None else _quantile(waits, 0.5),
        ninetieth_wait=None if waits is None else _quantile(waits, 0.9),
    )


def interval_figures(outcome: Outcome, queue: str) -> QueueFigures:
    """`queue_figures` of each interval, arrays of shape (intervals,)."""
    return queue_figures(outcome, queue, "interval")


def day_figures(outcome: Outcome, queue: str) -> QueueFigures:
    """`queue_figures` of each local day, arrays of shape (days,)."""
    return queue_figures(outcome, queue, "day")


def period_figures(outcome: Outcome, queue: str) -> QueueFigures:
    """`queue_figures` of all intervals together, arrays of shape (1,)."""
    return queue_figures(outcome, queue, "period")


def occupancy(outcome: Outcome, per: Per = "period") -> Estimate:
    """Share of each group's time, calls ended after the shift included, with work in hand.

    Returns:
        Arrays of shape (groups, spans).
    """
    busy = _spanned(np.moveaxis(outcome.busy, 2, 1), outcome, per)
    present = _spanned(np.moveaxis(outcome.present, 2, 1), outcome, per)
    return share_of(busy, present)


@dataclass(frozen=True, slots=True)
class WorstInterval:
    """An interval in which few are answered in time.

    Attributes:
        interval: its place, from 0.
        start: its UTC instant.
        offered: calls offered per run.
        in_time: share answered in time of offered, and the ends of its 95 % confidence interval.
        abandoned: share that hung up.
    """

    interval: int
    start: np.datetime64
    offered: float
    in_time: tuple[float, float, float]
    abandoned: float


def worst_intervals(
    outcome: Outcome, queue: str, count: int, *, least_offered: float = 1.0
) -> list[WorstInterval]:
    """The intervals with the lowest shares answered in time, lowest first.

    Args:
        outcome: the runs.
        queue: the queue.
        count: how many, at most.
        least_offered: calls per run without which an interval is not looked at.

    Raises:
        InputError: no such queue.
    """
    figures = interval_figures(outcome, queue)
    in_time = figures.in_time
    enough = np.flatnonzero(figures.offered.value >= least_offered)
    worst = enough[np.argsort(in_time.value[enough], kind="stable")][: max(count, 0)]
    return [
        WorstInterval(
            interval=int(place),
            start=outcome.room.starts[place],
            offered=float(figures.offered.value[place]),
            in_time=(
                float(in_time.value[place]),
                float(in_time.low[place]),
                float(in_time.high[place]),
            ),
            abandoned=float(figures.abandoned.value[place]),
        )
        for place in worst
    ]


Measure = Literal["in_time", "answered", "abandoned", "mean_wait"]


@dataclass(frozen=True, eq=False)
class Difference:
    """A figure of two outcomes, run by run with the same callers; arrays of shape (spans,).

    Attributes:
        first: the figure of the first outcome.
        second: the figure of the second.
        change: second less first, with its confidence interval.
        better: share of runs in which the second is better, runs alike counted half: the chance
            that it is better on a period like this.
    """

    first: Floats
    second: Floats
    change: Estimate
    better: Floats


def difference(
    first: Outcome,
    second: Outcome,
    queue: str,
    measure: Measure = "in_time",
    per: Per = "period",
) -> Difference:
    """What changes from one room to another, pairing runs that share their callers.

    Args:
        first: the outcome to compare with.
        second: one of the same seed, number of runs and intervals.
        queue: a queue of both.
        measure: a figure of `QueueFigures`.
        per: over what it is taken.

    Raises:
        InputError: outcomes that do not pair, or no such queue.
    """
    alike = (first.seed, first.runs, first.room.start) == (
        second.seed,
        second.runs,
        second.room.start,
    )
    if not alike or not np.array_equal(first.room.day, second.room.day):
        raise InputError("two outcomes compare only with the same seed, runs and intervals.")
    (part, whole), (other_part, other_whole) = (
        _parts(outcome, queue, measure, per) for outcome in (first, second)
    )
    before, after = _ratio(part, whole).value, _ratio(other_part, other_whole).value
    apart = _deviations(other_part, other_whole) - _deviations(part, whole)
    reach = _reach(apart)
    change = after - before
    with np.errstate(invalid="ignore", divide="ignore"):
        gain = other_part / other_whole - part / whole
    if measure in ("abandoned", "mean_wait"):
        gain = -gain
    better = np.where(gain > 0, 1.0, np.where(gain < 0, 0.0, 0.5)).mean(axis=0)
    return Difference(before, after, Estimate(change, change - reach, change + reach), better)


def _parts(outcome: Outcome, queue: str, measure: Measure, per: Per) -> tuple[Floats, Floats]:
    """What a measure divides and by what, per run and span."""
    if measure == "mean_wait":
        answered = summed(outcome, queue, outcome.answered, per)
        return summed(outcome, queue, outcome.waited, per), answered
    values: npt.NDArray[np.int32] = getattr(outcome, measure)
    return summed(outcome, queue, values, per), summed(outcome, queue, outcome.offered, per)


def summed(
    outcome: Outcome, queue: str, values: npt.NDArray[np.int32] | npt.NDArray[np.float32], per: Per
) -> Floats:
    """Values per run, interval and stream, summed over a queue's streams and over each span.

    Returns:
        Shape (runs, spans).
    """
    places = outcome.room.streams_of(queue)
    return _spanned(values[:, :, places].sum(axis=2, dtype=np.float64), outcome, per)


def _spanned(values: npt.NDArray[np.number], outcome: Outcome, per: Per) -> Floats:
    """Values whose last axis is intervals, summed over each span."""
    if per == "interval":
        return values.astype(np.float64)
    first = np.flatnonzero(np.diff(_spans(outcome.room.day, per), prepend=-1))
    return np.asarray(np.add.reduceat(values, first, axis=-1, dtype=np.float64))


def _spans(day: Ints, per: Per) -> Ints:
    """The span to which each day belongs."""
    if per == "day":
        return day
    return day // 7 if per == "week" else np.zeros_like(day)


def _waits(outcome: Outcome, queue: str, per: Per) -> Floats:
    """Answered calls by class of wait, shape (runs, spans, classes)."""
    waits = outcome.waits[:, :, outcome.room.streams_of(queue)].sum(axis=2, dtype=np.float64)
    days = np.unique(outcome.room.day)
    first = np.flatnonzero(np.diff(_spans(days, per), prepend=-1))
    return np.asarray(np.add.reduceat(waits[:, days], first, axis=1))


def _mean(values: Floats) -> Estimate:
    """The mean over runs."""
    mean = values.mean(axis=0)
    reach = _reach(values - mean)
    return Estimate(mean, np.maximum(mean - reach, 0), mean + reach)


def _ratio(part: Floats, whole: Floats) -> Estimate:
    """Sum of parts over sum of wholes."""
    total = whole.sum(axis=0)
    empty = np.full(total.shape, np.nan)
    value = np.divide(part.sum(axis=0), total, out=empty, where=total > 0)
    reach = _reach(_deviations(part, whole))
    return Estimate(value, np.maximum(value - reach, 0), value + reach)


def share_of(part: Floats, whole: Floats) -> Estimate:
    """Sum of parts over sum of wholes, at most 1, from values per run on the first axis."""
    share = _ratio(part, whole)
    return Estimate(np.minimum(share.value, 1), share.low, np.minimum(share.high, 1))


def _deviations(part: Floats, whole: Floats) -> Floats:
    """By how much each run pulls a ratio from its value, times the number of runs."""
    total = whole.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((part - whole * (part.sum(axis=0) / total)) / (total / len(whole)))


def _reach(deviations: Floats) -> Floats:
    """Half the width of the 95 % confidence interval of a mean of 0, over the first axis."""
    runs = len(deviations)
    if runs < 2:
        return np.full(deviations.shape[1:], np.nan)
    spread = np.sqrt((deviations**2).sum(axis=0) / (runs - 1) / runs)
    return np.asarray(stdtrit(runs - 1, 0.975) * spread)


def _quantile(waits: Floats, share: float) -> Estimate:
    """The wait within which a share of those answered are, from classes of waits."""
    pooled = waits.sum(axis=0)
    value = _inverse(pooled, np.full(len(pooled), share))
    answered = waits.sum(axis=2)
    within = np.stack([_within(runs, value) for runs in waits])
    reach = _reach(_deviations(within, answered))
    low = _inverse(pooled, np.maximum(share - reach, 0))
    return Estimate(value, low, _inverse(pooled, np.minimum(share + reach, 1)))


def _inverse(waits: Floats, share: Floats) -> Floats:
    """Per span, the wait that a share does not exceed, straight between the ends of a class."""
    ends = np.append(WAIT_GRID, LONGEST_KNOWN)
    found = np.full(len(waits), np.nan)
    for span, (classes, wanted) in enumerate(zip(waits, share, strict=True)):
        if classes.sum() and not np.isnan(wanted):
            below = np.cumsum(classes) / classes.sum()
            place = int(np.argmax(below >= min(wanted, below[-1])))
            start = below[place] - classes[place] / classes.sum()
            part = (wanted - start) / max(below[place] - start, 1e-300)
            begin = ends[max(place - 1, 0)]
            found[span] = begin + np.clip(part, 0, 1) * (ends[place] - begin)
    return found


def _within(waits: Floats, limit: Floats) -> Floats:
    """Per span, how many waited no longer than a limit."""
    ends = np.append(WAIT_GRID, LONGEST_KNOWN)
    begins = np.concatenate([[0.0], ends[:-1]])
    width = np.maximum(ends - begins, 1e-300)
    part = np.clip((limit[:, None] - begins + (ends == 0)) / width, 0, 1)
    return np.asarray(np.nansum(waits * part, axis=1))
