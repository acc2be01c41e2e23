"""Which officer-days to free together: the moves of large-neighbourhood search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.cover_grid import Counting, cover_weight
from rostering.problem import Choices
from rostering.rules.cover import Covered
from rostering.rules.shift_cover import ShiftCovered

Free = npt.NDArray[np.bool_]
Officers = npt.NDArray[np.int64]

SHORTEST, MOST_OFFICERS = 5, 60
"""Days of a window, at least, and officers in it, at most."""

ABLE = 0.7
"""Share of those who could fill a shortage that are freed to do so."""


@dataclass(frozen=True)
class View:
    """What a neighbourhood is drawn from.

    Attributes:
        counting: the problem, laid out.
        allowed: choices that officer-days have.
        choices: the roster to improve, shape (officers, days).
        movable: officer-days with more than one choice, shape (officers, days).
        sizes: Boolean variables that an officer-day costs, shape (officers, days).
        budget: Boolean variables there may be.
        chance: where draws come from.
    """

    counting: Counting
    allowed: Allowed
    choices: Choices
    movable: Free
    sizes: npt.NDArray[np.int64]
    budget: int
    chance: np.random.Generator

    @property
    def officers(self) -> Officers:
        """Everybody who may move, in an order drawn by chance."""
        return self.chance.permutation(np.flatnonzero(self.movable.any(axis=1)))

    def first_days(self, length: int) -> npt.NDArray[np.float64]:
        """Chances of each first day of a stretch, by what cover costs in it."""
        cost = daily_cost(self.counting, self.choices)
        stretches = np.lib.stride_tricks.sliding_window_view(cost, length).sum(axis=1)
        weights = stretches + max(stretches.mean(), 1.0) * 0.2
        return np.asarray(weights / weights.sum(), dtype=np.float64)

    def days_within(self, officers: Officers, shortest: int) -> int:
        """Days over which those officers' variables stay within the budget."""
        days = self.choices.shape[1]
        a_day = float((self.sizes * self.movable)[officers].sum()) / days
        within = int(self.budget / max(a_day, 1e-9))
        return int(min(days, max(shortest, within)))

    def within_budget(self, officers: Officers, days: slice) -> Free:
        """Free those officers' days, in the order given, while the budget lasts.

        Who works with an officer is freed right after them: neither could move alone.
        """
        officers = self.counting.bonds.with_partners(officers)
        free = np.zeros(self.movable.shape, dtype=bool)
        spent = np.cumsum((self.sizes * self.movable)[officers, days].sum(axis=1))
        chosen = officers[: max(1, int(np.searchsorted(spent, self.budget, side="right")))]
        free[chosen, days] = self.movable[chosen, days]
        return free

    def over_costly_days(self, officers: Officers, length: int) -> Free:
        """Free officers over so many days, drawn by what they cost."""
        chances = self.first_days(length)
        first = int(self.chance.choice(len(chances), p=chances))
        return self.within_budget(officers, slice(first, first + length))


def daily_cost(counting: Counting, choices: Choices) -> npt.NDArray[np.float64]:
    """Points of cover by local day, shape (days,)."""
    problem = counting.problem
    cost = np.zeros(problem.days)
    for grid in counting.grids:
        points = grid.prices.points(grid.cover.required - grid.on_duty(choices))
        instants = grid.cover.start + grid.cover.interval_minutes * np.arange(len(points))
        days = np.searchsorted(problem.midnights, instants, side="right") - 1
        inside = (days >= 0) & (days < problem.days)
        cost += np.bincount(days[inside], points[inside], minlength=problem.days)
    if problem.shift_cover:
        needs = counting.shift_needs
        np.add.at(cost, needs.day, needs.points(counting.on_shifts(choices)))
    return cost


def worth(counting: Counting, choices: Choices) -> npt.NDArray[np.float64]:
    """Points that one more person on each shift would save, 0 or more, shape (days, shifts)."""
    problem = counting.problem
    saved = np.zeros(problem.starts.shape)
    for grid in counting.grids:
        saved -= grid.gain(grid.on_duty(choices)) * cover_weight(problem, Covered)
    if weight := cover_weight(problem, ShiftCovered):
        saved -= weight * counting.shift_needs.gain(counting.on_shifts(choices))
    return np.maximum(saved, 0.0)


def window(view: View) -> Free:
    """Many officers over days that cost much: few days of a large room, weeks of a small one."""
    officers = view.officers[:MOST_OFFICERS]
    if view.chance.random() < 0.5:
        officers = officers[: max(1, int(len(officers) * view.chance.uniform(0.4, 1.0)))]
    return view.over_costly_days(officers, view.days_within(officers, SHORTEST))


def whole_lines(view: View) -> Free:
    """A few officers over the whole period."""
    return view.within_budget(view.officers, slice(None))


def stretch(view: View) -> Free:
    """Some officers over ten days to six weeks."""
    days = view.choices.shape[1]
    length = round(float(np.exp(view.chance.uniform(np.log(10), np.log(42)))))
    return view.over_costly_days(view.officers, min(length, days))


def shortage(view: View) -> Free:
    """Most of those who could fill a shift that is short, and the days around it."""
    saved = worth(view.counting, view.choices)
    if not saved.any():
        return stretch(view)
    days, shifts = saved.shape
    cell = int(view.chance.choice(saved.size, p=(saved / saved.sum()).reshape(-1)))
    day, shift = divmod(cell, shifts)
    able = view.allowed.shifts[:, day, shift] & (view.choices[:, day] != shift)
    able &= view.movable[:, day]
    everybody = view.officers
    order = np.concatenate([everybody[able[everybody]], everybody[~able[everybody]]])
    asked = order[: max(2, int(able.sum() * ABLE))]
    length = view.days_within(asked, SHORTEST)
    first = min(max(day - int(view.chance.integers(length)), 0), days - length)
    return view.within_budget(asked, slice(first, first + length))


NEIGHBOURHOODS: tuple[Callable[[View], Free], ...] = (window, whole_lines, stretch, shortage)
