"""Forecast accuracy beside the Poisson limit and simple peers, and what a forecast costs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from forecasting.backtest import backtest, summary
from forecasting.reading import read_history

SHIPPED = Path(__file__).parents[2] / "app" / "demo" / "houston.csv.gz"
CALLS = Path(os.environ.get("PARADE_CALLS", SHIPPED))
"""A file of counts; PARADE_CALLS names another, with PARADE_ZONE and PARADE_HOLIDAYS beside it."""

ZONE = os.environ.get("PARADE_ZONE", "America/Chicago")
HOLIDAYS = os.environ.get("PARADE_HOLIDAYS", "US-TX") or None
ORIGINS = int(os.environ.get("PARADE_ORIGINS", "8"))

COST = """
import resource, sys, time
import numpy as np
from forecasting.forecast import forecast
from forecasting.reading import read_history
path, zone, holidays = sys.argv[1:4]
import holidays as _, statsmodels.regression.linear_model as _
begun = time.process_time()
history = read_history(path)
read = time.process_time()
for words in ("first", "second"):
    begin = time.process_time()
    said = forecast(history, history.end, 28, zone, holidays or None)
    rows = sum(part.quantiles.shape[1] for part in said.by_queue.values())
    print(f"{words}: {time.process_time() - begin:.2f} CPU-s for {rows:,} rows")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"imports {begun:.2f}, reading {read - begun:.2f} CPU-s; peak memory {peak:.0f} MB")
"""


@pytest.mark.benchmark
def test_accuracy_beside_the_limit_and_peers() -> None:
    """Prints per queue and stretch: WAPE over the limit, pinball over the 8-week mean, PIT."""
    history = read_history(CALLS)
    table = summary(backtest(history, ORIGINS, 28, ZONE, HOLIDAYS)).set_index(
        ["queue", "days", "model"]
    )
    peer = table["pinball"].unstack("model")["eight_week_mean"]
    print(f"\n{CALLS.name}, {ORIGINS} folds of 28 days; goals: ratio 1.05 / 1.08, pinball .93")
    print("queue            days  model            ratio  day WAPE  pinball  PIT 80 / 95  CPU-s")
    for (queue, days, model), row in table.iterrows():
        relative = row["pinball"] / peer[(queue, days)]
        print(
            f"{queue:16} {days:5} {model:16} {row['ratio']:5.3f}  {row['daily_wape']:8.3f}"
            f"  {relative:7.3f}  {row['pit_80']:.3f} {row['pit_95']:.3f}  {row['cpu_seconds']:5.2f}"
        )
    assert np.isfinite(table["ratio"].to_numpy()).all()


@pytest.mark.benchmark
def test_cost_of_a_forecast() -> None:
    """Prints CPU seconds and peak memory of reading, fitting and predicting in a fresh process."""
    command = [sys.executable, "-c", COST, str(CALLS), ZONE, HOLIDAYS or ""]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    print(f"\n{done.stdout}goal: 3 CPU-s for three queues, 500 MB")
    assert "second" in done.stdout
