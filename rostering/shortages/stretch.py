"""Why people are missing at one time: where everybody is who could be there, and what keeps them.

Lines are judged by the rules' own checks, so that it is told at once and without OR-Tools.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rostering.cover_grid import CoverGrid
from rostering.effect import difference
from rostering.problem import REST, Cover, Officer
from rostering.resources import Resource
from rostering.rules.base import Breach
from rostering.standing import Standing, line_breaches, line_of

Cell = tuple[int, int]
"""A day and the index of a shift that starts on it."""

Fits = Callable[[Officer, Cell], bool]
"""Tells whether an officer could have a shift of a day, as far as one thing goes."""

MOST_TRIED = 4
"""Shifts that are tried on each officer: those that lie over most of the stretch."""

ORDER: tuple[Resource, ...] = (
    "skill", "shifts", "leave", "fixed", "elsewhere", "limits", "rest", "week", "nights",
    "weekends", "company", "hours",
)  # fmt: skip
"""What an officer is counted under who is kept by several: the first of them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Officers who are kept from a shift that is missing people by the same thing.

    Attributes:
        resource: what keeps them; None for those who could work it with every rule kept, be it in
            place of a shift on which they are one more than needed.
        officers: their indices.
        cells: for each the day and shift that comes nearest; None where none was tried.
    """

    resource: Resource | None
    officers: tuple[int, ...]
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why people are missing from a stretch of intervals.

    Attributes:
        cover: the need that misses most at the worst interval; of equals, that of fewest skills.
        start, end: instants of the stretch.
        worst: instant of its worst interval.
        needed: people needed then.
        missing: people missing then.
        holders: people of the roster who count for the need.
        on_duty: how many of them are there, those of earlier shifts included.
        kept: all others, by what keeps them; those who could come first, then the most.
        binds: what binds; None where somebody could come with every rule kept.
    """

    cover: Cover
    start: int
    end: int
    worst: int
    needed: int
    missing: int
    holders: int
    on_duty: int
    kept: tuple[Kept, ...]
    binds: Resource | None


def shortage(standing: Standing, start: int, end: int) -> Shortage | None:
    """Find out why people are missing between two instants; None where nobody is missing."""
    found = _worst(standing, start, end)
    if found is None:
        return None
    number, interval = found
    grid, there = standing.counting.grids[number], standing.on_duty[number]
    cover = grid.cover
    part = _part(cover, start, end)
    tried = _Tried(standing, grid, interval, part)
    kept = tried.kept()
    holders = int(grid.counts.sum())
    needed = int(cover.required[interval])
    return Shortage(
        cover=cover,
        start=start,
        end=end,
        worst=cover.start + interval * cover.interval_minutes,
        needed=needed,
        missing=needed - int(there[interval]),
        holders=holders,
        on_duty=int(there[interval]),
        kept=kept,
        binds=_binding(kept, holders, needed, reached=bool(tried.cells)),
    )


def _binding(kept: Sequence[Kept], holders: int, needed: int, *, reached: bool) -> Resource | None:
    if not holders:
        return "skill"
    if not reached:
        return "shifts"
    if any(each.resource is None for each in kept):
        return None
    if holders < needed:
        return "people"
    numbers = {each.resource: len(each.officers) for each in kept if each.resource is not None}
    others = {each: number for each, number in numbers.items() if each != "elsewhere"} or numbers
    return max(others, key=lambda each: others[each], default="people")


def _worst(standing: Standing, start: int, end: int) -> tuple[int, int] | None:
    """The need, by number, and its interval that miss most."""
    found: list[tuple[int, int, int, int]] = []
    for number, (grid, there) in enumerate(
        zip(standing.counting.grids, standing.on_duty, strict=True)
    ):
        part = _part(grid.cover, start, end)
        missing = (grid.cover.required - there)[part]
        if missing.size and (most := int(missing.max())) > 0:
            interval = part.start + int(missing.argmax())
            found.append((-most, len(grid.cover.skills), number, interval))
    return min(found)[2:] if found else None


