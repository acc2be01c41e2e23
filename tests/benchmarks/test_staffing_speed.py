"""How long staffing takes, beside the bare look-up and a plain loop over single needs."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
import pytest

from forecasting.staffing.needs import Goals, NeedTable, people_needed
from forecasting.staffing.requirement import requirement
from forecasting.staffing.terms import QueueTerms

YEAR = 365 * 96
QUEUES = (
    QueueTerms("999", 300, 120, 0.9, 10),
    QueueTerms("101", 600, 240, 0.8, 60),
    QueueTerms("crime", 900, 300, 0.8, 120, most_abandonment=0.05, most_occupancy=0.85),
    QueueTerms("switchboard", 120, 60, 0.9, 20),
)
MEAN_ERLANGS = (12.0, 40.0, 25.0, 6.0)


def fastest(work: Callable[[], object], runs: int) -> float:
    """Least milliseconds of several runs."""
    times = []
    for _ in range(runs):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return 1000 * min(times)


@pytest.mark.benchmark
def test_a_year_of_four_queues() -> None:
    """Print the time of 140,160 Erlang A needs, thresholds included; every need is minimal."""
    rng = np.random.default_rng(7)
    daily = 1 + 0.6 * np.sin(np.arange(YEAR) / 96 * 2 * np.pi)
    loads = [mean * daily * rng.gamma(50, 1 / 50, YEAR) for mean in MEAN_ERLANGS]

    def year() -> list[np.ndarray]:
        return [
            NeedTable(q.aht_seconds, q.goals, q.patience, float(load.max())).people(load)
            for q, load in zip(QUEUES, loads, strict=True)
        ]

    def one_by_one(count: int) -> None:
        goals: Goals = QUEUES[0].goals
        for load in loads[0][:count]:
            people_needed(load, 300, goals, 120)

    whole = fastest(year, runs=7)
    thresholds = [np.sort(load[: int(load.max()) + 12]) for load in loads]
    floor = fastest(
        lambda: [np.searchsorted(t, a) for t, a in zip(thresholds, loads, strict=True)], runs=7
    )
    loop = fastest(lambda: one_by_one(50), runs=3) / 50 * 4 * YEAR
    print(
        f"\n{4 * YEAR:,} Erlang A needs with thresholds: {whole:.0f} ms (goal 100, limit 200); "
        f"look-up alone {floor:.1f} ms; single needs in a loop {loop / 1000:.0f} s (estimated)"
    )
    for queue, load, need in zip(QUEUES, loads, year(), strict=True):
        some = rng.choice(YEAR, 2000, replace=False)
        single = people_needed(load[some], queue.aht_seconds, queue.goals, queue.patience)
        assert np.array_equal(need[some], single)


@pytest.mark.benchmark
def test_four_weeks_of_every_set() -> None:
    """Print the time of a four-week requirement for all 15 sets of four queues."""
    rng = np.random.default_rng(8)
    starts = np.datetime64("2025-06-02T00:00:00") + np.arange(28 * 96) * np.timedelta64(15, "m")
    calls = {
        queue.queue: mean * 900 / queue.aht_seconds * rng.gamma(20, 1 / 20, starts.size)
        for queue, mean in zip(QUEUES, MEAN_ERLANGS, strict=True)
    }
    time = fastest(lambda: requirement(starts, 15, calls, QUEUES), runs=3)
    singles = fastest(
        lambda: [requirement(starts, 15, {q.queue: calls[q.queue]}, [q]) for q in QUEUES], runs=3
    )
    print(
        f"\n{28 * 96:,} intervals × 15 sets of queues: {time:.0f} ms; "
        f"the four single queues alone {singles:.0f} ms"
    )
