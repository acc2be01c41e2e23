"""A bound that no lawful roster can go below: a linear program over numbers of officers.

Officers who count for the same needs and can work the same shifts are one group; how many of a
group work a shift of a day may be a fraction. What this leaves out of the rules, such as who works
with whom, can only make a roster dearer, so it is a true lower bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from rostering.allowed import Allowed
from rostering.cover_grid import Counting, CoverGrid, cover_weight
from rostering.problem import Problem
from rostering.rules.cover import Covered
from rostering.rules.shift_cover import ShiftCovered
from rostering.search.groups import Group, Ints, Said
from rostering.search.linear import Floats, Indices, LinearProgram
from rostering.search.needs import curves_of


def counts_bound(counting: Counting, allowed: Allowed, seconds: float) -> float | None:
    """Points that any lawful roster costs at least; None where time runs out.

    Args:
        counting: the problem, laid out.
        allowed: choices that officer-days have.
        seconds: for solving the linear program.
    """
    program = LinearProgram()
    said = Said.of(counting.problem)
    groups = [
        Group(program, counting.problem, allowed, said, members)
        for members in groups_of(counting, allowed)
    ]
    for group in groups:
        group.limit()
        group.price()
    _price_cover(program, counting, groups)
    _price_shifts(program, counting.problem, groups)
    bound = program.solve(seconds)
    return None if bound is None else max(0.0, bound)


def groups_of(counting: Counting, allowed: Allowed) -> list[Ints]:
    """Members of each group, by index."""
    able = allowed.shifts.any(axis=1)
    alike = np.concatenate([able, *(grid.counts[:, None] for grid in counting.grids)], axis=1)
    if not len(alike):
        return []
    group = np.unique(alike, axis=0, return_inverse=True)[1].reshape(-1)
    return [np.flatnonzero(group == number) for number in range(group.max() + 1)]


def _price_cover(program: LinearProgram, counting: Counting, groups: Sequence[Group]) -> None:
    """Price every need, over each stretch of intervals that the same shifts fill."""
    weight = cover_weight(counting.problem, Covered)
    alike: dict[tuple[int, int, int], list[CoverGrid]] = defaultdict(list)
    for grid in counting.grids:
        cover = grid.cover
        alike[cover.start, cover.interval_minutes, len(cover.required)].append(grid)
    for (_, _, size), grids in alike.items():
        edges = np.unique([0, size, *grids[0].first.reshape(-1), *grids[0].last.reshape(-1)])
        there = [on_duty(program, group, grids[0], edges) for group in groups]
        for grid in grids:
            counted = [
                columns
                for group, columns in zip(groups, there, strict=True)
                if grid.counts[group.members[0]]
            ]
            _price_need(program, grid, edges, counted, weight)


def on_duty(program: LinearProgram, group: Group, grid: CoverGrid, edges: Ints) -> Indices:
    """Columns for how many of a group are on duty in each stretch, shape (stretches,).

    Each is the one before it, and who comes, without who goes: rows of a few entries, where
    adding up all shifts that fill a stretch would take many.
    """
    stretches = len(edges) - 1
    columns = program.columns(stretches, most=float(len(group.members)))
    rows = program.rows(stretches, least=0.0, most=0.0)
    program.add(rows, columns, -1.0)
    program.add(rows[1:], columns[:-1])
    first = np.searchsorted(edges, grid.first[group.days, group.shifts])
    last = np.searchsorted(edges, grid.last[group.days, group.shifts])
    fills = last > first
    program.add(rows[first[fills]], group.columns[fills])
    goes = fills & (last < stretches)
    program.add(rows[last[goes]], group.columns[goes], -1.0)
    return columns


def _price_need(
    program: LinearProgram, grid: CoverGrid, edges: Ints, counted: Sequence[Indices], weight: int
) -> None:
    rows = program.rows(len(edges) - 1, least=0.0, most=0.0)
    for columns in counted:
        program.add(rows, columns)
    for row, (people, cost) in zip(rows, curves_of(grid, edges, weight), strict=True):
        _convex(program, row, people, cost)


def _price_shifts(program: LinearProgram, problem: Problem, groups: Sequence[Group]) -> None:
    weight = cover_weight(problem, ShiftCovered)
    for need in problem.shift_cover:
        cell = need.day, problem.shift_index[need.shift]
        columns = np.array([group.numbers[cell] for group in groups], dtype=np.intp)
        row = program.rows(1, least=0.0, most=0.0)
        program.add(row, columns[columns >= 0])
        people = np.unique([0, need.required, need.required + 1])
        short = need.required - people
        cost = np.where(short > 0, short * need.shortage_points, -short * need.surplus_points)
        _convex(program, row[0], people, cost * float(weight))


def _convex(program: LinearProgram, row: np.intp, people: Ints, cost: Floats) -> None:
    """Price a row's sum by a convex cost, given at some numbers; its last step goes on."""
    lengths = np.diff(people).astype(float)
    slopes = np.diff(cost) / lengths
    lengths[-1] = np.inf
    starts = np.flatnonzero(np.diff(slopes, prepend=np.nan) != 0)
    columns = program.columns(
        len(starts), most=np.add.reduceat(lengths, starts), cost=slopes[starts]
    )
    program.add(np.array([row]), columns, -1.0)
    program.constant += float(cost[0])
