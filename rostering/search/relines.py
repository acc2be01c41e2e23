"""Whole lines found anew one at a time, at prices that are shaken less and less.

Beside the others' lines what cover costs is linear in one line, so each line is the best there is.
Prices with noise let the lines leave a roster that no single line can make better.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.pricing.best_line import LinePricer, cover_prices
from rostering.problem import Choices
from rostering.search.anneal import price_of_shortage
from rostering.search.pace import Part

HOTTEST, COLDEST = 0.05, 0.004
"""Noise in prices, in units of what a missing person costs."""

MANY = 100
"""Times that every line can be found anew from which on it is worth beginning so hot."""

LABELS_A_SECOND = 4e7
"""Labels of a line that are looked at in a second, for counted work."""


class Relines:
    """A roster whose lines are found anew, one after the other.

    Attributes:
        choices: the roster, shape (officers, days).
    """

    def __init__(self, counting: Counting, allowed: Allowed, choices: Choices, seed: int) -> None:
        self.choices = choices.copy()
        self._counting = counting
        self._pricer = LinePricer(counting, allowed)
        self._points = np.zeros(len(choices), dtype=np.int64)
        self._chance = np.random.default_rng(seed)
        self._unit = price_of_shortage(counting)
        self._round_seconds = 1.0
        self._movable = np.flatnonzero(allowed.movable.any(axis=1))

    def first(self, part: Part) -> Iterator[int]:
        """Find every line once, beside those before it; yield officers who have none."""
        begun = part.left
        for officer in self._chance.permutation(self._movable).tolist():
            if not self._renew(officer, 0.0, part):
                yield officer
        self._round_seconds = max(begun - part.left, 1e-3)

    def shake(self, part: Part) -> Iterator[tuple[int, Choices]]:
        """Renew lines until the part is over; after each round yield the best roster and its cost.

        Every line has been found once before.
        """
        best, kept = self._cost(), self.choices.copy()
        rounds = max(part.left, 0.0) / self._round_seconds
        range_of_noise = (HOTTEST / COLDEST) ** min(1.0, rounds / MANY)
        while part.left > 0:
            noise = COLDEST * range_of_noise ** (1.0 - part.share_done) * self._unit
            for officer in self._chance.permutation(self._movable).tolist():
                if part.left <= 0:
                    break
                self._renew(officer, noise, part)
            if (cost := self._cost()) < best:
                best, kept = cost, self.choices.copy()
            yield best, kept

    def _renew(self, officer: int, noise: float, part: Part) -> bool:
        prices = cover_prices(self._counting, self.choices, officer)
        if noise:
            prices += noise * self._chance.gumbel(size=prices.shape)
        line = self._pricer.best_line(officer, prices)
        part.spend(prices.size * 30 / LABELS_A_SECOND + 1e-3)
        if line is None:
            return False
        self.choices[officer] = line.row
        self._points[officer] = line.points
        return True

    def _cost(self) -> int:
        return int(self._points.sum()) + self._counting.cost(self.choices)
