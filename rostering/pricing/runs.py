"""How long runs have lasted, and how many tours there were, as states of a line remember them."""

from __future__ import annotations

from collections.abc import Iterable

from rostering.problem import Officer, Problem
from rostering.rules.base import Count, Of, Run

KNOWN_DAYS = 60
"""Days of history that are walked; longer than any run is limited to."""

RunState = tuple[int, bool]
"""Days that a run has lasted, and whether it may end too soon: nobody knows how it began. Of a
count, the tours so far."""


class Runs:
    """The limits on runs of one selection.

    Args:
        of: the selection, None for rest days.
        said: the limits, and the points of a unit beyond each; None where it is hard.
    """

    def __init__(self, of: Of | None, said: Iterable[tuple[Run, int | None]]) -> None:
        self.of = of
        self.longest: list[tuple[int, int | None]] = []
        self.shortest: list[tuple[int, int | None]] = []
        for run, points in said:
            if run.longest is not None:
                self.longest.append((run.longest, points))
            if run.shortest is not None:
                self.shortest.append((run.shortest, points))
        self._enough = max((limit for limit, _ in self.shortest), default=0)
        self._most = max([self._enough, *(limit + 1 for limit, _ in self.longest)])

    def step(self, before: RunState, inside: bool) -> tuple[RunState, int | None]:
        """The run after one more day, and the day's points; None where it is forbidden."""
        length, unjudged = before
        points: int | None = 0
        if inside:
            length += 1
            for limit, price in self.longest:
                if length > limit:
                    points = None if price is None or points is None else points + price
            length = min(length, self._most)
            return (length, unjudged and length < self._enough), points
        for limit, price in self.shortest:
            if 0 < length < limit and not unjudged:
                over = limit - length
                points = None if price is None or points is None else points + price * over
        return (0, False), points

    def before(self, problem: Problem, officer: Officer) -> RunState:
        """Length of the run at the end of an officer's history, and whether it is exempt."""
        first = max(officer.known_from, -KNOWN_DAYS)
        worked = {tour.day for tour in officer.history if self.of is None or self.of.has(tour)}
        length = 0
        while -1 - length >= first and ((-1 - length) in worked) == (self.of is not None):
            length += 1
        unjudged = length == -first
        return min(length, self._most), unjudged and length < self._enough


class Counted:
    """A limit on the tours of one selection; history does not count."""

    def __init__(self, count: Count) -> None:
        self.of = count.of
        self._most = count.most or 0

    def step(self, before: RunState, inside: bool) -> tuple[RunState, int | None]:
        """The tours after one more day, and no points; None where it is forbidden."""
        total = before[0] + inside
        return (total, False), None if total > self._most else 0

    def before(self, _problem: Problem, _officer: Officer) -> RunState:
        """No tours yet."""
        return 0, False
