"""A requirement held to its goals by simulation, and what that comes to in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.forecasts.service import ForecastValues
from app.requirements.series.need import asking
from app.requirements.values import Requirement, RoomAsks
from app.web.words import count, listed, number, person_hours
from forecasting.staffing.room import RoomRequirement, room_requirement
from forecasting.staffing.sharing import QueueSet

if TYPE_CHECKING:
    from forecasting.staffing.repair import Progress

INTERVALS = {15: "quarter hour", 30: "half hour", 60: "hour"}
"""What intervals of so many minutes are called."""


@dataclass(frozen=True, eq=False, slots=True)
class Mended:
    """What a test by simulation came to.

    Attributes:
        found: what the room asks, people added.
        added: hours to roster that were added per set of queues, within the seats.
        short: intervals in which a set missed a goal before.
        still_short: intervals in which one does after.
        runs: of each simulation.
        unplayed: backlog, which is not simulated.
    """

    found: RoomRequirement
    added: dict[QueueSet, float]
    short: int
    still_short: int
    runs: int
    unplayed: tuple[str, ...]


def mended(
    values: ForecastValues,
    asked: Requirement,
    asks: RoomAsks,
    runs: int,
    go_on: Callable[[str, float], bool],
) -> Mended | None:
    """Add people to what queues ask until simulation holds their goals, then what the room asks.

    Args:
        values: what the forecast says of the requirement's queues, by their names in it.
        asked: the requirement.
        asks: what its room asks as a whole.
        runs: of each simulation.
        go_on: told after each run how far it is, in words and as a share of the sets of queues.

    Returns:
        None when it was told not to go on.

    Raises:
        forecasting.errors.InputError: when it cannot be worked out or simulated.
    """
    from forecasting.staffing.repair import repaired  # noqa: PLC0415  (loads Numba)

    stopped = False

    def told(far: Progress) -> bool:
        nonlocal stopped
        stopped = not go_on(far_words(far, runs, asked.interval_minutes), far.sets_done / far.sets)
        return not stopped

    reserve, zone = asks.terms.reserve, asked.zone
    queues = asking(values, asked.terms, reserve, zone)
    done = repaired(
        queues.need, queues.calls, zone=zone, aht=queues.aht, reserve=reserve, runs=runs, go_on=told
    )
    if stopped:
        return None
    before = room_requirement(queues.need, asks.terms, zone).queues.people
    found = room_requirement(done.requirement, asks.terms, zone)
    hours = asked.interval_minutes / 60
    return Mended(
        found=found,
        added={
            names: float((people - before[names]).sum()) * hours
            for names, people in found.queues.people.items()
        },
        short=int(np.any([*done.short.values()], axis=0).sum()),
        still_short=int(np.any([*done.still_short.values()], axis=0).sum()),
        runs=runs,
        unplayed=tuple(queue.queue for queue in queues.need.terms if queue.medium == "backlog"),
    )


def far_words(far: Progress, runs: int, interval_minutes: int) -> str:
    """How far it is, as a sentence or two."""
    words = f"Simulating {listed(far.queues)}, set {far.sets_done + 1} of {far.sets}"
    if far.short is None:
        return f"{words}: run {far.runs_done} of {runs}."
    short = count(far.short, _interval(interval_minutes))
    return (
        f"{words}, round {far.rounds_done + 1}: run {far.runs_done} of {runs}. "
        f"{short} fell short in the round before."
    )


def mended_notes(mended: Mended) -> Iterator[str]:
    """What a test came to, a sentence or more."""
    interval = _interval(mended.found.queues.interval_minutes)
    words = f"Simulated {count(mended.runs, 'time')}"
    if mended.found.few_seats:
        words += ", as if there were seats enough"
    if not mended.short:
        yield f"{words}: no {interval} falls short of its goals, and nobody was added."
    else:
        added = [
            f"{person_hours(hours)} for {_together(names)}"
            for names, hours in mended.added.items()
            if hours
        ]
        still = number(mended.still_short) if mended.still_short else "none"
        yield (
            f"{words}: {count(mended.short, interval)} fell short of the goals before, {still} "
            f"{'do' if mended.still_short > 1 else 'does'} now. "
            f"{f'Added: {listed(added)}' if added else 'Nobody was added'}."
        )
    if mended.unplayed:
        yield f"Not simulated: {listed(mended.unplayed)}, being backlog, and staff shared with it."


def _interval(minutes: int) -> str:
    return INTERVALS.get(minutes, "interval")


def _together(names: QueueSet) -> str:
    return names[0] if len(names) == 1 else f"{listed(names)} together"
