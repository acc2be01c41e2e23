"""The whole of a small problem as one CP-SAT model, which can prove a roster best."""

from __future__ import annotations

import threading
from multiprocessing.connection import Connection

from ortools.sat.python import cp_model

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.model import RosterModel
from rostering.problem import Choices
from rostering.search.messages import Bounded, Found, Message
from rostering.search.pace import Pace


def solve_whole(
    counting: Counting, allowed: Allowed, choices: Choices, parent: Connection, pace: Pace
) -> None:
    """Solve until proved best, the work is done or ended; tell the parent of rosters and bounds."""
    model = RosterModel(counting, choices, allowed.movable, allowed=allowed)
    model.hint()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    if pace.is_counted:
        solver.parameters.max_deterministic_time = pace.left
    teller = _Teller(model, parent)
    solver.best_bound_callback = lambda bound: teller.tell(Bounded(bound))
    status = solver.solve(model.model, teller)
    if status == cp_model.OPTIMAL:
        teller.tell(Found(model.choices(solver), frozenset()))
        teller.tell(Bounded(solver.best_objective_bound, is_best=True))


class _Teller(cp_model.CpSolverSolutionCallback):
    """Sends each better roster to the parent; the solver calls from threads of its own."""

    def __init__(self, model: RosterModel, parent: Connection) -> None:
        super().__init__()
        self._model = model
        self._parent = parent
        self._one_at_a_time = threading.Lock()

    def on_solution_callback(self) -> None:
        """Read the roster out of the solver and send it."""
        self.tell(Found(self._model.choices(self), frozenset()))

    def tell(self, message: Message) -> None:
        """Send a message whole."""
        with self._one_at_a_time:
            self._parent.send(message)
