"""What one person is worth: calls that are answered late or lost for want of people.

For a set of queues in one interval, `late_calls` says how many of their calls are expected to be
answered after their time, or never, while so many people are rostered who can all serve every
queue of the set and serve no other: Erlang A for one queue, the shared pool (`pools`) for more.
Of the people rostered a share is away from the phones; between whole numbers on the phones the
figure is read off a straight line.

**One more person missing** costs the calls late or lost that this adds. These steps are not quite
rising: once nearly everybody is late, one person fewer changes little. Prices must rise, so that a
shortage is spread rather than piled up, and they must not charge more than there is to lose. So
they are the slopes of the greatest convex function that lies nowhere above the calls late or lost
(the pool-adjacent-violators rule), whose end, nobody at all, is known: every call is lost.

**No call is charged twice.** A roster pays for every set of queues that lacks people, and whoever
is missing from {999} is missing from {101, 999} too. What a set is charged for, its queues lose in
truth: with n people who can serve any of them, they lose at least what they would lose if all n
served only them. So for every way to part the queues into sets that share none, the losses of its
sets add up to no more than what the room loses. A price must be a sum over all sets, though, and
cannot choose the way that tells most; it takes a mean over the ways (`share_of_set`), which again
is no more than what the room loses: each call is charged once, in shares. Half goes to the way
that keeps all queues together, since a few people who serve several make a room work like one
pool; the other half is spread evenly over all other ways, so that every want of a skill has a
price. The charge lies below the truth, and meets it where all ways tell the same.

**Points.** A call late or lost weighs the `late_call_points` of its queue. A missing person always
costs a point at least, and below a queue's least staffing, which is asked for whatever the calls,
what a missing person was assumed to cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from forecasting.staffing.needs import Counts
from forecasting.staffing.poisson import Floats
from forecasting.staffing.pools import late_shares
from forecasting.staffing.sharing import QueueSet
from forecasting.staffing.shrinkage import blended
from forecasting.staffing.terms import QueueTerms

Prices = npt.NDArray[np.int32]
"""Points for the first, second … missing person of each interval, shape (intervals, steps)."""

STEPS = 10
"""Missing people of an interval that have prices of their own; the last price repeats."""

WHOLE = 1e-9
"""How near a number of people must come to a whole one to be it."""


@dataclass(frozen=True, eq=False)
class Calls:
    """The calls that people on duty are there for.

    In time is within a queue's own seconds at all hours, whatever its `goals_at` say, and a call
    takes the handling time of its queue's terms, whatever the hour.

    Attributes:
        interval_minutes: length of an interval.
        terms: the queues' terms.
        load: per queue the offered load in erlangs, shape (intervals,).
        reserve: people kept idle for the most urgent queue where queues share them.
    """

    interval_minutes: int
    terms: tuple[QueueTerms, ...]
    load: Mapping[str, Floats]
    reserve: int = 1

    def terms_of(self, group: QueueSet) -> list[QueueTerms]:
        """The terms of some queues, in the order of their names given."""
        by_name = {each.queue: each for each in self.terms}
        return [by_name[name] for name in group]

    def loads_of(self, group: QueueSet) -> Floats:
        """Offered load of some queues, shape (queues, intervals)."""
        return np.stack([self.load[name] for name in group])

    def offered(self, group: QueueSet) -> Floats:
        """Mean calls per interval of some queues, shape (queues, intervals)."""
        aht = np.array([[each.aht_seconds] for each in self.terms_of(group)])
        return np.asarray(self.loads_of(group) / aht * (60 * self.interval_minutes))

    def away(self, group: QueueSet) -> Floats:
        """Share of the people rostered who answer nothing, shape (intervals,)."""
        terms = self.terms_of(group)
        at_once = np.array([[each.side_by_side] for each in terms])
        busy = list(self.loads_of(group) / at_once)
        return blended(busy, [each.in_shift_shrinkage for each in terms])


def late_calls(calls: Calls, group: QueueSet, people: Counts) -> Floats:
    """Calls expected late or lost while so many people are rostered for some queues alone.

    Args:
        calls: what is at stake.
        group: the queues.
        people: rostered, all able to serve every queue of the group, ≥ 0, shape (intervals, n).

    Returns:
        Calls per interval answered late or lost, shape (queues of the group, intervals, n).
    """
    answering = people * (1 - calls.away(group))[:, None]
    below = np.floor(answering + WHOLE)
    part = np.clip(answering - below, 0, 1)
    first = below.min(axis=1, initial=np.inf).astype(np.int64)
    width = int((below.max(axis=1, initial=0) - first).max(initial=0)) + 2
    agents = first[:, None] + np.arange(width)
    late = _late_on_the_phones(calls, group, agents)
    at = (below - first[:, None]).astype(np.int64)[None]
    lower = np.take_along_axis(late, at, axis=2)
    return np.asarray(lower + part * (np.take_along_axis(late, at + 1, axis=2) - lower))


def _late_on_the_phones(calls: Calls, group: QueueSet, agents: Counts) -> Floats:
    """The same for whole numbers of people on the phones, shape (intervals, n)."""
    terms, loads = calls.terms_of(group), calls.loads_of(group)
    shares = np.zeros((len(group), *agents.shape))
    ways, way = np.unique(loads > 0, axis=1, return_inverse=True)
    for number, busy in enumerate(ways.T):
        cells = np.flatnonzero(way.ravel() == number)
        if busy.any():
            open_terms = [each for each, is_open in zip(terms, busy, strict=True) if is_open]
            some = np.repeat(loads[np.ix_(busy, cells)], agents.shape[1], axis=1)
            late = late_shares(open_terms, some, agents[cells].ravel(), reserve=calls.reserve)
            shares[np.ix_(busy, cells)] = late.reshape(-1, cells.size, agents.shape[1])
    return np.asarray(shares * calls.offered(group)[..., None])


# --- prices -------------------------------------------------------------------------------------


def shortage_prices(
    calls: Calls, people: Mapping[QueueSet, Counts], least_points: Sequence[int]
) -> dict[QueueSet, Prices]:
    """What the first, second … person missing from each set of queues costs in each interval.

    Args:
        calls: what is at stake.
        people: people asked for per set of queues, of every set of the queues, shape (intervals,).
        least_points: points for the first, second … person below the least staffing of a set's
            queues, never falling; the last repeats.
    """
    queues = max(map(len, people))
    return {
        group: _prices(calls, group, asked, share_of_set(len(group), queues), least_points)
        for group, asked in people.items()
    }


def _prices(
    calls: Calls, group: QueueSet, asked: Counts, share: float, least_points: Sequence[int]
) -> Prices:
    weights = np.array([each.late_call_points for each in calls.terms_of(group)])
    steps = min(STEPS, max(int(asked.max(initial=0)), 1))
    missing = np.arange(steps + 1)
    late = late_calls(calls, group, np.maximum(asked[:, None] - missing, 0))
    points = np.tensordot(weights, late, 1)
    everything = weights @ calls.offered(group)
    prices = np.rint(share * rising(points, asked, everything))
    minimum = sum(each.minimum for each in calls.terms_of(group))
    return _no_less(prices, asked, minimum, least_points).astype(np.int32)


def _no_less(prices: Floats, asked: Counts, minimum: int, least_points: Sequence[int]) -> Floats:
    """A point at least, and from the least staffing down what is assumed of a missing person."""
    there = np.maximum(asked[:, None] - np.arange(prices.shape[1]), 1)
    below = np.clip(minimum - there + 1, 0, len(least_points))
    least = np.array([1, *least_points])[below]
    return np.asarray(np.maximum(prices, least))


def rising(points: Floats, asked: Counts, everything: Floats) -> Floats:
    """Slopes of the greatest convex function nowhere above a cost of missing people.

    Args:
        points: the cost with 0, 1 … people missing, never falling, shape (intervals, steps + 1).
        asked: people asked for: no more can be missing, shape (intervals,).
        everything: the cost with all of them missing, shape (intervals,).

    Returns:
        The slopes of the first steps, shape (intervals, steps), never falling; beyond the people
        asked for the last slope goes on.
    """
    steps = points.shape[1] - 1
    rest = np.maximum(asked - steps, 0)[:, None]
    weights = np.concatenate([np.arange(1, steps + 1) <= asked[:, None], rest], axis=1)
    last = np.where(rest > 0, everything[:, None], points[:, -1:])
    costs = np.concatenate([points, last], axis=1)
    reach = np.pad(np.cumsum(weights, axis=1), ((0, 0), (1, 0))).astype(np.float64)
    slopes = np.zeros((len(points), steps + 1))
    for first in range(steps + 1):
        wide = reach[:, first + 1 :] - reach[:, first, None]
        rise = costs[:, first + 1 :] - costs[:, first, None]
        chords = np.divide(rise, wide, out=np.full_like(rise, np.inf), where=wide > 0)
        lowest = np.minimum.accumulate(chords[:, ::-1], axis=1)[:, ::-1]
        lowest[~np.isfinite(lowest)] = 0
        slopes[:, first:] = np.maximum(slopes[:, first:], lowest)
    return slopes[:, :-1]


def share_of_set(size: int, queues: int) -> float:
    """Share of its queues' calls that a set is charged for, as one of all sets.

    The shares of the sets that hold one queue add up to 1.

    Args:
        size: queues of the set.
        queues: queues of the room.
    """
    if size == queues:
        return 1.0 if queues == 1 else 0.5
    return 0.5 * _ways(queues - size) / (_ways(queues) - 1)


def _ways(queues: int) -> int:
    """Ways to part so many queues into sets (the Bell numbers)."""
    if queues == 0:
        return 1
    return sum(comb(queues - 1, others) * _ways(others) for others in range(queues))


# --- a roster -----------------------------------------------------------------------------------


def expected_late(calls: Calls, on_duty: Mapping[QueueSet, Counts]) -> dict[str, Floats]:
    """Calls of each queue expected late or lost with the people of a roster.

    Of all ways to part the queues into sets that share none, each interval is told by the one that
    loses most points: an estimate from below, exact where all people serve the same queues.

    Args:
        calls: what is at stake.
        on_duty: per set of queues the people rostered who can serve any of them, of every set of
            the queues, shape (intervals,).

    Returns:
        Calls per interval, by queue, shape (intervals,).
    """
    names = max(on_duty, key=len)
    late = {
        group: late_calls(calls, group, there[:, None])[..., 0] for group, there in on_duty.items()
    }
    weights = {each.queue: each.late_call_points for each in calls.terms}
    worst = {name: np.zeros_like(calls.load[name]) for name in names}
    most = np.full(len(worst[names[0]]), -1.0)
    for way in ways_to_part(names):
        lost = {name: row for part in way for name, row in zip(part, late[part], strict=True)}
        points = sum(weights[name] * row for name, row in lost.items())
        more = points > most
        most = np.where(more, points, most)
        worst = {name: np.where(more, lost[name], worst[name]) for name in names}
    return worst


def ways_to_part(queues: QueueSet) -> Iterator[tuple[QueueSet, ...]]:
    """Every way to part queues into sets that share none; names stay in order."""
    if not queues:
        yield ()
        return
    first, rest = queues[0], queues[1:]
    for size in range(len(rest) + 1):
        for chosen in combinations(rest, size):
            others = tuple(name for name in rest if name not in chosen)
            for way in ways_to_part(others):
                yield ((first, *chosen), *way)
