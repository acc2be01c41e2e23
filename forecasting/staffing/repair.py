"""A requirement held to its goals by simulation: one person more wherever callers wait too long.

Formulas take each interval as steady. Where calls rise and fall, what an interval inherits from
the one before can leave it short; the simulation plays that, and people are added until no
interval is (the repair loop of Z. Feldman and others, Management Science 54 (2008), upwards only).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar, LocalTime
from forecasting.staffing.needs import Bools, Counts
from forecasting.staffing.poisson import Floats
from forecasting.staffing.queue_need import hours_of
from forecasting.staffing.requirement import Requirement, to_roster
from forecasting.staffing.sharing import QueueSet, bounds
from forecasting.staffing.simulation.figures import share_of, summed
from forecasting.staffing.simulation.of_terms import simulated_room
from forecasting.staffing.simulation.outcome import Outcome, simulate
from forecasting.staffing.simulation.room import Group
from forecasting.staffing.terms import QueueTerms

MARGIN = 0.03
"""By how much an interval may miss its goal: one interval at 100 runs is known to some 1.4 points,
so that less could not be told from chance."""

ENOUGH_CALLS = 200
"""Calls over all runs without which an interval is not judged."""

MOST_ROUNDS = 20
"""Simulations of one set of queues, at most."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a repair is.

    Attributes:
        queues: the set that is simulated.
        sets_done: how many sets are done.
        sets: how many are to be simulated.
        rounds_done: how often the set was simulated, people being added after each time.
        runs_done: runs of the present simulation.
        short: intervals that the set's last whole simulation found short; None before the first.
    """

    queues: QueueSet
    sets_done: int
    sets: int
    rounds_done: int
    runs_done: int
    short: int | None


@dataclass(frozen=True, eq=False, slots=True)
class Repaired:
    """A requirement after its repair.

    Attributes:
        requirement: with the people added.
        added: people on the phones added per set of queues, shape (intervals,).
        short: intervals per set that missed a goal before, shape (intervals,).
        still_short: those that miss one after the last simulation: none unless a set has all the
            people that its parts ask for, or `MOST_ROUNDS` were not enough.
        unjudged: intervals per queue in which calls came, but over all runs too few to judge by,
            shape (intervals,); of the queues that were simulated alone.
        played: the sets that were simulated to the end: all but those with backlog, and those that
            were left when it was stopped.
    """

    requirement: Requirement
    added: Mapping[QueueSet, Counts]
    short: Mapping[QueueSet, Bools]
    still_short: Mapping[QueueSet, Bools]
    unjudged: Mapping[str, Bools]
    played: tuple[QueueSet, ...]

    @property
    def added_hours(self) -> dict[QueueSet, float]:
        """Hours on the phones added per set."""
        hours = self.requirement.interval_minutes / 60
        return {group: float(more.sum()) * hours for group, more in self.added.items()}


def repaired(
    asked: Requirement,
    calls: Mapping[str, npt.ArrayLike],
    *,
    zone: str = "UTC",
    aht: Mapping[str, npt.ArrayLike] | None = None,
    reserve: int = 1,
    runs: int = 100,
    seed: int = 0,
    go_on: Callable[[Progress], bool] | None = None,
) -> Repaired:
    """Add people to a requirement until no interval falls more than `MARGIN` short of its goal.

    Each set of queues is played with its own people on the phones, all of whom serve all of the
    set; calls in hand count against those there, as a requirement says nothing of shifts. Judged
    are shares answered in time and abandoned, where the calls are enough and the miss is no chance
    (95 %). A queue that is judged by waits of callers who hang up, or never would, is judged by
    those answered, which asks for a little more. Backlog is not played: its goal is met over hours,
    not in an interval. Callers who turn to a queue outside the set are left out.

    Args:
        asked: the requirement.
        calls: per queue the mean first calls per interval, as `requirement` was given them.
        zone: the time zone, as there; as are the next two.
        aht: handling seconds per queue and interval.
        reserve: people kept idle for the most urgent queue of a set.
        runs: of each simulation.
        seed: of its random numbers.
        go_on: told after each run how far it is; an answer of False ends with the sets that are
            done, the others keeping their people.

    Raises:
        InputError: arrays that do not match, an unknown time zone.
    """
    counts = {name: np.asarray(values, np.float64) for name, values in calls.items()}
    times = {name: np.asarray(values, np.float64) for name, values in (aht or {}).items()}
    terms = {queue.queue: queue for queue in asked.terms}
    agents: dict[QueueSet, Counts] = {}
    short: dict[QueueSet, Bools] = {}
    still_short: dict[QueueSet, Bools] = {}
    unjudged: dict[str, Bools] = {}
    done: list[QueueSet] = []
    none = np.zeros(asked.starts.size, np.bool_)
    sets = {group: _played([terms[name] for name in group]) for group in asked.agents}
    played = [group for group, queues in sets.items() if queues and asked.starts.size]
    for group in sorted(asked.agents, key=len):
        least, most = (None, None) if len(group) == 1 else bounds(group, agents)
        agents[group] = np.clip(asked.agents[group], least, most)
        short[group], still_short[group] = none, none
        if group not in played:
            continue
        far = Progress(group, len(short.keys() & {*played}) - 1, len(played), 0, 0, None)
        play = _Play(asked, sets[group], counts, times, zone, reserve, runs, seed, go_on, far)
        mended = _mended(play, agents[group], most)
        if play.stopped:
            continue
        agents[group], short[group], still_short[group] = mended
        done.append(group)
        unjudged |= play.unjudged if len(group) == 1 else {}
    people = to_roster(agents, terms, asked.load)
    added = {group: agents[group] - asked.agents[group] for group in asked.agents}
    found = replace(asked, agents=agents, people=people)
    return Repaired(found, added, short, still_short, unjudged, tuple(done))


def _played(queues: Sequence[QueueTerms]) -> list[QueueTerms]:
    """A set's queues as they are played: none where one is backlog."""
    if any(queue.medium == "backlog" for queue in queues):
        return []
    names = {queue.queue for queue in queues}
    return [
        replace(queue, turn=queue.turn if queue.turn and queue.turn.to in names else None)
        for queue in queues
    ]


