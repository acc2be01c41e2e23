"""Rosters of a control room's size: first lawful roster, cover missing, bound, memory."""

from __future__ import annotations

import resource

import pytest

from rostering.benchmark.control_room import control_room
from rostering.solve import Progress, solve

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize(("officers", "load", "seconds"), [(120, 0.93, 60.0), (120, 1.05, 60.0)])
def test_a_control_room_is_rostered(officers: int, load: float, seconds: float) -> None:
    """A lawful roster, contracted hours included, stands within the time and near its bound."""
    problem = control_room(officers, load)
    demand = sum(int(c.required.sum()) / 4 for c in problem.cover if len(c.queues) == 3)
    told: list[Progress] = []
    solution = solve(problem, seconds=seconds, on_progress=told.append)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    missing = (told[-1].missing_minutes or 0) / 60
    print(
        f"\n{problem.name}, {problem.days} days, 3 skills, {seconds:.0f} s: first lawful roster "
        f"after {solution.first_legal_seconds:.1f} s; {missing:.1f} of {demand:.0f} person-hours "
        f"missing ({100 * missing / demand:.2f} %); {solution.verdict.objective} points, bound "
        f"{solution.bound}; largest searching process {memory:.0f} MB"
    )
    assert solution.verdict.is_legal
