"""Large-neighbourhood search: free some officer-days, let CP-SAT do better, keep what is better."""

from __future__ import annotations

from time import monotonic

import numpy as np
from ortools.sat.python import cp_model

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.model import RosterModel
from rostering.problem import Choices
from rostering.search.neighbourhoods import NEIGHBOURHOODS, Free, View

SMALLEST, FIRST, LARGEST = 300, 1200, 6000
"""Boolean variables of a neighbourhood: the least, what to begin with, and the most; between
them the size follows what CP-SAT can prove in the time it gets."""

DETERMINISTIC_SECONDS = 1.0
WALL_SECONDS = 6.0


class Improver:
    """Draws neighbourhoods, those that gain most per second more often, and solves them.

    Args:
        counting: the problem, laid out.
        allowed: choices worth a variable.
        movable: officer-days that may change, shape (officers, days).
        seed: for the draws and the solver.
    """

    def __init__(self, counting: Counting, allowed: Allowed, movable: Free, seed: int) -> None:
        self._counting = counting
        self._allowed = allowed
        self._chance = np.random.default_rng(seed)
        self._sizes = allowed.shifts.sum(axis=2)
        self._movable = movable
        self._budgets = np.full(len(NEIGHBOURHOODS), FIRST)
        self._gains = np.full(len(NEIGHBOURHOODS), 1.0)
        self._seed = seed

    def step(self, choices: Choices, seconds: float) -> Choices:
        """Try one neighbourhood of a lawful roster; give back the roster as it is then."""
        kind = self._draw()
        view = View(
            self._counting,
            choices,
            self._movable,
            self._sizes,
            int(self._budgets[kind]),
            self._chance,
        )
        begun = monotonic()
        model = RosterModel(
            self._counting, choices, NEIGHBOURHOODS[kind](view), allowed=self._allowed
        )
        model.hint()
        solver = self._solver(min(seconds, WALL_SECONDS))
        status = solver.solve(model.model)
        if status == cp_model.OPTIMAL:
            self._budgets[kind] = min(LARGEST, self._budgets[kind] * 1.1)
        else:
            self._budgets[kind] = max(SMALLEST, self._budgets[kind] * 0.9)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return choices
        found = model.choices(solver)
        changed = float((found != choices).sum())
        self._gains[kind] = 0.8 * self._gains[kind] + 0.2 * changed / (monotonic() - begun)
        return found

    def _draw(self) -> int:
        weights = self._gains / max(self._gains.sum(), 1e-9) + 0.1
        return int(self._chance.choice(len(weights), p=weights / weights.sum()))

    def _solver(self, seconds: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        self._seed += 1
        solver.parameters.random_seed = self._seed
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.symmetry_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
        solver.parameters.max_time_in_seconds = max(seconds, 0.1)
        return solver
