"""One officer's line as CP-SAT sees it: literals where it is free, constants where it is fixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from rostering.model.rests import Rests
from rostering.model.terms import Literal, Sum, ones
from rostering.problem import Officer, Problem, Tour
from rostering.rules.base import Of


@dataclass(frozen=True, slots=True)
class Cell:
    """A tour that the line may hold, and the literal that says it does."""

    tour: Tour
    literal: Literal


class LineCells:
    """Everything one line may hold, history included.

    Args:
        problem: the problem.
        officer: whose line it is.
        cells: the cells of each day of the period; a fixed day holds its one tour with literal 1,
            or nothing.
        free: the days on which a literal is a variable.
    """

    def __init__(
        self, problem: Problem, officer: Officer, cells: list[list[Cell]], free: frozenset[int]
    ) -> None:
        self.problem = problem
        self.officer = officer
        self.free = free
        self._cells = cells
        self._rests: dict[int, Rests] = {}

    @cached_property
    def _history(self) -> dict[int, list[Cell]]:
        history: dict[int, list[Cell]] = {}
        for tour in self.officer.history:
            history.setdefault(tour.day, []).append(Cell(tour, 1))
        return history

    def on(self, day: int) -> list[Cell]:
        """The cells of a day, of the period or before it."""
        return self._cells[day] if day >= 0 else self._history.get(day, [])

    def between(self, first: int, last: int) -> Iterator[Cell]:
        """The cells of the days from `first` to `last`, both included."""
        for day in range(max(first, self.officer.known_from), min(last, self.problem.days - 1) + 1):
            yield from self.on(day)

    def on_days(self, of: Of) -> Iterator[Cell]:
        """The cells of the period on the days that a selection speaks of."""
        days = of.days
        if days is None and of.cells is not None:
            days = frozenset(day for day, _ in of.cells)
        for day in range(self.problem.days) if days is None else sorted(days):
            if 0 <= day < self.problem.days:
                yield from self._cells[day]

    @property
    def whole(self) -> LineCells:
        """The same line, read as if every day of it could change."""
        return LineCells(
            self.problem, self.officer, self._cells, frozenset(range(self.problem.days))
        )

    def is_free(self, days: Iterable[int]) -> bool:
        """Tell whether any of the days can still change."""
        return not self.free.isdisjoint(days)

    def rests(self, model: cp_model.CpModel, rest: int) -> Rests:
        """Where gaps of at least `rest` minutes begin; made once per length."""
        if rest not in self._rests:
            self._rests[rest] = Rests(self, model, rest)
        return self._rests[rest]

    def worked(self, day: int, of: Of) -> Sum:
        """1 when a tour of these starts on the day, else 0."""
        return ones(cell.literal for cell in self.on(day) if of.has(cell.tour))

    def rested(self, day: int) -> Sum:
        """1 when no tour starts on the day, else 0."""
        total = Sum(1)
        total.subtract(ones(cell.literal for cell in self.on(day)))
        return total
