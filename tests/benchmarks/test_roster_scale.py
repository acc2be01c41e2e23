"""Rosters of a control room's size: the product's beside peers on the same rooms, as one table.

Set `ROSTER_OFFICERS`, `ROSTER_LOADS` and `ROSTER_SECONDS` for other rooms than those of an
ordinary run: `ROSTER_OFFICERS=100,300,1000 ROSTER_SECONDS=600`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rostering.benchmark.control_room import control_room
from rostering.benchmark.measured import MARKS, Measured, measure
from rostering.benchmark.rooms import mostly_fixed
from rostering.problem import Problem
from tests.benchmarks.plain_room import PeersRoster, of_peer

pytestmark = pytest.mark.benchmark

OFFICERS = [int(each) for each in os.environ.get("ROSTER_OFFICERS", "100").split(",")]
LOADS = [float(each) for each in os.environ.get("ROSTER_LOADS", "0.93,1.05").split(",")]
SECONDS = float(os.environ.get("ROSTER_SECONDS", "60"))
PEERS = {"CP-SAT, one model": "with_cp_sat.py", "Timefold, untuned": "with_timefold.py"}

HEADINGS = (
    "room", "first legal (s)", *(f"{mark:.0f} s" for mark in MARKS), "bound", "over it", "missing",
    "memory (MB)",
)  # fmt: skip


@pytest.mark.parametrize("load", LOADS)
@pytest.mark.parametrize("officers", OFFICERS)
def test_a_control_room_is_rostered(officers: int, load: float, tmp_path: Path) -> None:
    """A lawful roster, contracted hours included, stands within the time and near its bound."""
    problem = control_room(officers, load)
    measured = measure(problem, SECONDS)
    peers = {name: of_peer(script, problem, SECONDS, tmp_path) for name, script in PEERS.items()}
    _print(problem, measured, peers)
    assert measured.solution.verdict.is_legal
    assert all(peer is None or peer.objective is None or peer.is_legal for peer in peers.values())


def test_a_mostly_fixed_room_is_rostered() -> None:
    """Of 300 officers with four of five officer-days fixed, a lawful roster stands early."""
    problem = mostly_fixed(control_room(300, 1.0), 0.8, seed=1)
    measured = measure(problem, SECONDS)
    _print(problem, measured, {})
    assert measured.solution.verdict.is_legal


def _print(problem: Problem, measured: Measured, peers: dict[str, PeersRoster | None]) -> None:
    solution = measured.solution
    gap, missing = measured.gap_percent, measured.missing_percent
    cells = [
        problem.name,
        _number(solution.first_legal_seconds, 1),
        *(_number(measured.at_marks.get(mark), 0) for mark in MARKS),
        _number(solution.bound, 0),
        "–" if gap is None else f"{gap:.1f} %",
        "–" if missing is None else f"{missing:.2f} %",
        f"{measured.memory_mb:.0f}",
        *map(_of_peer, peers.values()),
    ]
    headings = [*HEADINGS, *peers]
    print(f"\n| {' | '.join(headings)} |\n|{'---|' * len(headings)}\n| {' | '.join(cells)} |")


def _number(number: float | None, digits: int) -> str:
    return "–" if number is None else f"{number:,.{digits}f}"


def _of_peer(peer: PeersRoster | None) -> str:
    if peer is None:
        return "not installed"
    if peer.objective is None:
        return "no roster"
    return f"first {peer.first_legal_seconds:.1f} s; {peer.objective:,} at {SECONDS:.0f} s"
