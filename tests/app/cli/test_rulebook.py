"""`parade rulebook`, and the option by which other verbs judge by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.cli import run
from rostering.files import write_problem, write_roster
from rostering.problem import Officer, Problem, Roster, Shift
from rostering.rulebooks import load_rulebook, names, shipped

OWN = """
title = "Our own"
version = 1
dated = 2026-11-01
source = "Our agreement"
[daily_rest]
weight = "hard"
minutes = {minutes}
source = "Our agreement, part 3"
"""


def test_the_names_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name, every rulebook that comes along is told with its title."""
    assert run(["rulebook"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [f"{name}: {shipped(name).title}" for name in names()]


def test_a_rulebook_is_printed_with_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    """Every rule with its weight, its numbers and where they come from; then what is asked."""
    assert run(["rulebook", "police_staff_ew"]) == 0
    told = capsys.readouterr().out
    for code, source in shipped("police_staff_ew").sources.items():
        assert f"({code}): " in told
        assert f"  Source: {source}" in told
    assert "Daily rest (daily_rest): always kept" in told
    assert "  minutes = 660\n" in told
    assert "  staff_weekend_rates: What are hours on a Saturday" in told


def test_a_rulebook_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """In a sentence that names those there are, and a file by its name."""
    assert run(["rulebook", "mine"]) == 2
    assert capsys.readouterr().err.startswith('There is no rulebook "mine"; there are police_')
    assert run(["rulebook", "mine.toml"]) == 2
    assert capsys.readouterr().err.startswith("mine.toml: The file cannot be read")


def test_a_roster_is_checked_by_a_forces_own_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """15 hours of rest keep the problem's own 11 and break the 16 of a file."""
    shift = Shift("E", "early", 420, 540)
    officer = Officer("1", "Owen Gill", frozenset({"999"}), 0, 4_000)
    problem = Problem("June", date(2025, 6, 2), 3, "UTC", (shift,), (officer,), load_rulebook())
    roster = Roster({"1": (problem.tour(0, 0), problem.tour(1, 0))})
    write_problem(problem, tmp_path / "p.json")
    write_roster(roster, problem, tmp_path / "r.json")
    checked = ["check", str(tmp_path / "p.json"), str(tmp_path / "r.json")]
    assert run(checked) == 0
    own = tmp_path / "own.toml"
    own.write_text(OWN.format(minutes=960))
    assert run([*checked, "--rulebook", str(own)]) == 1
    assert "the rule is 16 h" in capsys.readouterr().out
    own.write_text(OWN.format(minutes='"long"'))
    assert run([*checked, "--rulebook", str(own)]) == 2
    assert "daily_rest.minutes" in capsys.readouterr().err
