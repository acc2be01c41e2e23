"""A wish forced upon a roster and the roster made again: what it then costs, or that it cannot be.

Nothing of how reasons are found is used here: the wish becomes a hard rule, CP-SAT makes the free
lines again, and the rules' own checks judge what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from rostering.allowed import Allowed
from rostering.model import RosterModel
from rostering.problem import Officer, Problem, Roster
from rostering.reasons.wanted import Wanted
from rostering.rules.base import Breach, Count, Line, LineRule, Of, Primitive, Run
from rostering.standing import Standing
from rostering.verify import verify

Ending = Literal["best", "found", "impossible", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Forced(LineRule):
    """Somebody's wish as a hard rule."""

    code: ClassVar[str] = "forced"
    title: ClassVar[str] = "A wish, forced"
    source: ClassVar[str] = "The benchmark"
    unit: ClassVar[str] = "tour"

    officer: str
    against: frozenset[tuple[int, str]]
    worked: frozenset[int]
    runs: tuple[Run, ...] = ()

    @classmethod
    def of(cls, problem: Problem, wish: Wanted) -> Forced:
        """What a wish forbids and asks for."""
        cells = np.argwhere(~wish.shifts).tolist()
        return cls(
            officer=problem.officers[wish.officer].id,
            against=frozenset((day, problem.shifts[shift].code) for day, shift in cells),
            worked=frozenset(np.flatnonzero(~wish.rest).tolist()),
            runs=wish.runs,
        )

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """The wish as primitives, for its officer."""
        if officer.id != self.officer:
            return
        if self.against:
            yield Count("tours", Of(cells=self.against), most=0)
        for day in self.worked:
            yield Count("tours", Of(days=frozenset({day})), least=1)
        yield from self.runs

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Never asked: the wish's own check tells whether it is met."""
        return iter(())


@dataclass(frozen=True)
class Remade:
    """What came of a roster made again.

    Attributes:
        ending: whether it is the best there is, one that was found, or none is lawful.
        points: of the roster; 0 where there is none.
    """

    ending: Ending
    points: int


def remade(
    standing: Standing,
    allowed: Allowed,
    free: npt.NDArray[np.bool_],
    wish: Wanted,
    work: float,
) -> Remade:
    """Make free officer-days again with a wish forced.

    Args:
        standing: the roster.
        allowed: choices that officer-days have without the wish.
        free: the officer-days that may change, shape (officers, days).
        wish: what is forced.
        work: deterministic time of the solver.
    """
    problem, choices = standing.problem, standing.choices
    rules = (*problem.rules, Forced.of(problem, wish))
    counting = replace(standing.counting, problem=replace(problem, rules=rules))
    model = RosterModel(counting, choices, free, allowed=allowed)
    model.hint()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = work
    status = solver.solve(model.model)
    if status == cp_model.INFEASIBLE:
        return Remade("impossible", 0)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Remade("unknown", 0)
    made = model.choices(solver)
    verdict = verify(problem, Roster.from_choices(problem, made))
    assert verdict.is_legal
    assert wish.is_met_by(problem, made[wish.officer])
    return Remade("best" if status == cp_model.OPTIMAL else "found", verdict.objective)
