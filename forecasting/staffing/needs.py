"""The fewest people that meet the goals of a queue, asked for once or for a whole year at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError
from forecasting.staffing.erlang import Performance, ServiceLevel, performance_of
from forecasting.staffing.poisson import Floats

Counts = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

TIGHT = 1e-6
"""Width, relative, to which the largest load that n people carry is enclosed, and the margin added
on both sides, so that the last bit of a figure never decides between look-up and solution."""

SHARPEST = 1e-9
"""The finest goal: less missed than this is beyond any use."""

LEAST = 1e-12
"""Erlangs that one person carries under any goal, and the smallest miss told from none."""


@dataclass(frozen=True, slots=True)
class Goals:
    """What a queue must reach, all of it.

    Attributes:
        share: least service level, above 0 and below 1.
        within: threshold T of the service level, ≥ 0, in the unit of time of the handling time.
        definition: which of the four service levels `share` speaks of.
        most_abandonment: most abandoned / offered, above 0; None: no such goal.
        most_occupancy: most occupancy, above 0; None: no such goal.

    Raises:
        InputError: a number out of its range or an unknown definition.
    """

    share: float
    within: float
    definition: ServiceLevel = "answered_in_time_of_offered"
    most_abandonment: float | None = None
    most_occupancy: float | None = None

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1 - SHARPEST:
            raise InputError(
                f"the service goal must be above 0 and below 1, not {self.share:.10g}: "
                "no number of people answers every call in time."
            )
        if not 0 <= self.within < np.inf:
            raise InputError(f"the service goal's time must be 0 or more, not {self.within:g}.")
        if self.definition not in get_args(ServiceLevel):
            known = ", ".join(get_args(ServiceLevel))
            raise InputError(f"unknown service level {self.definition!r}: use one of {known}.")
        for name in ("most_abandonment", "most_occupancy"):
            most = getattr(self, name)
            if most is not None and not SHARPEST <= most <= 1:
                words = name.replace("_", " ")
                raise InputError(f"{words} must be above 0 and at most 1, not {most:g}.")

    def met(self, figures: Performance) -> Bools:
        """Where all goals are met."""
        met = figures.service_level(self.definition) >= self.share
        if self.most_abandonment is not None:
            met &= figures.abandoned <= self.most_abandonment
        if self.most_occupancy is not None:
            met &= figures.occupancy <= self.most_occupancy
        return met

    def strain(self, figures: Performance) -> Floats:
        """Log of what is missed over what may be missed, for the goal that is nearest to fail.

        Not above 0 exactly where all goals are met.
        """
        strain = (1 - figures.service_level(self.definition)) / (1 - self.share)
        if self.most_abandonment is not None:
            strain = np.maximum(strain, figures.abandoned / self.most_abandonment)
        if self.most_occupancy is not None:
            strain = np.maximum(strain, figures.occupancy / self.most_occupancy)
        size = np.maximum(np.abs(np.log(np.maximum(strain, LEAST))), LEAST)
        return np.where(self.met(figures), -size, size)


def people_needed(
    load: npt.ArrayLike, aht: npt.ArrayLike, goals: Goals, patience: npt.ArrayLike = np.inf
) -> Counts:
    """The smallest whole number of agents that meets all goals, by bisection cell by cell.

    Args:
        load: offered load in erlangs, ≥ 0.
        aht: average handling time, > 0, in the unit of time of the goals.
        goals: what must be reached.
        patience: mean time before hanging up, > 0; infinity is Erlang C.

    Returns:
        Agents, of the arguments' common shape; 0 without load.

    Raises:
        InputError: a load, handling time or patience out of its range.
    """
    cells = np.broadcast_arrays(*(np.asarray(part, np.float64) for part in (load, aht, patience)))
    shape = cells[0].shape
    loads, times, patiences = (np.ravel(cell) for cell in cells)
    if not np.all((loads >= 0) & np.isfinite(loads)):
        raise InputError("the offered load must be a number of 0 or more.")
    if not np.all((times > 0) & np.isfinite(times)):
        raise InputError("the handling time must be more than 0.")
    if not np.all(patiences > 0):
        raise InputError("patience must be more than 0; infinity means that nobody hangs up.")

    def met(at: Counts, agents: Floats) -> Bools:
        return goals.met(_figures(goals, loads[at], times[at], patiences[at], agents))

    return solved(met, loads).reshape(shape)


def smallest(met: Callable[[Counts, Counts], Bools], below: Counts, guess: Counts) -> Counts:
    """Per cell, the smallest number above `below` for which `met` holds, `met` being monotone.

    Args:
        met: asked with indices of cells and a number for each of them.
        below: per cell, a number not to be considered.
        guess: per cell, where to begin upwards; doubled until met.
    """
    low, high = below.copy(), np.maximum(guess, below + 1)
    open_cells = np.arange(low.size)
    while open_cells.size:
        open_cells = open_cells[~met(open_cells, high[open_cells])]
        low[open_cells] = high[open_cells]
        high[open_cells] = 2 * high[open_cells] + 1
    open_cells = np.flatnonzero(high - low > 1)
    while open_cells.size:
        middle = (low[open_cells] + high[open_cells]) // 2
        good = met(open_cells, middle)
        high[open_cells[good]] = middle[good]
        low[open_cells[~good]] = middle[~good]
        open_cells = open_cells[high[open_cells] - low[open_cells] > 1]
    return high


Strain = Callable[[Floats, Floats], Floats]
"""For loads in erlangs and people, arrays of one length: a measure that grows with the load, falls
with the people and is not above 0 exactly where they carry the load."""


class LoadTable:
    """Needs of many loads at once, for any measure of strain.

    The largest load that each number of people can carry is enclosed once; a load is then looked
    up among these thresholds, and the few loads inside an enclosure are solved for themselves,
    so every answer equals a bisection of its own.

    Args:
        strain: tells whether people carry a load.
        largest_load: erlangs up to which the table serves.
    """

    def __init__(self, strain: Strain, largest_load: float) -> None:
        self._strain, self.largest_load = strain, largest_load
        most = int(self._solved(np.array([largest_load]))[0])
        agents = np.arange(1.0, most)
        carried, refused = _enclosed(strain, agents, largest_load)
        start = [0.0] if most else []
        self._carried = np.append(start, np.maximum.accumulate(carried))
        self._refused = np.append(start, np.minimum.accumulate(refused[::-1])[::-1])

    def people(self, load: npt.ArrayLike) -> Counts:
        """People needed for each load in erlangs, from 0 to the table's largest load."""
        loads = np.asarray(load, np.float64)
        people = np.searchsorted(self._carried, loads)
        if self._carried.size:
            unsure = (people > 0) & (loads < self._refused[np.maximum(people - 1, 0)])
            if unsure.any():
                people[unsure] = self._solved(loads[unsure])
        return people

    def _solved(self, loads: Floats) -> Counts:
        return solved(lambda at, agents: self._strain(loads[at], agents) <= 0, loads)


