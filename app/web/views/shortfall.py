"""People needed against people on duty: per set of queues, and for the room as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.web.words import listed
from forecasting.staffing.room import minimum_name, posts_name
from rostering.problem import Cover, Problem, Roster
from rostering.rules.cover import on_duty

IntArray = npt.NDArray[np.int32]

LONGEST = 720
"""Minutes: a longer stretch of missing people is told in parts, else it says nothing of when."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive intervals in which people are missing, much the same number of them.

    Attributes:
        start, end: instants.
        worst: most people missing at once.
        least: fewest people missing at once, 1 or more.
        hours: person-hours missing.
        queues: the set of queues that misses most, in words; empty where it is all of them.
        role: the role of whom too few are on duty, where only that is missing.
        nobody: whether none of them is on duty.
    """

    start: int
    end: int
    worst: int
    least: int
    hours: float
    queues: str = ""
    role: str = ""
    nobody: bool = False


@dataclass(frozen=True, eq=False)
class SetCover:
    """Need and cover of one set of queues on the plan's grid of intervals.

    Attributes:
        label: the set in words, such as `999 or 101`.
        cover: the need.
        on_duty: people on duty who count for the set, shape (intervals,).
        is_whole: whether it holds every queue there is; posts of other skills and least staffing
            stand beside the queues.
    """

    label: str
    cover: Cover
    on_duty: IntArray
    is_whole: bool

    @cached_property
    def missing(self) -> IntArray:
        """People missing per interval, never below 0, shape (intervals,)."""
        missing: IntArray = np.maximum(self.cover.required - self.on_duty, 0).astype(np.int32)
        return missing

    @property
    def short_hours(self) -> float:
        """Person-hours missing."""
        return float(self.missing.sum()) * self.cover.interval_minutes / 60


@dataclass(frozen=True, eq=False)
class RoomCover:
    """Need and cover of a whole room.

    With a cover for every set of queues that share staff, the people missing in an interval are
    the most that any one set misses (the deficiency form of Hall's theorem), added up over groups
    of queues that share nobody.

    Attributes:
        sets: the sets of queues, the largest first.
        start: instant of the first interval.
        interval_minutes: length of an interval.
        missing: people missing in the room per interval, shape (intervals,).
        needed: people needed in the room per interval, shape (intervals,).
        spare: people more than needed per interval, 0 where anyone is missing, shape (intervals,).
        needed_hours, rostered_hours: person-hours needed and rostered.
    """

    sets: tuple[SetCover, ...]
    start: int
    interval_minutes: int
    missing: IntArray
    needed: IntArray
    spare: IntArray
    needed_hours: float
    rostered_hours: float

    @property
    def short_hours(self) -> float:
        """Person-hours missing."""
        return float(self.missing.sum()) * self.interval_minutes / 60

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Every stretch in which people are missing, the hardest first."""
        return hardest_first(self.missing, self.start, self.interval_minutes, self.sets)


def room_cover(problem: Problem, roster: Roster) -> RoomCover | None:
    """Set need and cover of a plan side by side; None where no cover per interval is asked.

    Raises:
        ValueError: when the covers differ in start, interval or length.
    """
    if not problem.cover:
        return None
    grids = {(c.start, c.interval_minutes, len(c.required)) for c in problem.cover}
    if len(grids) > 1:
        raise ValueError("the covers of one plan must share start, interval and length")
    covers = sorted(problem.cover, key=lambda c: -len(c.queues))
    queues = {queue for cover in covers if not _is_beside(cover) for queue in cover.queues}
    sets = tuple(_set_cover(problem, roster, cover, queues) for cover in covers)
    groups = _groups(sets, {officer.skills for officer in problem.officers})
    missing = sum((np.max([s.missing for s in group], axis=0) for group in groups), start=0)
    whole = [group[0] for group in groups]
    need = np.sum([s.cover.required for s in whole], axis=0)
    there = np.sum([s.on_duty for s in whole], axis=0)
    hours = covers[0].interval_minutes / 60
    return RoomCover(
        sets=sets,
        start=covers[0].start,
        interval_minutes=covers[0].interval_minutes,
        missing=np.asarray(missing, dtype=np.int32),
        needed=np.asarray(need, dtype=np.int32),
        spare=np.where(np.asarray(missing) > 0, 0, np.maximum(there - need, 0)).astype(np.int32),
        needed_hours=float(need.sum()) * hours,
        rostered_hours=float(there.sum()) * hours,
    )


def hardest_first(
    missing: IntArray, start: int, minutes: int, sets: tuple[SetCover, ...] = ()
) -> tuple[Stretch, ...]:
    """Stretches of missing people, by most at once, then by person-hours.

    Args:
        missing: people missing per interval, shape (intervals,).
        start: instant of the first interval.
        minutes: length of an interval.
        sets: sets of queues among which to name the one that misses most, the largest first.
    """
    longest = LONGEST // minutes
    found = []
    for first, last in _parts(missing, 0, len(missing), 1, longest):
        part = missing[first:last]
        if not part[0]:
            continue
        peak = first + int(part.argmax())
        worst = max(sets, key=lambda s: int(s.missing[peak]), default=None)
        alone = worst if worst is not None and _is_all(worst, part, first) else None
        found.append(
            Stretch(
                start=start + first * minutes,
                end=start + last * minutes,
                worst=int(part.max()),
                least=int(part.min()),
                hours=float(part.sum()) * minutes / 60,
                queues="" if worst is None or worst.is_whole else worst.label,
                role="" if alone is None else alone.cover.role,
                nobody=alone is not None and not alone.on_duty[first:last].any(),
            )
        )
    return tuple(sorted(found, key=lambda s: (-s.worst, -s.hours, s.start)))


def _is_all(asked: SetCover, missing: IntArray, first: int) -> bool:
    """Whether the people missing from interval `first` on are those of one set alone."""
    return bool((asked.missing[first : first + len(missing)] == missing).all())


def _parts(
    missing: IntArray, first: int, last: int, level: int, longest: int
) -> Iterator[tuple[int, int]]:
    """Cut intervals `first` to `last` where the people missing cross `level`.

    A part of missing people that is still too long is cut again, midway between its least and its
    most.
    """
    edges = np.flatnonzero(np.diff(missing[first:last] >= level)) + first + 1
    for begin, end in pairwise((first, *edges.tolist(), last)):
        part = missing[begin:end]
        if not part.size:
            continue
        least, most = int(part.min()), int(part.max())
        if least and least < most and end - begin > longest:
            yield from _parts(missing, begin, end, (least + most + 1) // 2, longest)
        else:
            yield begin, end


def _is_beside(cover: Cover) -> bool:
    """Whether it asks for posts of a skill or least staffing with one, and for no queue."""
    named = (
        (posts_name(skill), minimum_name(skill), minimum_name(skill, must=True))
        for skill in cover.skills
    )
    return any(cover.queues == (name,) for names in named for name in names)


def _set_cover(problem: Problem, roster: Roster, cover: Cover, queues: set[str]) -> SetCover:
    whole = queues <= set(cover.queues) and not _is_beside(cover)
    label = listed(cover.queues, "or")
    if whole and len(cover.queues) > 1:
        posts = {posts_name(skill) for skill in cover.skills}
        label = "All desks" if posts & {*cover.queues} else "All queues"
    label = cover.role or label
    return SetCover(label, cover, on_duty(problem, roster, cover), whole)


def _groups(sets: tuple[SetCover, ...], crew: Collection[frozenset[str]]) -> list[list[SetCover]]:
    """Sets that share a queue, a skill or a person stand together, the largest first in each."""
    groups: list[list[SetCover]] = []
    for new in sets:
        near = [group for group in groups if any(_meet(new, old, crew) for old in group)]
        joined = [member for group in near for member in group] + [new]
        groups = [group for group in groups if group not in near] + [joined]
    return [sorted(group, key=lambda s: -len(s.cover.queues)) for group in groups]


def _meet(one: SetCover, other: SetCover, crew: Collection[frozenset[str]]) -> bool:
    skills, others = one.cover.skills, other.cover.skills
    return bool(
        skills & others
        or set(one.cover.queues) & set(other.cover.queues)
        or any(held & skills and held & others for held in crew)
    )
