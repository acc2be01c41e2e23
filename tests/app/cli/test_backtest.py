"""`parade backtest`: every model scored, and bad input refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import run
from forecasting.models.registry import MODELS

HEADER = "interval_start,queue,offered\n"


@pytest.fixture
def counts(tmp_path: Path) -> str:
    """Four weeks of hourly counts of one queue."""
    days = [f"2025-0{3 + day // 28}-{day % 28 + 1:02}" for day in range(28)]
    rows = [f"{day}T{hour:02}:00:00Z,999,{hour // 3}\n" for day in days for hour in range(24)]
    path = tmp_path / "calls.csv"
    path.write_text(HEADER + "".join(rows))
    return str(path)


def test_every_model_is_scored(counts: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each registered model has its row, with its ratio to the limit of chance."""
    assert run(["backtest", counts, "--origins", "2", "--days", "3"]) == 0
    said = capsys.readouterr()
    rows = [line.split()[0] for line in said.out.splitlines() if line.split()[:1]]
    assert set(MODELS) <= set(rows)
    assert "Queue 999, days 1-3 of the forecast" in said.out
    assert "Assumed: the control room keeps UTC" in said.out
    assert said.err.splitlines()[-1].startswith("2 of 2: 999 from")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--origins", "9", "--days", "28"], "folds of 28 days need"),
        (["--origins", "0"], "--origins"),
        (["--timezone", "Nowhere"], "--timezone: "),
    ],
)
def test_what_cannot_be_scored_is_refused(
    options: list[str], words: str, counts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Too short a history and wrong options leave with 2 and one line."""
    assert run(["backtest", counts, *options]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert words in said.err
