"""What a searching child is given, and where it begins; loads nothing heavy in its parent."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.connection import Connection

from rostering.problem import Choices, Problem
from rostering.search.lean import do_without_pandas
from rostering.search.lifeline import end_with_parent


@dataclass(frozen=True, slots=True)
class Task:
    """What a child is given.

    Attributes:
        problem: the problem.
        number: which child it is; the second also proves the bound.
        until: when time is up, on the machine's monotonic clock.
        seed: for the draws.
        start: a roster to begin from; None to begin afresh.
        work: seconds' worth of counted work to do in place of looking at the clock and at what
            other children find; None to do look.
    """

    problem: Problem
    number: int
    until: float
    seed: int
    start: Choices | None = None
    work: float | None = None


def run_child(task: Task, parent: Connection) -> None:
    """Load the search and run it; what a child process is started with."""
    end_with_parent()
    do_without_pandas()
    from rostering.search.child import search  # noqa: PLC0415  OR-Tools costs seconds

    search(task, parent)
