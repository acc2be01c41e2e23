"""Moves of annealing: what is drawn to be tried next.

A move is written into the roster, and what stood there before into `edits`. Only officer-days that
have a choice are drawn, and only what they may become is written.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rostering.allowed import Allowed
from rostering.compiled.arrays import Bytes, Ints
from rostering.compiled.bonds import BondTables
from rostering.compiled.jit import inlined
from rostering.problem import REST, Choices, Problem

LONGEST_MOVE = 7
"""Days that a move rewrites of one line, at most: a week."""

TRIES = 4
"""Draws of a shift until one is allowed, or lasts as long as is asked."""


class Moves(NamedTuple):
    """The roster in hand, and what its officer-days may become.

    Attributes:
        choices: shape (officers, days).
        edits: room for a move: officer, day, choice before, shape (2 × LONGEST_MOVE, 3).
        shifts: allowed shifts, shape (officers, days, shifts).
        rest: allowed rest days, shape (officers, days).
        minutes: of each shift, by the clock on the wall, shape (shifts,).
        movable: officer-days with a choice, as rows of officer and day, shape (n, 2).
        days: the movable days of each officer, one officer after the other.
        first_day: where each officer's begin, shape (officers + 1,).
        people: the movable officers of each day, one day after the other.
        first_person: where each day's begin, shape (days + 1,).
    """

    choices: Choices
    edits: Ints
    shifts: Bytes
    rest: Bytes
    minutes: Ints
    movable: Ints
    days: Ints
    first_day: Ints
    people: Ints
    first_person: Ints


def moves_of(problem: Problem, allowed: Allowed, choices: Choices) -> Moves:
    """What can be tried on a roster."""
    movable = allowed.movable
    return Moves(
        choices=choices.astype(np.int16),
        edits=np.zeros((2 * LONGEST_MOVE, 3), dtype=np.int64),
        shifts=allowed.shifts.astype(np.uint8),
        rest=allowed.rest.astype(np.uint8),
        minutes=np.array([shift.minutes for shift in problem.shifts], dtype=np.int64),
        movable=np.ascontiguousarray(np.argwhere(movable), dtype=np.int64),
        days=np.nonzero(movable)[1].astype(np.int64),
        first_day=np.cumsum([0, *movable.sum(axis=1)]).astype(np.int64),
        people=np.nonzero(movable.T)[1].astype(np.int64),
        first_person=np.cumsum([0, *movable.sum(axis=0)]).astype(np.int64),
    )


@inlined
def draw(moves: Moves, bonds: BondTables) -> int:
    """Write a move into the roster; tell how many officer-days it changes."""
    pick = np.random.randint(len(moves.movable))  # noqa: NPY002  compiled code has no other
    officer, day = moves.movable[pick, 0], moves.movable[pick, 1]
    partners = bonds.first_partner[officer + 1] - bonds.first_partner[officer]
    if partners > 0 and np.random.random() < 0.3:  # noqa: NPY002
        which = np.random.randint(partners)  # noqa: NPY002
        return _follow(officer, day, bonds.partners[bonds.first_partner[officer] + which], moves)
    kind = np.random.random()  # noqa: NPY002
    if kind < CHANGES:
        return _write(officer, day, _any_choice(officer, day, moves), 0, moves)
    if kind < SHIFTS_MOVED:
        return _move_shift(officer, day, moves)
    if kind < TRADES:
        return _trade(officer, day, moves)
    if kind < STAMPS:
        return _stamp(officer, day, moves)
    return _swap(officer, day, moves)


CHANGES, SHIFTS_MOVED, TRADES, STAMPS = 0.25, 0.4, 0.55, 0.75
"""Up to where each kind of move is drawn; what is left is for swaps."""


@inlined
def put_back(size: int, moves: Moves) -> None:
    """Write what was there before."""
    for index in range(size):
        moves.choices[moves.edits[index, 0], moves.edits[index, 1]] = moves.edits[index, 2]


@inlined
def _any_choice(officer: int, day: int, moves: Moves) -> int:
    """A shift that is allowed, or rest one time in four."""
    if moves.rest[officer, day] and np.random.random() < 0.25:  # noqa: NPY002
        return REST
    shift = REST
    for _ in range(TRIES):
        shift = np.random.randint(moves.shifts.shape[2])  # noqa: NPY002
        if moves.shifts[officer, day, shift]:
            break
    return shift


@inlined
def _write(officer: int, day: int, choice: int, size: int, moves: Moves) -> int:
    """Write one choice if it is allowed and differs; tell the move's length now."""
    before = moves.choices[officer, day]
    if before == choice:
        return size
    if not (moves.rest[officer, day] if choice < 0 else moves.shifts[officer, day, choice]):
        return size
    moves.edits[size, 0], moves.edits[size, 1], moves.edits[size, 2] = officer, day, before
    moves.choices[officer, day] = choice
    return size + 1