class NeedTable(LoadTable):
    """Needs of many loads at once for one handling time, patience and set of goals.

    Args:
        aht: average handling time, > 0, in the unit of time of the goals.
        goals: what must be reached.
        patience: mean time before hanging up, > 0; infinity is Erlang C.
        largest_load: erlangs up to which the table serves.
    """

    def __init__(self, aht: float, goals: Goals, patience: float, largest_load: float) -> None:
        def strain(load: Floats, agents: Floats) -> Floats:
            times, patiences = np.full_like(load, aht), np.full_like(load, patience)
            return goals.strain(_figures(goals, load, times, patiences, agents))

        super().__init__(strain, largest_load)


def solved(met: Callable[[Counts, Floats], Bools], loads: Floats) -> Counts:
    """People needed for each load, by bisection cell by cell.

    Args:
        met: whether people carry the loads of some cells, asked with the cells' indices.
        loads: erlangs, shape (cells,).
    """
    guess = np.maximum(np.ceil(loads), 0).astype(np.int64)
    none = np.full(loads.size, -1)
    return smallest(lambda at, people: met(at, people.astype(np.float64)), none, guess)


def _figures(
    goals: Goals, load: Floats, aht: Floats, patience: Floats, agents: Floats
) -> Performance:
    """What callers feel, for flat arrays of one length."""
    return performance_of(load / aht, aht, patience, agents, np.full_like(load, goals.within))


