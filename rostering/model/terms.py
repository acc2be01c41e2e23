"""Linear sums over literals, constants folded, and the one place that decides hard or priced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

Literal = cp_model.IntVar | int
"""A Boolean variable, or 1 for what is fixed."""


@dataclass(slots=True)
class Sum:
    """`constant + Σ weight × variable`, built a term at a time."""

    constant: int = 0
    variables: list[cp_model.IntVar] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)

    def add(self, literal: Literal, weight: int = 1) -> None:
        """Add a weighted literal; a constant is folded in."""
        if isinstance(literal, int):
            self.constant += literal * weight
        elif weight:
            self.variables.append(literal)
            self.weights.append(weight)

    def subtract(self, other: Sum, times: int = 1) -> None:
        """Subtract another sum, `times` over."""
        self.constant -= other.constant * times
        self.variables += other.variables
        self.weights += [-weight * times for weight in other.weights]

    @property
    def largest(self) -> int:
        """The most it can come to when every variable is Boolean."""
        return self.constant + sum(weight for weight in self.weights if weight > 0)

    @property
    def smallest(self) -> int:
        """The least it can come to when every variable is Boolean."""
        return self.constant + sum(weight for weight in self.weights if weight < 0)

    def expression(self) -> cp_model.LinearExpr:
        """The variable part, without the constant."""
        return cp_model.LinearExpr.weighted_sum(self.variables, self.weights)


def ones(literals: Iterable[Literal]) -> Sum:
    """The plain sum of literals."""
    total = Sum()
    for literal in literals:
        total.add(literal)
    return total


@dataclass(slots=True)
class Limits:
    """Where the rows of one rule about one line go: hard, or into a sum of excess.

    Attributes:
        model: the CP-SAT model.
        hard: whether a row must hold.
        excess: what the rows exceed their limits by, times their points; empty when hard.
    """

    model: cp_model.CpModel
    hard: bool
    excess: Sum = field(default_factory=Sum)

    def slack(self, largest: int, points: int = 1) -> Literal:
        """A new amount of excess, 0 when the rule is hard."""
        if self.hard or largest <= 0:
            return 0
        slack = self.model.new_int_var(0, largest, "")
        self.excess.add(slack, points)
        return slack

    def at_most(self, total: Sum, limit: int, unit: int = 1, points: int = 1) -> None:
        """Keep a sum within a limit, or count the units it exceeds it by, rounded up."""
        over = -(-(total.largest - limit) // unit)
        if over <= 0:
            return
        if not total.variables:
            self.constant_excess(-(-(total.constant - limit) // unit) * points)
            return
        if not self.hard and unit == 1 and total.smallest >= limit:
            self.excess.subtract(total, -points)
            self.excess.constant -= limit * points
            return
        self.row(total, limit, self.slack(over, points), unit)

    def row(self, total: Sum, limit: int, slack: Literal, unit: int = 1) -> None:
        """Keep a sum within a limit and `unit × slack` beyond it."""
        if isinstance(slack, int):
            self.model.add(total.expression() <= limit - total.constant)
        else:
            self.model.add(total.expression() - unit * slack <= limit - total.constant)

    def constant_excess(self, excess: int) -> None:
        """Count an excess that no variable can change."""
        if self.hard:
            self.model.add_bool_or([])
        else:
            self.excess.constant += excess
