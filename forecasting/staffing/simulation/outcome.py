"""Runs of a room, and what they counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError
from forecasting.staffing.simulation.engine.prepare import Bench
from forecasting.staffing.simulation.room import SimulatedRoom

Counts = npt.NDArray[np.int32]
Sums = npt.NDArray[np.float32]

MOST_RUNS = 10_000
"""Runs at most: more would tell no more and fill the memory."""

COUNTED = ("offered", "first", "answered", "in_time", "abandoned", "called_back", "reached")
SUMMED = ("waited", "given_up", "call_back_waited")
PEOPLE = ("busy", "present")


@dataclass(frozen=True, eq=False)
class Outcome:
    """What some runs of a room counted.

    Calls are counted in the interval in which they came, also if they call again or turn from
    another stream. Each is answered, abandoned, called back or, at the end, still waiting. Backlog
    is answered when it is done.

    Attributes:
        room: the room.
        seed: of its random numbers.
        offered: calls that came, shape (runs, intervals, streams) as all counts of calls.
        first: of those, calls of callers who call for the first time.
        answered: by a person; call-backs are not among them.
        in_time: answered within the stream's time.
        abandoned: hung up before an answer.
        called_back: accepted a call back.
        reached: of those, reached by it.
        waited: seconds until answered, summed over those answered, as are the next two.
        given_up: seconds until hanging up, over those abandoned.
        call_back_waited: seconds until the first attempt, over those called back.
        waits: those answered by the class of their wait (`WAIT_GRID`), shape (runs, days, streams,
            classes).
        left: calls, without those promised a call back, that still wait at the end, and backlog
            not done, shape (runs, streams).
        busy: seconds that people had work in hand, shape (runs, intervals, groups).
        present: seconds that people were there, those included who end a call after their shift,
            shape (runs, intervals, groups).
    """

    room: SimulatedRoom
    seed: int
    offered: Counts
    first: Counts
    answered: Counts
    in_time: Counts
    abandoned: Counts
    called_back: Counts
    reached: Counts
    waited: Sums
    given_up: Sums
    call_back_waited: Sums
    waits: Counts
    left: Counts
    busy: Sums
    present: Sums

    @property
    def runs(self) -> int:
        """How many runs."""
        return len(self.offered)


def simulate(
    room: SimulatedRoom,
    *,
    runs: int = 100,
    seed: int = 0,
    go_on: Callable[[int], bool] | None = None,
) -> Outcome:
    """Play a room many times.

    A run is the same whenever seed, number and room are. The callers of a stream are the same in
    every room that has this stream (common random numbers): what differs is what they meet.

    Args:
        room: the room.
        runs: how often.
        seed: for the random numbers.
        go_on: told after each run how many are done; an answer of False ends there.

    Raises:
        InputError: a number of runs that is none.
    """
    if not 1 <= runs <= MOST_RUNS:
        raise InputError(f"the number of runs must be 1 to {MOST_RUNS:,}, not {runs}.")
    bench = Bench(room, seed)
    counted = slice(room.warm_up, None)
    by_run: dict[str, list[npt.NDArray[Any]]] = {}
    for number in range(runs):
        bench.run(number)
        kept: dict[str, npt.NDArray[Any]] = {
            **{name: bench.cells[name][counted].copy() for name in COUNTED},
            **{name: bench.cells[name][counted].astype(np.float32) for name in SUMMED},
            **{name: bench.duties[name][counted].astype(np.float32) for name in PEOPLE},
            "waits": bench.waits.copy(),
            "left": bench.streams["left"].astype(np.int32),
        }
        for name, values in kept.items():
            by_run.setdefault(name, []).append(values)
        if go_on is not None and not go_on(number + 1):
            break
    return Outcome(room, seed, **{name: np.stack(values) for name, values in by_run.items()})