def _enclosed(solve: Strain, agents: Floats, largest: float) -> tuple[Floats, Floats]:
    """Per number of agents a load it carries and one, 3 `TIGHT` above, that it does not.

    T. Chandrupatla, Advances in Engineering Software 28 (1997): bisection that steps by inverse
    quadratic interpolation where three points allow it, here for all agents at once and on
    logarithms, where the misses of a goal grow almost in proportion.
    """
    if not agents.size:
        return agents, agents
    good, at_good, bad, at_bad = _bracket(solve, agents, largest)
    newest, at_newest, other, at_other = bad, at_bad, good, at_good
    tried = (good * at_bad - bad * at_good) / (at_bad - at_good)
    while np.any(bad - good > TIGHT):
        value = solve(np.exp(tried), agents)
        same = (value <= 0) == (at_newest <= 0)
        third = np.where(same, newest, other)
        at_third = np.where(same, at_newest, at_other)
        other, at_other = np.where(same, other, newest), np.where(same, at_other, at_newest)
        newest, at_newest = tried, value
        good, bad = np.where(value <= 0, tried, other), np.where(value <= 0, other, tried)
        step = _next_step((newest, other, third), (at_newest, at_other, at_third))
        tried = newest + step * (other - newest)
    return np.exp(good - TIGHT), np.exp(bad + TIGHT)


def _bracket(
    solve: Strain, agents: Floats, largest: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Logs of a load carried and of one refused per number of agents, with their strains.

    The square-root rule, load = agents − β·√load with the β that fits the largest load, tells
    where to look; where it misleads, the whole range stays.
    """
    spread = (agents[-1:] + 1 - largest) / np.sqrt(largest) / 2
    guess = np.square(np.sqrt(spread**2 + agents) - spread)
    below = np.log(np.clip(guess - 2 * np.sqrt(guess), guess / 50, largest / 2))
    above = np.log(np.clip(guess + 2 * np.sqrt(guess), 0, largest))
    at_below, at_above = solve(np.exp(below), agents), solve(np.exp(above), agents)
    low, high = at_below > 0, at_above <= 0
    good = np.where(low, np.log(LEAST), np.where(high, above, below))
    bad = np.where(low, below, np.where(high, np.log(largest), above))
    at_good = np.where(low, -1.0, np.where(high, at_above, at_below))
    at_bad = np.where(low, at_below, np.where(high, 1.0, at_above))
    return good, at_good, bad, at_bad


def _next_step(
    points: tuple[Floats, Floats, Floats], values: tuple[Floats, Floats, Floats]
) -> Floats:
    """Where between the two newest points to try next, as a share of the way."""
    (a, b, c), (fa, fb, fc) = points, values
    with np.errstate(divide="ignore", invalid="ignore"):
        place, level = (a - b) / (c - b), (fa - fb) / (fc - fb)
        inverse = fa / (fb - fa) * fc / (fb - fc)
        inverse += (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        smooth = (level**2 < place) & ((1 - level) ** 2 < 1 - place)
        least = np.minimum(0.5, 0.4 * TIGHT / np.abs(a - b))
    step = np.where(smooth & np.isfinite(inverse), inverse, 0.5)
    return np.clip(step, least, 1 - least)
