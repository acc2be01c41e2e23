"""What came of a scenario: what happened in each run, and the people whom a goal asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.scenarios.values.basis import QueueSet

Counts = npt.NDArray[np.int32]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Addition:
    """People added to reach a goal.

    Attributes:
        people: how many.
        first, end: intervals from which and until which they are on duty.
    """

    people: int
    first: int
    end: int


@dataclass(frozen=True, eq=False, slots=True)
class Sought:
    """What a search for more people came to.

    Attributes:
        added: people added per interval, shape (intervals,).
        serves: the queues that they serve.
        reached: whether the goal holds with them.
        rounds: how often the days were simulated.
        before: share answered in time before anybody was added, over all days and runs.
    """

    added: npt.NDArray[np.int64]
    serves: QueueSet
    reached: bool
    rounds: int
    before: float

    @property
    def person_intervals(self) -> int:
        """Person-intervals added."""
        return int(self.added.sum())

    def additions(self) -> tuple[Addition, ...]:
        """The people added, as few as can stand for them, each from an interval until another.

        A rise in people added begins somebody's time, a fall ends that of whoever came last.
        """
        steps = np.diff(self.added, prepend=0, append=0)
        began: list[int] = []
        spans: dict[tuple[int, int], int] = {}
        for place in np.flatnonzero(steps):
            change = int(steps[place])
            began += [int(place)] * max(change, 0)
            for _ in range(-min(change, 0)):
                span = began.pop(), int(place)
                spans[span] = spans.get(span, 0) + 1
        return tuple(Addition(people, *span) for span, people in sorted(spans.items()))


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """What came of a scenario, run by run.

    Attributes:
        queues: names, in order.
        crews: the queues that each crew serves.
        offered: calls that came, shape (runs, hours, queues).
        in_time: of those, how many were answered within their target.
        abandoned: of those, how many hung up.
        called_back: of those, how many took a call back.
        waits: mean, median and 90th percentile of seconds waited, over all days, of shape
            (runs, queues, 3); NaN where nobody called.
        busy: share of the crew's time on duty spent with calls, shape (runs, crews); NaN where
            nobody was on duty.
        quarters: per interval the share answered in time over all runs, and half the width of its
            95 % confidence interval, shape (intervals, queues, 2); NaN where nobody called.
        sought: what a search for more people came to; None where none was asked.
    """

    queues: QueueSet
    crews: tuple[QueueSet, ...]
    offered: Counts
    in_time: Counts
    abandoned: Counts
    called_back: Counts
    waits: Reals
    busy: Reals
    quarters: Reals
    sought: Sought | None = None

    @property
    def runs(self) -> int:
        """How many there are."""
        return len(self.offered)

    @property
    def hours(self) -> int:
        """How many there are."""
        return int(self.offered.shape[1])


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over runs and half the width of its 95 % confidence interval."""

    mean: float
    half: float

    def __iter__(self) -> Iterator[float]:
        return iter((self.mean, self.half))
