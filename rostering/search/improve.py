"""Large-neighbourhood search: free some officer-days, let CP-SAT do better, keep what is better."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.model import RosterModel
from rostering.problem import Choices
from rostering.search.neighbourhoods import NEIGHBOURHOODS, Free, View
from rostering.search.pace import MODEL_SECONDS, Pace

SMALLEST, FIRST, LARGEST = 300, 1000, 6000
"""Boolean variables of a neighbourhood: the least, what to begin with, and the most; between
them the size follows what CP-SAT can prove in the time it gets."""

DETERMINISTIC_SECONDS = 0.4
WALL_SECONDS = 20.0
"""For one neighbourhood: the solver's own count of work, and what no busy machine may exceed. Many
small ones come lower than few large ones: from one roster, a minute in one process gave, beside
those with 1.5, 1,317 and 1,498 points of instance 8, 1,445 and 1,535 of instance 14, 866 and 1,813
for half a year of fifty officers; 300 officers differ by .05 %."""

FLOOR = 0.12
"""Weight of a kind that has gained nothing lately, beside 1 shared among those that have."""


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
        self._budgets = np.full(len(NEIGHBOURHOODS), float(FIRST))
        self._gains = np.full(len(NEIGHBOURHOODS), 1.0)
        self._seed = seed

    def step(self, choices: Choices, pace: Pace) -> Choices:
        """Try one neighbourhood of a lawful roster; give back the roster as it is then."""
        kind = self._draw()
        view = View(
            self._counting,
            self._allowed,
            choices,
            self._movable,
            self._sizes,
            int(self._budgets[kind]),
            self._chance,
        )
        free = NEIGHBOURHOODS[kind](view)
        model = RosterModel(self._counting, choices, free, allowed=self._allowed)
        model.hint()
        solver, first = self._solver(pace), _First()
        status = solver.solve(model.model, first)
        spent = MODEL_SECONDS + float(solver.response_proto.deterministic_time)
        pace.spend(spent)
        is_found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        gain = first.points - solver.objective_value if is_found else 0.0
        self._learn(kind, gain, spent, is_proved=status == cp_model.OPTIMAL)
        return model.choices(solver) if is_found else choices

    def _learn(self, kind: int, gain: float, spent: float, *, is_proved: bool) -> None:
        """Remember what a kind gained, and how large it may be."""
        change = 0.93
        if is_proved:
            change = 1.25 if spent < DETERMINISTIC_SECONDS / 4 else 1.08
        self._budgets[kind] = min(LARGEST, max(SMALLEST, self._budgets[kind] * change))
        self._gains[kind] = 0.8 * self._gains[kind] + 0.2 * gain / spent

    def _draw(self) -> int:
        weights = self._gains / max(self._gains.sum(), 1e-9) + FLOOR
        return int(self._chance.choice(len(weights), p=weights / weights.sum()))

    def _solver(self, pace: Pace) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        self._seed += 1
        solver.parameters.random_seed = self._seed
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.symmetry_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
        if not pace.is_counted:
            solver.parameters.max_time_in_seconds = max(min(pace.left, WALL_SECONDS), 0.1)
        return solver


class _First(cp_model.CpSolverSolutionCallback):
    """Remembers what the first solution costs, which is the roster that was hinted."""

    def __init__(self) -> None:
        super().__init__()
        self.points = 0.0
        self._is_first = True

    def on_solution_callback(self) -> None:
        """Take the first objective."""
        if self._is_first:
            self.points, self._is_first = self.objective_value, False
