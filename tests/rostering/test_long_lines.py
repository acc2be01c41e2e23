"""Lines of long periods: what their corridor leaves them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rostering.allowed import Allowed
from rostering.benchmark.reading import instance_of
from rostering.benchmark.translation import problem_of
from rostering.cover_grid import Counting
from rostering.pricing.best_line import LinePricer
from rostering.problem import REST, Problem
from tests.rostering.benchmark.making import made_up

DAYS = 98


IS_WEEKEND = np.arange(DAYS) % 7 >= 5


def alone(most_weekends: int) -> Problem:
    """One officer who need work nothing, and may work so many weekends and any tours."""
    made = problem_of(instance_of(made_up(days=DAYS, people=1, kinds=2), "long"), "long")
    terms = {**made.officers[0].terms, "most_weekends": {"most": most_weekends}}
    del terms["most_tours"]
    officer = replace(made.officers[0], least_minutes=0, terms=terms)
    return replace(made, officers=(officer,))


@pytest.mark.parametrize("most_weekends", [DAYS // 7, DAYS // 14, 3])
def test_nobody_must_work_weekends_who_may_work_them(most_weekends: int) -> None:
    """A steady pace of weekends is asked of no one who is free to work none."""
    problem = alone(most_weekends)
    prices = np.where(IS_WEEKEND[:, None], 1000.0, -1.0) * np.ones(problem.starts.shape)
    line = LinePricer(Counting.of(problem), Allowed.of(problem)).best_line(0, prices)
    assert line is not None
    assert (line.row[IS_WEEKEND] == REST).all()
    assert (line.row != REST).any()


@pytest.mark.parametrize("seed", range(3))
def test_a_long_line_costs_what_its_labels_say(seed: int) -> None:
    """Where weekends are sought early and shunned late, the line found costs what was promised."""
    problem = alone(DAYS // 10)
    pricer = LinePricer(Counting.of(problem), Allowed.of(problem))
    prices = np.random.default_rng(seed).normal(0.0, 5.0, problem.starts.shape)
    prices[IS_WEEKEND] += np.linspace(-40.0, 40.0, IS_WEEKEND.sum())[:, None]
    cost, row = pricer.floor(0, prices)
    judged = pricer.judged(0, row, prices, np.zeros(DAYS))
    assert judged is not None
    assert judged.cost == pytest.approx(cost)
