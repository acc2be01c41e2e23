"""A bound for any length of period: what officers share has a price, and so have totals of a line.

At any prices, what cover costs at least and what each officer's cheapest line costs at those prices
add up to a bound that no lawful roster can go below (Lagrange). With totals priced as well a line
need not remember minutes or weekends, so that prices of a year are improved many times a second,
where one step of a linear program over lines takes seconds. What pricing leaves out of the rules,
and bonds between officers, can only make rosters dearer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.pricing.relaxed_line import relaxed_lines
from rostering.problem import REST
from rostering.search.needs import Needs
from rostering.search.pace import Part

Floats = npt.NDArray[np.float64]

LABELS_A_SECOND = 5e7
"""States of a day times choices that are looked at in a second, for counted work."""

FIRST_STEP, LAST_STEP = 0.05, 5e-5
"""By how much a price changes in one step, about, from the first to the last: in shares of all that
it can be, and for totals of what a tour can be worth in cover."""

INERTIA, MEMORY = 0.97, 0.99
"""Shares that a step keeps of the steps before, and of their squares (Adam, Kingma and Ba 2015).
Steps along the plain direction, as long as the gap to a roster says, stopped at 84 % of the bound
of instance 8 where these came to 98 %."""


class Relaxation:
    """Prices of cover and of totals, and the bound that they give.

    Args:
        counting: the problem, laid out.
        allowed: choices that officer-days have.

    Attributes:
        bound: the best so far; infinite where somebody has no lawful line.
    """

    def __init__(self, counting: Counting, allowed: Allowed) -> None:
        self._needs = Needs(counting, allowed)
        self._lines = relaxed_lines(counting, allowed)
        self._resting = float(sum(line.resting for line in self._lines))
        self._days = counting.problem.days
        shape = len(self._lines), max((len(line.totals) for line in self._lines), default=0)
        self._least, self._most = np.full(shape, -np.inf), np.full(shape, np.inf)
        for index, line in enumerate(self._lines):
            for number, total in enumerate(line.totals):
                self._least[index, number], self._most[index, number] = total.least, total.most
        self.bound = -math.inf

    def improve(self, part: Part) -> Iterator[float]:
        """Step by step towards better prices, in steps that get shorter; yield each better bound.

        Args:
            part: its end is the end of it.
        """
        prices, dearer = np.zeros(self._needs.size), np.zeros(self._least.shape)
        steps = _Steps(prices.size + dearer.size)
        worth = self._needs.worth_of_a_tour
        while part.left > 0:
            bound, by_price, by_total = self._at(prices, dearer)
            part.spend(sum(line.labels for line in self._lines) / LABELS_A_SECOND)
            if bound > self.bound:
                self.bound = bound
                yield bound
            if not math.isfinite(bound):
                return
            length = FIRST_STEP * (LAST_STEP / FIRST_STEP) ** part.share_done
            step = length * steps.along(np.concatenate([by_price, by_total.reshape(-1)]))
            by_price, by_total = step[: prices.size], step[prices.size :].reshape(dearer.shape)
            prices = self._needs.within(prices + by_price * self._needs.span)
            dearer = self._within(dearer + by_total * worth)

    def _within(self, dearer: Floats) -> Floats:
        """Prices of totals that limits can ask for: what has no least cannot be too little."""
        least = np.where(np.isneginf(self._least), 0.0, -np.inf)
        most = np.where(np.isposinf(self._most), 0.0, np.inf)
        return np.clip(dearer, least, most)

    def _at(self, prices: Floats, dearer: Floats) -> tuple[float, Floats, Floats]:
        """The bound at prices, and the directions in which it rises."""
        needs = self._needs
        by_group = [needs.tour_prices(group, prices) for group in range(needs.groups)]
        choices = np.full((len(self._lines), self._days), REST, dtype=np.int16)
        reached = np.zeros_like(dearer)
        bound, people = needs.cost(prices)
        bound += self._resting
        for index, line in enumerate(self._lines):
            cells = by_group[needs.group_of[index]]
            bound += line.cheapest(cells, dearer[index], choices[index])
            reached[index, : len(line.totals)] = line.reached(choices[index])
        over, under = np.maximum(reached - self._most, 0), np.minimum(reached - self._least, 0)
        limits = np.where(dearer > 0, self._most, self._least)
        priced = dearer != 0
        bound -= float(dearer[priced] @ limits[priced])
        by_total = over + under
        by_total[priced] = (reached - limits)[priced]
        return bound, needs.on_duty(choices) - people, by_total


class _Steps:
    """Steps of which each coordinate is about as long, whatever its unit."""

    def __init__(self, size: int) -> None:
        self._mean, self._square = np.zeros(size), np.zeros(size)
        self._taken = 0

    def along(self, direction: Floats) -> Floats:
        """The next step, in units of the step's length."""
        self._taken += 1
        self._mean = INERTIA * self._mean + (1 - INERTIA) * direction
        self._square = MEMORY * self._square + (1 - MEMORY) * direction**2
        mean = self._mean / (1 - INERTIA**self._taken)
        return np.asarray(mean / (np.sqrt(self._square / (1 - MEMORY**self._taken)) + 1e-3))
