"""Lines of long periods: what their corridor leaves them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rostering.allowed import Allowed
from rostering.benchmark.reading import instance_of
from rostering.benchmark.translation import problem_of
from rostering.cover_grid import Counting
from rostering.pricing.best_line import LinePricer
from rostering.problem import REST
from tests.rostering.benchmark.making import made_up

DAYS = 98


def test_nobody_must_work_weekends_who_may_work_most_of_them() -> None:
    """A steady pace of weekends is asked of no one who is free to work none."""
    made = problem_of(instance_of(made_up(days=DAYS, people=1, kinds=2), "long"), "long")
    terms = {**made.officers[0].terms, "most_weekends": {"most": DAYS // 7}}
    officer = replace(made.officers[0], least_minutes=0, terms=terms)
    problem = replace(made, officers=(officer,))
    is_weekend = np.arange(DAYS) % 7 >= 5
    prices = np.where(is_weekend[:, None], 1000.0, -1.0) * np.ones(problem.starts.shape)
    line = LinePricer(Counting.of(problem), Allowed.of(problem)).best_line(0, prices)
    assert line is not None
    assert (line.row[is_weekend] == REST).all()
    assert (line.row != REST).any()
