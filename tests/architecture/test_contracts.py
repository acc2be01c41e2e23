"""Every import contract holds, and each is seen to fail on a planted violation."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PLANTED = {
    "forecasting and rostering know no app, no database and no HTTP": (
        "rostering/words.py",
        "import jinja2",
    ),
    "forecasting and rostering do not know each other": (
        "forecasting/errors.py",
        "import rostering.problem",
    ),
    "a slice imports only slices below it": ("app/web/report.py", "import app.cli"),
    "inside a slice: doors, schemas, service, problem or series, store, tables": (
        "app/people/store/rooms.py",
        "import app.people.service",
    ),
    "inside the demonstration: the rooms are made of what is invented": (
        "app/demo/people.py",
        "import app.demo.making",
    ),
    "no rule imports another rule": (
        "rostering/rules/daily_rest.py",
        "import rostering.rules.weekly_rest",
    ),
    "no model imports another model": (
        "forecasting/models/seasonal_naive.py",
        "import forecasting.models.eight_week_mean",
    ),
    "rules and checks run without OR-Tools": ("rostering/verify.py", "import rostering.model"),
}
"""One violation of each contract: a file, and a line that must not stand in it."""


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Hold a tree to the contracts of its project file."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    return subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources that a violation can be planted in."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in ("app", "forecasting", "rostering"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("*.gz"))
    return copy


def test_contracts_hold(tree: Path) -> None:
    """The tree keeps every contract."""
    result = lint(tree)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_contract_fails_on_a_planted_violation(contract: str, tree: Path) -> None:
    """A line that must not stand in a file is found, and the broken contract is named."""
    file, line = PLANTED[contract]
    source = tree / file
    before = source.read_text()
    source.write_text(f"{before}\n{line}\n")
    try:
        result = lint(tree)
    finally:
        source.write_text(before)
    assert result.returncode == 1
    assert f"{contract} BROKEN" in " ".join(result.stdout.split())


def test_a_folder_that_is_not_placed_is_refused(tree: Path) -> None:
    """A new slice must be given its place among the layers."""
    stray = tree / "app" / "stray"
    stray.mkdir()
    (stray / "__init__.py").write_text("")
    try:
        result = lint(tree)
    finally:
        shutil.rmtree(stray)
    assert result.returncode == 1
    assert "a slice imports only slices below it BROKEN" in " ".join(result.stdout.split())


def test_every_planted_contract_is_one_of_the_project(tree: Path) -> None:
    """No contract is without a planted violation."""
    project = (tree / "pyproject.toml").read_text()
    assert project.count("[[tool.importlinter.contracts]]") == len(PLANTED)
