"""Simulated annealing over whole lines on the exact objective, cover by the interval included.

A move rewrites a few officer-days. It is never kept when a line would break a hard limit from
above more than before, or those of officers kept apart; what hard limits from below lack, such as
hours or company, is priced dearer and dearer until nothing lacks. Limits are looked at first, then
cover, and the points of lines only where all that they could give back would make up for it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.compiled.arrays import Ints
from rostering.compiled.bonds import (
    BondTables,
    Change,
    bond_tables,
    bound_and_broken,
    change_of_move,
)
from rostering.compiled.change import (
    Standing,
    change_of_limits,
    change_of_points,
    keep_line,
    standing_of,
)
from rostering.compiled.cover import CoverTables, cover_tables, exchange
from rostering.compiled.cover import change as change_cover
from rostering.compiled.evaluate import score_lines
from rostering.compiled.jit import compiled, inlined
from rostering.compiled.moves import Moves, draw, moves_of, put_back
from rostering.compiled.program import Tables, tables
from rostering.cover_grid import Counting
from rostering.problem import Choices


class Lines(NamedTuple):
    """What is known of each line.

    Attributes:
        over, lack, points: as in `Score`, shape (officers,).
        move: of each line that the move in hand touches: the first place, the one after the last,
            and what it changes of the three, shape (2, 5).
    """

    over: Ints
    lack: Ints
    points: Ints
    move: Ints


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
        self._moves = moves_of(counting.problem, allowed, choices)
        self._standing = standing_of(choices, self._tables)
        scores = np.array(score_lines(choices, self._tables), dtype=np.int64).reshape(-1, 3)
        over, lack, points = (scores[:, part].copy() for part in range(3))
        self._lines = Lines(over, lack, points, move=np.zeros((2, 5), dtype=np.int64))
        self._seed = seed

    @property
    def choices(self) -> Choices:
        """The roster as it is now, shape (officers, days)."""
        return self._moves.choices.copy()

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
        if not len(self._moves.movable):
            return 0
        self._seed += 1
        return round(
            _run(
                moves,
                float(temperature),
                float(lack_points),
                self._seed,
                self._moves,
                self._lines,
                self._standing,
                self._cover,
                self._bonds,
                self._tables,
            )
        )


@compiled
def _run(
    number: int,
    temperature: float,
    lack_points: float,
    seed: int,
    moves: Moves,
    lines: Lines,
    standing: Standing,
    cover: CoverTables,
    bonds: BondTables,
    rules: Tables,
) -> float:
    np.random.seed(seed)  # noqa: NPY002  the one generator that compiled code has
    total = 0.0
    for _ in range(number):
        size = draw(moves, bonds)
        if size == 0:
            continue
        limit = -temperature * np.log(1.0 - np.random.random())  # noqa: NPY002
        total += _try(size, limit, lack_points, moves, lines, standing, cover, bonds, rules)
    return total


@inlined
def _try(
    size: int,
    limit: float,
    lack_points: float,
    moves: Moves,
    lines: Lines,
    standing: Standing,
    cover: CoverTables,
    bonds: BondTables,
    rules: Tables,
) -> float:
    """Keep the move in `edits` if it costs no more than the limit; points it changed."""
    one = moves.edits[0, 0]
    other = _other(one, size, moves)
    lines_touched = 1 if one == other else 2
    points = 0.0
    refused = False
    most_gain = 0  # points of a line never fall below nought
    for slot in range(lines_touched):
        officer = one if slot == 0 else other
        first, last = _lay_in(officer, size, moves, standing, rules)
        is_lawful = lines.over[officer] == 0
        over, lack = change_of_limits(officer, slot, first, last, is_lawful, rules, standing)
        lines.move[slot, 0], lines.move[slot, 1] = first, last
        lines.move[slot, 2], lines.move[slot, 3] = over, lack
        points += lack_points * lack
        most_gain += lines.points[officer]
        if over > 0:
            refused = True
            lines_touched = slot + 1
            break
    is_bound = bonds.first_touching[one] < bonds.first_touching[one + 1] or (
        bonds.first_touching[other] < bonds.first_touching[other + 1]
    )
    if is_bound and not refused:
        moved = _change_of_bonds(one, other, size, moves, bonds, False)
        refused = moved.over > 0
        points += moved.points + lack_points * moved.lack
    if not refused:
        points += _put_on(size, moves, cover)
        if points - most_gain <= limit:
            points += _change_of_points(one, other, lines_touched, lines, standing, rules)
        if points > limit:
            _take_off(size, moves, cover)
            refused = True
    if refused:
        put_back(size, moves)
        for slot in range(lines_touched):
            _take_out(one if slot == 0 else other, slot, lines, standing)
        return 0.0
    if is_bound:
        _change_of_bonds(one, other, size, moves, bonds, True)
    for slot in range(lines_touched):
        _keep(one if slot == 0 else other, slot, lines, standing)
    return points


@inlined
def _other(one: int, size: int, moves: Moves) -> int:
    """The other officer of a move, or the same where it has one alone."""
    other = one
    for index in range(size):
        if moves.edits[index, 0] != one:
            other = moves.edits[index, 0]
    return other


@inlined
def _change_of_points(
    one: int, other: int, number: int, lines: Lines, standing: Standing, rules: Tables
) -> int:
    """What the move changes in the points of the lines that it touches."""
    points = 0
    for slot in range(number):
        officer = one if slot == 0 else other
        first, last = lines.move[slot, 0], lines.move[slot, 1]
        lines.move[slot, 4] = change_of_points(officer, slot, first, last, rules, standing)
        points += lines.move[slot, 4]
    return points


@inlined
def _keep(officer: int, slot: int, lines: Lines, standing: Standing) -> None:
    """Keep the move in one line."""
    keep_line(officer, slot, lines.move[slot, 0], lines.move[slot, 1], standing)
    lines.over[officer] += lines.move[slot, 2]
    lines.lack[officer] += lines.move[slot, 3]
    lines.points[officer] += lines.move[slot, 4]


@inlined
def _lay_in(
    officer: int, size: int, moves: Moves, standing: Standing, rules: Tables
) -> tuple[int, int]:
    """Lay the move into an officer's cells; tell the first place it touches and the one after."""
    first, last = standing.cells.shape[2], 0
    for index in range(size):
        if moves.edits[index, 0] == officer:
            day = moves.edits[index, 1]
            choice, place = moves.choices[officer, day], rules.look_back + day
            cell = day * rules.starts.shape[1] + choice if choice >= 0 else -1
            standing.cells[1, officer, place] = cell
            first, last = min(first, place), max(last, place + 1)
    return first, last


