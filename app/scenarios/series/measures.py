"""What is said of a scenario, each as one value a run.

So means, and differences of two scenarios whose runs have the same callers, come with how sure they
are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from app.scenarios.values import Basis, Figure, QueueSet, Result
from app.web.words import listed

Reals = npt.NDArray[np.float64]
Unit = Literal["share", "seconds"]

ALIKE = 1e-9
"""A difference below this is one of rounding."""


@dataclass(frozen=True, eq=False, slots=True)
class Measure:
    """One thing measured in every run.

    Attributes:
        key: names it; the same in every scenario of the room.
        label: what it is, in words.
        unit: a share of one, or seconds.
        more_is_better: whether callers and staff are better off with more of it; None: neither.
        values: shape (runs,); NaN where it says nothing.
        goal: what it should reach; None where there is no goal.
    """

    key: str
    label: str
    unit: Unit
    more_is_better: bool | None
    values: Reals
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What B has more than A of a measure, runs paired.

    Attributes:
        figure: B − A.
        chance: the share of runs in which B is better, runs alike counted half: the chance that it
            is on days like these; None where more is neither better nor worse.
        verdict: which is better; None where that may be chance.
    """

    figure: Figure
    chance: float | None
    verdict: Literal["a", "b"] | None


def figure(values: Reals) -> Figure:
    """Mean over runs and half the width of its 95 % interval; NaN where nothing is known."""
    if not len(values) or np.isnan(values).any():
        return Figure(float("nan"), float("nan"))
    if len(values) == 1:
        return Figure(float(values[0]), float("nan"))
    width = float(stdtrit(len(values) - 1, 0.975))
    half = width * float(values.std(ddof=1)) / sqrt(len(values))
    return Figure(float(values.mean()), half)


def ratio(part: npt.NDArray[np.number], whole: npt.NDArray[np.number]) -> Reals:
    """A share of one over all runs, as one value a run.

    The mean of the values is Σ part / Σ whole, and their spread is that of this ratio by the delta
    method (Cochran, Sampling Techniques, §6.3), so that runs with few calls weigh less.

    Args:
        part: counts, shape (runs, …); of the other axes each is told apart.
        whole: of what they are a part, of that shape.

    Returns:
        Shape (runs, …); NaN where nothing came in any run.
    """
    parts, wholes = part.astype(np.float64), whole.astype(np.float64)
    mean = wholes.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = parts.mean(axis=0) / mean
        found: Reals = share + (parts - share * wholes) / mean
    return found


def difference(a: Measure, b: Measure) -> Difference:
    """B − A, each run with the same run."""
    apart = b.values - a.values
    found = figure(apart)
    if np.isnan(found.mean) or a.more_is_better is None:
        return Difference(found, None, None)
    gain = apart if a.more_is_better else -apart
    chance = float(np.where(np.abs(gain) < ALIKE, 0.5, gain > 0).mean())
    clear = abs(found.mean) > max(found.half, ALIKE)
    return Difference(found, chance, ("b" if gain.mean() > 0 else "a") if clear else None)


def measures(result: Result, basis: Basis, hours: slice = slice(None)) -> tuple[Measure, ...]:
    """What is said of a scenario over some of its hours, the most urgent queue first.

    Waits and time spent with calls are told of all hours alone.
    """
    found: list[Measure] = []
    for place in by_urgency(basis):
        found += _of_queue(result, basis, place, hours)
    if hours == slice(None):
        found += _of_crews(result)
    return tuple(found)


def by_urgency(basis: Basis) -> list[int]:
    """Places of the queues, the most urgent first."""
    return sorted(range(len(basis.terms)), key=lambda place: basis.terms[place].urgency)


def _of_queue(result: Result, basis: Basis, place: int, hours: slice) -> Iterator[Measure]:
    terms = basis.terms[place]
    queue = terms.queue

    def summed(name: str) -> npt.NDArray[np.integer]:
        counts: npt.NDArray[np.integer] = getattr(result, name)[:, hours, place].sum(axis=1)
        return counts

    offered = summed("offered")
    yield Measure(
        f"in_time:{queue}",
        f"{queue} within {terms.within_seconds:g} s",
        "share",
        True,
        ratio(summed("in_time"), offered),
        terms.share,
    )
    if terms.patience_seconds is not None:
        lost = ratio(summed("abandoned"), offered)
        yield Measure(f"abandoned:{queue}", f"{queue} abandoned", "share", False, lost,
                      terms.most_abandonment)  # fmt: skip
    if summed("called_back").any():
        back = ratio(summed("called_back"), offered)
        yield Measure(f"called_back:{queue}", f"{queue} called back", "share", None, back)
    if hours == slice(None):
        for at, (key, words) in enumerate(WAITS.items()):
            waits = result.waits[:, place, at]
            yield Measure(f"{key}:{queue}", f"{queue} {words}", "seconds", None, waits)


WAITS = {
    "wait_mean": "mean wait of those answered",
    "wait_median": "median wait of those answered",
    "wait_90": "wait of 9 in 10 of those answered",
}
"""Waits over all days, in the order in which a result has them.

Whether less is better cannot be said: who hangs up no longer waits for an answer.
"""


def _of_crews(result: Result) -> Iterator[Measure]:
    for place, serves in enumerate(result.crews):
        label = f"Busy with calls: people for {listed(serves)}"
        key = f"busy:{'+'.join(serves)}"
        yield Measure(key, label, "share", False, result.busy[:, place])


def missing(basis: Basis) -> npt.NDArray[np.int64]:
    """People missing per interval: the most that any set of queues misses, shape (intervals,).

    Queues that share nobody are counted apart and added up, as for a roster.
    """
    total = np.zeros(basis.intervals, np.int64)
    for group in sharing(basis):
        worst = np.zeros(basis.intervals, np.int64)
        for queues, needed in basis.need.items():
            if set(queues) <= group:
                worst = np.maximum(worst, needed - on_duty(basis, queues))
        total += worst
    return total


def on_duty(basis: Basis, queues: QueueSet) -> npt.NDArray[np.int64]:
    """People on duty who serve any of these queues, shape (intervals,)."""
    there = [crew.on_duty for crew in basis.crews if set(crew.serves) & set(queues)]
    return np.sum(there, axis=0) if there else np.zeros(basis.intervals, np.int64)


def sharing(basis: Basis) -> list[set[str]]:
    """Queues that share people, directly or through others, stand together."""
    groups: list[set[str]] = []
    for queues in [{queue} for queue in basis.queues] + [set(crew.serves) for crew in basis.crews]:
        near = [group for group in groups if group & queues]
        groups = [group for group in groups if group not in near] + [set().union(queues, *near)]
    return groups
