"""Why people are missing in a room as a whole: what it would take that fewer are.

In turn each thing that a room may be short of is let go, and the people that any lawful roster must
miss are counted anew by a linear program. What lets most of the shortage go is named first; then
what lets go most of the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

import numpy as np

from rostering.cover_grid import Counting, sharing
from rostering.problem import Problem
from rostering.resources import Resource
from rostering.shortages.relaxed import (
    LET_GO,
    RULES_OF_LINES,
    limits_something,
    relaxed,
    unheld,
    with_every_skill,
    with_more_hours,
)

LEAST_SHARE = 0.02
"""Share of the shortage below which a cause is not worth naming."""

MOST_CAUSES = 3

MORE_HOURS = 8
"""Hours a week by which contracts are made longer, to tell what that would bring: a shift."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What people are missing for.

    Attributes:
        resources: what there is too little of; several where only all of them together help.
        minutes: person-minutes that it accounts for.
    """

    resources: tuple[Resource, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class MoreHours:
    """What longer contracts would bring.

    Attributes:
        skill: held by who would work longer.
        weekly_minutes: more of them a week, all together.
        minutes: person-minutes fewer that would be missing.
    """

    skill: str
    weekly_minutes: int
    minutes: int


@dataclass(frozen=True, slots=True)
class RoomShortage:
    """Why people are missing in a room.

    Attributes:
        forced: person-minutes that any lawful roster misses at least.
        causes: what for, the largest first; what they leave out of `forced` was not found.
        unheld: skills that nobody holds.
        more_hours: what longer contracts would bring, the most first.
        is_whole: whether there was time for all of it.
    """

    forced: int
    causes: tuple[Cause, ...]
    unheld: tuple[str, ...]
    more_hours: tuple[MoreHours, ...]
    is_whole: bool


def room_shortage(
    problem: Problem, seconds: float, cancelled: Callable[[], bool] = lambda: False
) -> RoomShortage | None:
    """Find what a room is short of; None where the time is not enough to tell anything.

    Where no lawful roster is, people missing are not told either: other words are needed there.

    Args:
        problem: what was asked.
        seconds: for all of it.
        cancelled: asked between two countings; once it says yes, what is known is told.
    """
    seeking = _Seeking(problem, seconds, cancelled)
    forced = seeking.missing(problem)
    if forced is None:
        return None
    causes = tuple(seeking.causes(forced))
    hours = any("hours" in cause.resources for cause in causes)
    more = tuple(seeking.more_hours(forced)) if hours else ()
    return RoomShortage(round(forced), causes, unheld(problem), more, seeking.is_whole)


class _Seeking:
    """Counts missing people again and again, as long as there is time."""

    def __init__(self, problem: Problem, seconds: float, cancelled: Callable[[], bool]) -> None:
        self._problem = problem
        self._cancelled = cancelled
        self._until = monotonic() + seconds
        self.is_whole = True

    def missing(self, problem: Problem) -> float | None:
        """Person-minutes that any lawful roster of a problem misses."""
        from rostering.search.fewest_missing import fewest_missing  # noqa: PLC0415  (OR-Tools)

        left = 0.0 if self._cancelled() else self._until - monotonic()
        found = fewest_missing(problem, left) if left > 0 else None
        self.is_whole = self.is_whole and found is not None
        return found

    def causes(self, forced: float) -> Iterator[Cause]:
        """What for, the largest first."""
        least = max(LEAST_SHARE * forced, 1.0)
        too_few, unskilled = people_missing(self._problem)
        if unskilled >= least:
            yield Cause(("skill",), unskilled)
        if too_few >= least:
            yield Cause(("people",), too_few)
        floor, level, problem = float(too_few + unskilled), forced, self._problem
        for _ in range(MOST_CAUSES):
            if level - floor < least:
                return
            found = self._largest(problem, level, least)
            if found is None:
                return
            cause, problem, reached = found
            yield Cause(cause.resources, round(level - max(reached, floor)))
            level = reached

    def _largest(
        self, problem: Problem, level: float, least: float
    ) -> tuple[Cause, Problem, float] | None:
        """What lets go most of the shortage, alone or, where nothing does alone, together."""
        tried: list[tuple[float, Resource, Problem]] = []
        for resource in self._worth_trying(problem, level, least):
            without = relaxed(problem, resource)
            if (missing := self.missing(without)) is not None:
                tried.append((missing, resource, without))
        if not tried:
            return None
        best = min(reached for reached, _, _ in tried)
        reached, resource, without = next(each for each in tried if each[0] <= best + least)
        if level - reached >= least:
            return Cause((resource,), 0), without, reached
        there = [each for each in LET_GO if limits_something(problem, each)]
        return self._together(problem, level, least, there)

    def _worth_trying(self, problem: Problem, level: float, least: float) -> list[Resource]:
        """What to let go alone: of rules only those that help when all of them are let go."""
        there = [resource for resource in LET_GO if limits_something(problem, resource)]
        rules = [resource for resource in there if resource in RULES_OF_LINES]
        if len(rules) > 1:
            missing = self.missing(_without(problem, rules))
            if missing is not None and level - missing < least:
                return [resource for resource in there if resource not in rules]
        return there

    def _together(
        self, problem: Problem, level: float, least: float, resources: list[Resource]
    ) -> tuple[Cause, Problem, float] | None:
        """Let go of one more and one more until it helps, then keep what was not needed."""
        gone: list[Resource] = []
        for resource in reversed(resources):
            gone.append(resource)
            reached = self.missing(_without(problem, gone))
            if reached is not None and level - reached >= least:
                break
        else:
            return None
        for resource in gone[:-1]:
            fewer = [each for each in gone if each != resource]
            missing = self.missing(_without(problem, fewer))
            if missing is not None and level - missing >= least:
                gone, reached = fewer, missing
        return Cause(tuple(gone), 0), _without(problem, gone), reached

    def more_hours(self, forced: float) -> Iterator[MoreHours]:
        """What eight more hours a week of people with each skill would bring, the most first."""
        asked = {skill for cover in self._problem.cover for skill in cover.skills}
        minutes = MORE_HOURS * 60 * self._problem.days // 7
        found = []
        for skill in sorted(asked):
            missing = self.missing(with_more_hours(self._problem, skill, minutes))
            if missing is not None and (fewer := round(forced - missing)) > 0:
                found.append(MoreHours(skill, MORE_HOURS * 60, fewer))
        yield from sorted(found, key=lambda each: -each.minutes)


def _without(problem: Problem, resources: list[Resource]) -> Problem:
    for resource in resources:
        problem = relaxed(problem, resource)
    return problem


def people_missing(problem: Problem) -> tuple[int, int]:
    """Person-minutes missing if everybody were on duty all the time.

    Returns:
        those missing even if everybody held every skill, and those missing for the skills alone.
    """
    anyhow = _on_duty_all_the_time(with_every_skill(problem))
    return anyhow, _on_duty_all_the_time(problem) - anyhow


def _on_duty_all_the_time(problem: Problem) -> int:
    total = 0
    for grids in sharing(Counting.of(problem).grids):
        size = max(len(grid.cover.required) for grid in grids)
        lacking = [grid.cover.required - int(grid.counts.sum()) for grid in grids]
        worst = np.max([np.pad(row, (0, size - len(row))) for row in lacking], axis=0)
        total += int(np.maximum(worst, 0).sum()) * grids[0].cover.interval_minutes
    return total
