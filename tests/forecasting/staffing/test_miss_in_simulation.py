"""A miss planted in simulated days is found within a tenth of what was planted."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from math import factorial

import numpy as np
import pytest

from forecasting.staffing.miss import CAUSES, Cause, Course, Feeling, Split, split
from forecasting.staffing.offered_load import interval_load
from forecasting.staffing.simulation.outcome import simulate
from forecasting.staffing.simulation.room import Group, SimulatedRoom, Stream

DAY, RUNS = 96, 150
FEELING = Feeling(900, 10, 120)
FORECAST = 24 + 14 * np.sin(np.arange(DAY) / DAY * 2 * np.pi - 1.5)
AHT = np.full(DAY, 300.0)
LOAD = interval_load(FORECAST, 900, AHT)
REQUIRED = np.ceil(LOAD + 1.2 * np.sqrt(LOAD))
TENTH = 0.1

Planted = frozenset[Cause]
EVERYTHING: Planted = frozenset(CAUSES)


def course(planted: Planted, in_time: np.ndarray | None = None) -> Course:
    """A day on which these causes moved things away from the plan."""
    rostered = REQUIRED - 1 if "planned_short" in planted else REQUIRED
    return Course(
        forecast=FORECAST,
        calls=FORECAST * (1.15 if "more_calls" in planted else 1.0),
        planned_aht=AHT,
        aht=AHT * (1.12 if "longer_handling" in planted else 1.0),
        required=REQUIRED,
        rostered=rostered,
        worked=rostered - 2 if "fewer_people" in planted else rostered,
        answered_in_time=np.full(DAY, np.nan) if in_time is None else in_time,
    )


@cache
def late(planted: Planted) -> float:
    """Calls late or lost on that day in the simulation, the mean of all runs."""
    return float((course(planted).calls - in_time(planted)).sum())


@cache
def in_time(planted: Planted) -> np.ndarray:
    """Calls answered in time per interval in the simulation, the mean of all runs."""
    day = course(planted)
    stream = Stream(
        name="999",
        queue="999",
        calls=day.calls,
        aht_seconds=day.aht,
        rank=0,
        within_seconds=FEELING.within_seconds,
        patience_seconds=FEELING.patience_seconds,
    )
    people = Group(frozenset({"999"}), day.worked.astype(np.int64))
    room = SimulatedRoom(
        np.datetime64("2025-06-02T00:00", "m"), 15, np.zeros(DAY, np.int64), (stream,), (people,),
        warm_up=4,
    )  # fmt: skip
    outcome = simulate(room, runs=RUNS)
    share = outcome.in_time[:, :, 0].sum(axis=0) / outcome.offered[:, :, 0].sum(axis=0)
    return np.asarray(day.calls * share)


def found(planted: Planted) -> Split:
    """The split of that day as it was simulated."""
    return split(course(planted, in_time(planted)), FEELING)


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_planted_alone(cause: Cause) -> None:
    """What one cause cost in the simulation is found as its own, and nothing of the others."""
    only: Planted = frozenset({cause})
    planted = late(only) - late(frozenset())
    assert planted > 20
    parts = {each: float(calls.sum()) for each, calls in found(only).causes.items()}
    assert parts[cause] == pytest.approx(planted, rel=TENTH)
    assert sum(parts.values()) == pytest.approx(parts[cause])


def test_causes_planted_together() -> None:
    """Together they cost more than one by one; each gets its mean cost over all orders."""
    parts = {each: float(calls.sum()) for each, calls in found(EVERYTHING).causes.items()}
    total = late(EVERYTHING) - late(frozenset())
    assert sum(parts.values()) == pytest.approx(total, rel=TENTH)
    for cause in CAUSES:
        assert parts[cause] == pytest.approx(planted_mean(cause), rel=TENTH)


def test_what_is_not_explained_is_small() -> None:
    """Of a simulated day the formulas leave a tenth of what was planted unexplained at most."""
    left = float(found(EVERYTHING).unexplained.sum())
    assert abs(left) < TENTH * (late(EVERYTHING) - late(frozenset()))


def planted_mean(cause: Cause) -> float:
    """What a cause costs in the simulation, on average over all orders."""
    others = [each for each in CAUSES if each != cause]
    total = 0.0
    for size in range(len(others) + 1):
        for group in combinations(others, size):
            before: Planted = frozenset(group)
            orders = factorial(size) * factorial(len(others) - size) / factorial(len(CAUSES))
            total += orders * (late(before | {cause}) - late(before))
    return total
