"""Rosters priced by heads and rosters priced by callers: calls late or lost under either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from forecasting.staffing.requirement import Requirement, requirement
from forecasting.staffing.sharing import QueueSet
from forecasting.staffing.simulation.outcome import simulate
from forecasting.staffing.simulation.room import Group, SimulatedRoom, Stream
from forecasting.staffing.terms import QueueTerms, terms_from
from forecasting.staffing.worth import Calls, Prices, expected_late, shortage_prices
from rostering.assumed import SHORTAGE_POINTS
from rostering.benchmark.control_room import SHARES, control_room
from rostering.cover_grid import Counting
from rostering.problem import Cover, Problem, Roster
from rostering.rules.cover import on_duty
from rostering.solve import solve

pytestmark = pytest.mark.benchmark

TERMS = (
    terms_from("101", {})[0],
    terms_from("999", {})[0],
    terms_from("dispatch", {"aht_seconds": 600, "within_seconds": 300})[0],
)
RUNS = 50


@pytest.mark.parametrize(("officers", "load", "days", "seconds"), [(60, 1.05, 14, 60.0)])
def test_callers_served_by_either_price(
    officers: int, load: float, days: int, seconds: float
) -> None:
    """Priced by the callers, a room loses fewer of the points that its late calls weigh."""
    room = control_room(officers, load, days)
    need = need_of(room)
    calls = Calls(need.interval_minutes, need.terms, need.load)
    by_callers = shortage_prices(calls, need.people, SHORTAGE_POINTS)
    offered = {queue.queue: float(calls.offered((queue.queue,)).sum()) for queue in TERMS}
    print(f"\n{room.name}, {days} days, {seconds:.0f} s each; calls offered: {words(offered)}")
    points = {}
    for name, prices in (("heads", None), ("callers", by_callers)):
        problem = replace(room, cover=covers(room, need, prices))
        solution = solve(problem, seconds=seconds)
        assert solution.verdict.is_legal
        there = {c.queues: on_duty(problem, solution.roster, c) for c in problem.cover}
        late = {queue: float(row.sum()) for queue, row in expected_late(calls, there).items()}
        played = simulated(problem, solution.roster, need)
        points[name] = sum(queue.late_call_points * late[queue.queue] for queue in TERMS)
        choices = solution.roster.to_choices(problem)
        missing = Counting.of(problem).missing_minutes(choices) / 60
        print(
            f"priced by {name}: {missing:.0f} person-hours missing, wishes "
            f"{solution.verdict.points['preferences']} points; late or lost by the formula "
            f"{words(late)} ({points[name]:.0f} points), in {RUNS} simulated runs {words(played)} "
            f"({sum(q.late_call_points * played[q.queue] for q in TERMS):.0f} points)"
        )
    assert points["callers"] < points["heads"]


def need_of(room: Problem) -> Requirement:
    """People needed for calls of the room's own shape, as many hours of them as it asks."""
    (shape,) = (cover.required for cover in room.cover if len(cover.queues) == len(SHARES))
    start = np.datetime64(room.cover[0].start, "m")
    starts = start + np.arange(len(shape)) * np.timedelta64(15, "m")
    level = 1.0
    for _ in range(6):
        calls = {
            queue.queue: level * SHARES[queue.queue] * shape * 900 / queue.aht_seconds
            for queue in TERMS
        }
        need = requirement(starts, 15, calls, TERMS)
        level *= shape.sum() / max(need.people.values(), key=np.sum).sum()
    return need


def covers(
    room: Problem, need: Requirement, prices: Mapping[QueueSet, Prices] | None
) -> tuple[Cover, ...]:
    """The need as cover, at prices by the interval or at the assumed ones."""
    start = room.cover[0].start
    return tuple(
        Cover(
            queues,
            frozenset(queues),
            start,
            15,
            people.astype(np.int32),
            SHORTAGE_POINTS if prices is None else prices[queues],
        )
        for queues, people in need.people.items()
    )


def simulated(problem: Problem, roster: Roster, need: Requirement) -> dict[str, float]:
    """Calls late or lost by queue with the people of a roster, the mean over some runs."""
    skills = sorted({officer.skills for officer in problem.officers}, key=sorted)
    away = TERMS[0].in_shift_shrinkage
    everybody = problem.cover[-1]
    groups = tuple(
        Group(
            held,
            on_duty(
                replace(problem, officers=tuple(o for o in problem.officers if o.skills == held)),
                roster,
                everybody,
            ).astype(np.int64),
            away,
        )
        for held in skills
    )
    ranks = sorted({queue.urgency for queue in TERMS})
    calls = Calls(need.interval_minutes, need.terms, need.load)
    size = len(need.starts)
    room = SimulatedRoom(
        start=need.starts[0],
        interval_minutes=need.interval_minutes,
        day=np.arange(size) // 96,
        streams=tuple(stream(queue, calls, ranks.index(queue.urgency), size) for queue in TERMS),
        groups=groups,
    )
    outcome = simulate(room, runs=RUNS)
    late = (outcome.offered - outcome.in_time).sum(axis=1).mean(axis=0)
    return {queue.queue: float(late[at]) for at, queue in enumerate(TERMS)}


def stream(queue: QueueTerms, calls: Calls, rank: int, size: int) -> Stream:
    """A queue's calls, at the load that its people were worked out for."""
    return Stream(
        name=queue.queue,
        queue=queue.queue,
        calls=calls.offered((queue.queue,))[0],
        aht_seconds=np.full(size, queue.aht_seconds),
        rank=rank,
        within_seconds=queue.own_within_seconds,
        patience_seconds=queue.patience,
    )


def words(calls: Mapping[str, float]) -> str:
    """Such as `999 12, 101 30`."""
    return ", ".join(f"{queue} {number:.0f}" for queue, number in calls.items())
