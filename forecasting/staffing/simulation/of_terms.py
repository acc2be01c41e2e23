"""A simulated room from calls, the queues' terms and groups of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from forecasting.calendar import MINUTES_PER_DAY, Calendar, LocalTime
from forecasting.errors import InputError, quoted
from forecasting.staffing.callers import Turn
from forecasting.staffing.pots import Pot
from forecasting.staffing.simulation.room import Floats, Group, SimulatedRoom, Stream
from forecasting.staffing.terms import QueueTerms, Urgency

WARM_UP_MINUTES = 120
"""What the room runs before its first interval, so that calls are in hand when that begins."""

Rank = tuple[Urgency, int]
"""A queue's urgency, then the place of the pot in the queue."""


def simulated_room(
    start: np.datetime64,
    interval_minutes: int,
    zone: str,
    calls: Mapping[str, npt.ArrayLike],
    terms: Sequence[QueueTerms],
    groups: Sequence[Group],
    aht: Mapping[str, npt.ArrayLike] | None = None,
    reserve: int = 1,
    day_levels: Mapping[str, npt.ArrayLike] | None = None,
) -> SimulatedRoom:
    """Lay out the room that `simulate` plays.

    The more urgent queue is served first, queues of one urgency in order of arrival; chats after
    all calls and backlog after all chats. A queue's pots are streams named "queue: pot", served in
    their order; nobody is kept in reserve from one pot for another. Who turns to a queue with pots
    joins its first.

    Args:
        start: UTC instant of the first interval.
        interval_minutes: length of an interval.
        zone: IANA name; its midnights part the days.
        calls: mean first calls per queue, shape (intervals,).
        terms: of each of these queues.
        groups: people, by names of queues that they serve.
        aht: mean handling seconds per queue and interval, shape (intervals,); where a queue is
            left out, its terms' own. Pots keep their proportion to the queue's.
        reserve: people kept for the most urgent queue.
        day_levels: coefficient of variation of the level of each interval's day around `calls`,
            shape (intervals,), of queues whose terms state none.

    Raises:
        InputError: queues that do not match, wrong shapes or numbers, an unknown zone.
    """
    for name in sorted({*calls} ^ {queue.queue for queue in terms}):
        missing = "terms" if name in calls else "calls"
        raise InputError(f"queue {quoted(name)} has no {missing}.")
    counts = {name: np.asarray(values, np.float64) for name, values in calls.items()}
    intervals = max((values.size for values in counts.values()), default=0)
    if not intervals:
        raise InputError("there must be one queue and one interval at least.")
    local = Calendar(zone).local(start, interval_minutes, intervals)
    times = {name: np.asarray(values, np.float64) for name, values in (aht or {}).items()}
    streams: list[tuple[Rank, Stream]] = []
    for queue in terms:
        turn = _turn(queue, terms)
        handling = times.get(queue.queue, np.full(intervals, queue.aht_seconds))
        levels = None if queue.rate_variation else (day_levels or {}).get(queue.queue)
        varying = None if levels is None else np.asarray(levels, np.float64)
        for rank, stream in _streams(queue, counts[queue.queue], handling, local):
            streams.append((rank, replace(stream, turn=turn, rate_variation_at=varying)))
    ranks = sorted({rank for rank, _ in streams})
    return SimulatedRoom(
        start=start,
        interval_minutes=interval_minutes,
        day=local.day,
        streams=tuple(replace(stream, rank=ranks.index(rank)) for rank, stream in streams),
        groups=tuple(groups),
        reserve=reserve,
        warm_up=-(-WARM_UP_MINUTES // interval_minutes),
    )


def _streams(
    queue: QueueTerms, calls: Floats, aht: Floats, local: LocalTime
) -> Iterator[tuple[Rank, Stream]]:
    """A queue's streams, one or one per pot, and where they stand among others."""
    whole = Stream(
        name=queue.queue,
        queue=queue.queue,
        calls=calls,
        aht_seconds=aht,
        rank=0,
        within_seconds=queue.own_within_seconds,
        patience_seconds=np.inf if queue.medium == "backlog" else queue.patience,
        variation=queue.variation,
        redial=queue.redial,
        call_back=queue.call_back,
        medium=queue.medium,
        side_by_side=queue.side_by_side,
        deadline_seconds=queue.deadline_seconds,
        rate_variation=queue.rate_variation,
        within_at=_within(queue, local),
    )
    if not queue.pots:
        yield (queue.urgency, 0), whole
    for place, pot in enumerate(queue.pots):
        times = aht if pot.aht_seconds is None else aht * (pot.aht_seconds / queue.aht_seconds)
        within = queue.within_seconds if pot.within_seconds is None else pot.within_seconds
        yield (
            (queue.urgency, place),
            replace(
                whole,
                name=_pot_name(queue, pot),
                calls=calls * pot.share,
                aht_seconds=times,
                within_seconds=queue.own_seconds(within),
                within_at=whole.within_at if pot.within_seconds is None else None,
            ),
        )


def _within(queue: QueueTerms, local: LocalTime) -> Floats | None:
    """What "in time" means in each interval, where goals of some hours say something else."""
    if all(goal.within_seconds is None for goal in queue.goals_at):
        return None
    within = np.full(local.slot.size, queue.own_within_seconds)
    minute = local.slot * (MINUTES_PER_DAY // local.slots_per_day)
    for goal in reversed(queue.goals_at):
        held = goal.window.holds(local.weekday, minute)
        within[held] = queue.during(goal).own_within_seconds
    return within


def _turn(queue: QueueTerms, terms: Sequence[QueueTerms]) -> Turn | None:
    """To which stream a queue's callers turn."""
    if queue.turn is None:
        return None
    by_name = {other.queue: other for other in terms}
    other = by_name.get(queue.turn.to)
    if other is None or not other.pots:
        return queue.turn
    return replace(queue.turn, to=_pot_name(other, other.pots[0]))


def _pot_name(queue: QueueTerms, pot: Pot) -> str:
    return f"{queue.queue}: {pot.name}"
