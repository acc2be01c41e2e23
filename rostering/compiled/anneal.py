"""Simulated annealing over whole lines on the exact objective, cover by the interval included.

A move rewrites a few officer-days. It is never kept when a line would break a hard limit from
above more than before, or those of officers kept apart; what hard limits from below lack, such as
hours or company, is priced dearer and dearer until nothing lacks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.compiled.bonds import (
    BondTables,
    Change,
    bond_tables,
    bound_and_broken,
    change_of_move,
)
from rostering.compiled.cover import CoverTables, cover_tables, put
from rostering.compiled.evaluate import Room, room_for, score_line, score_lines
from rostering.compiled.jit import compiled
from rostering.compiled.program import Bytes, Ints, Tables, tables
from rostering.cover_grid import Counting
from rostering.problem import Choices

LONGEST_MOVE = 7
"""Days that a move rewrites of one line, at most: a week."""


class Lines(NamedTuple):
    """The roster in hand and what is known of its lines.

    Attributes:
        choices: shape (officers, days).
        over, lack, points: of each line, as in `Score`, shape (officers,).
        shifts: allowed shifts, shape (officers, days, shifts).
        rest: allowed rest days, shape (officers, days).
        movable: officer-days with a choice, as rows of officer and day, shape (n, 2).
        edits: room for a move: officer, day, choice before, shape (2 × LONGEST_MOVE, 3).
    """

    choices: Choices
    over: Ints
    lack: Ints
    points: Ints
    shifts: Bytes
    rest: Bytes
    movable: Ints
    edits: Ints


class Annealer:
    """A roster being annealed.

    Args:
        counting: the problem, laid out.
        allowed: choices that officer-days have.
        choices: where to begin.
        seed: for the draws.
    """

    def __init__(self, counting: Counting, allowed: Allowed, choices: Choices, seed: int) -> None:
        self._tables = tables(counting.problem)
        self._cover = cover_tables(counting, choices)
        self._bonds = bond_tables(counting.problem, choices)
        self._room = room_for(self._tables)
        scores = np.array(score_lines(choices, self._tables), dtype=np.int64).reshape(-1, 3)
        self._lines = Lines(
            choices=choices.astype(np.int16),
            over=scores[:, 0].copy(),
            lack=scores[:, 1].copy(),
            points=scores[:, 2].copy(),
            shifts=allowed.shifts.astype(np.uint8),
            rest=allowed.rest.astype(np.uint8),
            movable=np.argwhere(allowed.movable).astype(np.int64),
            edits=np.zeros((2 * LONGEST_MOVE, 3), dtype=np.int64),
        )
        self._seed = seed

    @property
    def choices(self) -> Choices:
        """The roster as it is now, shape (officers, days)."""
        return self._lines.choices.copy()

    @property
    def lacking(self) -> npt.NDArray[np.bool_]:
        """Officers whose lines or bonds still break a hard rule, shape (officers,)."""
        lacking = (self._lines.over > 0) | (self._lines.lack > 0)
        lacking[bound_and_broken(self._bonds)] = True
        return lacking

    def run(self, moves: int, temperature: float, lack_points: float) -> int:
        """Try so many moves; tell how many points, lack included, the roster has lost or gained.

        Args:
            moves: how many.
            temperature: points that a worse move may cost, on average.
            lack_points: price of a unit that a hard limit from below lacks.
        """
        if not len(self._lines.movable):
            return 0
        self._seed += 1
        return round(
            _run(
                moves,
                float(temperature),
                float(lack_points),
                self._seed,
                self._lines,
                self._cover,
                self._bonds,
                self._tables,
                self._room,
            )
        )


@compiled
def _run(
    moves: int,
    temperature: float,
    lack_points: float,
    seed: int,
    lines: Lines,
    cover: CoverTables,
    bonds: BondTables,
    rules: Tables,
    room: Room,
) -> float:
    np.random.seed(seed)  # noqa: NPY002  the one generator that compiled code has
    total = 0.0
    for _ in range(moves):
        size = _draw(lines, bonds)
        if size == 0:
            continue
        limit = -temperature * np.log(1.0 - np.random.random())  # noqa: NPY002
        total += _try(size, limit, lack_points, lines, cover, bonds, rules, room)
    return total


@compiled
def _draw(lines: Lines, bonds: BondTables) -> int:
    """Write a move into the roster and what was there before into `edits`; tell its length."""
    pick = lines.movable[np.random.randint(len(lines.movable))]  # noqa: NPY002
    officer, day = pick[0], pick[1]
    partners = bonds.first_partner[officer + 1] - bonds.first_partner[officer]
    if partners > 0 and np.random.random() < 0.3:  # noqa: NPY002
        which = np.random.randint(partners)  # noqa: NPY002
        return _follow(officer, day, bonds.partners[bonds.first_partner[officer] + which], lines)
    kind = np.random.random()  # noqa: NPY002
    if kind < 0.3:
        return _write(officer, day, _any_choice(lines), 0, lines)
    if kind < 0.5:
        return _move_shift(officer, day, lines)
    if kind < 0.75:
        return _stamp(officer, day, lines)
    return _swap(officer, day, lines)


@compiled
def _any_choice(lines: Lines) -> int:
    """A shift, or rest one time in four; what is not allowed is not written."""
    if np.random.random() < 0.25:  # noqa: NPY002
        return -1
    return int(np.random.randint(lines.shifts.shape[2]))  # noqa: NPY002


@compiled
def _write(officer: int, day: int, choice: int, size: int, lines: Lines) -> int:
    """Write one choice if it is allowed and differs; tell the move's length now."""
    before = lines.choices[officer, day]
    allowed = lines.rest[officer, day] if choice < 0 else lines.shifts[officer, day, choice]
    if not allowed or before == choice:
        return size
    edit = lines.edits[size]
    edit[0], edit[1], edit[2] = officer, day, before
    lines.choices[officer, day] = choice
    return size + 1


