"""Seats that exist: a requirement held to them, and what service they allow."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.staffing.erlang import erlang_a
from forecasting.staffing.needs import Counts
from forecasting.staffing.requirement import Requirement
from forecasting.staffing.sharing import QueueSet, bounds
from forecasting.staffing.shrinkage import blended, rostered
from forecasting.staffing.terms import QueueTerms


@dataclass(frozen=True, slots=True)
class FewSeats:
    """Where a set of queues would use more seats than there are.

    Attributes:
        queues: their names.
        intervals: in how many intervals.
        first: start of the first of them, datetime64 in UTC.
        worst: start of the one that lacks the most seats.
        wanted: people at desks that the goals ask for in the worst.
        seats: seats left for them there, posts taken off.
        share: callers answered within `within_seconds` of all offered there, by Erlang A for the
            calls of the set taken together; None where nobody calls.
        within_seconds: the time, on the room's own clock, of the set's least urgent queue of
            calls, which waits for the others.
    """

    queues: QueueSet
    intervals: int
    first: np.datetime64
    worst: np.datetime64
    wanted: int
    seats: int
    share: float | None
    within_seconds: float


def within_seats(need: Requirement, left: Counts) -> tuple[Requirement, tuple[FewSeats, ...]]:
    """A requirement that asks nobody to sit where there is no seat.

    People on the phones of a set are at most the seats left, and people to roster at most those
    who fill these seats, breaks included.

    Args:
        need: what the goals ask.
        left: seats left for queues, posts taken off, ≥ 0, shape (intervals,).

    Returns:
        The requirement, and the single queues and the whole room where seats are too few.
    """
    agents = {group: np.minimum(asked, left) for group, asked in need.agents.items()}
    terms = {queue.queue: queue for queue in need.terms}
    people: dict[QueueSet, Counts] = {}
    for group, asked in need.people.items():
        lost = blended(
            [need.busy(name) for name in group], [terms[name].in_shift_shrinkage for name in group]
        )
        kept = np.minimum(asked, rostered(left, lost))
        people[group] = kept if len(group) == 1 else np.clip(kept, *bounds(group, people))
    few = [
        _few_seats(need, [terms[name] for name in group], need.agents[group], left)
        for group in need.agents
        if len(group) in {1, len(terms)} and (need.agents[group] > left).any()
    ]
    return dataclasses.replace(need, agents=agents, people=people), tuple(few)


def _few_seats(
    need: Requirement, queues: Sequence[QueueTerms], agents: Counts, left: Counts
) -> FewSeats:
    """What the seats allow a set of queues."""
    lacking = agents - left
    worst = int(np.argmax(lacking))
    callers = [queue for queue in queues if queue.medium == "calls"]
    last = max(callers or queues, key=lambda queue: queue.urgency)
    return FewSeats(
        queues=tuple(sorted(queue.queue for queue in queues)),
        intervals=int((lacking > 0).sum()),
        first=need.starts[int(np.argmax(lacking > 0))],
        worst=need.starts[worst],
        wanted=int(agents[worst]),
        seats=int(left[worst]),
        share=_answered(callers, need, worst, int(left[worst]), last.own_within_seconds),
        within_seconds=last.own_within_seconds,
    )


def _answered(
    callers: Sequence[QueueTerms], need: Requirement, at: int, seats: int, within: float
) -> float | None:
    """Share of callers answered in time in an interval, by Erlang A; None without any."""
    load: npt.NDArray[np.float64] = np.array([need.load[queue.queue][at] for queue in callers])
    if not load.sum():
        return None
    rates = load / np.array([queue.aht_seconds for queue in callers])
    leaving = float((rates / np.array([queue.patience for queue in callers])).sum())
    rate = float(rates.sum())
    patience = rate / leaving if leaving else np.inf
    figures = erlang_a(rate, float(load.sum()) / rate, patience, seats, within)
    return float(figures.answered_in_time_of_offered)
