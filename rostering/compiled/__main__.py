"""Compile the inner loops once and keep them on disk: `python -m rostering.compiled`."""

from __future__ import annotations

from datetime import date

from rostering.allowed import Allowed
from rostering.compiled.anneal import Annealer
from rostering.cover_grid import Counting
from rostering.problem import Officer, Problem, Shift


def warm_up() -> None:
    """Run everything compiled on a problem of one officer, so that later solves begin at once."""
    shift = Shift("E", "early", 420, 480)
    officer = Officer("a", "A", frozenset({"any"}), 0, 4800)
    problem = Problem("warm-up", date(2026, 1, 5), 7, "UTC", (shift,), (officer,), ())
    allowed = Allowed.of(problem)
    Annealer(Counting.of(problem), allowed, allowed.empty(), seed=0).run(10, 1.0, 1.0)


if __name__ == "__main__":
    warm_up()
