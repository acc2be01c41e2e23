"""Figures of outcomes, and how sure they are."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from forecasting.errors import InputError
from forecasting.staffing.erlang import erlang_c
from forecasting.staffing.simulation.figures import (
    day_figures,
    difference,
    interval_figures,
    occupancy,
    period_figures,
    queue_figures,
    worst_intervals,
)
from forecasting.staffing.simulation.outcome import Outcome, simulate
from tests.forecasting.staffing.simulation.rooms import group, room, stream

DAYS = 2
INTERVALS = 96 * DAYS


def outcome_of(people: int = 8, runs: int = 40, seed: int = 0, **terms: object) -> Outcome:
    """Two days of 30 calls of four minutes a quarter hour."""
    given = {"patience_seconds": 120.0, **terms}
    callers = stream("101", 30, 240, intervals=INTERVALS, **given)
    return simulate(
        room([callers], [group("101", people, intervals=INTERVALS)]), runs=runs, seed=seed
    )


def test_shares_are_of_calls_offered() -> None:
    """Over intervals, days and the whole: answered in time, answered and abandoned / offered."""
    outcome = outcome_of()
    offered = outcome.offered.sum(axis=(0, 2))
    intervals = interval_figures(outcome, "101")
    assert np.allclose(intervals.in_time.value, outcome.in_time.sum(axis=(0, 2)) / offered)
    assert intervals.median_wait is None
    days = day_figures(outcome, "101")
    assert np.allclose(days.offered.value, offered.reshape(DAYS, 96).sum(axis=1) / 40)
    whole = period_figures(outcome, "101")
    assert whole.abandoned.value[0] == pytest.approx(outcome.abandoned.sum() / offered.sum())
    assert whole.answered.value + whole.abandoned.value == pytest.approx(1, abs=1e-3)
    assert queue_figures(outcome, "101", "week").in_time.value == whole.in_time.value


def part_of(outcome: Outcome, runs: slice) -> Outcome:
    """Some runs of an outcome."""
    arrays = {
        field.name: getattr(outcome, field.name)[runs]
        for field in fields(outcome)
        if field.name not in ("room", "seed")
    }
    return replace(outcome, **arrays)


def test_intervals_hold_the_truth_95_times_in_100() -> None:
    """Of 100 times ten runs about 95 hold the share of all together, and so for quantiles."""
    outcome = outcome_of(runs=1000)
    truth = period_figures(outcome, "101")
    held = {"in_time": 0, "mean_wait": 0, "median_wait": 0, "ninetieth_wait": 0}
    for first in range(0, 1000, 10):
        figures = period_figures(part_of(outcome, slice(first, first + 10)), "101")
        for name in held:
            estimate, true = getattr(figures, name), getattr(truth, name).value[0]
            held[name] += bool(estimate.low[0] <= true <= estimate.high[0])
    assert all(89 <= count <= 100 for count in held.values()), held


def test_waits_by_class_give_quantiles() -> None:
    """Median and 90th of the waits are Erlang C's, whose waits beyond 0 are exponential."""
    outcome = outcome_of(people=9, runs=300, patience_seconds=np.inf)
    known = erlang_c(30 / 900, 240, 9, 0)
    waiting, mean = float(known.waiting), float(known.asa) / float(known.waiting)
    figures = period_figures(outcome, "101")
    assert figures.median_wait is not None
    assert figures.ninetieth_wait is not None
    assert figures.median_wait.value[0] == pytest.approx(mean * np.log(waiting / 0.5), rel=0.08)
    assert figures.ninetieth_wait.value[0] == pytest.approx(mean * np.log(waiting / 0.1), rel=0.08)


def test_one_run_has_no_interval() -> None:
    """A single run tells a value and nothing about how sure it is."""
    figures = period_figures(outcome_of(runs=1), "101")
    assert np.isfinite(figures.in_time.value[0])
    assert np.isnan(figures.in_time.low[0])
    assert np.isnan(figures.in_time.high[0])


def test_nobody_waits_where_all_are_answered_at_once() -> None:
    """Quantiles of waits of 0 are 0."""
    figures = period_figures(outcome_of(people=60), "101")
    assert figures.median_wait is not None
    assert figures.median_wait.value[0] == figures.mean_wait.value[0] == 0
    assert figures.in_time.low[0] == figures.in_time.high[0] == 1


def test_occupancy_by_group() -> None:
    """Each group's own: people who serve nobody are idle."""
    callers = stream("101", 10, 240, intervals=96)
    staff = [group("101", 4, intervals=96), group("999", 2, intervals=96)]
    found = occupancy(simulate(room([callers], staff), runs=20))
    assert found.value[:, 0] == pytest.approx([10 * 240 / 900 / 4, 0], abs=0.02)
    assert occupancy(simulate(room([callers], staff), runs=2), "day").value.shape == (2, 1)


def test_the_worst_quarter_hours() -> None:
    """Those after the hour with few people come first; with too few calls none is looked at."""
    people = np.where((np.arange(96) >= 40) & (np.arange(96) < 44), 2, 12)
    callers = stream("101", 30, 240, intervals=96, patience_seconds=300.0)
    outcome = simulate(room([callers], [group("101", people, intervals=96)]), runs=30)
    worst = worst_intervals(outcome, "101", 3)
    assert {each.interval for each in worst} <= {41, 42, 43, 44}
    assert worst[0].in_time[0] <= worst[1].in_time[0] <= worst[2].in_time[0]
    assert worst[0].in_time[1] <= worst[0].in_time[0] <= worst[0].in_time[2]
    assert worst[0].start == outcome.room.starts[worst[0].interval]
    assert worst_intervals(outcome, "101", 3, least_offered=1000) == []


def test_a_difference_is_surer_than_its_parts() -> None:
    """With the same callers one person more is told apart by runs that alone would not tell."""
    few, more = outcome_of(people=8, runs=10), outcome_of(people=9, runs=10)
    found = difference(few, more, "101")
    assert found.change.value[0] == pytest.approx(found.second[0] - found.first[0])
    assert found.change.low[0] > 0
    assert found.better[0] == 1
    alone = period_figures(more, "101").in_time
    width = found.change.high[0] - found.change.low[0]
    assert width < 0.9 * (alone.high[0] - alone.low[0])
    lost = difference(few, more, "101", "abandoned")
    assert lost.change.high[0] < 0
    assert lost.better[0] == 1
    assert difference(few, more, "101", "mean_wait", "day").change.value.shape == (DAYS,)


def test_a_room_is_no_better_than_itself() -> None:
    """The difference is 0 for sure, and better half the time."""
    outcome = outcome_of(runs=5)
    found = difference(outcome, outcome, "101")
    assert found.change.low[0] == found.change.high[0] == 0
    assert found.better[0] == 0.5


def test_outcomes_that_do_not_pair_are_refused() -> None:
    """Another seed, another number of runs, other intervals, no such queue."""
    outcome = outcome_of(runs=3)
    for other in (outcome_of(runs=4), outcome_of(runs=3, seed=1)):
        with pytest.raises(InputError, match="same seed"):
            difference(outcome, other, "101")
    later = replace(outcome, room=replace(outcome.room, start=np.datetime64("2025-06-03T00:00")))
    with pytest.raises(InputError, match="same seed"):
        difference(outcome, later, "101")
    with pytest.raises(InputError, match='no queue "999"'):
        period_figures(outcome, "999")
