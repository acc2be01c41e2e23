"""Forecast accuracy beside the Poisson limit and peers, and what a forecast costs.

Environment: PARADE_CALLS, files of counts, each with its zone and perhaps its holidays, such as
`calls.csv.gz Europe/London GB-ENG; more.csv Europe/London`; PARADE_ORIGINS, folds; PARADE_PEERS,
methods of peers/with_forecasters.py, empty for none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import backtest, summary
from forecasting.distribution import Distribution, NegativeBinomial
from forecasting.errors import InputError
from forecasting.event_effects import set_apart
from forecasting.events import Event, Yearly
from forecasting.models.base import Model, Predictor, Training
from forecasting.models.registry import MODELS
from forecasting.reading import read_history
from forecasting.window import Window

SHIPPED = Path(__file__).parents[2] / "app" / "demo" / "houston.csv.gz"
FILES = os.environ.get("PARADE_CALLS", f"{SHIPPED} America/Chicago US-TX").split(";")
ORIGINS = int(os.environ.get("PARADE_ORIGINS", "8"))

PYTHON = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
METHODS = os.environ.get("PARADE_PEERS", "lightgbm smoothing mstl prophet").split()
SECONDS = 120
"""CPU seconds that a peer may take for a fold."""

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


@dataclass
class Spent:
    """What a peer took: CPU seconds and MB per fold that it finished, and folds it did not."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    unfinished: int = 0


class Peer(Model):
    """A method of another library, run in the peers' own environment."""

    name = "peer"
    title = "Peer"
    uses_holidays = uses_events = True

    def __init__(self, method: str) -> None:
        self.name, self.spent = method, Spent()  # type: ignore[misc]  (one class, many methods)

    def learn(self, training: Training) -> Predictor:
        """Keep the training: fit and forecast run in one process."""
        return PeerPredictor(self.name, training, self.spent)


@dataclass(frozen=True)
class PeerPredictor:
    """A peer that is about to be run."""

    method: str
    training: Training
    spent: Spent
    notes: tuple[str, ...] = ()

    def predict(self, window: Window) -> Distribution:
        """What the peer says; an `InputError` when it takes too long."""
        series, calendar = self.training.series, self.training.calendar
        step = series.interval_minutes
        intervals = int((window.start - series.start).astype(np.int64)) // step
        gap = np.full(intervals - len(series), np.nan)
        local = calendar.local(series.start, step, intervals + len(window.local.slot))
        named = calendar.holiday_names(local.date[0], local.date[-1])
        first = int(series.start.astype(np.int64))
        with TemporaryDirectory() as folder:
            source, target = Path(folder) / "in.npz", Path(folder) / "out.npz"
            np.savez(
                source,
                minutes=step,
                offered=np.concatenate([series.offered, gap]),
                utc=first + step * np.arange(len(local.slot)),
                wall=local.date.astype(np.int64) * 1440 + local.slot * step,
                weekday=local.weekday,
                slot=local.slot,
                holiday=np.isin(local.date, np.array(sorted(named), dtype="datetime64[D]")) * 1,
                event=set_apart(calendar.events, local) * 1,
            )
            script = Path(__file__).parent / "peers" / "with_forecasters.py"
            done = subprocess.run(
                [PYTHON, script, self.method, source, target, str(SECONDS)],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "OMP_NUM_THREADS": "1", "NIXTLA_NUMBA_CACHE": "1"},
            )
            if done.returncode < 0:
                self.spent.unfinished += 1
                raise InputError(f"{self.method} did not finish.")
            assert done.returncode == 0, done.stderr[-2000:]
            seconds, memory = done.stdout.split()[-2:]
            self.spent.seconds.append(float(seconds))
            self.spent.memory.append(float(memory))
            with np.load(target) as said:
                mean = said["mean"]
                return NegativeBinomial(mean, np.maximum(said["variance"], mean))


def peers() -> list[Peer]:
    """The peers that are wanted and set up."""
    if METHODS and not PYTHON.exists():
        print("\nThe peers are not set up: run `make peers`.")
        return []
    return [Peer(method) for method in METHODS]


@pytest.mark.benchmark
@pytest.mark.parametrize("file", FILES)
def test_accuracy_beside_the_limit_and_peers(file: str) -> None:
    """Prints per queue and part: WAPE over the limit, daily WAPE, pinball, PIT, seconds."""
    path, zone, *more = file.split()
    history, others = read_history(path), peers()
    folds = backtest(
        history,
        ORIGINS,
        28,
        zone,
        more[0] if more else None,
        events=EVENTS,
        models=[*MODELS.values(), *others],
    )
    table = summary(folds).set_index(["queue", "days", "model"])
    print(f"\n{Path(path).name}, {ORIGINS} folds of 28 days, {sys.platform}")
    print("Goals: ratio 1.05 on days 1-7, 1.08 on days 8-28; pinball .93 × the 8-week mean.")
    print(
        "queue            days      model            ratio   WAPE  day WAPE  pinball  PIT 80 / 95"
    )
    for key, row in table.iterrows():
        queue, days, model = key
        peer = _on_same_folds(folds, queue, days, model)
        print(
            f"{queue:16} {days:9} {model:16} {row['ratio']:5.3f}  {row['wape']:5.3f}"
            f"  {row['daily_wape']:8.3f}  {peer:7.3f}  {row['pit_80']:.3f} {row['pit_95']:.3f}"
        )
    for name, row in folds.groupby("model", sort=False)["cpu_seconds"].mean().items():
        if name in MODELS:
            print(f"{name:16} {row:6.2f} CPU-s a fold")
    for each in others:
        spent = each.spent
        said = f"{spent.unfinished} folds did not finish in {SECONDS} CPU-s"
        if spent.seconds:
            said = f"{np.mean(spent.seconds):6.1f} CPU-s a fold, {max(spent.memory):.0f} MB; {said}"
        print(f"{each.name:16} {said}")
    assert np.isfinite(folds["pinball"].to_numpy()).all()


def _on_same_folds(folds: pd.DataFrame, queue: str, days: str, model: str) -> float:
    """Pinball loss over that of the 8-week mean on the folds that the model finished."""
    part = folds[(folds["queue"] == queue) & (folds["days"] == days)]
    loss = part["pinball"] * part["intervals"]
    losses = part.assign(loss=loss).pivot_table(values="loss", index="origin", columns="model")
    both = losses[[model, "eight_week_mean"]].dropna() if model != "eight_week_mean" else losses
    return float(both[model].sum() / both["eight_week_mean"].sum())


@pytest.mark.benchmark
@pytest.mark.parametrize("file", FILES)
def test_cost_of_a_forecast(file: str) -> None:
    """Prints CPU seconds and peak memory of reading, fitting and predicting in a fresh process."""
    path, zone, *more = file.split()
    command = [sys.executable, "-c", COST, path, zone, more[0] if more else ""]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    print(f"\n{Path(path).name}\n{done.stdout}goal: 1 CPU-s for each queue, 500 MB")
    assert "second" in done.stdout
