"""`parade plan`: what is refused, what is written, and what is never left half done."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import app.cli.plan
import app.cli.repairing
from app.cli import run
from app.cli.plan_files import NAMES
from app.cli.planning import impossible_notes
from app.cli.queues import with_forecast
from forecasting.staffing.terms import QueueTerms
from rostering.files import read_problem
from rostering.problem import Problem, Roster
from rostering.solve import Progress, Solution
from rostering.verify import verify
from tests.app.cli.rooms import FIRST, flags, history, officer, write_room

INPUTS = ["calls.csv", "queues.toml", "staff.json"]


def nobody_works(
    problem: Problem,
    *,
    seconds: float,
    on_progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    **drawn: object,
) -> Solution:
    """In the solver's place: a roster without a single tour."""
    roster = Roster({officer.id: () for officer in problem.officers})
    on_progress(Progress("improving", 1.0, seconds - 1, 900, 600.0, 90))
    assert not cancelled()
    return Solution(roster, verify(problem, roster), None, 1.0, None, "no lawful roster")


def interrupted(
    problem: Problem,
    *,
    seconds: float,
    on_progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    **drawn: object,
) -> Solution:
    """In the solver's place: someone presses Ctrl-C, and the search ends when asked."""
    os.kill(os.getpid(), signal.SIGINT)
    while not cancelled():
        time.sleep(0.01)
    return nobody_works(problem, seconds=seconds, on_progress=on_progress, cancelled=bool)


