"""What one searching child does, from the first lines to its end.

OR-Tools is loaded when annealing has ended, so that a lawful roster does not wait for it.
"""

from __future__ import annotations

import math
import os
from multiprocessing.connection import Connection

import numpy as np

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.pricing.best_line import LinePricer
from rostering.problem import Choices
from rostering.search.anneal import anneal
from rostering.search.messages import Bounded, Changed, Found, Incumbent, Ready
from rostering.search.pace import ByClock, ByWork, Pace, Part
from rostering.search.relines import Relines
from rostering.search.task import Task
from rostering.tally import Change, Tally

POLITENESS = 10
"""Added to the process's niceness, so that a solve never starves the service beside it."""

ANNEALING_SHARES = (0.45, 0.2)
"""Shares of the time that the first and the second child anneal, moves or whole lines: a long and a
short schedule, so that good rosters come early and the best of annealing is not missed. For long
lines as well: half a year of fifty officers came to 1,123 points after 60 s, and to 1,491 with a
third of it."""

LARGE, LARGE_SHARES = 500_000, (0.9, 0.25)
"""Choices of all officer-days from which on neighbourhoods are too few to matter: annealing moves
has the time instead."""

LONG = 84
"""Days beyond which single moves leave a line's totals wrong for too long, and lines are found anew
as a whole; where needs are by the shift, they are so from the first day on."""

COLUMNS_SHARE = 0.6
"""Share of the time that columns are generated in, at most; the search goes on from there."""

PRICES_SHARE, PRICES_SECONDS = 0.1, 60.0
"""Share of the time, and seconds at most, in which prices bound a long period."""

WORTH_TELLING = 0.01
"""Share of a bound by which a better one is told before the last."""

SHAKEN_FIRST = 4.0
"""Seconds for which lines are shaken before the largest problem that is taken whole; the solver
hardly leaves a poor roster by itself."""

OVERTAKEN = 0.9
"""Share of the points of shaken lines below which another child's roster ends the shaking."""

SETTLING_SECONDS = 2.0
"""Between two rosters that are told while lines are shaken."""

SMALL, SMALL_BY_COLUMNS = 3_000, 1_000
"""Boolean variables up to which the single model beats the search, and where there are columns."""

BRIEFLY = 1.0
"""Seconds that a child anneals before it takes a small problem whole."""

UNLIMITED = 1e6
"""Seconds for a bound that is proved by counted work."""


def search(task: Task, parent: Connection) -> None:
    """Search until there is no time left or the parent ends the process."""
    os.nice(POLITENESS)
    _Search(task, parent).run()


