"""The searching processes of a solve: polite, never left behind, never missed for long."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from rostering.problem import Roster
from rostering.search.child import POLITENESS
from rostering.solve import CHILDREN, solve
from tests.journeys.kills.processes import PATIENCE, children, is_alive, kill, running, wait_until
from tests.rostering.rooms import room

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


AT_ONCE = 5.0
"""Seconds: the kernel takes milliseconds, a busy machine some more."""


def kill_children() -> None:
    """Kill every searching process of this one."""
    for child in multiprocessing.active_children():
        assert child.pid is not None
        kill(child.pid)


@pytest.mark.parametrize("seed", [1, 2])
def test_children_end_with_a_parent_that_is_killed(seed: int, tmp_path: Path) -> None:
    """At once, whatever they compute: no thread of theirs need get its turn for that."""
    with running(["-m", "tests.journeys.kills.solving"], tmp_path / "log") as parent:
        wait_until(lambda: len(children(parent.pid)) == CHILDREN, "children")
        time.sleep(np.random.default_rng(seed).uniform(0, 8))
        orphans = children(parent.pid)
        assert len(orphans) == CHILDREN
        parent.kill()
        parent.wait()
        wait_until(
            lambda: not any(map(is_alive, orphans)), "the end of the children", patience=AT_ONCE
        )


def test_children_are_polite() -> None:
    """A solve never starves the service beside it."""
    niceness: list[int] = []

    def look(_: Roster) -> None:
        for child in multiprocessing.active_children():
            assert child.pid is not None
            niceness.append(os.getpriority(os.PRIO_PROCESS, child.pid))

    solve(room(), seconds=PATIENCE, on_roster=look, cancelled=lambda: bool(niceness))
    assert min(19, os.getpriority(os.PRIO_PROCESS, 0) + POLITENESS) in niceness


def test_a_killed_child_is_replaced() -> None:
    """The solve goes on with as many as before, to a lawful roster."""
    kept: list[Roster] = []
    killed: list[int] = []

    def one_is_killed() -> bool:
        searching = multiprocessing.active_children()
        if not killed and len(searching) == CHILDREN:
            killed.append(searching[0].pid or 0)
            kill(killed[0])
        again = (
            killed
            and len(searching) == CHILDREN
            and killed[0] not in {child.pid for child in searching}
        )
        return bool(again and kept)

    solution = solve(room(), seconds=PATIENCE, on_roster=kept.append, cancelled=one_is_killed)
    assert killed
    assert solution.stopped == "cancelled"
    assert solution.verdict.is_legal


def test_children_that_are_all_killed_end_a_solve() -> None:
    """With what was found, when something was; it never hangs."""
    kept: list[Roster] = []

    def killed() -> bool:
        if kept:
            kill_children()
        return False

    solution = solve(room(), seconds=PATIENCE, on_roster=kept.append, cancelled=killed)
    assert solution.verdict.is_legal
    assert solution.seconds < PATIENCE


def test_children_killed_before_they_find_anything_are_an_error() -> None:
    """No empty roster is passed off as the best there is."""

    def killed() -> bool:
        kill_children()
        return False

    with pytest.raises(RuntimeError, match="killed before they found"):
        solve(room(), seconds=PATIENCE, cancelled=killed)
