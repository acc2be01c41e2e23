"""How CP-SAT reads the primitives of `rostering.rules.group`; written once for every group rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import singledispatch
from itertools import pairwise

from ortools.sat.python import cp_model

from rostering.model.line import Cell, LineCells
from rostering.model.terms import Sum, ones
from rostering.problem import Problem
from rostering.rules.group import Beside, GroupPrimitive, Overlap

LinesOf = Callable[[str], LineCells]
"""What the line of an officer may hold, by id."""

REACH = 3
"""Days before and after a tour on which another that meets it can start; a tour may last two."""


@dataclass(frozen=True, slots=True)
class Row:
    """Minutes that may come to `most`; each `unit` beyond is one of excess."""

    minutes: Sum
    most: int
    unit: int


@singledispatch
def group_rows(primitive: GroupPrimitive, lines: LinesOf, model: cp_model.CpModel) -> Iterator[Row]:
    """Yield a row for each place where a primitive may be broken and something can change.

    Args:
        primitive: what is said.
        lines: the lines of the officers it names.
        model: where variables are made.
    """
    raise TypeError(f"{primitive} is no primitive, so {lines} and {model} cannot be related")


@group_rows.register
def _(beside: Beside, lines: LinesOf, model: cp_model.CpModel) -> Iterator[Row]:
    own, others = lines(beside.officer), [lines(other) for other in beside.others]
    for day in _days(beside, own.problem, 0):
        tours = own.on(day)
        near = list(_meeting(tours, others, day - REACH, day + REACH))
        if _is_fixed(tours, near):
            continue
        minutes = Sum()
        for begin, end in _segments(tours, near):
            here, there = _during(tours, begin, end), _during(near, begin, end)
            minutes.subtract(_less(here, there, model), begin - end)
        yield Row(minutes, beside.most, beside.unit)


@group_rows.register
def _(overlap: Overlap, lines: LinesOf, model: cp_model.CpModel) -> Iterator[Row]:
    own, other = lines(overlap.officer), lines(overlap.other)
    for day in _days(overlap, own.problem, -REACH):
        for then in _days(overlap, own.problem, day - REACH, day + REACH):
            if max(day, then) < 0:
                continue
            tours = own.on(day)
            near = list(_meeting(tours, [other], then, then))
            if _is_fixed(tours, near):
                continue
            minutes = Sum()
            for begin, end in _segments(tours, near):
                here, there = _during(tours, begin, end), _during(near, begin, end)
                minutes.subtract(_both(here, there, model), begin - end)
            yield Row(minutes, overlap.most, overlap.unit)


def _days(said: Beside | Overlap, problem: Problem, first: int, last: int | None = None) -> range:
    """Days on which a primitive holds, from `first` to `last` or the end of the period."""
    begin = first if said.first is None else max(first, said.first)
    finish = problem.days - 1 if last is None else min(last, problem.days - 1)
    return range(begin, (finish if said.last is None else min(finish, said.last)) + 1)


def _meeting(
    tours: list[Cell], others: Iterable[LineCells], first: int, last: int
) -> Iterator[Cell]:
    """Cells of the others, on the days from `first` to `last`, that may meet one of the tours."""
    if not tours:
        return
    begin = min(cell.tour.start for cell in tours)
    finish = max(cell.tour.end for cell in tours)
    for other in others:
        for cell in other.between(first, last):
            if cell.tour.start < finish and cell.tour.end > begin:
                yield cell


def _is_fixed(tours: list[Cell], near: list[Cell]) -> bool:
    return not tours or all(isinstance(cell.literal, int) for cell in (*tours, *near))


def _segments(tours: list[Cell], near: list[Cell]) -> Iterator[tuple[int, int]]:
    """Stretches throughout which the same cells are on duty."""
    begin = min(cell.tour.start for cell in tours)
    finish = max(cell.tour.end for cell in tours)
    edges = {at for cell in (*tours, *near) for at in (cell.tour.start, cell.tour.end)}
    yield from pairwise(sorted(at for at in edges if begin <= at <= finish))


def _during(cells: list[Cell], begin: int, end: int) -> Sum:
    return ones(c.literal for c in cells if c.tour.start <= begin and c.tour.end >= end)


def _less(here: Sum, there: Sum, model: cp_model.CpModel) -> Sum:
    """At least 1 where the officer is on duty and none of the others is; `here` is 0 or 1."""
    if there.constant or not (here.constant or here.variables):
        return Sum()
    if not there.variables:
        return here
    alone = model.new_bool_var("")
    model.add(here.expression() - there.expression() + here.constant - there.constant <= alone)
    return ones([alone])


def _both(here: Sum, there: Sum, model: cp_model.CpModel) -> Sum:
    """At least 1 where both are on duty; each is 0 or 1."""
    for one, other in ((here, there), (there, here)):
        if not one.variables:
            return other if one.constant else Sum()
    both = model.new_bool_var("")
    model.add(here.expression() + there.expression() - 1 <= both)
    return ones([both])