@inlined
def _other_day(officer: int, moves: Moves) -> int:
    """A day of an officer's that may change."""
    first = moves.first_day[officer]
    days = moves.first_day[officer + 1] - first
    return int(moves.days[first + np.random.randint(days)])  # noqa: NPY002


@inlined
def _move_shift(officer: int, day: int, moves: Moves) -> int:
    """Exchange what an officer does on two days."""
    other = _other_day(officer, moves)
    here, there = moves.choices[officer, day], moves.choices[officer, other]
    size = _write(officer, day, there, 0, moves)
    return _write(officer, other, here, size, moves)


@inlined
def _trade(officer: int, day: int, moves: Moves) -> int:
    """Give an officer other shifts on two days that last as long together."""
    other = _other_day(officer, moves)
    if other == day:
        return 0
    here, there = moves.choices[officer, day], moves.choices[officer, other]
    minutes = 0
    if here >= 0:
        minutes += moves.minutes[here]
    if there >= 0:
        minutes += moves.minutes[there]
    shift = _any_choice(officer, day, moves)
    if shift >= 0:
        minutes -= moves.minutes[shift]
    if minutes < 0:
        return 0
    then = REST
    if minutes > 0:
        for _ in range(TRIES):
            then = np.random.randint(len(moves.minutes))  # noqa: NPY002
            if moves.minutes[then] == minutes:
                break
        if moves.minutes[then] != minutes:
            return 0
    size = _write(officer, day, shift, 0, moves)
    return _write(officer, other, then, size, moves)


@inlined
def _stamp(officer: int, day: int, moves: Moves) -> int:
    """Give an officer the same shift, or rest, for two to five days."""
    choice = _any_choice(officer, day, moves)
    size = 0
    last = min(day + np.random.randint(2, 6), moves.choices.shape[1])  # noqa: NPY002
    for other in range(day, last):
        size = _write(officer, other, choice, size, moves)
    return size


@inlined
def _swap(officer: int, day: int, moves: Moves) -> int:
    """Exchange up to a week between two officers."""
    first = moves.first_person[day]
    people = moves.first_person[day + 1] - first
    other = moves.people[first + np.random.randint(people)]  # noqa: NPY002
    size = 0
    length = np.random.randint(1, LONGEST_MOVE + 1)  # noqa: NPY002
    for date in range(day, min(day + length, moves.choices.shape[1])):
        mine, theirs = moves.choices[officer, date], moves.choices[other, date]
        size = _write(officer, date, theirs, size, moves)
        size = _write(other, date, mine, size, moves)
    return size


@inlined
def _follow(officer: int, day: int, partner: int, moves: Moves) -> int:
    """Give an officer what a partner does for up to a week, or both of them the same shift."""
    size = 0
    length = np.random.randint(1, LONGEST_MOVE + 1)  # noqa: NPY002
    last = min(day + length, moves.choices.shape[1])
    if np.random.random() < 0.5:  # noqa: NPY002
        for date in range(day, last):
            size = _write(officer, date, moves.choices[partner, date], size, moves)
        return size
    choice = _any_choice(officer, day, moves)
    for date in range(day, last):
        size = _write(officer, date, choice, size, moves)
        size = _write(partner, date, choice, size, moves)
    return size
