"""The schedule of annealing: from hot to cold in the time given, legal lines early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

import numpy as np

from rostering.allowed import Allowed
from rostering.compiled.anneal import Annealer
from rostering.cover_grid import Counting
from rostering.problem import Choices
from rostering.search.pace import MOVE_SECONDS, ByClock, Pace, Part

HOTTEST, COLDEST = 3.0, 0.05
"""Temperatures in units of what a missing person costs for an interval."""

LUKEWARM = 0.3
"""Where annealing begins from a roster that stands: hotter, and little would be left of it."""

CHEAPEST_LACK, DEAREST_LACK = 0.25, 10.0
"""Price of a quarter hour of contract lacking, in the same unit; at its dearest from half time."""

MOVES, MOST_MOVES, COUNTED_MOVES, SECONDS_A_ROUND = 2_000, 2_000_000, 100_000, 0.25

ROUNDS_A_LOOK = 8.0
"""How many times as long as looking at its roster a round takes at least: to judge the lines of a
thousand officers by their checks takes longer than a round would."""


@dataclass(frozen=True, slots=True)
class Annealed:
    """A roster on the way, and the officers whose lines are not lawful yet."""

    choices: Choices
    unlawful: frozenset[int]


def anneal(
    counting: Counting,
    allowed: Allowed,
    choices: Choices,
    *,
    seconds: float,
    seed: int,
    afresh: bool = True,
    pace: Pace | None = None,
) -> Iterator[Annealed]:
    """Anneal a roster, giving it back several times a second; the last one is the coldest.

    Afresh it begins hot, and what lacks is cheap at first; from a roster that stands it does not.
    The seconds are those of `pace`, or of the clock where none is given.
    """
    annealer = Annealer(counting, allowed, choices, seed)
    unit = price_of_shortage(counting)
    hottest, cheapest = (HOTTEST, CHEAPEST_LACK) if afresh else (LUKEWARM, DEAREST_LACK)
    annealer.run(1, hottest * unit, cheapest * unit)  # compiles, before the clock starts
    part = Part(ByClock(monotonic() + seconds) if pace is None else pace, 1.0, seconds)
    moves = COUNTED_MOVES if part.is_counted else MOVES
    share = looked = 0.0
    while share < 1.0:
        round_begun = monotonic()
        lack = cheapest * (DEAREST_LACK / cheapest) ** min(1.0, 2 * share)
        annealer.run(moves, hottest * (COLDEST / hottest) ** share * unit, lack * unit)
        part.spend(moves * MOVE_SECONDS)
        if not part.is_counted:
            took = max(monotonic() - round_begun, 1e-4)
            wanted = max(SECONDS_A_ROUND, min(ROUNDS_A_LOOK * looked, part.left / 20))
            moves = int(min(MOST_MOVES, max(MOVES, moves * wanted / took)))
        share = part.share_done
        unlawful = frozenset(int(index) for index in np.flatnonzero(annealer.lacking))
        told = monotonic()
        yield Annealed(annealer.choices, unlawful)
        looked = monotonic() - told


def price_of_shortage(counting: Counting) -> float:
    """What the first missing person of the dearest need costs, on average where one is needed.

    Needs that share queues share the price of a call as well: their mean would be too cold.
    """
    asked = ((grid.prices, grid.cover.required > 0) for grid in counting.grids)
    means = [float(each.rows[each.row[at], 0].mean()) for each, at in asked if at.any()]
    if on_shifts := [need.shortage_points for need in counting.problem.shift_cover]:
        means.append(sum(on_shifts) / len(on_shifts))
    return max(means, default=1.0)
