"""How many people must be missing in any lawful roster: a linear program over numbers of officers.

The program of the bound, with cover in person-minutes rather than points, and with rest between
tours. What it leaves out, such as rest over several days and who works with whom, can only make
more people miss, so it is a true lower bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from time import monotonic

import numpy as np

from rostering.allowed import Allowed
from rostering.cover_grid import Counting, CoverGrid, sharing
from rostering.problem import Problem
from rostering.rules.base import LineRule, hard_primitives
from rostering.search.bound import groups_of, on_duty
from rostering.search.groups import Group, Ints, Said
from rostering.search.linear import Indices, LinearProgram
from rostering.search.rests import limit_rests, limit_spans


def fewest_missing(problem: Problem, seconds: float) -> float | None:
    """Person-minutes of cover that any lawful roster misses at least; None where time runs out.

    Counted as `Counting.missing_minutes` counts them.
    """
    until = monotonic() + seconds
    hard = tuple(rule for rule in problem.rules if rule.is_hard and isinstance(rule, LineRule))
    bare = replace(problem, rules=hard, bonds=(), shift_cover=())
    counting, allowed, said = Counting.of(bare), Allowed.of(bare), Said.of(bare)
    primitives = [tuple(hard_primitives(bare, officer)) for officer in bare.officers]
    program = LinearProgram()
    groups = []
    for members in groups_of(counting, allowed):
        group = Group(program, bare, allowed, said, members)
        group.limit()
        own = [primitives[member] for member in members]
        limit_rests(program, bare, allowed, group, own)
        limit_spans(program, bare, group, own)
        groups.append(group)
    for grids in sharing(counting.grids):
        _count_missing(program, grids, groups)
    missing = program.solve(until - monotonic(), from_inside=True)
    return None if missing is None else max(missing, 0.0)


def _count_missing(
    program: LinearProgram, grids: Sequence[CoverGrid], groups: Sequence[Group]
) -> None:
    """Count as many people missing in each interval as the set of queues that misses most."""
    longest = max(grids, key=lambda grid: len(grid.cover.required))
    size = len(longest.cover.required)
    edges = np.unique([0, size, *longest.first.reshape(-1), *longest.last.reshape(-1)])
    there = [on_duty(program, group, longest, edges) for group in groups]
    lacking = np.array([_lacking(grid, size) for grid in grids])
    for stretch, (begin, finish) in enumerate(pairwise(edges.tolist())):
        kinds, number = np.unique(lacking[:, begin:finish], axis=1, return_counts=True)
        on_duty_now = [part[stretch] for part in there]
        for need, often in zip(kinds.T, number.tolist(), strict=True):
            minutes = often * longest.cover.interval_minutes
            _count_intervals(program, grids, groups, need, on_duty_now, minutes)


def _lacking(grid: CoverGrid, size: int) -> Ints:
    lacking: Ints = np.maximum(grid.cover.required - grid.before, 0)
    return np.pad(lacking, (0, size - len(lacking)))


def _count_intervals(
    program: LinearProgram,
    grids: Sequence[CoverGrid],
    groups: Sequence[Group],
    need: Ints,
    there: Sequence[np.intp],
    minutes: int,
) -> None:
    asked = np.flatnonzero(need)
    missing: Indices = program.columns(1, cost=float(minutes))
    rows = program.rows(len(asked), least=need[asked])
    program.add(rows, missing)
    for row, number in zip(rows, asked.tolist(), strict=True):
        counted = [
            column
            for group, column in zip(groups, there, strict=True)
            if grids[number].counts[group.members[0]]
        ]
        program.add(np.full(len(counted), row), np.array(counted, dtype=np.intp))
