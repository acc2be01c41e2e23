"""The fewest people more that bring a goal: add where calls are late, simulate again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.scenarios.series.changing import with_more
from app.scenarios.series.measures import on_duty
from app.scenarios.values import Basis, Result, Seek, Sought, Whole
from app.web.words import count, percent

Reals = npt.NDArray[np.float64]
GoOn = Callable[[str, float], bool]
Simulate = Callable[[Basis, int, GoOn], Result | None]
"""Simulates a room so many times; None when it was told not to go on."""

SEARCH_RUNS = 40
"""Runs while people are sought: a week's share is then known within .3 points."""

MOST_ROUNDS = 24
"""Rounds at most, two simulations each, which take a second or less for a week."""

WORTH = 0.5
"""In a round people go to the hours that gain at least so much of what the best hour gains."""

FEW_CALLS = 0.5
"""An hour with fewer calls than this is not asked to reach a goal by itself."""


@dataclass(frozen=True, eq=False, slots=True)
class _Hours:
    """How the hours stand: calls that came and calls that were late, means over runs, (hours,)."""

    offered: Reals
    late: Reals
    per_hour: int

    @classmethod
    def of(cls, result: Result, queue: int, intervals: int) -> _Hours:
        offered = result.offered[:, :, queue].mean(axis=0)
        in_time = result.in_time[:, :, queue].mean(axis=0)
        return cls(offered, offered - in_time, -(-intervals // result.hours))

    @property
    def share(self) -> float:
        """Share answered in time, over all hours; 1 where nobody calls."""
        total = float(self.offered.sum())
        return 1 - float(self.late.sum()) / total if total else 1.0

    def short(self, seek: Seek) -> npt.NDArray[np.bool_]:
        """Hours that miss the goal where each must reach it, shape (hours,)."""
        asked: npt.NDArray[np.bool_] = self.offered >= FEW_CALLS
        return asked & (self.late > (1 - seek.share) * self.offered)

    def reach(self, seek: Seek) -> bool:
        """Whether the goal holds."""
        return self.share >= seek.share if seek.over == "period" else not self.short(seek).any()


def sought_with(
    simulate: Simulate, room: Basis, seek: Seek, runs: int, go_on: GoOn
) -> Result | None:
    """The people more that bring a goal, and what came of the room with them.

    What a person more is worth in an hour is seen by adding one to every hour at once, since it is
    felt in that hour almost alone. In each round a person goes to the hours that gain most, until
    that makes up the calls late beyond the goal; a second person in an hour gains less than the
    first, so that taking the best again and again is close to the fewest. Where every hour must
    reach the goal, people go to each that does not.

    Args:
        simulate: does a round.
        room: as it is without anybody more.
        seek: the goal.
        runs: of the last simulation, which is what is told.
        go_on: asked between runs, with how far it is.

    Returns:
        The last simulation, with who was added; None when it was told not to go on.
    """
    try:
        return _Search(simulate, room, seek, runs, go_on).found()
    except _StoppedError:
        return None


class _StoppedError(Exception):
    """The search was told not to go on."""


class _Search:
    """One search, round by round."""

    def __init__(self, simulate: Simulate, room: Basis, seek: Seek, runs: int, go_on: GoOn) -> None:
        self._simulate, self._room, self._seek = simulate, room, seek
        self._runs, self._few = runs, min(runs, SEARCH_RUNS)
        self._go_on = go_on
        self._queue = room.queues.index(seek.queue)
        self._serves = (seek.queue,)
        self._rounds = 0
        self._before: float | None = None
        self._share = 0.0

    def found(self) -> Result:
        """What came of the room with the people sought."""
        added: Whole = np.zeros(self._room.intervals, np.int64)
        added, _, _ = self._climbed(added, self._few)
        return self._told(*self._climbed(added, self._runs))

    def _climbed(self, added: Whole, runs: int) -> tuple[Whole, Result, _Hours]:
        """With more and more people, until the goal holds or nobody more would help."""
        while True:
            self._rounds += 1
            result, hours = self._seen(added, runs)
            if self._before is None:
                self._before = hours.share
            self._share = hours.share
            if hours.reach(self._seek) or self._rounds >= MOST_ROUNDS:
                return added, result, hours
            more = self._more(hours, added, runs)
            if not more.any():
                return added, result, hours
            added = added + more

    def _seen(self, added: Whole, runs: int) -> tuple[Result, _Hours]:
        """What comes of the room with these people more."""
        words, share = self._words(added), self._rounds / (MOST_ROUNDS + 2)
        room = with_more(self._room, self._serves, added) if added.any() else self._room
        result = self._simulate(room, runs, lambda _, __: self._go_on(words, share))
        if result is None:
            raise _StoppedError
        return result, _Hours.of(result, self._queue, self._room.intervals)

    def _words(self, added: Whole) -> str:
        hours = int(added.sum()) * self._room.interval_minutes / 60
        if self._before is None:
            return "Simulating the days as they are."
        return (
            f"Round {self._rounds} of at most {MOST_ROUNDS}: "
            f"{count(round(hours), 'person-hour')} more; "
            f"{self._seek.queue} stood at {percent(self._share)}."
        )

    def _more(self, hours: _Hours, added: Whole, runs: int) -> Whole:
        """Who is to be added next, per interval; nobody where nobody would help."""
        number = np.zeros(len(hours.late), np.int64)
        if self._seek.over == "hour":
            short = hours.short(self._seek)
            there = self._people(added, hours)
            gap = (hours.late / np.maximum(hours.offered, FEW_CALLS)) - (1 - self._seek.share)
            number[short] = np.maximum(1, np.floor(there * gap / 2).astype(np.int64))[short]
        else:
            excess = float(hours.late.sum() - (1 - self._seek.share) * hours.offered.sum())
            gain = hours.late - self._seen(added + 1, runs)[1].late
            order = np.argsort(-gain, kind="stable")
            best = gain[order]
            worth = int(((best > 0) & (best >= WORTH * best[0])).sum())
            enough = int(np.searchsorted(np.cumsum(best), excess)) + 1
            number[order[: min(enough, worth)]] = 1
        return np.repeat(number, hours.per_hour)[: len(added)]

    def _people(self, added: Whole, hours: _Hours) -> Reals:
        """People on duty for the queue by hour, with those added."""
        there = on_duty(self._room, self._serves) + added
        return there[:: hours.per_hour][: len(hours.late)].astype(np.float64)

    def _told(self, added: Whole, result: Result, hours: _Hours) -> Result:
        reached = hours.reach(self._seek)
        before = hours.share if self._before is None else self._before
        sought = Sought(added, self._serves, reached, self._rounds, before)
        return dataclasses.replace(result, sought=sought)