class _Search:
    """The steps of one child, in order."""

    def __init__(self, task: Task, parent: Connection) -> None:
        self._task = task
        self._parent = parent
        self._pace: Pace = ByClock(task.until) if task.work is None else ByWork(task.work)
        self._counting = Counting.of(task.problem)
        self._allowed = Allowed.of(task.problem)
        self._choices = self._allowed.empty() if task.start is None else task.start
        self._unlawful: frozenset[int] = frozenset()

    def run(self) -> None:
        """Anneal, mend what is not lawful, prove a bound, improve."""
        small = SMALL_BY_COLUMNS if self._has_columns else SMALL
        is_small = bool(self._allowed.shifts.sum() <= small)
        is_for_whole = self._task.number == 1 and is_small
        if self._pace.is_counted and is_small and not is_for_whole:
            return  # what the other child proves best is the end of it
        is_for_columns = self._has_columns and self._task.number == (0 if is_small else 1)
        if not self._is_for_lines:
            self._anneal(BRIEFLY if is_for_whole else math.inf)
        elif self._task.start is None:
            choices = int(self._allowed.shifts.sum())
            most = SHAKEN_FIRST * choices / small if is_for_whole else math.inf
            self._reline(0.0 if is_for_columns else most)
        self._mend()
        if is_for_whole and not self._unlawful:
            from rostering.search.whole import solve_whole  # noqa: PLC0415

            solve_whole(self._counting, self._allowed, self._choices, self._parent, self._pace)
            return
        if not is_for_columns and self._task.number == (0 if self._has_columns else 1):
            self._prove()  # the root of the columns is a bound of its own
        if is_for_columns:
            self._generate_columns()
        self._improve()

    @property
    def _is_for_lines(self) -> bool:
        """Whether whole lines are annealed rather than moves."""
        problem = self._task.problem
        is_by_shift = bool(problem.shift_cover) and not problem.cover
        return (is_by_shift or problem.days > LONG) and not self._counting.bonds.in_force

    @property
    def _has_columns(self) -> bool:
        """Whether lines are generated as columns: not over long periods, where the program is."""
        return self._is_for_lines and self._task.problem.days <= LONG

    @property
    def _share(self) -> float:
        is_large = not self._is_for_lines and bool(self._allowed.shifts.sum() > LARGE)
        shares = LARGE_SHARES if is_large else ANNEALING_SHARES
        return shares[self._task.number % len(shares)]

    def _reline(self, most_seconds: float) -> None:
        """Find every line beside those before it, then anneal whole lines for so long at most."""
        relines = Relines(self._counting, self._allowed, self._choices, self._task.seed)
        lineless = [*relines.first(Part(self._pace, self._share, math.inf))]
        self._choices = relines.choices.copy()
        self._parent.send(Found(self._choices, frozenset(lineless)))
        part = Part(self._pace, self._share, most_seconds)
        told, least = self._pace.left, math.inf
        for cost, self._choices in relines.shake(part):
            if told - self._pace.left > SETTLING_SECONDS:
                told = self._pace.left
                if cost < least:
                    least = cost
                    self._parent.send(Found(self._choices, frozenset(lineless)))
                if self._is_overtaken(cost):
                    return

    def _is_overtaken(self, cost: int) -> bool:
        """Whether columns have given a roster that shaking lines will hardly come to."""
        if not self._has_columns or self._pace.is_counted:
            return False
        best = Tally(self._counting, self._incumbent())
        return not best.unlawful and best.objective < OVERTAKEN * cost

    def _anneal(self, most_seconds: float) -> None:
        best: tuple[int, int] | None = None
        rounds = anneal(
            self._counting,
            self._allowed,
            self._choices,
            seconds=min(self._pace.left * self._share, most_seconds),
            seed=self._task.seed,
            afresh=self._task.start is None,
            pace=self._pace,
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
        if self._task.problem.days > LONG:
            self._prove_by_prices()
            return
        from rostering.search.bound import counts_bound  # noqa: PLC0415

        bound = counts_bound(
            self._counting, self._allowed, UNLIMITED if self._pace.is_counted else self._pace.left
        )
        if bound is not None:
            self._parent.send(Bounded(bound))

    def _prove_by_prices(self) -> None:
        """Bound a long period, whose linear program would be too large."""
        from rostering.search.relaxation import Relaxation  # noqa: PLC0415

        told = -math.inf
        relaxation = Relaxation(self._counting, self._allowed)
        for bound in relaxation.improve(Part(self._pace, PRICES_SHARE, PRICES_SECONDS)):
            if math.isfinite(bound) and bound > told + WORTH_TELLING * abs(bound):
                told = bound
                self._parent.send(Bounded(bound))
        if math.isfinite(relaxation.bound):
            self._parent.send(Bounded(relaxation.bound))

    def _generate_columns(self) -> None:
        """Generate lines as columns of a linear program, for its bound and rosters of its lines."""
        from rostering.search.dive import find_by_columns  # noqa: PLC0415

        part = Part(self._pace, COLUMNS_SHARE, math.inf)
        for message in find_by_columns(
            self._counting, self._allowed, self._choices, self._task.seed, part
        ):
            self._parent.send(message)
            if isinstance(message, Found):
                self._choices = message.choices

    def _improve(self) -> None:
        from rostering.search.improve import Improver  # noqa: PLC0415

        movable = self._allowed.movable.copy()
        movable[sorted(self._unlawful)] = False
        if not movable.any():
            return
        improver = Improver(self._counting, self._allowed, movable, self._task.seed)
        tally = Tally(self._counting, self._choices) if self._pace.is_counted else None
        while self._pace.left > 0:
            incumbent = self._incumbent() if tally is None else tally.choices
            found = improver.step(incumbent, self._pace)
            changes = tuple(_changes(incumbent, found))
            if tally is not None:
                before = tally.objective
                if tally.accept(changes) and tally.objective < before:
                    self._parent.send(Found(tally.choices, self._unlawful))
            elif changes:
                self._parent.send(Changed(changes))

    def _incumbent(self) -> Choices:
        """The best roster of all children."""
        self._parent.send(Ready())
        answer: Incumbent = self._parent.recv()
        return answer.choices


def _changes(before: Choices, after: Choices) -> list[Change]:
    cells = np.argwhere(before != after)
    return [(int(officer), int(day), int(after[officer, day])) for officer, day in cells]
