"""Compile the inner loops once and keep them on disk: `python -m forecasting.compiled`."""

from __future__ import annotations

import numpy as np

from forecasting.staffing.simulation.outcome import simulate
from forecasting.staffing.simulation.room import SimulatedRoom, Stream


def warm_up() -> None:
    """Run everything compiled on a room of one interval, so that later runs begin at once."""
    once = np.ones(1)
    stream = Stream("any", "any", once, once, rank=0, within_seconds=0, rate_variation=0.1)
    day = np.zeros(1, np.int64)
    simulate(SimulatedRoom(np.datetime64("2026-01-05T00:00"), 15, day, (stream,), ()), runs=1)


if __name__ == "__main__":
    warm_up()
