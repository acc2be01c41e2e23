"""What one solve of a benchmark comes to: points at set times, missing cover, memory."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rostering.benchmark.control_room import demand_hours
from rostering.cover_grid import Counting
from rostering.problem import Problem
from rostering.solve import Progress, Solution, solve

MARKS = (60.0, 120.0, 300.0, 600.0)
"""Seconds after which the points are noted."""

SECONDS_A_LOOK = 0.5
"""Between two looks at the memory of all processes."""


@dataclass(frozen=True)
class Measured:
    """One solve.

    Attributes:
        solution: what it left behind.
        at_marks: points of the best lawful roster by then, None where there was none, for those
            of MARKS that the solve reached.
        missing_percent: of the person-hours asked, in the last roster; None without cover.
        memory_mb: of all processes together at their fullest, pages that they share counted once.
        largest_process_mb: of the searching processes.
    """

    solution: Solution
    at_marks: dict[float, int | None]
    missing_percent: float | None
    memory_mb: float
    largest_process_mb: float

    @property
    def gap_percent(self) -> float | None:
        """How far the points lie above the bound, in per cent of it."""
        bound = self.solution.bound
        if not bound or not self.solution.verdict.is_legal:
            return None
        return 100 * (self.solution.verdict.objective / bound - 1)

    def figures(self) -> dict[str, object]:
        """Everything as plain data."""
        solution = self.solution
        return {
            "legal": solution.verdict.is_legal,
            "objective": solution.verdict.objective if solution.verdict.is_legal else None,
            "bound": solution.bound,
            "gap_percent": _rounded(self.gap_percent),
            "first_legal_seconds": _rounded(solution.first_legal_seconds),
            "seconds": round(solution.seconds, 2),
            "at_seconds": {f"{mark:.0f}": points for mark, points in self.at_marks.items()},
            "missing_percent": _rounded(self.missing_percent),
            "points": dict(solution.verdict.points),
            "stopped": solution.stopped,
            "memory_mb": round(self.memory_mb),
            "largest_process_mb": round(self.largest_process_mb),
        }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def measure(problem: Problem, seconds: float, seed: int = 0) -> Measured:
    """Solve a problem and note how it went.

    Args:
        problem: what is asked.
        seconds: wall-clock limit.
        seed: for whatever is drawn by chance.
    """
    told: list[Progress] = []
    with _Memory() as memory:
        solution = solve(problem, seconds=seconds, seed=seed, on_progress=told.append)
    missing: float | None = None
    if demand := demand_hours(problem):
        choices = solution.roster.to_choices(problem)
        missing = 100 * Counting.of(problem).missing_minutes(choices) / 60 / demand
    return Measured(
        solution=solution,
        at_marks=_at_marks(told, solution),
        missing_percent=missing,
        memory_mb=memory.most_mb,
        largest_process_mb=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    )


def _at_marks(told: Sequence[Progress], solution: Solution) -> dict[float, int | None]:
    points = [(each.seconds, each.objective) for each in told]
    last = solution.verdict.objective if solution.verdict.is_legal else None
    points.append((solution.seconds, last))
    reached = [mark for mark in MARKS if mark <= solution.seconds + 1]
    return {
        mark: next((told for at, told in reversed(points) if at <= mark + 0.5), None)
        for mark in reached
    }


class _Memory:
    """Looks now and then at the memory of this process and of those that it has started."""

    def __init__(self) -> None:
        self.most_mb = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Memory:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(SECONDS_A_LOOK):
            self.most_mb = max(self.most_mb, sum(map(_proportional_mb, _family(os.getpid()))))


def _family(process: int) -> Iterator[int]:
    """A process and those below it, on Linux; nothing elsewhere."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            below = children.read_text().split()
        except OSError:
            continue
        for child in below:
            yield from _family(int(child))


def _proportional_mb(process: int) -> float:
    """Memory of a process, each page divided by how many processes share it; 0 where unknown."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
