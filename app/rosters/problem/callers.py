"""What callers feel of a roster: prices of a shortage, and calls late or lost with its people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.requirements.service import Need, QueueSet
from app.rosters.problem.rows import minute
from app.web.words import listed
from forecasting.staffing.room import joined
from forecasting.staffing.rows import LateCalls, RowPrices, late_with
from forecasting.staffing.worth import Prices, shortage_prices
from rostering.assumed import shortage_points
from rostering.cover_grid import Counts
from rostering.problem import Problem


def row_prices(need: Need, part: slice) -> RowPrices:
    """What missing people cost in the rows of a need, over some of its intervals."""
    assumed = shortage_points(need.interval_minutes)
    prices: Mapping[QueueSet, Prices] = {}
    if need.calls is not None:
        people = {queues: asked[part] for queues, asked in need.by_set.items()}
        load = {queue: erlangs[part] for queue, erlangs in need.calls.load.items()}
        prices = shortage_prices(replace(need.calls, load=load), people, assumed)
    return RowPrices(need.rows, need.skills, prices, assumed)


def late_calls(problem: Problem, need: Need, on_duty: Sequence[Counts]) -> LateCalls | None:
    """Calls expected late or lost over the period, with the people on duty.

    Args:
        problem: what the roster was made from.
        need: the need that it was made for.
        on_duty: people on duty for each need of the problem, in its order.

    Returns:
        None where the need says nothing of calls, or the problem no longer asks for all its sets.
    """
    there = dict(zip((cover.queues for cover in problem.cover), on_duty, strict=True))
    if need.calls is None or not need.by_set.keys() <= there.keys():
        return None
    first = (problem.cover[0].start - minute(need.start)) // need.interval_minutes
    rows = joined(need.rows, {officer.skills for officer in problem.officers})
    return late_with(need.calls, rows, there, slice(first, first + len(on_duty[0])))


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