@inlined
def _take_out(officer: int, slot: int, lines: Lines, standing: Standing) -> None:
    """Take the move out of an officer's cells again."""
    for place in range(lines.move[slot, 0], lines.move[slot, 1]):
        standing.cells[1, officer, place] = standing.cells[0, officer, place]


@compiled
def _change_of_bonds(
    one: int, other: int, size: int, moves: Moves, bonds: BondTables, keep: bool
) -> Change:
    """What the move in `edits` changes in the bonds of the officers it touches."""
    day, after = moves.edits[0, 1], moves.edits[0, 1] + 1
    for index in range(1, size):
        day = min(day, moves.edits[index, 1])
        after = max(after, moves.edits[index, 1] + 1)
    return change_of_move(one, other, day, after, moves.choices, bonds, keep)


@inlined
def _put_on(size: int, moves: Moves, cover: CoverTables) -> int:
    """Count the move in cover; points it changes."""
    points = index = 0
    while index < size:
        officer, day, before = moves.edits[index, 0], moves.edits[index, 1], moves.edits[index, 2]
        if _is_exchange(index, size, moves):
            other, theirs = moves.edits[index + 1, 0], moves.edits[index + 1, 2]
            points += exchange(officer, other, day, before, theirs, cover)
            index += 2
        else:
            points += change_cover(officer, day, before, moves.choices[officer, day], cover)
            index += 1
    return points


@inlined
def _take_off(size: int, moves: Moves, cover: CoverTables) -> None:
    """Take the move out of cover again."""
    index = 0
    while index < size:
        officer, day, before = moves.edits[index, 0], moves.edits[index, 1], moves.edits[index, 2]
        if _is_exchange(index, size, moves):
            other, theirs = moves.edits[index + 1, 0], moves.edits[index + 1, 2]
            exchange(officer, other, day, theirs, before, cover)
            index += 2
        else:
            change_cover(officer, day, moves.choices[officer, day], before, cover)
            index += 1


@inlined
def _is_exchange(index: int, size: int, moves: Moves) -> bool:
    """Whether two officers do on a day what the other did, by an edit and the next one."""
    if index + 1 >= size:
        return False
    one, other, day = moves.edits[index, 0], moves.edits[index + 1, 0], moves.edits[index, 1]
    return bool(
        one != other
        and moves.edits[index + 1, 1] == day
        and moves.edits[index + 1, 2] == moves.choices[one, day]
        and moves.edits[index, 2] == moves.choices[other, day]
    )
