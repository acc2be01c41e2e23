"""What the report of a plan is made from, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rostering.problem import Problem, Roster
from rostering.verify import Verdict

if TYPE_CHECKING:
    from forecasting.staffing.rows import LateCalls

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class QueueForecast:
    """What one queue brought lately and is expected to bring, interval by interval.

    Attributes:
        queue: its name.
        start: beginning of the first interval of the forecast, UTC, `datetime64`.
        interval_minutes: length of an interval, of forecast and counts alike: 15, 30 or 60.
        mean: calls expected per interval, shape (n,), from `start` on without a gap.
        q05, q10, q90, q95: quantiles of the calls of a single interval, shape (n,). The band from
            `q10` to `q90` holds 8 in 10 intervals, the band from `q05` to `q95` 9 in 10.
        counted_start: beginning of the first counted interval, UTC; None without recent counts.
        counted: calls offered per interval lately (about the last four weeks), shape (m,), NaN
            where nothing was observed; None without recent counts.
    """

    queue: str
    start: np.datetime64
    interval_minutes: int
    mean: FloatArray
    q05: FloatArray
    q10: FloatArray
    q90: FloatArray
    q95: FloatArray
    counted_start: np.datetime64 | None = None
    counted: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class SolveFacts:
    """How the search for the roster went.

    Attributes:
        objective: points of the roster; less is better.
        bound: points that no roster can go below.
        seconds: how long the search took.
        first_legal_seconds: when the first roster that keeps every hard rule was found; None if
            none was.
    """

    objective: float
    bound: float
    seconds: float
    first_legal_seconds: float | None = None


@dataclass(frozen=True, eq=False)
class PlanReport:
    """Everything that the report of a plan shows.

    Attributes:
        room: name of the control room, as its people call it.
        problem: what the roster was made from; its zone, first day and days are the period's.
        roster: the roster.
        verdict: what the rules say of it.
        queues: recent counts and forecast per queue, in the order in which to show them.
        solve: how the search went; None for a roster made otherwise.
        assumed: what was assumed where nothing was given, a sentence each.
        notes: what else to know, a sentence each, such as that the people are made up.
        version: version of Parade that made it, such as `0.1.0`.
        late: calls expected late or lost with the roster; None where nothing is known of them.
    """

    room: str
    problem: Problem
    roster: Roster
    verdict: Verdict
    queues: tuple[QueueForecast, ...] = ()
    solve: SolveFacts | None = None
    assumed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    version: str = ""
    late: LateCalls | None = None