def _part(cover: Cover, start: int, end: int) -> slice:
    size, step = len(cover.required), cover.interval_minutes
    first = min(max((start - cover.start) // step, 0), size)
    return slice(first, min(max(-((cover.start - end) // step), first), size))


class _Tried:
    """Everybody who is not on duty in an interval, tried on shifts that lie over it."""

    def __init__(self, standing: Standing, grid: CoverGrid, interval: int, part: slice) -> None:
        self._standing = standing
        self._grid = grid
        over = (grid.first <= interval) & (grid.last > interval)
        inside = np.minimum(grid.last, part.stop) - np.maximum(grid.first, part.start)
        cells = [(int(day), int(shift)) for day, shift in np.argwhere(over)]
        self.cells: list[Cell] = sorted(cells, key=lambda cell: -int(inside[cell]))
        self._at_once: tuple[tuple[Resource, Fits], ...] = (
            ("skill", self._holds),
            ("leave", self._is_back),
            ("fixed", self._is_free),
        )
        self._resources = {rule.code: rule.resource for rule in standing.problem.rules}

    def kept(self) -> tuple[Kept, ...]:
        """Who is kept by what, those who could come first."""
        found: dict[Resource | None, list[tuple[int, Cell | None]]] = {}
        if self.cells:
            for officer in np.flatnonzero(self._grid.counts).tolist():
                if not self._is_there(officer):
                    resource, cell = self._keeps(officer)
                    found.setdefault(resource, []).append((officer, cell))
        ranked = sorted(found.items(), key=lambda item: (item[0] is not None, -len(item[1])))
        return tuple(
            Kept(
                resource,
                tuple(officer for officer, _ in each),
                tuple(cell for _, cell in each),
            )
            for resource, each in ranked
        )

    def _is_there(self, officer: int) -> bool:
        choices = self._standing.choices[officer]
        return any(choices[day] == shift for day, shift in self.cells)

    def _keeps(self, officer: int) -> tuple[Resource | None, Cell | None]:
        """What keeps an officer from each of the shifts, as little as may be."""
        person = self._standing.problem.officers[officer]
        left = self.cells
        for resource, fits in self._at_once:
            left = [cell for cell in left if fits(person, cell)]
            if not left:
                return resource, None
        choices = self._standing.choices[officer]
        open_to = [cell for cell in left if choices[cell[0]] == REST]
        if not open_to:
            moves = [cell for cell in left if self._is_spare(officer, cell[0])]
            could = (cell for cell in moves[:MOST_TRIED] if not self._broken(officer, cell))
            cell = next(could, None)
            return (None, cell) if cell else ("elsewhere", None)
        tried = [(self._broken(officer, cell), cell) for cell in open_to[:MOST_TRIED]]
        broken, cell = min(tried, key=lambda each: len(each[0]))
        return (broken[0] if broken else None), cell

    def _is_spare(self, officer: int, day: int) -> bool:
        """Whether nobody would be missing if an officer did not work the shift of a day."""
        standing, shift = self._standing, int(self._standing.choices[officer, day])
        return all(
            bool((there - grid.cover.required)[grid.first[day, shift] : grid.last[day, shift]]
                 .min(initial=1) > 0)
            for grid, there in zip(standing.counting.grids, standing.on_duty, strict=True)
            if grid.counts[officer]
        )  # fmt: skip

    def _holds(self, person: Officer, cell: Cell) -> bool:
        return self._standing.problem.shifts[cell[1]].skills <= person.skills

    def _is_back(self, person: Officer, cell: Cell) -> bool:
        tour = self._standing.problem.tour(*cell)
        return not any(tour.start < span.end and tour.end > span.start
                       for span in person.unavailable)  # fmt: skip

    def _is_free(self, person: Officer, cell: Cell) -> bool:
        fixed = person.days.get(cell[0])
        return fixed is None or fixed.allows(self._standing.problem.shifts[cell[1]])

    def _broken(self, officer: int, cell: Cell) -> list[Resource]:
        """What the hard rules that the shift would newly break ask for, in the order of naming."""
        standing = self._standing
        problem, person = standing.problem, standing.problem.officers[officer]
        row = standing.choices[officer].copy()
        row[cell[0]] = cell[1]
        found = line_breaches(problem, person, line_of(problem, person, row), standing.hard_rules)
        breaches = list(filter(standing.is_hard, found))
        if had := standing.hard_of(officer):
            breaches = list(filter(standing.is_hard, difference(had, breaches)[0]))
        breaches += self._broken_bonds(officer, row)
        resources: Mapping[str, Resource] = self._resources
        return sorted({resources[breach.rule] for breach in breaches}, key=_rank)

    def _broken_bonds(self, officer: int, row: np.ndarray) -> Iterator[Breach]:
        standing = self._standing
        for number, found in standing.bonds_of(officer, row).items():
            yield from filter(standing.is_hard, difference(standing.bonds[number], found)[0])


def _rank(resource: Resource) -> int:
    return ORDER.index(resource) if resource in ORDER else len(ORDER)
