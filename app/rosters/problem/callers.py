"""What callers feel of a roster: prices of a shortage, and calls late or lost with its people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.requirements.service import Need, QueueSet
from app.rosters.problem.rows import minute
from app.web.words import listed
from forecasting.staffing.room import Row
from forecasting.staffing.worth import Calls, Prices, expected_late, shortage_prices
from rostering.assumed import shortage_points
from rostering.cover_grid import Counts
from rostering.problem import Problem


class RowPrices:
    """What missing people cost in the rows of a need, over some of its intervals.

    A set of queues costs what its calls cost that are late or lost. Where people at posts are asked
    for as well, whoever is missing there is missing from the queues: the row that asks for both has
    the price, and the row that asks for less costs nothing of its own. What is asked of other
    skills, and of a need that says nothing of calls, costs what is assumed.
    """

    def __init__(self, need: Need, part: slice) -> None:
        self._need = need
        self._assumed = shortage_points(need.interval_minutes)
        self._by_set = self._worked_out(need, part)
        self._with_posts = {row.skills for row in need.rows if _asks_for_posts(need, row)}

    def _worked_out(self, need: Need, part: slice) -> Mapping[QueueSet, Prices]:
        if need.calls is None:
            return {}
        people = {queues: asked[part] for queues, asked in need.by_set.items()}
        return shortage_prices(_during(need.calls, part), people, self._assumed)

    def of(self, row: Row) -> Prices | tuple[int, ...]:
        """Points for the first, second … missing person, for all intervals or for each."""
        queues = _queues_of(self._need, row)
        if not queues or queues not in self._by_set:
            return self._assumed
        if row.names == queues and row.skills in self._with_posts:
            return (0,)
        return self._by_set[queues]


def _queues_of(need: Need, row: Row) -> QueueSet:
    """The queues of a row whose people all serve one of them; none of any other row."""
    queues = tuple(name for name in row.names if name in need.skills)
    if row.asker != "queues" or row.skills != {need.skills[name] for name in queues}:
        return ()
    return queues


def _asks_for_posts(need: Need, row: Row) -> bool:
    queues = _queues_of(need, row)
    return bool(queues) and row.names != queues


def _during(calls: Calls, part: slice) -> Calls:
    """The calls of some intervals."""
    load = {queue: erlangs[part] for queue, erlangs in calls.load.items()}
    return replace(calls, load=load)


@dataclass(frozen=True, slots=True)
class LateCalls:
    """Calls of a roster's period, by queue.

    Attributes:
        late: expected to be answered late, or never.
        offered: expected to come.
    """

    late: Mapping[str, float]
    offered: Mapping[str, float]


def late_calls(problem: Problem, need: Need, on_duty: Sequence[Counts]) -> LateCalls | None:
    """Calls expected late or lost over the period, with the people on duty.

    Args:
        problem: what the roster was made from.
        need: the need that it was made for.
        on_duty: people on duty for each need of the problem, in its order.

    Returns:
        None where the need says nothing of calls, or the problem no longer asks for all its sets.
    """
    covers = {
        cover.queues: (cover, there) for cover, there in zip(problem.cover, on_duty, strict=True)
    }
    sets = need.by_set
    if need.calls is None or not sets.keys() <= covers.keys():
        return None
    at_posts = {
        _queues_of(need, row): row.people - sets[_queues_of(need, row)]
        for row in need.rows
        if _asks_for_posts(need, row)
    }
    answering = {}
    for queues in sets:
        cover, there = covers[queues]
        first = (cover.start - minute(need.start)) // need.interval_minutes
        part = slice(first, first + len(there))
        posts = at_posts.get(queues, np.zeros_like(sets[queues]))[part]
        answering[queues] = np.maximum(there - posts, 0)
    calls = _during(need.calls, part)
    late = expected_late(calls, answering)
    return LateCalls(
        late={queue: float(row.sum()) for queue, row in late.items()},
        offered={queue: float(calls.offered((queue,)).sum()) for queue in late},
    )


def price_notes(need: Need) -> Iterator[str]:
    """What a missing person costs, in a sentence."""
    if need.calls is None:
        yield (
            "A missing person costs what is assumed, since this requirement says nothing of "
            "calls: work it out anew to weigh callers."
        )
        return
    weights = listed(f"{each.late_call_points:g} for {each.queue}" for each in need.calls.terms)
    yield (
        "A missing person costs the calls expected late or lost without them; each weighs "
        f"{weights}, where a wish weighs up to 10."
    )
