"""A linear program put together from arrays, and solved by what the OR-Tools wheel holds.

MathOpt's own way of stating a model, an expression at a time, took longer than solving it.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


class LinearProgram:
    """Minimise the cost of columns whose sums lie between the limits of rows."""

    def __init__(self) -> None:
        self._columns: list[Floats] = []  # each of shape (3, n): least, most, cost
        self._rows: list[Floats] = []  # each of shape (2, n): least, most
        self._entries: list[Floats] = []  # each of shape (3, n): row, column, factor
        self._size = [0, 0]  # rows, columns
        self.constant = 0.0

    def columns(
        self, number: int, *, least: object = 0.0, most: object = np.inf, cost: object = 0.0
    ) -> Indices:
        """Add so many columns; give their numbers. Each limit is one number or one a column."""
        self._columns.append(_stacked(number, least, most, cost))
        self._size[1] += number
        return np.arange(self._size[1] - number, self._size[1])

    def rows(self, number: int, *, least: object = -np.inf, most: object = np.inf) -> Indices:
        """Add so many rows; give their numbers. Each limit is one number or one a row."""
        self._rows.append(_stacked(number, least, most))
        self._size[0] += number
        return np.arange(self._size[0] - number, self._size[0])

    def add(self, rows: Indices, columns: Indices, factors: object = 1.0) -> None:
        """Add factors of columns to rows; the three are brought to one shape."""
        at = np.broadcast_arrays(rows, columns, np.asarray(factors, dtype=float))
        self._entries.append(np.array([part.reshape(-1) for part in at], dtype=float))

    def solve(self, seconds: float, *, from_inside: bool = False) -> float | None:
        """The least cost; None where time runs out or nothing satisfies the rows.

        The program is used up by it.

        Args:
            seconds: for solving it.
            from_inside: by an interior-point method, which takes half the time where many rosters
                cost the same; else by the dual simplex.
        """
        if not self._columns:
            return self.constant
        model = mathopt.Model.from_model_proto(self._proto())
        self._entries.clear()  # as large as the model; nothing is added after it is solved
        limit = timedelta(seconds=max(seconds, 0.0))
        result = mathopt.solve(
            model,
            mathopt.SolverType.HIGHS if from_inside else mathopt.SolverType.GLOP,
            params=mathopt.SolveParameters(
                time_limit=limit, lp_algorithm=mathopt.LPAlgorithm.BARRIER
            )
            if from_inside
            else mathopt.SolveParameters(
                time_limit=limit,
                threads=1,
                # Staircases of who comes and who goes: the primal takes three times as long.
                lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX,
            ),
        )
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        return self.constant + float(result.objective_value())

    def _proto(self) -> model_pb2.ModelProto:
        proto = model_pb2.ModelProto()
        least, most, cost = np.concatenate(self._columns, axis=1)
        proto.variables.ids.extend(range(len(least)))
        proto.variables.lower_bounds.extend(least)
        proto.variables.upper_bounds.extend(most)
        proto.variables.integers.extend(np.zeros(len(least), dtype=bool).tolist())
        priced = np.flatnonzero(cost)
        proto.objective.linear_coefficients.ids.extend(priced.tolist())
        proto.objective.linear_coefficients.values.extend(cost[priced])
        if self._rows:
            lower, upper = np.concatenate(self._rows, axis=1)
            proto.linear_constraints.ids.extend(range(len(lower)))
            proto.linear_constraints.lower_bounds.extend(lower)
            proto.linear_constraints.upper_bounds.extend(upper)
        if self._entries:
            matrix = proto.linear_constraint_matrix
            keys, factors = self._matrix(len(least))
            matrix.row_ids.extend((keys // len(least)).tolist())
            matrix.column_ids.extend((keys % len(least)).tolist())
            matrix.coefficients.extend(factors)
        return proto

    def _matrix(self, width: int) -> tuple[Indices, Floats]:
        """Each place of the matrix once, in order, as row × columns + column; its factor."""
        rows, columns, factors = np.concatenate(self._entries, axis=1)
        places = rows.astype(np.intp) * width + columns.astype(np.intp)
        keys, place = np.unique(places, return_inverse=True)
        return keys, np.bincount(place, weights=factors).astype(np.float64)


def _stacked(number: int, *parts: object) -> Floats:
    return np.array([np.broadcast_to(np.asarray(part, float), number) for part in parts])
