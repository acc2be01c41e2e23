"""Gaps between tours of at least a given length, counted inside spans of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from rostering.model.terms import Literal, Sum, ones
from rostering.problem import MINUTES_A_DAY

if TYPE_CHECKING:
    from rostering.model.line import Cell, LineCells


class Rests:
    """Literals of one line that say where a gap of at least `rest` minutes begins.

    A literal may be true only where the gap is there; whoever counts them wants many.
    """

    def __init__(self, line: LineCells, model: cp_model.CpModel, rest: int) -> None:
        self._line = line
        self._model = model
        self._rest = rest
        self._after: dict[int, Literal] = {}
        self._parts: dict[tuple[int, int, int], Literal] = {}
        self._at: dict[int, Literal] = {}

    def in_span(self, first: int, last: int) -> Sum:
        """Gaps of the span from day `first` to before day `last`, cut off at its ends."""
        begin = self._line.problem.instant(first, 0)
        finish = self._line.problem.instant(last, 0)
        total = Sum()
        if begin + self._rest <= finish:
            total.add(self._from_midnight(first, begin))
        end = min(last, self._line.problem.days)
        for day in range(max(first - 1, self._line.officer.known_from), end):
            total.add(self._after_day(day, begin, finish - self._rest))
        return total

    def _from_midnight(self, day: int, begin: int) -> Literal:
        """Free from the midnight at which `day` begins."""
        if day not in self._at:
            reach = self._rest // MINUTES_A_DAY + 2
            touched = [
                [
                    cell.literal
                    for cell in self._line.between(other, other)
                    if cell.tour.start < begin + self._rest and cell.tour.end > begin
                ]
                for other in range(day - 1, day + reach)
            ]
            self._at[day] = self._none_of([literals for literals in touched if literals])
        return self._at[day]

    def _none_of(self, days: list[list[Literal]]) -> Literal:
        if not days:
            return 1
        if any(isinstance(literal, int) for literals in days for literal in literals):
            return 0
        free = self._model.new_bool_var("")
        for literals in days:
            self._model.add_at_most_one([free, *literals])
        return free

    def _after_day(self, day: int, begin: int, latest: int) -> Literal:
        """A gap after a tour of `day` that ends after `begin` and not after `latest`."""
        cells = self._line.on(day)
        part = [cell for cell in cells if begin < cell.tour.end <= latest]
        if not part:
            return 0
        whole = self._after_any(day, cells)
        if len(part) == len(cells) or isinstance(whole, int):
            return whole
        ends = [cell.tour.end for cell in part]
        key = (day, min(ends), max(ends))
        if key not in self._parts:
            literal = self._model.new_bool_var("")
            self._model.add_implication(literal, whole)
            self._model.add_bool_or([literal.negated(), *(cell.literal for cell in part)])
            self._parts[key] = literal
        return self._parts[key]

    def _after_any(self, day: int, cells: list[Cell]) -> Literal:
        """A gap after the tour of `day`, whichever it is."""
        if day not in self._after:
            rows = self._rows(day, cells)
            worked = ones(cell.literal for cell in cells)
            if not worked.variables and not any(row.variables for row in rows):
                kept = worked.constant == 1 and all(row.constant <= 1 for row in rows)
                self._after[day] = int(kept)
            else:
                gap = self._model.new_bool_var("")
                self._model.add(worked.expression() + worked.constant >= gap)
                for row in rows:
                    self._model.add(row.expression() + gap <= 2 - row.constant)
                self._after[day] = gap
        return self._after[day]

    def _rows(self, day: int, cells: list[Cell]) -> list[Sum]:
        """Sums that reach 2 when a tour of `day` is followed too soon by another."""
        rows = []
        for end in sorted({cell.tour.end for cell in cells}):
            late = [cell.literal for cell in cells if cell.tour.end >= end]
            for other in range(day + 1, day + self._rest // MINUTES_A_DAY + 3):
                soon = [
                    cell.literal
                    for cell in self._line.between(other, other)
                    if cell.tour.start < end + self._rest
                ]
                if soon:
                    rows.append(ones(late + soon))
        return rows