@compiled
def _move_shift(officer: int, day: int, lines: Lines) -> int:
    """Exchange what an officer does on two days."""
    other = np.random.randint(lines.choices.shape[1])  # noqa: NPY002
    here, there = lines.choices[officer, day], lines.choices[officer, other]
    size = _write(officer, day, there, 0, lines)
    return _write(officer, other, here, size, lines)


@compiled
def _stamp(officer: int, day: int, lines: Lines) -> int:
    """Give an officer the same shift, or rest, for two to five days."""
    choice = _any_choice(lines)
    size = 0
    last = min(day + np.random.randint(2, 6), lines.choices.shape[1])  # noqa: NPY002
    for other in range(day, last):
        size = _write(officer, other, choice, size, lines)
    return size


@compiled
def _swap(officer: int, day: int, lines: Lines) -> int:
    """Exchange up to a week between two officers."""
    other = np.random.randint(lines.choices.shape[0])  # noqa: NPY002
    size = 0
    length = np.random.randint(1, LONGEST_MOVE + 1)  # noqa: NPY002
    for date in range(day, min(day + length, lines.choices.shape[1])):
        mine, theirs = lines.choices[officer, date], lines.choices[other, date]
        size = _write(officer, date, theirs, size, lines)
        size = _write(other, date, mine, size, lines)
    return size


@compiled
def _follow(officer: int, day: int, partner: int, lines: Lines) -> int:
    """Give an officer what a partner does for up to a week, or both of them the same shift."""
    size = 0
    length = np.random.randint(1, LONGEST_MOVE + 1)  # noqa: NPY002
    last = min(day + length, lines.choices.shape[1])
    if np.random.random() < 0.5:  # noqa: NPY002
        for date in range(day, last):
            size = _write(officer, date, lines.choices[partner, date], size, lines)
        return size
    choice = _any_choice(lines)
    for date in range(day, last):
        size = _write(officer, date, choice, size, lines)
        size = _write(partner, date, choice, size, lines)
    return size


@compiled
def _try(
    size: int,
    limit: float,
    lack_points: float,
    lines: Lines,
    cover: CoverTables,
    bonds: BondTables,
    rules: Tables,
    room: Room,
) -> float:
    """Keep the move in `edits` if it costs no more than the limit; points it changed."""
    first = lines.edits[0, 0]
    second = first
    for index in range(size):
        if lines.edits[index, 0] != first:
            second = lines.edits[index, 0]
    mine = score_line(first, lines.choices[first], lines.over[first], rules, room)
    if mine.over > lines.over[first]:
        _put_back(size, lines)
        return 0.0
    change = mine.points - lines.points[first] + lack_points * (mine.lack - lines.lack[first])
    theirs = mine
    if second != first:
        theirs = score_line(second, lines.choices[second], lines.over[second], rules, room)
        if theirs.over > lines.over[second]:
            _put_back(size, lines)
            return 0.0
        change += theirs.points - lines.points[second]
        change += lack_points * (theirs.lack - lines.lack[second])
    is_bound = bonds.first_touching[first] < bonds.first_touching[first + 1] or (
        bonds.first_touching[second] < bonds.first_touching[second + 1]
    )
    if is_bound:
        moved = _change_of_bonds(first, second, size, lines, bonds, False)
        if moved.over > 0:
            _put_back(size, lines)
            return 0.0
        change += moved.points + lack_points * moved.lack
    change += _put_on(size, lines, cover)
    if change > limit:
        _take_off(size, lines, cover)
        _put_back(size, lines)
        return 0.0
    if is_bound:
        _change_of_bonds(first, second, size, lines, bonds, True)
    lines.over[first], lines.lack[first], lines.points[first] = mine
    if second != first:
        lines.over[second], lines.lack[second], lines.points[second] = theirs
    return float(change)


@compiled
def _change_of_bonds(
    first: int,
    second: int,
    size: int,
    lines: Lines,
    bonds: BondTables,
    keep: bool,
) -> Change:
    """What the move in `edits` changes in the bonds of the officers it touches."""
    day, after = lines.edits[0, 1], lines.edits[0, 1] + 1
    for index in range(1, size):
        day = min(day, lines.edits[index, 1])
        after = max(after, lines.edits[index, 1] + 1)
    return change_of_move(first, second, day, after, lines.choices, bonds, keep)


@compiled
def _put_on(size: int, lines: Lines, cover: CoverTables) -> int:
    """Count the move in cover; points it changes."""
    points = 0
    for index in range(size):
        officer, day, before = lines.edits[index]
        if before >= 0:
            points += put(officer, day, before, -1, cover)
        if lines.choices[officer, day] >= 0:
            points += put(officer, day, lines.choices[officer, day], 1, cover)
    return points


@compiled
def _take_off(size: int, lines: Lines, cover: CoverTables) -> None:
    """Take the move out of cover again."""
    for index in range(size):
        officer, day, before = lines.edits[index]
        if lines.choices[officer, day] >= 0:
            put(officer, day, lines.choices[officer, day], -1, cover)
        if before >= 0:
            put(officer, day, before, 1, cover)


@compiled
def _put_back(size: int, lines: Lines) -> None:
    """Write what was there before, the last edit first."""
    for index in range(size - 1, -1, -1):
        officer, day, before = lines.edits[index]
        lines.choices[officer, day] = before
