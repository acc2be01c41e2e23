"""What one searching child does, from the first lines to its end.

OR-Tools is loaded when annealing has ended, so that a lawful roster does not wait for it.
"""

from __future__ import annotations

import math
import os
import time
from multiprocessing.connection import Connection

import numpy as np

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.pricing.best_line import LinePricer
from rostering.problem import Choices
from rostering.search.anneal import anneal
from rostering.search.messages import Bounded, Changed, Found, Incumbent, Ready
from rostering.search.task import Task
from rostering.tally import Change, Tally

POLITENESS = 10
"""Added to the process's niceness, so that a solve never starves the service beside it."""

ANNEALING_SHARES = (0.45, 0.2)
"""Shares of the time that the first and the second child anneal: a long and a short schedule, so
that good rosters come early and the best of annealing is not missed."""

SMALL = 3_000
"""Boolean variables up to which the single model beats the search (labs: instance 5)."""

BRIEFLY = 1.0
"""Seconds that a child anneals before it takes a small problem whole."""


def search(task: Task, parent: Connection) -> None:
    """Search until there is no time left or the parent ends the process."""
    os.nice(POLITENESS)
    _Search(task, parent).run()


class _Search:
    """The steps of one child, in order."""

    def __init__(self, task: Task, parent: Connection) -> None:
        self._task = task
        self._parent = parent
        self._counting = Counting.of(task.problem)
        self._allowed = Allowed.of(task.problem)
        self._choices = self._allowed.empty() if task.start is None else task.start
        self._unlawful: frozenset[int] = frozenset()

    def run(self) -> None:
        """Anneal, mend what is not lawful, prove a bound, improve."""
        is_for_whole = self._task.number == 1 and self._allowed.shifts.sum() <= SMALL
        self._anneal(BRIEFLY if is_for_whole else math.inf)
        self._mend()
        if self._task.number == 1:
            if is_for_whole and not self._unlawful:
                from rostering.search.whole import solve_whole  # noqa: PLC0415

                solve_whole(self._counting, self._allowed, self._choices, self._parent)
                return
            self._prove()
        self._improve()

    def _anneal(self, most_seconds: float) -> None:
        share = ANNEALING_SHARES[self._task.number % len(ANNEALING_SHARES)]
        best: tuple[int, int] | None = None
        rounds = anneal(
            self._counting,
            self._allowed,
            self._choices,
            seconds=min(self._seconds_left() * share, most_seconds),
            seed=self._task.seed,
            afresh=self._task.start is None,
        )
        for annealed in rounds:
            self._choices = annealed.choices
            points = Tally(self._counting, annealed.choices).objective
            score = (len(annealed.unlawful), points)
            if best is None or score < best:
                best = score
                self._parent.send(Found(annealed.choices, annealed.unlawful))

    def _mend(self) -> None:
        """Find every line that is not lawful yet anew, one at a time."""
        from rostering.search.lines import first_line  # noqa: PLC0415

        unlawful = Tally(self._counting, self._choices).unlawful
        pricer = LinePricer(self._counting, self._allowed) if unlawful else None
        for officer in unlawful:
            line = first_line(self._counting, self._choices, officer, self._allowed, pricer)
            self._choices[officer] = line.row
        self._unlawful = frozenset(Tally(self._counting, self._choices).unlawful)
        self._parent.send(Found(self._choices, self._unlawful))

    def _prove(self) -> None:
        from rostering.search.bound import counts_bound  # noqa: PLC0415

        bound = counts_bound(self._counting, self._allowed, self._seconds_left())
        if bound is not None:
            self._parent.send(Bounded(bound))

    def _improve(self) -> None:
        from rostering.search.improve import Improver  # noqa: PLC0415

        movable = self._allowed.movable.copy()
        movable[sorted(self._unlawful)] = False
        if not movable.any():
            return
        improver = Improver(self._counting, self._allowed, movable, self._task.seed)
        while self._seconds_left() > 0:
            self._parent.send(Ready())
            incumbent: Incumbent = self._parent.recv()
            found = improver.step(incumbent.choices, self._seconds_left())
            changes = tuple(_changes(incumbent.choices, found))
            if changes:
                self._parent.send(Changed(changes))

    def _seconds_left(self) -> float:
        return self._task.until - time.monotonic()


def _changes(before: Choices, after: Choices) -> list[Change]:
    cells = np.argwhere(before != after)
    return [(int(officer), int(day), int(after[officer, day])) for officer, day in cells]
