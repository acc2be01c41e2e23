"""A bound that no lawful roster can go below: a linear program over numbers of officers.

Officers who hold the same skills are one group; how many of a group work a shift of a day may be
a fraction. What this leaves out of the rules can only make a roster dearer, so the cost of its
cover is a true lower bound. Preferences and fairness are bounded by nothing; nor is who works with
whom: leaving a bond out, hard or priced, lets more rosters in and never makes one cost less.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import chain, pairwise
from typing import Any, TypeAlias

import numpy as np
from ortools.math_opt.python import mathopt

from rostering.allowed import Allowed
from rostering.cover_grid import Counting, CoverGrid
from rostering.problem import Problem
from rostering.rules.base import Count, Of, Run, hard_primitives
from rostering.rules.cover import Covered
from rostering.rules.shift_cover import ShiftCovered

Number: TypeAlias = Any
"""A variable of the linear program, whose package carries no types."""

Group: TypeAlias = dict[tuple[int, int], Number]
"""Numbers of one group's officers by day and shift."""


def cover_bound(counting: Counting, allowed: Allowed, seconds: float) -> float | None:
    """Points that the cover of any lawful roster costs at least; None where time runs out."""
    problem = counting.problem
    model = mathopt.Model()
    groups = [
        (skills, members, _numbers(model, members, allowed))
        for skills, members in _groups(problem).items()
    ]
    for _, members, numbers in groups:
        _limit_lines(model, problem, members, numbers)
    costs: list[Number] = []
    for rule in problem.rules:
        if isinstance(rule, Covered) and isinstance(rule.weight, int):
            for grid in counting.grids:
                counted = [numbers for skills, _, numbers in groups if skills & grid.cover.skills]
                costs += _cost_of_cover(model, grid, counted, rule.weight)
        elif isinstance(rule, ShiftCovered) and isinstance(rule.weight, int):
            costs += _cost_of_shifts(model, problem, [g[2] for g in groups], rule.weight)
    model.minimize(mathopt.fast_sum(costs))
    result = mathopt.solve(
        model,
        mathopt.SolverType.GLOP,
        params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds), threads=1),
    )
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    return max(0.0, float(result.objective_value()))


def _groups(problem: Problem) -> dict[frozenset[str], list[int]]:
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, officer in enumerate(problem.officers):
        groups[officer.skills].append(index)
    return groups


def _numbers(model: mathopt.Model, members: list[int], allowed: Allowed) -> Group:
    able = allowed.shifts[members].sum(axis=0)
    numbers = {
        (int(day), int(shift)): model.add_variable(lb=0.0, ub=float(able[day, shift]))
        for day, shift in np.argwhere(able)
    }
    working = allowed.shifts[members].any(axis=2).sum(axis=0)
    for day, most in enumerate(working):
        today = [number for (date, _), number in numbers.items() if date == day]
        if today:
            model.add_linear_constraint(mathopt.fast_sum(today) <= float(most))
    return numbers


def _limit_lines(
    model: mathopt.Model, problem: Problem, members: list[int], numbers: Group
) -> None:
    """Add up over a group what every member must keep: minutes of the period, longest runs."""
    least: dict[Of, float] = defaultdict(float)
    most: dict[Of, float] = defaultdict(float)
    runs: dict[Of, list[int]] = defaultdict(list)
    officers = [problem.officers[index] for index in members]
    for primitive in chain.from_iterable(hard_primitives(problem, o) for o in officers):
        if isinstance(primitive, Count) and primitive.measure == "minutes":
            least[primitive.of] += primitive.least or 0
            most[primitive.of] += np.inf if primitive.most is None else primitive.most
        elif isinstance(primitive, Run) and primitive.of is not None and primitive.longest:
            runs[primitive.of].append(primitive.longest)
    tours = {cell: problem.tour(*cell) for cell in numbers}
    for of, limit in most.items():
        minutes = mathopt.fast_sum(
            [
                tours[cell].minutes * number
                for cell, number in numbers.items()
                if of.has(tours[cell])
            ]
        )
        model.add_linear_constraint(minutes <= limit)
        model.add_linear_constraint(minutes >= least[of])
    for of, longest in runs.items():
        if len(longest) >= len(members):
            _limit_runs(model, numbers, of, problem, longest[: len(members)])


def _limit_runs(
    model: mathopt.Model, numbers: Group, of: Of, problem: Problem, longest: list[int]
) -> None:
    """Of any days one longer than the longest run, somebody rests on one."""
    length = max(longest) + 1
    by_day: dict[int, list[Number]] = defaultdict(list)
    for (day, shift), number in numbers.items():
        if of.has(problem.tour(day, shift)):
            by_day[day].append(number)
    for first in range(problem.days - length + 1):
        days = [number for day in range(first, first + length) for number in by_day[day]]
        if days:
            model.add_linear_constraint(
                mathopt.fast_sum(days) <= float((length - 1) * len(longest))
            )


def _cost_of_cover(
    model: mathopt.Model, grid: CoverGrid, groups: list[Group], weight: int
) -> list[Number]:
    """Cost of each stretch of intervals that the same shifts fill."""
    present = [(cell, number) for numbers in groups for cell, number in numbers.items()]
    if not present:
        return []
    first = np.array([grid.first[cell] for cell, _ in present])
    last = np.array([grid.last[cell] for cell, _ in present])
    most = int(grid.counts.sum())
    missing = grid.cover.required - grid.before
    costs = []
    for begin, finish in pairwise(np.unique([0, *first, *last, len(missing)])):
        lacking = missing[begin:finish, None] - np.arange(most + 1)
        cost = grid.prices.points(lacking, slice(begin, finish)).sum(axis=0) * weight
        here = [present[i][1] for i in np.flatnonzero((first <= begin) & (last >= finish))]
        costs.append(_convex(model, here, cost.astype(float)))
    return costs


def _cost_of_shifts(
    model: mathopt.Model, problem: Problem, groups: list[Group], weight: int
) -> list[Number]:
    costs = []
    for need in problem.shift_cover:
        cell = (need.day, problem.shift_index[need.shift])
        here = [numbers[cell] for numbers in groups if cell in numbers]
        short = need.required - np.arange(len(problem.officers) + 1)
        points = np.where(short > 0, short * need.shortage_points, -short * need.surplus_points)
        costs.append(_convex(model, here, weight * points.astype(float)))
    return costs


def _convex(
    model: mathopt.Model, numbers: list[Number], cost: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> Number:
    """A variable no smaller than a convex cost, given at 0, 1 …, of a sum of numbers."""
    price = model.add_variable(lb=float(cost.min()))
    total = mathopt.fast_sum(numbers)
    slopes = np.diff(cost)
    for slope in np.unique(slopes):
        at = int(np.argmax(slopes == slope))
        model.add_linear_constraint(price >= float(slope) * total + float(cost[at] - slope * at))
    return price
