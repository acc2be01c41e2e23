"""`parade erlang`: the people needed, what callers feel, and refusals in a sentence."""

from __future__ import annotations

import json

import pytest

from app.cli import run
from app.cli.erlang import patience_of, seconds_of, share_of
from forecasting.errors import InputError
from forecasting.staffing.steady import SteadyCalls

ASKED = ["erlang", "--calls", "300", "--aht", "5m", "--patience", "2m", "--within", "10s"]
GOAL = [*ASKED, "--share", "90%"]

FIGURES = {
    "answered_in_time_of_offered",
    "answered_in_time_of_answered",
    "virtual_wait_in_time",
    "wait_in_time",
    "abandoned",
    "waiting",
    "asa_seconds",
    "occupancy",
}


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """The JSON that the command prints."""
    assert run([*arguments, "--json"]) == 0
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    return said


def test_a_goal_gives_the_people_needed(capsys: pytest.CaptureFixture[str]) -> None:
    """The load, the people for the goal by its definition, and a table around them are told."""
    assert run(GOAL) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "300 calls an hour of 300 s are 25 erlangs; patience 120 s."
    assert out[1] == (
        "31 people on the phones meet the goal (answered within 10 s, of all offered: 90 %)."
    )
    assert out[3].split()[-7:] == ["28", "29", "30", "[31]", "32", "33", "34"]
    assert out[-1].split()[-7:] == ["no", "no", "no", "yes", "yes", "yes", "yes"]
    assert [line.split("  ")[0] for line in out[4:8]] == [
        "Answered within 10 s, of all offered",
        "Answered within 10 s, of those answered",
        "Would be answered within 10 s if nobody hung up",
        "Answered or gone within 10 s, of all offered",
    ]


def test_json_names_every_definition(capsys: pytest.CaptureFixture[str]) -> None:
    """The same as JSON: the goal with its definition, and every figure under its full name."""
    said = document(capsys, *GOAL, "--most-abandonment", "5%", "--around", "1")
    assert said["goal"] == {
        "share": 0.9,
        "within_seconds": 10,
        "definition": "answered_in_time_of_offered",
        "most_abandonment": 0.05,
        "most_occupancy": None,
    }
    rows = said["rows"]
    assert isinstance(rows, list)
    assert [row["people"] for row in rows] == [30, 31, 32]
    assert [row["meets_goal"] for row in rows] == [False, True, True]
    assert set(rows[0]) == FIGURES | {"people", "meets_goal"}
    felt = SteadyCalls(300, 300, 120).felt(31, 10)
    assert rows[1]["answered_in_time_of_answered"] == float(felt.answered_in_time_of_answered)


def test_calls_of_an_interval_are_calls_of_an_hour(capsys: pytest.CaptureFixture[str]) -> None:
    """75 calls in 15 minutes of 300 s are 300 an hour of 5 minutes."""
    hour = document(capsys, *GOAL)
    quarter = ["--calls", "75", "--per", "15m", "--aht", "300", "--patience", "120s"]
    assert document(capsys, "erlang", *quarter, "--within", "10", "--share", "0.9") == hour


@pytest.mark.parametrize(
    ("arguments", "needed", "words"),
    [
        (["--calls", "30", "--aht", "0", "--share", "0.9"], 1, "1 person on the phones meets"),
        (["--calls", "0", "--aht", "5m", "--share", "0.9"], 0, "Without calls nobody is needed."),
        (["--calls", "24000", "--aht", "5m", "--share", "0.9"], 2036, "2,000 erlangs; nobody"),
        (["--calls", "9", "--aht", "5m", "--people", "0"], None, "endless"),
        (
            ["--calls", "50", "--aht", "3m", "--share", ".8", "--definition", "wait_in_time",
             "--patience", "2s"],
            0,
            "Nobody is needed for this goal, as who hangs up in time counts",
        ),
    ],
)  # fmt: skip
def test_the_edges_have_right_answers(
    capsys: pytest.CaptureFixture[str], arguments: list[str], needed: int | None, words: str
) -> None:
    """AHT zero, no calls, 2,000 erlangs, nobody on duty, endless patience: each is answered."""
    assert run(["erlang", "--within", "10", *arguments]) == 0
    assert words in capsys.readouterr().out
    assert document(capsys, "erlang", "--within", "10", *arguments)["people_needed"] == needed


def test_zero_seconds_and_an_endless_wait(capsys: pytest.CaptureFixture[str]) -> None:
    """A target of zero seconds is not waiting at all; an endless wait and patience are null."""
    asked = ["erlang", "--calls", "75", "--aht", "5m", "--within", "0"]
    said = document(capsys, *asked, "--people", "8", "--around", "0")
    rows = said["rows"]
    assert isinstance(rows, list)
    row = rows[0]
    assert row["answered_in_time_of_offered"] == pytest.approx(1 - row["waiting"], abs=1e-12)
    none = document(capsys, *asked, "--people", "0", "--around", "0")
    assert (none["patience_seconds"], none["people_needed"], none["goal"]) == (None, None, None)
    assert none["rows"][0]["asa_seconds"] is None  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*ASKED], "give a goal by --share, or --people."),
        ([*ASKED, "--people", "3", "--most-occupancy", ".8"], "go with --share"),
        ([*ASKED, "--share", "90"], '"90" is not a share such as 0.9 or 90%.'),
        ([*ASKED, "--share", "1"], "no number of people answers every call in time"),
        ([*ASKED, "--share", "0"], "must be above 0"),
        ([*ASKED, "--people", "-1"], "--people"),
        ([*ASKED, "--share", ".9", "--definition", "sl"], "--definition"),
        ([*GOAL, "--per", "0"], "no time"),
        ([*GOAL, "--aht", "five"], '"five" is not a length of time such as 5m, 300s or 300.'),
        ([*GOAL, "--aht", "25h"], "longer than a day"),
        ([*GOAL, "--patience", "0"], "patience must be more than 0"),
        ([*GOAL, "--calls", "-3"], "arrival rate"),
        ([*GOAL, "--calls", "nan"], "arrival rate"),
        ([*GOAL, "--calls", "many"], "--calls"),
        ([*GOAL, "--calls", "1e9"], "10,000 are the most"),
        (["erlang", "--calls", "3"], "--aht"),
    ],
)
def test_bad_input_leaves_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """What cannot be used gets one line on standard error, nothing on standard output."""
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert words in said.err


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("300", 300), ("300s", 300), ("5m", 300), ("1m30s", 90), ("1.5h", 5400), (" 2M ", 120)],
)
def test_lengths_of_time(text: str, seconds: float) -> None:
    """Seconds with and without their letter, minutes, hours, and several together."""
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "m", "-5", "5 m", "1e3", "5m3", "inf", "٣m"])
def test_what_is_no_length_of_time(text: str) -> None:
    """Anything else is refused; only patience may be endless."""
    with pytest.raises(InputError, match="not a length of time"):
        seconds_of(text)
    assert patience_of("inf") == patience_of("endless") == float("inf")


def test_shares() -> None:
    """A share of one or per cent, exactly."""
    assert (share_of("0.9"), share_of("90%"), share_of("92.5 %")) == (0.9, 0.9, 0.925)
