"""A machine that is new to this version compiles before the clock of a search starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rostering.allowed import Allowed
from rostering.benchmark.control_room import control_room
from rostering.compiled.anneal import Annealer
from rostering.compiled.folder import cache_folder, is_ready, mark_ready
from rostering.cover_grid import Counting
from rostering.problem import Problem
from rostering.search.ready import make_ready
from tests.rostering.benchmark.making import made_up
from tests.rostering.degenerate import degenerate


@pytest.fixture(name="empty_cache")
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache_folder.cache_clear()
    yield tmp_path
    cache_folder.cache_clear()


def test_a_machine_is_ready_once_everything_was_compiled(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code that was compiled for another processor is none."""
    assert not is_ready()
    mark_ready()
    assert is_ready()
    other = empty_cache / "cpuinfo"
    other.write_text("model name : another\n")
    monkeypatch.setattr("rostering.compiled.folder.PROCESSOR", other)
    assert not is_ready()


@pytest.mark.usefixtures("empty_cache")
def test_what_could_not_be_kept_is_not_compiled_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that is only read every search would wait for it again."""
    monkeypatch.setattr("rostering.compiled.folder.os.access", lambda *_: False)
    monkeypatch.setattr("rostering.search.ready.get_context", None)
    make_ready()
    assert not is_ready()


@pytest.mark.parametrize(
    "problem",
    [control_room(1, load=1.0, days=7), control_room(7, load=1.0, days=7), degenerate(11)],
)
def test_tables_are_laid_out_alike_whatever_they_hold(
    problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The compiler takes an array with gaps for one of another type, and compiles all anew."""
    told: list[object] = []

    def run(*given: object) -> float:
        told.append(given)
        return 0.0

    monkeypatch.setattr("rostering.compiled.anneal._run", run)
    allowed = Allowed.of(problem)
    Annealer(Counting.of(problem), allowed, allowed.empty(), seed=0).run(1, 1.0, 1.0)
    arrays = [*_arrays(told)]
    assert arrays
    assert all(each.flags.c_contiguous for each in arrays)


def _arrays(tables: object) -> Iterator[np.ndarray]:
    if isinstance(tables, np.ndarray):
        yield tables
    elif isinstance(tables, list | tuple):
        for each in tables:
            yield from _arrays(each)


@pytest.mark.nightly
def test_a_search_on_a_new_machine_has_all_its_time(empty_cache: Path, tmp_path: Path) -> None:
    """Ten seconds are enough with nothing compiled, and no search compiles more than that."""
    environment = os.environ | {"XDG_CACHE_HOME": str(empty_cache)}
    command = [sys.executable, "-m", "rostering.benchmark"]

    def figures(*asked: str) -> dict[str, object]:
        told = subprocess.run(
            [*command, *asked, "--seconds", "10"],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return dict(json.loads(told.stdout.splitlines()[-1]))

    assert figures("control-room", "--officers", "20")["legal"]
    (folder,) = (empty_cache / "parade").glob("compiled-*")
    compiled = {each.name for each in folder.rglob("*")}
    for days in (28, 182):
        instance = tmp_path / f"{days}.txt"
        instance.write_text(made_up(days=days, people=12, kinds=4))
        assert figures(str(instance), "--out", str(tmp_path / "roster.csv"))["legal"]
    assert {each.name for each in folder.rglob("*")} == compiled
