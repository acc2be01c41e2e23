"""Staff who serve several queues: sets of queues, and when people on duty suffice for all.

People with several skills must not be counted once per queue: two people who answer both 999 and
101 are not enough for two on each. By Hall's theorem everybody finds a place exactly when, for
every set of queues, the people who can serve any of them are as many as the set's needs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError

Counts = npt.NDArray[np.int64]
QueueSet = tuple[str, ...]

MOST_QUEUES = 5
"""Queues that may share staff: each more doubles the sets, 31 at five."""


def queue_sets(queues: Sequence[str]) -> list[QueueSet]:
    """Every non-empty set of queues, smaller sets first, names sorted within a set.

    Raises:
        InputError: a name twice, or more than `MOST_QUEUES` queues.
    """
    names = sorted(queues)
    twice = [name for name, after in pairwise(names) if name == after]
    if twice:
        raise InputError(f"queue {twice[0]!r} is given twice.")
    if len(names) > MOST_QUEUES:
        raise InputError(
            f"{len(names)} queues share staff, and {MOST_QUEUES} are the most: plan queues that "
            "share nobody in runs of their own, or join queues with like terms."
        )
    return [group for size in range(1, len(names) + 1) for group in combinations(names, size)]


def bounds(group: QueueSet, known: Mapping[QueueSet, Counts]) -> tuple[Counts, Counts]:
    """The largest need of a smaller set inside a set, and the cheapest two that make it up.

    Args:
        group: two queues or more.
        known: needs of every smaller set inside it, arrays of one shape.
    """
    least = np.max([known[part] for part in combinations(group, len(group) - 1)], axis=0)
    most = np.min([known[a] + known[b] for a, b in _splits(group)], axis=0)
    return least, most


def _splits(group: QueueSet) -> list[tuple[QueueSet, QueueSet]]:
    """Every way to part a set into two."""
    rest = group[1:]
    chosen = [part for size in range(len(rest)) for part in combinations(rest, size)]
    return [
        ((group[0], *part), tuple(name for name in rest if name not in part)) for part in chosen
    ]


def able(on_duty: Mapping[frozenset[str], npt.ArrayLike], queues: Collection[str]) -> Counts:
    """People on duty who can serve at least one of `queues`.

    Args:
        on_duty: people per set of queues that they can serve; numbers or arrays of one shape.
        queues: the queues in question.
    """
    people = [
        np.asarray(count, np.int64) for skills, count in on_duty.items() if skills & {*queues}
    ]
    return np.asarray(sum(people, np.zeros((), np.int64)), np.int64)


def shortages(
    on_duty: Mapping[frozenset[str], npt.ArrayLike], needs: Mapping[str, npt.ArrayLike]
) -> dict[str, Counts]:
    """People missing per queue when everybody on duty is used as well as possible.

    The total is the least possible, needs less the largest flow of people to queues; queues named
    first in `needs` are short last. Nobody is short exactly when all needs can be filled at once.

    Args:
        on_duty: people per set of queues that they can serve; numbers or arrays of one shape.
        needs: people each queue needs, most urgent first; numbers or arrays of that shape.

    Returns:
        Missing people per queue, arrays of the common shape.

    Raises:
        InputError: more queues than may share staff.
    """
    missing: dict[QueueSet, Counts] = {(): np.zeros((), np.int64)}
    for group in queue_sets(list(needs)):
        asked = sum((np.asarray(needs[q], np.int64) for q in group), np.zeros((), np.int64))
        worst = asked - able(on_duty, group)
        for part in combinations(group, len(group) - 1):
            worst = np.maximum(worst, missing[part])
        missing[group] = worst
    order = list(needs)
    totals = [missing[tuple(sorted(order[:size]))] for size in range(len(order) + 1)]
    shape = np.broadcast_shapes(*(total.shape for total in totals))
    steps = zip(order, totals, totals[1:], strict=False)
    return {queue: np.broadcast_to(after - before, shape) for queue, before, after in steps}
