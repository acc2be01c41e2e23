"""Digital work: chats that one person holds side by side, and backlog that has time.

Chats are calls to places instead of people: n people who hold k chats each are n·k places, and a
chat's handling time is that with k at once.

Backlog is a flow of work that may wait until its deadline. Any way of doing it lies between two
lines of work done so far: no less than what is due by then, and no more than what has come. The
shortest way between the two is the most even one: it needs the fewest people at its peak and the
least sum of any convex cost of the people of each interval (A. Veinott, Management Science 17
(1971); as a taut string, P. Davies and A. Kovac, Annals of Statistics 29 (2001)). The people of an
interval are the slope of that way.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecasting.staffing.poisson import Floats

AHEAD = 256
"""Intervals looked ahead for a bend at first; doubled while there is none."""


def even_work(
    items: npt.ArrayLike,
    interval_seconds: float,
    aht: npt.ArrayLike,
    deadline_seconds: float,
    *,
    items_before: npt.ArrayLike = (),
) -> Floats:
    """People busy with backlog per interval when it is spread as evenly as its deadline allows.

    It begins with nothing in hand and ends with everything done, so that a horizon leaves no more
    behind than was given to it. What comes in an interval can be done in it, and is due as if it
    came at its beginning.

    Args:
        items: pieces of work that come in each interval, shape (intervals,), ≥ 0.
        interval_seconds: length of an interval.
        aht: mean handling seconds, one number or one per interval.
        deadline_seconds: how long after it came a piece of work is due, > 0.
        items_before: what came in the intervals just before, oldest first; it is spread too.

    Returns:
        People, shape (intervals,).
    """
    before, now = np.asarray(items_before, np.float64), np.asarray(items, np.float64)
    times = np.broadcast_to(np.asarray(aht, np.float64), now.shape)
    if not now.size:
        return np.zeros(0)
    times = np.concatenate([np.full(before.size, times[0]), times])
    come = np.concatenate([[0.0], np.cumsum(np.concatenate([before, now]) * times)])
    later = max(int(deadline_seconds // interval_seconds) - 1, 0)
    due = np.concatenate([np.zeros(later), come])[: come.size]
    due[-1] = come[-1]
    done = _taut(due, come)
    return np.diff(done)[before.size :] / interval_seconds


def _taut(lower: Floats, upper: Floats) -> Floats:
    """The shortest way between two rising lines that meet at both ends, at each of their points."""
    knots, heights = [0], [float(lower[0])]
    while knots[-1] < lower.size - 1:
        bend, height = _next_bend(lower, upper, knots[-1], heights[-1])
        knots.append(bend)
        heights.append(height)
    return np.interp(np.arange(lower.size), knots, heights)


def _next_bend(lower: Floats, upper: Floats, at: int, height: float) -> tuple[int, float]:
    """How far a straight line goes from a point of the way, and the height it reaches there.

    It must be at least as steep as any line to a point of `lower` and at most as steep as any to
    one of `upper`; where no line can be both, it bends at the last point that held it.
    """
    reach, last = AHEAD, lower.size - 1
    while True:
        steps = np.arange(1, min(reach, last - at) + 1)
        least = (lower[at + steps] - height) / steps
        most = (upper[at + steps] - height) / steps
        steepest, flattest = np.maximum.accumulate(least), np.minimum.accumulate(most)
        crossed = np.flatnonzero(steepest > flattest)
        if crossed.size:
            stop = int(crossed[0])
            if least[stop] > flattest[stop - 1]:
                bend = int(np.flatnonzero(most[:stop] == flattest[stop - 1])[-1])
                return at + bend + 1, float(upper[at + bend + 1])
            bend = int(np.flatnonzero(least[:stop] == steepest[stop - 1])[-1])
            return at + bend + 1, float(lower[at + bend + 1])
        if at + steps[-1] == last:
            return last, float(upper[-1])
        reach *= 2
