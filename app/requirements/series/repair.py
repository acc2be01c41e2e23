"""A requirement held to its goals by simulation, and what that comes to in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.forecasts.service import ForecastValues
from app.requirements.series.need import Asking, asking
from app.requirements.values import Requirement, RoomAsks
from app.web.words import count, listed, number, person_hours
from forecasting.staffing.needs import Bools
from forecasting.staffing.posts import RoomTerms
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
        unjudged: intervals with too few calls to judge by, by queue, where there are any.
        enough: calls over all runs that are enough.
        unplayed: backlog, which is not simulated.
        sets: sets of queues to simulate.
        left: how many of them were left when it was told not to go on.
    """

    found: RoomRequirement
    added: dict[QueueSet, float]
    short: int
    still_short: int
    runs: int
    unjudged: dict[str, int]
    enough: int
    unplayed: tuple[str, ...]
    sets: int
    left: int


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
    queues = asking(values, asked.terms, asks.terms.reserve, asked.zone)
    found = tested(queues, asks.terms, asked.zone, runs, go_on)
    return None if found.left else found


def tested(
    queues: Asking, terms: RoomTerms, zone: str, runs: int, go_on: Callable[[str, float], bool]
) -> Mended:
    """Add people to what queues ask until simulation holds their goals, then what the room asks.

    Args:
        queues: what the queues ask.
        terms: what their room asks as a whole.
        zone: its time zone.
        runs: of each simulation.
        go_on: told after each run how far it is, in words and as a share of the sets of queues; an
            answer of False ends with the sets that are done.

    Raises:
        forecasting.errors.InputError: when it cannot be worked out or simulated.
    """
    from forecasting.staffing.repair import (  # noqa: PLC0415  (loads Numba)
        ENOUGH_CALLS,
        repaired,
    )

    asked, sets = queues.need, 0

    def told(far: Progress) -> bool:
        nonlocal sets
        sets = far.sets
        words = far_words(far, runs, asked.interval_minutes)
        return go_on(words, far.sets_done / far.sets)

    done = repaired(
        asked,
        queues.calls,
        zone=zone,
        aht=queues.aht,
        reserve=terms.reserve,
        runs=runs,
        go_on=told,
    )
    before = room_requirement(asked, terms, zone).queues.people
    found = room_requirement(done.requirement, terms, zone)
    hours = asked.interval_minutes / 60
    return Mended(
        found=found,
        added={
            names: float((people - before[names]).sum()) * hours
            for names, people in found.queues.people.items()
        },
        short=_any([done.short[group] for group in done.played]),
        still_short=_any([done.still_short[group] for group in done.played]),
        runs=runs,
        unjudged={queue: int(few.sum()) for queue, few in done.unjudged.items() if few.any()},
        enough=ENOUGH_CALLS,
        unplayed=tuple(queue.queue for queue in asked.terms if queue.medium == "backlog"),
        sets=sets,
        left=sets - len(done.played),
    )


def _any(found: list[Bools]) -> int:
    """Intervals in which any set is found so."""
    return int(np.any(found, axis=0).sum()) if found else 0


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
    if mended.left and mended.left == mended.sets:
        yield (
            "The test of the people needed by simulation had no time for any of "
            f"{count(mended.sets, 'set')} of queues."
        )
        return
    words = f"Simulated {count(mended.runs, 'time')}"
    if mended.left:
        words += (
            f" for {number(mended.sets - mended.left)} of {count(mended.sets, 'set')} of queues"
        )
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
    if mended.unjudged:
        few = listed(
            f"{count(size, interval)} of {queue}" for queue, size in mended.unjudged.items()
        )
        yield f"Not judged, with fewer than {mended.enough} calls over all runs: {few}."
    if mended.unplayed:
        yield f"Not simulated: {listed(mended.unplayed)}, being backlog, and staff shared with it."


def _interval(minutes: int) -> str:
    return INTERVALS.get(minutes, "interval")


def _together(names: QueueSet) -> str:
    return names[0] if len(names) == 1 else f"{listed(names)} together"
