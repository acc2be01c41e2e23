"""The bonds of a problem laid out: which rule holds each, and whom it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rostering.problem import Bond, Problem
from rostering.rules.base import Breach, Line
from rostering.rules.group import GroupRule


@dataclass(frozen=True, slots=True)
class BondInForce:
    """A bond, the rule that holds it, and the officers that it names, by index."""

    rule: GroupRule
    bond: Bond
    members: tuple[int, ...]


@dataclass(frozen=True)
class Bonds:
    """Every bond that a rule of the problem holds.

    Attributes:
        problem: whose they are.
        in_force: the bonds, in the order of their rules.
        touching: for each officer, the bonds that name them, as indices of `in_force`.
    """

    problem: Problem
    in_force: tuple[BondInForce, ...]
    touching: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, problem: Problem) -> Bonds:
        """Lay the bonds of a problem out."""
        index = problem.officer_index
        in_force = tuple(
            BondInForce(rule, bond, tuple(index[name] for name in (bond.officer, *bond.others)))
            for rule in problem.rules
            if isinstance(rule, GroupRule)
            for bond in problem.bonds
            if bond.kind == rule.kind
        )
        touching: list[list[int]] = [[] for _ in problem.officers]
        for number, held in enumerate(in_force):
            for member in held.members:
                touching[member].append(number)
        return cls(problem, in_force, tuple(map(tuple, touching)))

    def named_with(self, officers: Iterable[int]) -> set[int]:
        """Bonds that name any of these officers, as indices of `in_force`."""
        return {number for officer in officers for number in self.touching[officer]}

    def with_partners(self, officers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Officers in the order given, each followed by those whom a bond names with them."""
        if not self.in_force:
            return officers
        order: dict[int, None] = {}
        for officer in officers.tolist():
            order[officer] = None
            for number in self.touching[officer]:
                order.update(dict.fromkeys(self.in_force[number].members))
        return np.array(list(order), dtype=np.int64)

    def is_hard(self, officer: int) -> Iterator[bool]:
        """For each bond that names an officer, whether its rule is hard."""
        return (self.in_force[number].rule.is_hard for number in self.touching[officer])

    def breaches(self, number: int, line: Callable[[int], Line]) -> tuple[Breach, ...]:
        """What one bond's own check finds on the lines of its officers, given by index."""
        held = self.in_force[number]
        index = self.problem.officer_index
        found = held.rule.check_bond(self.problem, held.bond, lambda name: line(index[name]))
        return tuple(found)

    def points(self, number: int, breaches: Iterable[Breach]) -> int:
        """Points of one bond's breaches; 0 where its rule is hard."""
        rule = self.in_force[number].rule
        return sum(rule.points(breach.excess) for breach in breaches)