def _mended(play: _Play, agents: Counts, most: Counts | None) -> tuple[Counts, Bools, Bools]:
    """People with those added, the intervals short before, and those short after."""
    before = short = play.short(agents)
    for _ in range(MOST_ROUNDS - 1):
        more = agents + short
        if most is not None:
            more = np.minimum(more, most)
        if np.array_equal(more, agents) or play.stopped:
            break
        agents = more
        short = play.short(agents)
    return agents, before, short


class _Play:
    """A set of queues, to be simulated with any number of people."""

    def __init__(
        self,
        asked: Requirement,
        queues: Sequence[QueueTerms],
        calls: Mapping[str, Floats],
        aht: Mapping[str, Floats],
        zone: str,
        reserve: int,
        runs: int,
        seed: int,
        go_on: Callable[[Progress], bool] | None,
        far: Progress,
    ) -> None:
        self.stopped = False
        self.unjudged: dict[str, Bools] = {}
        self._far = far
        self._asked, self._queues, self._zone = asked, queues, zone
        self._calls = {queue.queue: calls[queue.queue] for queue in queues}
        self._aht = {
            name: np.broadcast_to(times, asked.starts.shape)
            for name, times in aht.items()
            if name in self._calls
        }
        self._reserve, self._runs, self._seed, self._go_on = reserve, runs, seed, go_on
        self._local = Calendar(zone).local(
            asked.starts[0], asked.interval_minutes, asked.starts.size
        )

    def short(self, agents: Counts) -> Bools:
        """The intervals in which a queue misses a goal with so many people, shape (intervals,)."""
        room = simulated_room(
            self._asked.starts[0],
            self._asked.interval_minutes,
            self._zone,
            self._calls,
            self._queues,
            [Group(frozenset(self._calls), agents, idle_leave_first=True)],
            aht=self._aht,
            reserve=self._reserve,
        )
        outcome = simulate(room, runs=self._runs, seed=self._seed, go_on=self._asked_to_go_on)
        misses = [missed(outcome, queue, self._local) for queue in self._queues]
        found = np.asarray(np.any(misses, axis=0))
        self.unjudged = {each.queue: too_few(outcome, each) for each in self._queues}
        rounds = self._far.rounds_done + 1
        self._far = replace(self._far, rounds_done=rounds, short=int(found.sum()))
        return found

    def _asked_to_go_on(self, runs_done: int) -> bool:
        told = replace(self._far, runs_done=runs_done)
        self.stopped = self.stopped or not (self._go_on is None or self._go_on(told))
        return not self.stopped


def missed(outcome: Outcome, queue: QueueTerms, local: LocalTime) -> Bools:
    """Intervals in which a queue misses a goal by more than `MARGIN`, surely and with enough calls.

    Args:
        outcome: runs of a room that has the queue.
        queue: its terms.
        local: local time of the room's intervals.

    Returns:
        Shape (intervals,).
    """
    offered, answered, in_time, abandoned = (
        summed(outcome, queue.queue, counts, "interval")
        for counts in (outcome.offered, outcome.answered, outcome.in_time, outcome.abandoned)
    )
    of_offered = queue.definition == "answered_in_time_of_offered"
    service = share_of(in_time, offered if of_offered else answered)
    lost = share_of(abandoned, offered)
    goal, most_lost = np.zeros(local.slot.size), np.ones(local.slot.size)
    minute = local.slot * outcome.room.interval_minutes
    for hours in hours_of(queue, local.weekday, minute):
        goal[hours.at] = hours.terms.share
        if hours.terms.most_abandonment is not None:
            most_lost[hours.at] = hours.terms.most_abandonment
    late = (service.value < goal - MARGIN) & (service.high < goal)
    late |= (lost.value > most_lost + MARGIN) & (lost.low > most_lost)
    return np.asarray(late & (offered.sum(axis=0) >= ENOUGH_CALLS))


def too_few(outcome: Outcome, queue: QueueTerms) -> Bools:
    """Intervals in which calls came to a queue, but too few to judge by, shape (intervals,)."""
    offered = summed(outcome, queue.queue, outcome.offered, "interval").sum(axis=0)
    return np.asarray((offered > 0) & (offered < ENOUGH_CALLS))
