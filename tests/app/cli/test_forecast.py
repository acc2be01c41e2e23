"""`parade forecast`: rows out of counts, and one sentence for counts that cannot be used."""

from __future__ import annotations

import csv
import gzip
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from app.cli import run

HEADER = "interval_start,queue,offered\n"
FIRST = datetime(2025, 3, 3, tzinfo=UTC)


def history(days: int = 15, minutes: int = 60, queues: tuple[str, ...] = ("999", "101")) -> str:
    """Counts that rise and fall with the hour, as CSV."""
    rows = [
        f"{FIRST + timedelta(minutes=minutes * step):%Y-%m-%dT%H:%M:%SZ},{queue},{step % 24 // 3}\n"
        for step in range(days * 1440 // minutes)
        for queue in queues
    ]
    return HEADER + "".join(rows)


def arguments(folder: Path, text: str | bytes, **options: str) -> list[str]:
    """Write the history and give the command's arguments, options by their names."""
    source = folder / "calls.csv"
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    given = {"from": "2025-03-18T00:00:00Z", "days": "2", "out": str(folder / "out.csv")} | options
    pairs = [part for name, value in given.items() for part in (f"--{name}", value)]
    return ["forecast", str(source), *pairs]


def test_a_forecast_has_a_row_per_queue_and_interval(tmp_path: Path) -> None:
    """Two days of two hourly queues are 96 rows in UTC with quantiles in order."""
    assert run(arguments(tmp_path, history(), timezone="Europe/London")) == 0
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8").splitlines()))
    assert len(rows) == 96
    assert {row["queue"] for row in rows} == {"999", "101"}
    assert rows[0]["interval_start"] == "2025-03-18T00:00:00Z"
    levels = ["q05", "q10", "q25", "q50", "q75", "q90", "q95"]
    assert all([float(r[q]) for q in levels] == sorted(float(r[q]) for q in levels) for r in rows)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["calls.csv", "out.csv"]


def test_no_zone_is_said_to_be_assumed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no zone is given, UTC is used and said."""
    assert run(arguments(tmp_path, history())) == 0
    assert "Assumed: the control room keeps UTC" in capsys.readouterr().out


ROW = "2025-03-03T00:00:00Z,999,1\n"
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "wrong header": ("start,queue,offered\n" + ROW, "line 1, column interval_start"),
    "empty file": ("", "The file is empty"),
    "no rows": (HEADER, "no rows"),
    "negative count": (HEADER + ROW + "2025-03-03T01:00:00Z,999,-4\n", "line 3, column offered"),
    "fractional count": (HEADER + "2025-03-03T01:00:00Z,999,1.5\n", "line 2, column offered"),
    "no offset": (HEADER + "2025-03-03T01:00:00,999,1\n", "line 2, column interval_start"),
    "rows that disagree": (HEADER + ROW + ROW.replace(",1", ",2"), "line 3"),
    "mixed lengths": (
        history(8) + history(1, 15).replace(HEADER, "").replace("-03-", "-04-"),
        "15",
    ),
    "a very long line": (HEADER + "x" * (1 << 20), "line 2"),
    "not text": (HEADER.encode() + b"\xff\xfe\n", "line 2"),
    "gzip cut off": (gzip.compress(history().encode())[:-40], "cut off"),
    "gzip damaged": (gzip.compress(history().encode())[:40] + b"junk" * 20, "calls.csv"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_history_that_cannot_be_used_is_refused(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one sentence that names the file and the place, nothing written."""
    text, words = REFUSED[case]
    assert run(arguments(tmp_path, text)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "calls.csv" in said.err
    assert words in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"timezone": "Mars/Olympus"}, "--timezone: "),
        ({"holidays": "XX"}, "--holidays: "),
        ({"from": "2025-03-18"}, "--from"),
        ({"from": "2025-03-18T00:07:00Z"}, "intervals"),
        ({"from": "2025-02-18T00:00:00Z"}, "calls.csv: Queue 101: nothing was observed before"),
        ({"days": "0"}, "days"),
        ({"days": "4000"}, "days"),
        ({"days": "2.5"}, "days"),
        ({"model": "crystal_ball"}, "--model: "),
        ({"out": "/"}, "folder"),
        ({"out": "/none/of/this.csv"}, "folder"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused(
    options: dict[str, str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one sentence that names the fault, nothing written."""
    assert run(arguments(tmp_path, history(), **options)) == 2
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 1
    assert words in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]


@pytest.mark.parametrize("column", ["handled_seconds", "aht_seconds"])
def test_handling_times_and_load_have_a_file_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str
) -> None:
    """Seconds in total or of a call give the same file; the forecast's own columns stay.

    A queue that tells none is left out, and named.
    """
    lines = history(days=30).splitlines()
    told = [
        f"{line},{'' if ',101,' in line else 300 * (int(line[-1]) if 'ed' in column else 1)}"
        for line in lines[1:]
    ]
    counts = "\n".join([f"{lines[0]},{column}", *told])
    given = {"from": "2025-04-02T00:00:00Z", "handling": str(tmp_path / "aht.csv")}
    assert run(arguments(tmp_path, counts, **given)) == 0
    (first, *rest) = list(csv.DictReader((tmp_path / "aht.csv").read_text("utf-8").splitlines()))
    assert len(rest) == 47
    assert first["queue"] == "999"
    noon = next(row for row in rest if row["interval_start"] == "2025-04-02T12:00:00Z")
    assert float(noon["aht_seconds"]) == pytest.approx(300, rel=0.01)
    calls = next(
        row
        for row in csv.DictReader((tmp_path / "out.csv").read_text("utf-8").splitlines())
        if (row["interval_start"], row["queue"]) == (noon["interval_start"], "999")
    )
    assert float(noon["load"]) == pytest.approx(float(calls["mean"]) * 300 / 3600, rel=0.01)
    for name in ("aht", "load"):
        levels = [float(noon[f"{name}_q{level}"]) for level in ("05", "10", "25", "50", "75", "95")]
        assert levels == sorted(levels)
    assert list(calls) == [
        "interval_start",
        "queue",
        "mean",
        "q05",
        "q10",
        "q25",
        "q50",
        "q75",
        "q90",
        "q95",
    ]
    assert "aht.csv, of 101 none are known." in capsys.readouterr().out


def doubtful_history() -> str:
    """Eight weeks of two hourly queues drawn; 999 has hours without a call, and a doubled day."""
    rng = np.random.default_rng(5)
    shape = np.tile(20 + 10 * np.sin(np.arange(24) / 24 * 2 * np.pi), 56)
    calls, others = rng.poisson(shape), rng.poisson(shape)
    calls[20 * 24 + 8 : 21 * 24] = 0
    calls[30 * 24 : 31 * 24] *= 2
    lines = [
        f"{FIRST + timedelta(hours=step):%Y-%m-%dT%H:%M:%SZ},{queue},{count[step]}\n"
        for step in range(len(calls))
        for queue, count in (("999", calls), ("101", others))
    ]
    return HEADER + "".join(lines)


def test_doubtful_counts_are_told_and_left_out_where_that_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Queue and time in a sentence each; as they stand unless the option leaves the certain out."""
    given = {"from": "2025-04-28T00:00:00Z"}
    assert run(arguments(tmp_path, doubtful_history(), **given)) == 0
    outage = "Queue 999, doubtful: No call from 08:00 to 24:00 on Sunday 23 March 2025, where "
    said = capsys.readouterr().out
    assert outage in said
    assert re.search(r"Queue 999, doubtful: \d+ calls on Wednesday 2 April 2025, where ", said)
    assert "Queue 101, doubtful" not in said
    assert "are learned from as they stand; with --leave-out-doubtful nothing is learned" in said
    as_they_stand = (tmp_path / "out.csv").read_text("utf-8")
    command = arguments(tmp_path, doubtful_history(), **given)
    assert run([*command, "--leave-out-doubtful"]) == 0
    said = capsys.readouterr().out
    assert outage in said
    assert "Nothing is learned from 1 outage and 1 doubled day." in said
    assert (tmp_path / "out.csv").read_text("utf-8") != as_they_stand


def test_what_comes_after_the_start_is_not_doubted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Counts that the forecast does not know are not judged either."""
    given = {"from": "2025-03-22T00:00:00Z"}
    command = [*arguments(tmp_path, doubtful_history(), **given), "--leave-out-doubtful"]
    assert run(command) == 0
    said = capsys.readouterr().out
    assert ", doubtful: " not in said
    assert "No outage and no doubled day is certain: all counts are learned from." in said


def test_no_handling_times_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked for handling times that the counts do not tell: exit 2, nothing is written."""
    assert run(arguments(tmp_path, history(), handling=str(tmp_path / "aht.csv"))) == 2
    assert "tells too few handling times to forecast any" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]
