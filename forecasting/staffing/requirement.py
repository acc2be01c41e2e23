"""The staffing requirement: people to roster per interval and set of queues that share staff."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar
from forecasting.errors import InputError, quoted
from forecasting.staffing.needs import Counts
from forecasting.staffing.poisson import Floats
from forecasting.staffing.pools import shared_need
from forecasting.staffing.queue_need import QueueNeed, hours_of
from forecasting.staffing.redials import settled
from forecasting.staffing.sharing import QueueSet, bounds, queue_sets
from forecasting.staffing.shrinkage import blended, rostered
from forecasting.staffing.terms import QueueTerms

HEADER = ("interval_start", "queues", "required")


@dataclass(frozen=True, slots=True)
class Requirement:
    """People to roster, shrinkage and minimum staffing included.

    Attributes:
        starts: start of each interval, datetime64 in UTC, shape (intervals,).
        interval_minutes: length of an interval.
        terms: the queues' terms.
        load: per queue the modified offered load in erlangs, shape (intervals,).
        agents: per set of queues the people on the phones that meet its goals, shape (intervals,).
        people: per set of queues (names sorted) the people to roster who can serve any of them,
            shape (intervals,).

    In `agents` and `people` a set never asks for less than a smaller set inside it, nor for more
    than two sets that make it up.
    """

    starts: npt.NDArray[np.datetime64]
    interval_minutes: int
    terms: tuple[QueueTerms, ...]
    load: Mapping[str, Floats]
    agents: Mapping[QueueSet, Counts]
    people: Mapping[QueueSet, Counts]

    def busy(self, queue: str) -> Floats:
        """People whom a queue's load keeps busy, chats being held side by side, (intervals,)."""
        side = next(terms.side_by_side for terms in self.terms if terms.queue == queue)
        return np.asarray(self.load[queue] / side)

    def rows(self) -> list[tuple[str, str, int]]:
        """Rows of interval start, queues joined by + and people required, sorted."""
        instants = np.datetime_as_string(self.starts, unit="s")
        names = sorted(("+".join(group), group) for group in self.people)
        return [
            (f"{instant}Z", name, int(self.people[group][k]))
            for k, instant in enumerate(instants)
            for name, group in names
        ]

    def write_csv(self, path: Path) -> None:
        """Write `interval_start,queues,required`, UTC instants, one row per interval and set."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(self.rows())


def requirement(
    starts: npt.ArrayLike,
    interval_minutes: int,
    calls: Mapping[str, npt.ArrayLike],
    terms: Sequence[QueueTerms],
    *,
    calls_before: Mapping[str, npt.ArrayLike] | None = None,
    aht: Mapping[str, npt.ArrayLike] | None = None,
    zone: str = "UTC",
    reserve: int = 1,
) -> Requirement:
    """People to roster per interval for every set of the given queues.

    A queue alone takes its own need, with the calls that come of calls not answered (`redials`); a
    set takes the need of its shared pool (`pools`), held between the largest smaller set inside it
    and the cheapest two sets that make it up. In an interval without calls a queue is closed and
    asks for its minimum only; backlog is done in any interval that its deadline allows.

    Args:
        starts: start of each interval, datetime64 in UTC, consecutive.
        interval_minutes: length of an interval.
        calls: per queue the mean first calls per interval, shape (intervals,), ≥ 0.
        terms: the terms of exactly those queues, five at most.
        calls_before: per queue mean calls of the intervals just before; without, the room is
            taken to have run steadily at its first rate, and with no backlog in hand.
        aht: per queue the mean handling seconds of each interval's calls, ≥ 0; a queue without
            takes its terms' in all intervals.
        zone: IANA time zone in which `goals_at` of the terms hold.
        reserve: people kept idle for the most urgent queue of a shared pool, ≥ 0.

    Raises:
        InputError: queues that do not match, a gap in time, wrong shapes or numbers, an unknown
            time zone.
    """
    instants = _consecutive(starts, interval_minutes)
    if reserve < 0:
        raise InputError(f"the reserve must be 0 people or more, not {reserve}.")
    by_queue = {queue.queue: queue for queue in terms}
    sets = queue_sets([queue.queue for queue in terms])
    counts = _counts(calls, by_queue, instants.size)
    times = _times(aht or {}, by_queue, instants.size)
    before = calls_before or {}
    weekday, minute = _local(instants, interval_minutes, zone)
    needs = {
        name: QueueNeed(
            queue,
            60.0 * interval_minutes,
            hours_of(queue, weekday, minute),
            times[name],
            before.get(name, ()),
        )
        for name, queue in by_queue.items()
    }
    load, alone = settled(needs, counts)
    agents = _agents(sets, needs, load, alone, reserve)
    people = to_roster(agents, by_queue, load)
    return Requirement(instants, interval_minutes, tuple(terms), load, agents, people)


def _agents(
    sets: Sequence[QueueSet],
    needs: Mapping[str, QueueNeed],
    load: Mapping[str, Floats],
    alone: Mapping[str, Counts],
    reserve: int,
) -> dict[QueueSet, Counts]:
    """People on the phones per set, smaller sets first, so that larger ones can be held to them."""
    agents: dict[QueueSet, Counts] = {}
    for group in sets:
        if len(group) == 1:
            agents[group] = alone[group[0]]
            continue
        least, most = bounds(group, agents)
        pool = [needs[name] for name in group]
        loads = np.stack([load[name] for name in group])
        agents[group] = shared_need(pool, loads, least, most, reserve)
    return agents


def to_roster(
    agents: Mapping[QueueSet, Counts],
    terms: Mapping[str, QueueTerms],
    load: Mapping[str, Floats],
) -> dict[QueueSet, Counts]:
    """People to roster per set: shrinkage averaged over the queues' loads, and minimum staffing.

    Args:
        agents: people on the phones per set, smaller sets first, shape (intervals,).
        terms: terms per queue.
        load: erlangs per queue, shape (intervals,).
    """
    people: dict[QueueSet, Counts] = {}
    for group, need in agents.items():
        shares = [terms[name].in_shift_shrinkage for name in group]
        busy = [load[name] / terms[name].side_by_side for name in group]
        lost = blended(busy, shares)
        if len(group) == 1:
            queue = terms[group[0]]
            people[group] = np.maximum(rostered(need, queue.in_shift_shrinkage), queue.minimum)
        else:
            people[group] = np.clip(rostered(need, lost), *bounds(group, people))
    return people


def _consecutive(starts: npt.ArrayLike, interval_minutes: int) -> npt.NDArray[np.datetime64]:
    """Starts as datetime64 seconds, refused unless one interval apart."""
    instants = np.asarray(starts, dtype="datetime64[s]")
    if interval_minutes <= 0:
        raise InputError(f"an interval must last some minutes, not {interval_minutes}.")
    steps = np.diff(instants) != np.timedelta64(60 * interval_minutes, "s")
    if instants.ndim != 1 or np.any(steps):
        place = "" if instants.ndim != 1 else f" after {instants[int(np.argmax(steps))]}Z"
        raise InputError(f"intervals must follow each other every {interval_minutes} min{place}.")
    return instants


def _local(
    instants: npt.NDArray[np.datetime64], interval_minutes: int, zone: str
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Local weekday and minutes after midnight at which each interval begins."""
    calendar = Calendar(zone)
    if not instants.size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    local = calendar.local(instants[0], interval_minutes, instants.size)
    return local.weekday, local.slot * interval_minutes


