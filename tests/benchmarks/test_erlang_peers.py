"""How long needs of people take, beside pyworkforce's on the same calls."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pytest

from forecasting.staffing.erlang import erlang_c
from forecasting.staffing.needs import Goals, NeedTable, people_needed

PEERS = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
SCRIPT = Path(__file__).parent / "peers" / "with_pyworkforce.py"

AHT, GOAL = 300.0, Goals(0.9, 10)
CASES = 500
"""Needs that the peer is asked for, one after another."""

YEAR = 35_040


def quarter_hours(count: int) -> np.ndarray:
    """Calls of quarter hours, 2 to 80: 0.7 to 27 erlangs."""
    return np.random.default_rng(11).uniform(2, 80, count)


def fastest(work: Callable[[], object], runs: int) -> float:
    """Least CPU seconds of several runs."""
    best = np.inf
    for _ in range(runs):
        begin = process_time()
        work()
        best = min(best, process_time() - begin)
    return best


def of_peer(calls: np.ndarray) -> dict[str, Any]:
    """The peer's needs of these calls, and its CPU seconds."""
    asked = {
        "calls": calls.tolist(),
        "aht_seconds": AHT,
        "within_seconds": GOAL.within,
        "share": GOAL.share,
    }
    said = subprocess.run(
        [str(PEERS), str(SCRIPT)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(said.stdout))


@pytest.mark.benchmark
def test_needs_beside_pyworkforce() -> None:
    """Print microseconds a need, singly and a year at once, as ratios; ours are minimal."""
    calls, year = quarter_hours(CASES), quarter_hours(YEAR) * AHT / 900
    load = calls * AHT / 900
    singly = fastest(lambda: [people_needed(each, AHT, GOAL) for each in load], runs=3) / CASES

    together = fastest(lambda: people_needed(load, AHT, GOAL), runs=5) / CASES

    def at_once() -> object:
        return NeedTable(AHT, GOAL, np.inf, float(year.max())).people(year)

    table = fastest(at_once, runs=5) / YEAR
    needs = people_needed(load, AHT, GOAL)
    for fewer, met in ((0, True), (1, False)):
        level = erlang_c(calls / 900, AHT, needs - fewer, GOAL.within).answered_in_time_of_offered
        assert np.all((level >= GOAL.share) == met)
    print(
        f"\nErlang C needs, CPU time each: Parade {1e6 * singly:,.0f} µs one by one, "
        f"{1e6 * together:,.1f} µs {CASES} at once, {1e6 * table:.2f} µs a year at once"
    )
    if not PEERS.exists():
        print("PYWORKFORCE NOT MEASURED: `make peers` sets it up")
        pytest.skip("PYWORKFORCE NOT MEASURED: `make peers` sets it up")
    peer = of_peer(calls)
    theirs = peer["seconds"] / CASES
    more = np.array(peer["needs"]) - needs
    print(
        f"pyworkforce {1e6 * theirs:,.0f} µs one by one: Parade is {theirs / singly:,.3f} × as "
        f"fast one by one, {theirs / together:,.1f} × {CASES} at once, "
        f"{theirs / table:,.0f} × a year at once; its needs are too high in "
        f"{np.count_nonzero(more > 0)} of {CASES} cases and too low in {np.count_nonzero(more < 0)}"
    )
