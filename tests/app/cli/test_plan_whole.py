"""`parade plan` from end to end, its roster judged by rules written here and by nothing of ours."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import app.cli.plan
from app.cli import run
from rostering.problem import Problem
from rostering.solve import Progress, Solution, solve
from tests.app.cli.rooms import officer, write_room

pytestmark = pytest.mark.xdist_group("one whole plan")

Tours = dict[str, list[tuple[datetime, datetime]]]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of one week for sixteen officers, some part time, some single-skilled, one away."""
    folder = tmp_path_factory.mktemp("room")
    staff = [officer(number) for number in range(10)]
    staff += [officer(number, skills=["999"], hours_per_week=24) for number in range(10, 13)]
    staff += [officer(number, skills=["101"]) for number in range(13, 15)]
    away = [{"start": "2025-06-03", "end": "2025-06-05"}]
    wish = [{"date": "2025-06-07", "points": 8}, {"date": "2025-06-06", "kinds": ["night"]}]
    night = [{"start": "2025-06-01T21:00:00Z", "end": "2025-06-02T06:00:00Z"}]
    staff += [officer(15, unavailable=away, preferences=wish, history=night)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.cli.plan, "solve", until_lawful)
        assert run(write_room(folder, staff)) == 0
    return folder


def until_lawful(
    problem: Problem,
    *,
    seconds: float,
    on_progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    **drawn: object,
) -> Solution:
    """The solver, stopped at the first lawful roster, so that a slow machine costs no test."""
    seen: list[Progress] = []

    def listen(progress: Progress) -> None:
        on_progress(progress)
        seen.append(progress)

    def enough() -> bool:
        return cancelled() or (bool(seen) and seen[-1].objective is not None)

    return solve(problem, seconds=seconds, on_progress=listen, cancelled=enough)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def tours_of(room: Path) -> Tours:
    """Tours by officer, oldest first, out of roster.csv alone."""
    tours: Tours = defaultdict(list)
    for row in rows(room / "out" / "roster.csv"):
        start, end = (datetime.fromisoformat(row[name]) for name in ("start", "end"))
        tours[row["officer"]].append((start, end))
    return {name: sorted(line) for name, line in tours.items()}


def staff_of(room: Path) -> dict[str, dict[str, Any]]:
    """The staff file by id."""
    return {entry["id"]: entry for entry in json.loads((room / "staff.json").read_text())}


def test_an_outside_judge_finds_rest_and_no_overlap(room: Path) -> None:
    """Eleven hours lie between any two tours of an officer, worked history included."""
    for name, line in tours_of(room).items():
        past = staff_of(room)[name].get("history", [])
        whole = [tuple(datetime.fromisoformat(t[k]) for k in ("start", "end")) for t in past]
        for first, then in pairwise(sorted([*whole, *line])):
            assert then[0] - first[1] >= timedelta(hours=11), name


def test_an_outside_judge_finds_hours_within_contract(room: Path) -> None:
    """Hours over the week are the contract's give or take five, less a seventh a day away."""
    tours = tours_of(room)
    for name, entry in staff_of(room).items():
        worked = sum((end - start for start, end in tours.get(name, [])), timedelta())
        due = entry["hours_per_week"] * (4 / 7 if entry.get("unavailable") else 1)
        assert abs(worked.total_seconds() / 3600 - due) <= 5, name


def test_an_outside_judge_finds_skills_and_times_away_kept(room: Path) -> None:
    """Each row names the officer's own skills, and nobody works while away."""
    staff = staff_of(room)
    for row in rows(room / "out" / "roster.csv"):
        assert row["skills"] == "+".join(sorted(staff[row["officer"]]["skills"]))
    away = datetime(2025, 6, 2, 23, tzinfo=UTC), datetime(2025, 6, 5, 23, tzinfo=UTC)
    assert all(end <= away[0] or start >= away[1] for start, end in tours_of(room)["o15"])


def test_every_file_holds_the_whole_period(room: Path) -> None:
    """A week of two hourly queues: 336 rows of forecast, 504 of requirement for three sets."""
    forecast, need = rows(room / "out" / "forecast.csv"), rows(room / "out" / "requirement.csv")
    assert len(forecast) == 336
    assert forecast[0]["interval_start"] == "2025-06-01T23:00:00Z"
    assert len(need) == 504
    assert {row["queues"] for row in need} == {"999", "101", "101+999"}
    assert list(need[0]) == ["interval_start", "queues", "required"]


def test_parade_check_agrees(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The checker reads what was written and finds no hard breach."""
    problem, roster = (str(room / "out" / name) for name in ("problem.json", "roster.json"))
    assert run(["check", problem, roster]) == 0
    assert "No hard rule is broken" in capsys.readouterr().out


def test_the_report_stands_alone(room: Path) -> None:
    """The report is one page that fetches nothing and names the officers."""
    page = (room / "out" / "report.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "Officer 15" in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert 'src="http' not in page
