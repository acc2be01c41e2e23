"""Forecasts by other libraries as models of a back-test, run in the peers' own environment.

What a peer said of a training is kept beside that environment, so that a run that was cut short
goes on where it was, and a changed model of ours is set beside peers that need not run again.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from forecasting.calendar import LocalTime
from forecasting.distribution import Distribution, NegativeBinomial
from forecasting.errors import InputError
from forecasting.event_effects import set_apart
from forecasting.models.base import Model, Predictor, Training
from forecasting.series import IntArray
from forecasting.window import Window

PYTHON = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
SCRIPT = Path(__file__).parent / "peers" / "with_forecasters.py"
KEPT = PYTHON.parents[1] / "said"

SECONDS = 120
"""CPU seconds that a peer may take for a fold."""


@dataclass
class Spent:
    """What a peer took: CPU seconds and MB per fold that it finished.

    Attributes:
        seconds: Of each fold.
        memory: Of each fold.
        gave_up: Whether a fold did not finish, after which no other is tried.
    """

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    gave_up: bool = False

    def clear(self) -> None:
        """Begin anew, on another file."""
        self.seconds, self.memory, self.gave_up = [], [], False


class Peer(Model):
    """A method of another library."""

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
        """What the peer says; an `InputError` when it takes too long or did so before."""
        if self.spent.gave_up:
            raise InputError(f"{self.method} is not tried again.")
        given = self._given(window)
        facts = hashlib.sha256(SCRIPT.read_bytes() + f"{self.method} {SECONDS}".encode())
        for name, values in given.items():
            facts.update(name.encode() + np.asarray(values).tobytes())
        kept = KEPT / f"{self.method}-{facts.hexdigest()[:20]}.json"
        if not kept.exists():
            KEPT.mkdir(exist_ok=True)
            said = self._run(given)
            part = kept.with_suffix(".part")
            part.write_text(json.dumps(said), encoding="utf-8")
            part.replace(kept)
        said = json.loads(kept.read_text(encoding="utf-8"))
        if not said:
            self.spent.gave_up = True
            raise InputError(f"{self.method} did not finish.")
        self.spent.seconds.append(said["seconds"])
        self.spent.memory.append(said["memory"])
        mean, variance = (np.array(said[name]) for name in ("mean", "variance"))
        return NegativeBinomial(mean, np.maximum(variance, mean))

    def _given(self, window: Window) -> dict[str, npt.ArrayLike]:
        """What the peer is told: counts, local time, holidays by number, events."""
        series, calendar = self.training.series, self.training.calendar
        step = series.interval_minutes
        intervals = int((window.start - series.start).astype(np.int64)) // step
        gap = np.full(intervals - len(series), np.nan)
        local = calendar.local(series.start, step, intervals + len(window.local.slot))
        return {
            "minutes": step,
            "offered": np.concatenate([series.offered, gap]),
            "utc": int(series.start.astype(np.int64)) + step * np.arange(len(local.slot)),
            "wall": local.date.astype(np.int64) * 1440 + local.slot * step,
            "weekday": local.weekday,
            "slot": local.slot,
            "holiday": self._holiday_numbers(local),
            "event": set_apart(calendar.events, local) * 1,
        }

    def _holiday_numbers(self, local: LocalTime) -> IntArray:
        """Number of each interval's holiday by name, from 1; 0 for none; shape (n,)."""
        named = self.training.calendar.holiday_names(local.date[0], local.date[-1])
        names = sorted(set(named.values()))
        numbers = np.zeros(int(local.day[-1]) + 1, dtype=np.int64)
        for date, name in named.items():
            numbers[int((date - local.date[0]).astype(np.int64))] = 1 + names.index(name)
        return np.asarray(numbers[local.day])

    def _run(self, given: dict[str, npt.ArrayLike]) -> dict[str, object]:
        """Mean, variance, seconds and MB; empty when the peer did not finish."""
        with TemporaryDirectory() as folder:
            source, target = Path(folder) / "in.npz", Path(folder) / "out.npz"
            np.savez(source, **given)
            done = subprocess.run(
                [PYTHON, SCRIPT, self.method, source, target, str(SECONDS)],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "OMP_NUM_THREADS": "1", "NIXTLA_NUMBA_CACHE": "1"},
            )
            if done.returncode < 0:
                return {}
            assert done.returncode == 0, done.stderr[-2000:]
            seconds, memory = map(float, done.stdout.split()[-2:])
            with np.load(target) as said:
                arrays = {name: said[name].tolist() for name in ("mean", "variance")}
            return {**arrays, "seconds": seconds, "memory": memory}


def peers(methods: list[str]) -> list[Peer]:
    """The peers that are wanted, if they are set up."""
    if methods and not PYTHON.exists():
        print("\nThe peers are not set up: run `make peers`.")
        return []
    return [Peer(method) for method in methods]
