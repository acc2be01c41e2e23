"""From arrays to a simulated room, and from what it counted to what is kept of it.

The simulation loads compiled code, so it is imported where it runs: no page may wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.scenarios.series.measures import figure, ratio
from app.scenarios.series.more_people import sought_with
from app.scenarios.values import Basis, QueueSet, Result, Seek

if TYPE_CHECKING:
    from forecasting.staffing.simulation.outcome import Outcome

GoOn = Callable[[str, float], bool]


def simulated(room: Basis, runs: int, seed: int, go_on: GoOn) -> Result | None:
    """Simulate a room so many times. Takes some seconds for weeks.

    Args:
        room: with every change made.
        runs: how often.
        seed: of the random numbers.
        go_on: asked between runs, with how far it is in words and as a share of the way.

    Returns:
        What came of it; None when it was told not to go on.

    Raises:
        forecasting.errors.InputError: when the room cannot be simulated.
    """
    from forecasting.staffing.simulation.of_terms import simulated_room  # noqa: PLC0415
    from forecasting.staffing.simulation.outcome import simulate  # noqa: PLC0415
    from forecasting.staffing.simulation.room import Group  # noqa: PLC0415

    groups = [Group(frozenset(crew.serves), crew.on_duty, crew.away) for crew in room.crews]
    laid = simulated_room(
        room.first,
        room.interval_minutes,
        room.zone,
        room.calls,
        room.terms,
        groups,
        aht=room.aht,
        reserve=room.reserve,
        day_levels=room.day_levels,
    )
    stopped = False

    def told(done: int) -> bool:
        nonlocal stopped
        stopped = not go_on(f"{done} of {runs} runs simulated.", done / runs)
        return not stopped

    outcome = simulate(laid, runs=runs, seed=seed, go_on=told)
    return None if stopped else result_of(room, outcome)


def sought(room: Basis, seek: Seek, runs: int, seed: int, go_on: GoOn) -> Result | None:
    """The fewest people more that are found to bring a goal; as for `simulated`."""

    def simulate(more: Basis, times: int, goes_on: GoOn) -> Result | None:
        return simulated(more, times, seed, goes_on)

    return sought_with(simulate, room, seek, runs, go_on)


def result_of(room: Basis, outcome: Outcome) -> Result:
    """What is kept of what the runs counted: queues by hour, waits and people over all days."""
    places = [outcome.room.streams_of(queue) for queue in room.queues]

    def by_queue(counts: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        return np.stack([counts[:, :, each].sum(axis=2) for each in places], axis=2)

    offered, in_time = by_queue(outcome.offered), by_queue(outcome.in_time)
    hours = np.arange(0, room.intervals, 60 // room.interval_minutes)

    def by_hour(counts: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        return np.add.reduceat(counts, hours, axis=1).astype(np.int32)

    return Result(
        queues=room.queues,
        crews=tuple(crew.serves for crew in room.crews),
        offered=by_hour(offered),
        in_time=by_hour(in_time),
        abandoned=by_hour(by_queue(outcome.abandoned)),
        called_back=by_hour(by_queue(outcome.called_back)),
        waits=_waits(outcome, room.queues),
        busy=_busy(outcome),
        quarters=_quarters(in_time, offered),
    )


def _quarters(
    in_time: npt.NDArray[np.int32], offered: npt.NDArray[np.int32]
) -> npt.NDArray[np.float64]:
    shares = ratio(in_time, offered)
    found = np.full((*shares.shape[1:], 2), np.nan)
    for place in np.ndindex(*shares.shape[1:]):
        found[place] = tuple(figure(shares[:, *place]))
    return found


def _busy(outcome: Outcome) -> npt.NDArray[np.float64]:
    """Share of time on duty with work in hand, shape (runs, crews)."""
    present = outcome.present.sum(axis=1, dtype=np.float64)
    busy = outcome.busy.sum(axis=1, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        return np.asarray(busy / present, np.float64)


def _waits(outcome: Outcome, queues: QueueSet) -> npt.NDArray[np.float64]:
    """Mean, median and 90th percentile of seconds until answered, shape (runs, queues, 3)."""
    from forecasting.staffing.simulation.engine.layout import WAIT_GRID  # noqa: PLC0415

    ends = np.append(WAIT_GRID, 2 * WAIT_GRID[-1])
    found = np.full((outcome.runs, len(queues), 3), np.nan)
    for place, queue in enumerate(queues):
        streams = outcome.room.streams_of(queue)
        waited, answered = (
            counts[:, :, streams].sum(axis=(1, 2), dtype=np.float64)
            for counts in (outcome.waited, outcome.answered)
        )
        found[:, place, 0] = ratio(waited, answered)
        classes = outcome.waits[:, :, streams].sum(axis=(1, 2), dtype=np.float64)
        for run in np.flatnonzero(classes.sum(axis=1)):
            below = np.cumsum(classes[run]) / classes[run].sum()
            found[run, place, 1:] = np.interp([0.5, 0.9], below, ends)
    return found
