"""The simulation against queues that have formulas, within 95 % confidence."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.staffing.callers import Redial
from forecasting.staffing.erlang import erlang_a, erlang_c
from forecasting.staffing.poisson import inverse_loss
from forecasting.staffing.simulation.figures import Estimate, occupancy, queue_figures
from forecasting.staffing.simulation.outcome import Outcome, simulate
from forecasting.staffing.simulation.room import SimulatedRoom
from tests.forecasting.staffing.simulation.rooms import group, room, stream

INTERVALS = 64
WARM_UP = 16
RUNS = 200
SEED = 3
"""An interval of 95 % misses one time in twenty; over 3,000 runs each value lay within its own."""


def within(estimate: Estimate, truth: float) -> bool:
    """Whether a figure's 95 % confidence interval holds a value."""
    return bool(estimate.low[0] <= truth <= estimate.high[0])


def played(calls: float, aht: float, people: int, patience: float = np.inf) -> Outcome:
    """Steady calls of one queue per quarter hour."""
    callers = stream("101", calls, aht, intervals=INTERVALS, patience_seconds=patience)
    staff = group("101", people, intervals=INTERVALS)
    return simulate(room([callers], [staff], warm_up=WARM_UP), runs=RUNS, seed=SEED)


@pytest.mark.parametrize(("calls", "aht", "people"), [(30, 240, 10), (3, 200, 1), (90, 300, 34)])
def test_nobody_hangs_up(calls: float, aht: float, people: int) -> None:
    """With endless patience the share in time and the mean wait are Erlang C's."""
    outcome = played(calls, aht, people)
    known = erlang_c(calls / 900, aht, people, 20)
    figures = queue_figures(outcome, "101")
    assert within(figures.in_time, float(known.answered_in_time_of_offered))
    assert within(figures.mean_wait, float(known.asa))
    assert within(occupancy(outcome), float(known.occupancy))


@pytest.mark.parametrize(
    ("calls", "aht", "people", "patience"),
    [(30, 240, 8, 120), (30, 240, 5, 60), (90, 300, 31, 180)],
)
def test_some_hang_up(calls: float, aht: float, people: int, patience: float) -> None:
    """With patience the share in time, abandoned, and occupancy are Erlang A's, overload too."""
    outcome = played(calls, aht, people, patience)
    known = erlang_a(calls / 900, aht, patience, people, 20)
    figures = queue_figures(outcome, "101")
    assert within(figures.in_time, float(known.answered_in_time_of_offered))
    assert within(figures.abandoned, float(known.abandoned))
    assert within(occupancy(outcome), float(known.occupancy))
    waited = outcome.waited.sum(dtype=float) + outcome.given_up.sum(dtype=float)
    assert waited / outcome.offered.sum() == pytest.approx(float(known.asa), rel=0.05)


def two_ranks(people: int, **terms: float) -> SimulatedRoom:
    """Urgent and other calls of one handling time, everybody serving both."""
    urgent = stream("999", 12, 240, intervals=INTERVALS, rank=0, **terms)
    other = stream("101", 20, 240, intervals=INTERVALS, rank=1, **terms)
    return room([urgent, other], [group("999 101", people, intervals=INTERVALS)], warm_up=WARM_UP)


def test_urgent_calls_first() -> None:
    """Mean waits are those of the priority queue of A. Cobham (Operations Research 2 (1954))."""
    people, load = 10, 32 * 240 / 900
    outcome = simulate(two_ranks(people), runs=RUNS, seed=SEED)
    idle = np.array([people - load])
    loss = 1 / inverse_loss(np.array([float(people)]), np.array([load]), idle)[0]
    waiting = loss / (1 - load / people * (1 - loss))
    spare = 1 - 12 * 240 / 900 / people
    urgent = waiting * 240 / people / spare
    other = urgent / (1 - load / people)
    assert within(queue_figures(outcome, "999").mean_wait, urgent)
    assert within(queue_figures(outcome, "101").mean_wait, other)


def test_one_queue_of_two_ranks_is_one_queue() -> None:
    """The order in which calls of one handling time are taken leaves nobody more or less to do."""
    outcome = simulate(two_ranks(8, patience_seconds=120.0), runs=RUNS, seed=SEED)
    known = erlang_a(32 / 900, 240, 120, 8, 20)
    lost = outcome.abandoned.sum() / outcome.offered.sum()
    assert lost == pytest.approx(float(known.abandoned), abs=0.004)
    assert within(occupancy(outcome), float(known.occupancy))


def test_redials_come_to_their_fixed_point() -> None:
    """With callers who call again after long, calls are Erlang A's at λ' = λ / (1 − p·Pab(λ'))."""
    callers = stream(
        "101", 30, 240, intervals=192, patience_seconds=90.0, redial=Redial(0.6, 1200.0)
    )
    staff = group("101", 7, intervals=192)
    outcome = simulate(room([callers], [staff], warm_up=48), runs=100, seed=SEED)
    rate = 30.0
    for _ in range(200):
        rate = 30 / (1 - 0.6 * float(erlang_a(rate / 900, 240, 90, 7, 20).abandoned))
    figures = queue_figures(outcome, "101")
    assert figures.offered.value[0] / 192 == pytest.approx(rate, rel=0.01)
    known = erlang_a(rate / 900, 240, 90, 7, 20)
    assert figures.abandoned.value[0] == pytest.approx(float(known.abandoned), abs=0.01)
