"""The cheapest line where totals over the line are priced rather than limited.

Without totals a label is a state alone, so that a year's line takes a fraction of a millisecond.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rostering.compiled.arrays import Bytes, Ints
from rostering.compiled.jit import compiled
from rostering.compiled.pricing import Floats, States


class Walk(NamedTuple):
    """One officer's lines, and room to find the cheapest in.

    Attributes:
        kinds, after, points, worked, class_of: the officer's states, as in `LineStates`.
        start: the state in which the period begins.
        allowed: shifts that are, shape (days, shifts).
        rest: whether rest is, shape (days,).
        weekend: as in `Lattice`, shape (days,).
        values: least cost of each state in the morning of a day and of the next, shape (2, states).
        came: how it came to it: state of the day before × choices + choice, shape (days + 1,
            states).
        prices: of classes, and last of rest, shape (classes + 1,).
        picks: cheapest shift of each class, shape (days, classes).
    """

    kinds: Ints
    after: States
    points: Ints
    worked: Bytes
    class_of: Ints
    start: int
    allowed: Bytes
    rest: Bytes
    weekend: Ints
    values: Floats
    came: States
    prices: Floats
    picks: States


@compiled
def cheapest_relaxed(
    cells: Floats, weekend_price: float, walk: Walk, row: npt.NDArray[np.int16]
) -> float:
    """Find the cheapest line and write it into a row; its cost, infinite where there is none.

    Args:
        cells: price of each shift on each day, shape (days, shifts).
        weekend_price: of each weekend worked.
        walk: the officer's lines.
        row: filled in with choices by day, shape (days,).
    """
    days = len(cells)
    choices = len(walk.prices)
    states = walk.values.shape[1]
    walk.values[:] = np.inf
    walk.values[0, walk.start] = 0.0
    for day in range(days):
        today, tomorrow = walk.values[day % 2], walk.values[(day + 1) % 2]
        tomorrow[:] = np.inf
        _price_classes(day, cells, walk)
        layer = walk.after[walk.kinds[day]]
        dearer = walk.points[walk.kinds[day]]
        for state in range(states):
            value = today[state]
            if value == np.inf:
                continue
            begun = walk.weekend[day] == 1 or (walk.weekend[day] == 2 and not walk.worked[state])
            more = weekend_price if begun else 0.0
            for choice in range(choices):
                then = layer[state, choice]
                if then < 0 or walk.prices[choice] == np.inf:
                    continue
                cost = value + walk.prices[choice] + dearer[state, choice]
                if choice < choices - 1:
                    cost += more
                if cost < tomorrow[then]:
                    tomorrow[then] = cost
                    walk.came[day + 1, then] = state * choices + choice
    last = walk.values[days % 2]
    state = int(np.argmin(last))
    best = last[state]
    if best == np.inf:
        return np.inf
    for day in range(days - 1, -1, -1):
        state, choice = divmod(walk.came[day + 1, state], choices)
        row[day] = -1 if choice == choices - 1 else walk.picks[day, choice]
    return float(best)


@compiled
def _price_classes(day: int, cells: Floats, walk: Walk) -> None:
    """Price each class on a day by its cheapest shift that is allowed, and rest."""
    walk.prices[:] = np.inf
    if walk.rest[day]:
        walk.prices[-1] = 0.0
    for shift in range(cells.shape[1]):
        which = walk.class_of[shift]
        if walk.allowed[day, shift] and cells[day, shift] < walk.prices[which]:
            walk.prices[which] = cells[day, shift]
            walk.picks[day, which] = shift
