"""Forecast accuracy beside the Poisson limit and peers, and what a forecast costs.

Environment: PARADE_CALLS, files of counts, each with its zone and perhaps its holidays, such as
`calls.csv.gz Europe/London GB-ENG; more.csv Europe/London`; PARADE_ORIGINS, folds, which
cover at most half of a file; PARADE_PEERS,
methods of peers/with_forecasters.py, empty for none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import backtest
from forecasting.calendar import Calendar
from forecasting.events import Event, Yearly
from forecasting.models.registry import DEFAULT_MODEL, MODELS
from forecasting.reading import read_history
from forecasting.scores import actual_rates
from forecasting.series import Series
from tests.benchmarks.forecast_peers import SECONDS, Peer, peers
from tests.benchmarks.forecast_table import SIMPLE, goals, table

SHIPPED = Path(__file__).parents[2] / "app" / "demo" / "houston.csv.gz"
FILES = os.environ.get("PARADE_CALLS", f"{SHIPPED} America/Chicago US-TX").split(";")
ORIGINS = int(os.environ.get("PARADE_ORIGINS", "8"))
METHODS = os.environ.get("PARADE_PEERS", "lightgbm smoothing mstl prophet").split()

EVENTS = (
    Event("Halloween", Yearly(10, 31), 17 * 60, 9 * 60),
    Event("New Year's Eve", Yearly(12, 31), 18 * 60, 10 * 60),
)
"""Local events that every place has; peers are told their hours as well."""

COST = """
import resource, sys, time
import numpy as np
from forecasting.forecast import forecast
from forecasting.reading import read_history
path, zone, holidays, model = sys.argv[1:5]
import holidays as _, statsmodels.regression.linear_model as _
begun = time.process_time()
history = read_history(path)
read = time.process_time()
for words in ("first", "second"):
    begin = time.process_time()
    said = forecast(history, history.end, 28, zone, holidays or None, model=model)
    rows = sum(part.quantiles.shape[1] for part in said.by_queue.values())
    print(f"{words}: {time.process_time() - begin:.2f} CPU-s for {rows:,} rows")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"imports {begun:.2f}, reading {read - begun:.2f} CPU-s; peak memory {peak:.0f} MB")
"""


@pytest.mark.benchmark
def test_accuracy_beside_the_limit_and_peers() -> None:
    """Prints per queue and part: WAPE over the limit, daily WAPE, pinball, PIT; then the goals."""
    others, parts, variation = peers(METHODS), [], {}
    for file in FILES:
        path, zone, holidays = _split(file)
        history = read_history(path)
        days = int((history.end - history.start) // np.timedelta64(1, "D"))
        origins = min(ORIGINS, days // 56)
        folds = backtest(
            history,
            origins,
            28,
            zone,
            holidays,
            events=EVENTS,
            models=[*MODELS.values(), *others],
            progress=lambda _done, _of, words: print(words, flush=True),
        )
        name = Path(path).name.partition(".")[0]
        folds["queue"] = name + " " + folds["queue"]
        for queue, series in history.items():
            variation[f"{name} {queue}"] = _variation(series, Calendar(zone))
        rows = table(folds, *_costs(file, others))
        print(f"\n{name}, {origins} folds of 28 days", *rows, sep="\n")
        for each in others:
            if each.spent.gave_up:
                print(f"{each.name} did not finish a fold in {SECONDS} CPU-s")
            each.spent.clear()
        parts.append(folds)
    peer_names = (SIMPLE, "seasonal_naive", *METHODS)
    print("\nGoals", *goals(pd.concat(parts), variation, peer_names), sep="\n")
    assert np.isfinite(pd.concat(parts)["pinball"].to_numpy()).all()


def _split(file: str) -> tuple[str, str, str | None]:
    """Path, zone and holidays of a file."""
    path, zone, *more = file.split()
    return path, zone, more[0] if more else None


def _variation(series: Series, calendar: Calendar) -> float:
    """Variance over mean of the counts around the rates behind them."""
    rates = actual_rates(series, calendar)
    known = rates > 0
    return float(np.mean((series.offered[known] - rates[known]) ** 2 / rates[known]))


def _costs(file: str, others: list[Peer]) -> tuple[dict[str, float], dict[str, float]]:
    """CPU seconds a fold of peers; peak MB of them and of the default model on all queues."""
    ran = [each for each in others if each.spent.seconds]
    seconds = {each.name: float(np.mean(each.spent.seconds)) for each in ran}
    memory = {each.name: max(each.spent.memory) for each in ran}
    return seconds, memory | {DEFAULT_MODEL: float(_cost(file, DEFAULT_MODEL).split()[-2])}


def _cost(file: str, model: str) -> str:
    """What a fresh process says of reading, fitting and predicting."""
    path, zone, holidays = _split(file)
    command = [sys.executable, "-c", COST, path, zone, holidays or "", model]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.benchmark
@pytest.mark.parametrize("file", FILES)
def test_cost_of_a_forecast(file: str) -> None:
    """Prints CPU seconds and peak memory of reading, fitting and predicting in a fresh process."""
    said = _cost(file, DEFAULT_MODEL)
    print(f"\n{file.split(maxsplit=1)[0]}\n{said}goal: 1 CPU-s for each queue, 500 MB")
    assert "second" in said
