"""Which officer-days to free together: the moves of large-neighbourhood search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rostering.cover_grid import Counting
from rostering.problem import REST, Choices

Free = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class View:
    """What a neighbourhood is drawn from.

    Attributes:
        counting: the problem, laid out.
        choices: the roster to improve, shape (officers, days).
        movable: officer-days with more than one choice, shape (officers, days).
        sizes: Boolean variables that an officer-day costs, shape (officers, days).
        budget: Boolean variables there may be.
        chance: where draws come from.
    """

    counting: Counting
    choices: Choices
    movable: Free
    sizes: npt.NDArray[np.int64]
    budget: int
    chance: np.random.Generator

    def first_days(self, length: int) -> npt.NDArray[np.float64]:
        """Chances of each first day of a stretch, by what cover costs in it."""
        cost = daily_cost(self.counting, self.choices)
        stretches = np.lib.stride_tricks.sliding_window_view(cost, length).sum(axis=1)
        weights = stretches + max(stretches.mean(), 1.0) * 0.2
        return np.asarray(weights / weights.sum(), dtype=np.float64)

    def within_budget(self, officers: npt.NDArray[np.int64], days: slice) -> Free:
        """Free those officers' days, in the order given, while the budget lasts.

        Who works with an officer is freed right after them: neither could move alone.
        """
        officers = self.counting.bonds.with_partners(officers)
        free = np.zeros(self.movable.shape, dtype=bool)
        spent = np.cumsum((self.sizes * self.movable)[officers, days].sum(axis=1))
        chosen = officers[: max(1, int(np.searchsorted(spent, self.budget, side="right")))]
        free[chosen, days] = self.movable[chosen, days]
        return free


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
    on_shift = counting.on_shifts(choices)
    for need in problem.shift_cover:
        short = need.required - int(on_shift[need.day, problem.shift_index[need.shift]])
        cost[need.day] += max(short * need.shortage_points, -short * need.surplus_points)
    return cost


def window(view: View) -> Free:
    """Many officers over a few days that cost much."""
    return _some_days(view, 4, 8)


def whole_lines(view: View) -> Free:
    """A few officers over the whole period."""
    return view.within_budget(view.chance.permutation(len(view.choices)), slice(None))


def stretch(view: View) -> Free:
    """Some officers over one to three weeks."""
    return _some_days(view, 8, 21)


def _some_days(view: View, shortest: int, longest: int) -> Free:
    """Officers drawn at random over days drawn by what they cost."""
    days = view.choices.shape[1]
    length = min(int(view.chance.integers(shortest, longest + 1)), days)
    chances = view.first_days(length)
    first = int(view.chance.choice(len(chances), p=chances))
    return view.within_budget(
        view.chance.permutation(len(view.choices)), slice(first, first + length)
    )


def costly_day(view: View) -> Free:
    """Those who rest or work another kind around one day that costs much, and a few more."""
    chances = view.first_days(1)
    day = int(view.chance.choice(len(chances), p=chances))
    resting = view.choices[:, day] == REST
    order = np.argsort(view.chance.random(len(resting)) + ~resting * 0.4, kind="stable")
    first = max(0, day - int(view.chance.integers(1, 4)))
    last = min(view.choices.shape[1], day + int(view.chance.integers(2, 5)))
    return view.within_budget(order, slice(first, last))


NEIGHBOURHOODS: tuple[Callable[[View], Free], ...] = (window, whole_lines, stretch, costly_day)
