"""Compile the inner loops once and keep them on disk: `python -m rostering.compiled`."""

from __future__ import annotations

from datetime import date

import numpy as np

from rostering.allowed import Allowed
from rostering.compiled.anneal import Annealer
from rostering.compiled.evaluate import score_rows
from rostering.compiled.folder import mark_ready
from rostering.compiled.program import tables
from rostering.cover_grid import Counting
from rostering.pricing.best_line import LinePricer
from rostering.pricing.relaxed_line import relaxed_lines
from rostering.problem import Bond, Officer, Problem, Shift
from rostering.rules.apart import Apart


def warm_up() -> None:
    """Run everything compiled on a problem of two officers, so that later solves begin at once."""
    shift = Shift("E", "early", 420, 480)
    officers = tuple(Officer(name, name, frozenset({"any"}), 0, 4800) for name in "ab")
    problem = Problem(
        name="warm-up",
        first_day=date(2026, 1, 5),
        days=7,
        zone="UTC",
        shifts=(shift,),
        officers=officers,
        rules=(Apart(),),
        bonds=(Bond("apart", "a", ("b",)),),
    )
    allowed = Allowed.of(problem)
    counting = Counting.of(problem)
    Annealer(counting, allowed, allowed.empty(), seed=0).run(10, 1.0, 1.0)
    rules = tables(problem)
    LinePricer(counting, allowed, rules).best_line(0, np.zeros(problem.starts.shape))
    score_rows(np.arange(len(officers)), allowed.empty(), rules)
    relaxed_lines(counting, allowed)[0].cheapest(
        np.zeros(problem.starts.shape), np.zeros(2), allowed.empty()[0]
    )
    mark_ready()


if __name__ == "__main__":
    warm_up()