@pytest.fixture(autouse=True)
def _without_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the test of contracted hours, which runs the solver, and that by simulation."""
    monkeypatch.setattr(app.cli.plan, "impossible_notes", lambda *_: ())
    monkeypatch.setattr(app.cli.repairing, "LEAST_SECONDS", 1e6)


OTHERS = [officer(number) for number in range(13)]


@pytest.mark.parametrize(
    ("room", "options", "words"),
    [
        ({"staff": [*OTHERS, officer(13, skills=[])]}, {}, "officers[13].skills: An officer needs"),
        ({"staff": []}, {}, "staff.json: The list of officers is empty."),
        ({}, {"staff": "0"}, "--staff: "),
        ({}, {"staff": "-4"}, "--staff: "),
        ({}, {"staff": "none.json"}, "none.json: The file cannot be read"),
        ({"queues": "[112]\n"}, {}, 'queues.toml, ["112"]: The history has no queue "112"'),
        ({"queues": "[999]\ntea = 1\n"}, {}, 'queues.toml: queue "999": unknown field "tea"'),
        ({"queues": "[999]\naht_seconds = -1\n"}, {}, 'queues.toml: queue "999": the handling'),
        ({"queues": '[999]\nskill = "a+b"\n'}, {}, "a skill may not hold"),
        (
            {"queues": '[999]\nturn = { to = "112", share = 0.1 }\n'},
            {},
            'callers turn to "112", which the history lacks',
        ),
        ({"queues": "[999]\nredial = { part = 1 }\n"}, {}, 'redial: unknown field "part"'),
        ({"queues": "[999]\naht_by_hour = 1\n"}, {}, "aht_by_hour must be true or false"),
        ({"queues": "[999\n"}, {}, "queues.toml: The file is not TOML"),
        ({"counts": "a,b\n"}, {}, "calls.csv, line 1, column interval_start"),
        ({}, {"from": "02/06/2025"}, "--from: "),
        ({}, {"from": "2025-02-30"}, "--from: "),
        ({}, {"from": "2030-06-02"}, "calls.csv: "),
        ({}, {"weeks": "0"}, "--weeks"),
        ({}, {"seconds": "0"}, "--seconds"),
        ({}, {"timezone": "Mars/Olympus"}, "--timezone: "),
        ({}, {"holidays": "XX-YY"}, "--holidays: "),
        ({}, {"rulebook": "mine"}, 'There is no rulebook "mine"'),
        ({}, {"out": "/dev/null"}, "/dev/null: This is a file"),
    ],
)
def test_what_cannot_be_used_is_refused(
    room: dict[str, object],
    options: dict[str, str],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit 2, one sentence that names file and field or option, nothing written."""
    assert run([*write_room(tmp_path, **room), *flags(options)]) == 2  # type: ignore[arg-type]
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert words in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == INPUTS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("seats = -1\n", "room.toml: the room: seats must be 0 or more"),
        ("chairs = 3\n", 'room.toml: the room: unknown field "chairs"'),
        ('[[posts]]\nname = "Desk"\n', "room.toml: the room: posts 1 lacks skill"),
        ('[[minimums]]\nskill = "x"\npeople = 0\n', "people must be 1 to 500"),
        ("seats = \n", "room.toml: The file is not TOML"),
    ],
)
def test_a_room_that_cannot_be_used_is_refused(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one sentence that names the file and the row, nothing written."""
    (tmp_path / "room.toml").write_text(text)
    assert run([*write_room(tmp_path), "--room", str(tmp_path / "room.toml")]) == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert words in said.err
    assert not (tmp_path / "out").exists()


def test_what_the_room_asks_is_rostered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts and minimums are rows of the requirement and of the problem; few seats are told."""
    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    (tmp_path / "room.toml").write_text(
        "seats = 5\n[[posts]]\nname = 'Desk'\nskill = 'dispatch'\n"
        "[[posts]]\nname = 'Lead'\nskill = '999'\nrelief = false\n"
        "[[minimums]]\nskill = '101'\npeople = 2\nwindow = { start = '22:00', end = '06:00' }\n"
    )
    assert run([*write_room(tmp_path), "--room", str(tmp_path / "room.toml")]) == 1
    out = capsys.readouterr().out
    assert "Nobody holds the skill dispatch." in out
    assert "Too few seats for" in out
    assert "are spent at desks." in out
    lines = (tmp_path / "out" / "requirement.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.split(",")[1] for line in lines} == {
        "101", "101+999", "101+999+999 posts", "101 minimum", "999", "999+999 posts",
        "dispatch posts",
    }  # fmt: skip
    problem = read_problem(tmp_path / "out" / "problem.json")
    covers = {cover.queues: cover for cover in problem.cover}
    assert covers["dispatch posts",].skills == {"dispatch"}
    assert set(covers["dispatch posts",].required) == {2}  # 1 / (1 − 13 %), rounded up
    assert set(covers["101 minimum",].required) == {0, 2}
    assert covers["999",].shortage_points == (0,)


@pytest.fixture
def told_seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """In the solver's place nobody works; how long the search was given is written down."""
    seen: list[float] = []

    def search(problem: Problem, *, seconds: float, **more: Any) -> Solution:
        seen.append(seconds)
        return nobody_works(problem, seconds=seconds, **more)

    monkeypatch.setattr(app.cli.plan, "solve", search)
    return seen


def test_the_people_needed_are_tested_by_simulation_within_the_time(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    told_seconds: list[float],
) -> None:
    """People added are told and stand in report and files; the search has the rest of the time."""
    monkeypatch.setattr(app.cli.repairing, "LEAST_SECONDS", 5)
    counts = "\n".join(["interval_start,queue,offered", *_steep_days()]) + "\n"
    args = write_room(tmp_path, counts=counts, queues="[101]\naht_seconds = 900\n")
    assert run([*args, "--seconds", "12"]) == 1
    said = capsys.readouterr().out
    assert "were not tested by simulation: that takes --seconds 30 or more." in said
    before = _required(tmp_path)
    assert run([*args, "--seconds", "600"]) == 1
    said = capsys.readouterr().out
    assert "Testing the people needed by simulation" in said
    (words,) = re.findall(r"Simulated 100 times: .* now\. Added: .* for 101\.", said)
    assert words in unescape((tmp_path / "out" / "report.html").read_text(encoding="utf-8"))
    assert _required(tmp_path) > before
    assert told_seconds[0] == 12
    assert 500 <= told_seconds[1] <= 600


def _steep_days() -> list[str]:
    """Four weeks of one queue, from 28 days after `FIRST` on, whose calls rise at once at seven."""
    starts = (FIRST + timedelta(days=28, minutes=15 * step) for step in range(28 * 96))
    return [
        f"{start:%Y-%m-%dT%H:%M:%SZ},101,{90 if 7 <= start.hour < 20 else 2}" for start in starts
    ]


def _required(folder: Path) -> int:
    """People asked for in all intervals of `requirement.csv`."""
    lines = (folder / "out" / "requirement.csv").read_text(encoding="utf-8").splitlines()[1:]
    return sum(int(line.rsplit(",", 1)[1]) for line in lines)


def test_a_test_that_takes_too_long_is_ended_and_says_how_far_it_came(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    told_seconds: list[float],
) -> None:
    """Without any time none of three sets is simulated, and nobody is added."""
    monkeypatch.setattr(app.cli.repairing, "LEAST_SECONDS", 0)
    monkeypatch.setattr(app.cli.repairing, "PART", 1e9)
    assert run(write_room(tmp_path)) == 1
    said = capsys.readouterr().out
    assert "The test of the people needed by simulation had no time for any of 3 sets" in said
    assert told_seconds[0] <= 120


def test_a_plan_that_is_to_repeat_itself_counts_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seed reaches the search, which gets what the test leaves of the time, to the second."""
    seen: list[object] = []

    def search(problem: Problem, *, seed: int, deterministic: bool, **more: Any) -> Solution:
        seen.append((seed, deterministic, more["seconds"]))
        return nobody_works(problem, **more)

    monkeypatch.setattr(app.cli.plan, "solve", search)
    monkeypatch.setattr(app.cli.repairing, "LEAST_SECONDS", 5)
    assert run([*write_room(tmp_path), "--seconds", "60", "--seed", "7", "--deterministic"]) == 1
    assert seen == [(7, True, 50)]


def test_calls_late_or_lost_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nobody at work every call is lost; the terminal and the report say how many."""
    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    assert run(write_room(tmp_path)) == 1
    said = capsys.readouterr().out
    (words,) = re.findall(r"(\S+) calls are expected late or lost, 100\.0.% of those offered", said)
    report = unescape((tmp_path / "out" / "report.html").read_text(encoding="utf-8"))
    assert "Calls late or lost" in report
    assert f">{words}<" in report


def test_handling_times_follow_the_hours_of_the_history(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calls that last longer by day are told by the hour; `aht_by_hour = false` keeps the mean."""
    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    lines = history().splitlines()
    slow = [
        f"{start},{queue},{calls},{int(seconds) * (2 if 'T12' in start else 1)}"
        for start, queue, calls, seconds in (line.split(",") for line in lines[1:])
    ]
    counts = "\n".join([lines[0], *slow]) + "\n"
    assert run(write_room(tmp_path, counts=counts, queues="[101]\naht_by_hour = false\n")) == 1
    out = capsys.readouterr().out
    assert re.search(r"AHT \d+ s for 999 on average, \d+ to \d+ s by the hour, from", out)
    assert re.search(r"AHT \d+ s for 101, from the handled seconds", out)
    handling = (tmp_path / "out" / "handling.csv").read_text(encoding="utf-8").splitlines()
    assert {row.split(",")[1] for row in handling[1:]} == {"101", "999"}


def test_a_given_handling_time_wins_and_an_uncertain_level_holds_that_of_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a file gives is not forecast; a level of calls grows by that of handling times."""
    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    used: list[QueueTerms] = []

    def kept(queues: Any, said: Any) -> Any:
        found = with_forecast(queues, said)
        used.extend(queue.terms for queue in found)
        return found

    monkeypatch.setattr(app.cli.plan, "with_forecast", kept)
    given = "[101]\naht_seconds = 250\nrate_variation = 0.1\n[999]\nrate_variation = 0.1\n"
    assert run(write_room(tmp_path, queues=given)) == 1
    out = capsys.readouterr().out
    assert "for 101, from the handled seconds" not in out
    assert "for 999, from the handled seconds" in out
    assert (used[0].aht_seconds, used[0].rate_variation) == (250, 0.1)
    assert 0.1 < used[1].rate_variation < 0.2


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped in the search: exit 130, one line, nothing written."""
    monkeypatch.setattr(app.cli.plan, "solve", interrupted)
    assert run(write_room(tmp_path)) == 130
    assert capsys.readouterr().err.strip() == "Stopped. Nothing was written."
    assert sorted(path.name for path in tmp_path.iterdir()) == INPUTS


def test_a_failure_while_writing_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up: exit 2, the folder does not appear, no draft stays."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "roster.json")

    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    monkeypatch.setattr("app.cli.plan_files.write_roster", full)
    assert run(write_room(tmp_path)) == 2
    assert capsys.readouterr().err == "roster.json: No space left on device.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == INPUTS


def test_without_a_lawful_roster_the_nearest_is_written_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1; every file is there, others in the folder stay; what is broken is said in words."""
    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    (tmp_path / "out" / "roster.csv").write_text("old")
    assert run(write_room(tmp_path, queues="[101]\nshare = 0.7\n")) == 1
    out = capsys.readouterr().out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        [*NAMES, "mine.txt"]
    )
    assert (tmp_path / "out" / "roster.csv").read_text() == "officer,start,end,skills\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*INPUTS, "out"])
    for sentence in (
        "No roster that keeps every rule was found in 1 s.",
        "The nearest one breaks 1 rule: Contracted hours 14 times.",
        "Officer 0 has 0 min in this period; the contract is at least 32 h.",
        "Forecast: AHT 400 s for 101, from the handled seconds.",
        "Assumed: a service goal of 90 % within 10 s for 999, since no file says otherwise.",
        "within 2 min for 101",
        "improving · 900 points · bound 600 · gap 33.3 % · 1.5 person-hours missing",
        f"The report is {tmp_path / 'out' / 'report.html'}.",
    ):
        assert sentence in out


def test_hours_that_cannot_be_legal_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred hours a week: exit 2, one sentence that names the officer, nothing written."""
    monkeypatch.setattr(app.cli.plan, "impossible_notes", impossible_notes)
    staff = [*(officer(number) for number in range(3)), officer(9, hours_per_week=100)]
    assert run(write_room(tmp_path, staff)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "staff.json: No lawful line exists for Officer 9" in said.err
    assert not (tmp_path / "out").exists()


def test_what_is_fixed_against_the_rules_is_told_and_the_nearest_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days that leave no lawful line do not end a plan: whom no line fits is said, and why."""
    monkeypatch.setattr(app.cli.plan, "impossible_notes", impossible_notes)
    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    resting = {f"2025-06-0{day}": {"rest": True} for day in range(2, 9)}
    staff = [officer(number, days=resting) for number in range(2)]
    assert run(write_room(tmp_path, staff)) == 1
    out = capsys.readouterr().out
    assert "No lawful line exists for Officer 0" in out
    assert "No lawful line exists for Officer 1" in out
    assert "Of 2 people with 101 or 999, on Monday 2 June at " in out
    assert (tmp_path / "out" / "roster.csv").exists()


def test_what_is_assumed_stands_in_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every sentence on an assumption that the terminal shows stands in the report as well."""
    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    assert run([*write_room(tmp_path), "--staff", "12"]) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Assumed:")]
    report = unescape((tmp_path / "out" / "report.html").read_text(encoding="utf-8"))
    assert len(said) >= 5
    assert [line for line in said if line.removeprefix("Assumed: ")[1:] not in report] == []
    assert "made up" in report


def test_doubtful_counts_are_told_and_left_out_where_that_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outage stands on the terminal and in the report; left out, it costs no calls."""
    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    silent = re.compile(r"(2025-05-2\dT\d\d:00:00Z,999),\d+,\d+")
    command = write_room(tmp_path, counts=silent.sub(r"\1,0,0", history()))
    outage = "Queue 999, doubtful: No call from 01:00 on Tuesday 20 May 2025 to 24:00 on Thursday "
    assert run([*command, "--leave-out-doubtful"]) == 1
    said = capsys.readouterr().out
    assert outage in said
    assert "Nothing is learned from 1 outage" in said
    assert outage in unescape((tmp_path / "out" / "report.html").read_text(encoding="utf-8"))
    rows = (tmp_path / "out" / "forecast.csv").read_text(encoding="utf-8").splitlines()
    ours, others = (
        sum(float(row.split(",")[2]) for row in rows if f",{queue}," in row)
        for queue in ("999", "101")
    )
    assert ours == pytest.approx(others, rel=0.02)


@pytest.mark.parametrize(
    ("first", "hours", "last"),
    [
        ("2025-10-20", 7 * 24 + 1, "2025-10-26T23:00:00Z"),
        ("2026-03-23", 7 * 24 - 1, "2026-03-29T22:00:00Z"),
    ],
)
def test_calls_and_need_end_with_the_last_local_day_over_a_clock_change(
    first: str, hours: int, last: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A week with a clock change has an hour more or less, and nothing is asked beyond it.

    The hour that the clocks skip on its only Sunday has a dash in the report.
    """
    monkeypatch.setattr(app.cli.plan, "solve", nobody_works)
    assert run([*write_room(tmp_path), "--from", first]) == 1
    for name, rows_an_hour in (("forecast.csv", 2), ("requirement.csv", 3)):
        rows = (tmp_path / "out" / name).read_text(encoding="utf-8").splitlines()[1:]
        assert len(rows) == rows_an_hour * hours
        assert max(row.split(",")[0] for row in rows) == last
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert ('<td class="h0">–' in report) is (hours < 168)