def _times(
    aht: Mapping[str, npt.ArrayLike], terms: Mapping[str, QueueTerms], intervals: int
) -> dict[str, Floats]:
    """Handling seconds per queue and interval, pots with a time of their own averaged in."""
    for name in sorted(set(aht) - set(terms)):
        raise InputError(f"queue {quoted(name)} has handling times, but no terms.")
    times = {}
    for name, queue in terms.items():
        given = np.asarray(aht.get(name, queue.aht_seconds), np.float64)
        if given.shape not in ((), (intervals,)):
            raise InputError(
                f"queue {quoted(name)} has handling times for {given.size} of {intervals} "
                "intervals."
            )
        if not np.all((given >= 0) & np.isfinite(given)):
            raise InputError(f"queue {quoted(name)} has a handling time that is below 0 or none.")
        times[name] = queue.mean_aht(np.broadcast_to(given, (intervals,)))
    return times


def _counts(
    calls: Mapping[str, npt.ArrayLike], terms: Mapping[str, QueueTerms], intervals: int
) -> dict[str, Floats]:
    """Calls per queue as arrays of the right length, for exactly the queues with terms."""
    for name in sorted(set(calls) ^ set(terms)):
        missing = "calls" if name in terms else "terms"
        raise InputError(f"queue {quoted(name)} has no {missing}.")
    counts = {name: np.asarray(values, np.float64) for name, values in calls.items()}
    for name, values in counts.items():
        if values.shape != (intervals,):
            raise InputError(
                f"queue {quoted(name)} has calls for {values.size} of {intervals} intervals."
            )
        if not np.all((values >= 0) & np.isfinite(values)):
            raise InputError(f"queue {quoted(name)} has calls that are no number of 0 or more.")
    return counts
