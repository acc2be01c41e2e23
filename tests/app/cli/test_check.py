"""`parade check`: breaches in words, and the exit status that says whether a hard one stands."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.cli import run
from rostering.authorised import Authorised
from rostering.files import write_problem, write_roster
from rostering.problem import Cover, Officer, Problem, Roster, Shift
from rostering.rulebooks import load_rulebook

EARLY, NIGHT = Shift("E", "early", 420, 480), Shift("N", "night", 1320, 480)


@pytest.fixture
def problem() -> Problem:
    """One officer, three days, one person asked for in the first hour."""
    frame = Problem(
        "June",
        date(2025, 6, 2),
        3,
        "Europe/London",
        (EARLY, NIGHT),
        (),
        load_rulebook(),
    )
    need = np.ones(4, dtype=np.int32)
    cover = Cover(("999",), frozenset({"999"}), frame.instant(0, 420), 15, need)
    officer = Officer("1", "Owen Gill", frozenset({"999"}), 0, 1440)
    return dataclasses.replace(frame, officers=(officer,), cover=(cover,))


def files(folder: Path, problem: Problem, roster: Roster) -> list[str]:
    """Write both files and give the command's arguments."""
    write_problem(problem, folder / "p.json")
    write_roster(roster, problem, folder / "r.json")
    return ["check", str(folder / "p.json"), str(folder / "r.json")]


def test_a_lawful_roster_leaves_with_0(
    tmp_path: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """A roster that keeps every hard rule is said to, with what it costs."""
    roster = Roster({"1": (problem.tour(0, 0),)})
    assert run(files(tmp_path, problem, roster)) == 0
    assert capsys.readouterr().out == "No hard rule is broken; 0 priced breaches for 0 points.\n"


def test_a_priced_breach_leaves_with_0(
    tmp_path: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shortage is priced and shown, and does not make the roster unlawful."""
    assert run(files(tmp_path, problem, Roster({}))) == 0
    out = capsys.readouterr().out
    assert "  Cover (80 points)\n    999 is 1 person short on Monday 2 June from 07:00" in out
    assert out.endswith("No hard rule is broken; 1 priced breach for 80 points.\n")


def test_a_hard_breach_leaves_with_1(
    tmp_path: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """A hard breach stands under its rule's title, in words, and leaves with 1."""
    roster = Roster({"1": (problem.tour(0, 1), problem.tour(1, 0))})
    assert run(files(tmp_path, problem, roster)) == 1
    out = capsys.readouterr().out
    assert out.startswith("Hard rules broken: 1 time\n  Daily rest\n    Owen Gill would have 1 h")
    assert "1 hard breach; 2 priced breaches" in out.splitlines()[-1]


@pytest.mark.parametrize("arguments", [["check"], ["check", "a"], ["check", "a", "b", "c"]])
def test_wrong_arguments_leave_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Too few or too many arguments give one line on standard error."""
    assert run(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_bad_files_leave_with_2(
    tmp_path: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be used gives one line that names it."""
    arguments = files(tmp_path, problem, Roster({}))
    (tmp_path / "r.json").write_text("{")
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{tmp_path / 'r.json'}, line 1: The file is not JSON")
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("verb", [["--help"], ["check", "--help"]])
def test_help_and_check_import_no_engine(verb: list[str]) -> None:
    """Asking for help, or checking, loads neither the solver nor the statistics nor pandas."""
    code = (
        "import sys; from app.cli import run; "
        f"status = run({verb!r}); "
        "heavy = {'ortools', 'statsmodels', 'pandas', 'scipy', 'pydantic', 'altair'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr); sys.exit(status)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_no_verb_shows_help_and_a_wrong_one_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without a verb the help is shown; a verb that is none leaves with 2 and one line."""
    assert run([]) == 0
    assert "backtest" in capsys.readouterr().out
    assert run(["plant"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_authorised_breach_leaves_with_0(
    tmp_path: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """A hard breach that was authorised is told as such and does not make the roster unlawful."""
    rest = Authorised("1", "daily_rest", 0, 1, 99)
    allowed = dataclasses.replace(problem, authorised=(rest,))
    roster = Roster({"1": (problem.tour(0, 1), problem.tour(1, 0))})
    assert run(files(tmp_path, allowed, roster)) == 0
    out = capsys.readouterr().out
    assert out.startswith("Authorised: 1 time\n  Daily rest\n    Owen Gill would have 1 h")
    assert "No hard rule is broken; 1 authorised breach; 2 priced" in out.splitlines()[-1]


def test_many_priced_breaches_are_told_by_the_largest(
    tmp_path: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of 25 nights that tire the twenty worst are named and the rest are counted."""
    nights = dataclasses.replace(problem, days=25)
    roster = Roster({"1": tuple(nights.tour(day, 1) for day in range(25))})
    assert run(files(tmp_path, nights, roster)) == 1
    out = capsys.readouterr().out.splitlines()
    tired = [line for line in out if "fatigue score" in line]
    assert len(tired) == 20
    assert "    … and 5 smaller ones." in out
    assert "25 nights in a row" in "".join(tired)
    told = out.index("Told, without a price: 25 times")
    assert out[told + 1] == "  Fatigue score"
    assert any(line.startswith("Priced: ") for line in out[:told])
