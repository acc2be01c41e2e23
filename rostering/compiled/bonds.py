"""Bonds between lines as tables that compiled code keeps up to date, a move at a time.

A row is one primitive of a group rule. Of each row and day of its officer is kept what the tour of
that day breaks, so that a move prices the bonds of the lines that it touches, on the days that it
touches, and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from itertools import chain
from typing import NamedTuple

import numpy as np

from rostering.bonds import Bonds
from rostering.compiled.arrays import Bytes, Ints
from rostering.compiled.jit import compiled
from rostering.compiled.program import NEVER, price_table
from rostering.problem import MINUTES_A_DAY, Choices, Problem, Tour
from rostering.rules.group import Beside, GroupPrimitive, GroupRule


class Part(IntEnum):
    """What stands where in a row."""

    OFFICER = 0
    RULE = 1
    ALONE = 2  # 1 where minutes outside the others' tours count, 0 where those inside do
    MOST = 3
    UNIT = 4
    FIRST = 5  # days that it holds on
    LAST = 6  # the day after them
    FIRST_OTHER = 7  # rows of `others`
    LAST_OTHER = 8


class BondTables(NamedTuple):
    """The bonds of a problem. Instants are minutes from the first midnight of the period.

    Days count from `reach` days before the period, which history fills.

    Attributes:
        rows: shape (rows, parts).
        others: whom the rows name besides their officers.
        touching: rows that name each officer, one officer after the other.
        first_touching: where each officer's begin, shape (officers + 1,).
        partners: officers beside whom each is to be on duty, one officer after the other.
        first_partner: where each officer's begin, shape (officers + 1,).
        reach: days by which two tours that overlap can start apart.
        starts, ends: of every tour there can be, shape (days, shifts).
        past_starts, past_ends: of worked tours, shape (officers, reach); NEVER ends rest.
        is_hard: by rule, shape (rules,).
        prices: points of the first, second … unit of one breach, shape (rules, steps).
        broken: what the tours of each day break now, shape (rows, reach + days): excess of a hard
            rule, points of a priced one.
    """

    rows: Ints
    others: Ints
    touching: Ints
    first_touching: Ints
    partners: Ints
    first_partner: Ints
    reach: int
    starts: Ints
    ends: Ints
    past_starts: Ints
    past_ends: Ints
    is_hard: Bytes
    prices: Ints
    broken: Ints


class Change(NamedTuple):
    """What a move changes in the bonds: excess of hard overlaps, of hard company, points."""

    over: int
    lack: int
    points: int


def bond_tables(problem: Problem, choices: Choices) -> BondTables:
    """Lay the bonds of a problem out, with what a roster breaks of them."""
    rules = [rule for rule in problem.rules if isinstance(rule, GroupRule)]
    said = [
        (rules.index(held.rule), primitive)
        for held in Bonds.of(problem).in_force
        if not held.rule.is_only_told
        for primitive in held.rule.says(held.bond)
    ]
    reach = _reach(problem)
    rows, others = _rows(problem, said, reach)
    origin = problem.instant(0, 0)
    past_starts, past_ends = _past(problem, reach, origin)
    touching, first_touching = _packed(_naming(problem, rows, others))
    partners, first_partner = _packed(_partners(problem, rows, others))
    tables = BondTables(
        rows=np.array(rows, dtype=np.int64).reshape(len(rows), len(Part)),
        others=np.array(others, dtype=np.int64),
        touching=touching,
        first_touching=first_touching,
        partners=partners,
        first_partner=first_partner,
        reach=reach,
        starts=problem.starts - origin,
        ends=problem.ends - origin,
        past_starts=past_starts,
        past_ends=past_ends,
        is_hard=np.array([rule.is_hard for rule in rules], dtype=np.uint8),
        prices=price_table(rules),
        broken=np.zeros((len(rows), reach + problem.days), dtype=np.int64),
    )
    for number in range(len(rows)):
        change_of_row(number, -reach, problem.days, choices, tables, keep=True)
    return tables


def bound_and_broken(bonds: BondTables) -> Ints:
    """Officers whom a hard bond names that is broken now."""
    held = bonds.broken.any(axis=1) & (bonds.is_hard[bonds.rows[:, RULE]] == 1)
    rows = bonds.rows[held].tolist()
    others = bonds.others.tolist()
    named = {o for row in rows for o in (row[OFFICER], *_others(row, others))}
    return np.array(sorted(named), dtype=np.int64)


def _naming(problem: Problem, rows: list[list[int]], others: list[int]) -> list[list[int]]:
    """Rows that name each officer."""
    naming: list[list[int]] = [[] for _ in problem.officers]
    for number, row in enumerate(rows):
        for officer in {row[Part.OFFICER], *_others(row, others)}:
            naming[officer].append(number)
    return naming


def _partners(problem: Problem, rows: list[list[int]], others: list[int]) -> list[list[int]]:
    """Whom each officer is to be on duty with, whoever asks it of whom."""
    partners: list[set[int]] = [set() for _ in problem.officers]
    for row in rows:
        if row[Part.ALONE]:
            for other in _others(row, others):
                partners[row[Part.OFFICER]].add(other)
                partners[other].add(row[Part.OFFICER])
    return [sorted(beside) for beside in partners]


def _others(row: list[int], others: list[int]) -> list[int]:
    return others[row[Part.FIRST_OTHER] : row[Part.LAST_OTHER]]


def _packed(lists: list[list[int]]) -> tuple[Ints, Ints]:
    """Lists one after the other, and where each begins."""
    first = np.cumsum([0, *map(len, lists)]).astype(np.int64)
    return np.array(list(chain.from_iterable(lists)), dtype=np.int64), first


def _reach(problem: Problem) -> int:
    """Days that the longest tour goes on after the one it starts on; at least one."""
    ends = [shift.start + shift.minutes + 60 for shift in problem.shifts]
    past = [_last_minute(problem, tour) for o in problem.officers for tour in o.history[-3:]]
    return max([1, *(end // MINUTES_A_DAY for end in (*ends, *past))])


def _last_minute(problem: Problem, tour: Tour) -> int:
    return tour.end - problem.midnight(tour.day)


def _rows(
    problem: Problem, said: Sequence[tuple[int, GroupPrimitive]], reach: int
) -> tuple[list[list[int]], list[int]]:
    index = problem.officer_index
    rows, others = [], list[int]()
    for rule, primitive in said:
        is_alone = isinstance(primitive, Beside)
        named = primitive.others if isinstance(primitive, Beside) else (primitive.other,)
        first = 0 if is_alone else -reach
        row = [0] * len(Part)
        row[Part.OFFICER], row[Part.RULE] = index[primitive.officer], rule
        row[Part.ALONE], row[Part.MOST], row[Part.UNIT] = is_alone, primitive.most, primitive.unit
        row[Part.FIRST] = first if primitive.first is None else max(first, primitive.first)
        last = problem.days - 1 if primitive.last is None else primitive.last
        row[Part.LAST] = min(problem.days - 1, last) + 1
        row[Part.FIRST_OTHER] = len(others)
        others += [index[name] for name in named]
        row[Part.LAST_OTHER] = len(others)
        rows.append(row)
    return rows, others


def _past(problem: Problem, reach: int, origin: int) -> tuple[Ints, Ints]:
    shape = (len(problem.officers), reach)
    starts, ends = np.zeros(shape, dtype=np.int64), np.full(shape, NEVER, dtype=np.int64)
    for index, officer in enumerate(problem.officers):
        for tour in officer.history[-reach:]:
            if tour.day >= -reach:
                starts[index, tour.day + reach] = tour.start - origin
                ends[index, tour.day + reach] = tour.end - origin
    return starts, ends


# Compiled code reads plain integers, not enumerations.
OFFICER, RULE, ALONE, MOST, UNIT, FIRST, LAST, FIRST_OTHER, LAST_OTHER = (int(p) for p in Part)


@compiled
def change_of_move(
    one: int,
    other: int,
    first: int,
    last: int,
    choices: Choices,
    bonds: BondTables,
    keep: bool,
) -> Change:
    """What has changed in the bonds of two officers since they were last kept.

    Args:
        one: an officer whose line has changed.
        other: another such officer, or the same.
        first: the first day on which they have changed.
        last: the day after the last.
        choices: the roster after the change, shape (officers, days).
        bonds: the tables, whose `broken` is of before.
        keep: whether to note what is broken now.
    """
    change = _change_of_rows(one, -1, first, last, choices, bonds, keep)
    if other == one:
        return change
    more = _change_of_rows(other, one, first, last, choices, bonds, keep)
    return Change(change.over + more.over, change.lack + more.lack, change.points + more.points)


@compiled
def _change_of_rows(
    officer: int,
    but: int,
    first: int,
    last: int,
    choices: Choices,
    bonds: BondTables,
    keep: bool,
) -> Change:
    """What has changed in the rows that name one officer `but` not another, −1 for any."""
    over, lack, points = 0, 0, 0
    for at in range(bonds.first_touching[officer], bonds.first_touching[officer + 1]):
        row = bonds.touching[at]
        if but >= 0 and _names(row, but, bonds):
            continue
        change = change_of_row(row, first - bonds.reach, last + bonds.reach, choices, bonds, keep)
        if not bonds.is_hard[bonds.rows[row, RULE]]:
            points += change
        elif bonds.rows[row, ALONE]:
            lack += change
        else:
            over += change
    return Change(over, lack, points)


@compiled
def _names(row: int, officer: int, bonds: BondTables) -> bool:
    if bonds.rows[row, OFFICER] == officer:
        return True
    for other in range(bonds.rows[row, FIRST_OTHER], bonds.rows[row, LAST_OTHER]):
        if bonds.others[other] == officer:
            return True
    return False


@compiled
def change_of_row(
    row: int,
    first: int,
    last: int,
    choices: Choices,
    bonds: BondTables,
    keep: bool,
) -> int:
    """What has changed in one row on the days from `first` to before `last`."""
    line = bonds.rows[row]
    total = 0
    for day in range(max(first, line[FIRST]), min(last, line[LAST])):
        begin, finish = _tour(line[OFFICER], day, choices, bonds)
        broken = 0
        if finish > begin:
            if line[ALONE]:
                alone = _minutes_alone(line, day, begin, finish, choices, bonds)
                broken = _price(line, alone, bonds)
            else:
                broken = _overlaps(line, day, begin, finish, choices, bonds)
        total += broken - bonds.broken[row, day + bonds.reach]
        if keep:
            bonds.broken[row, day + bonds.reach] = broken
    return total


@compiled
def _tour(officer: int, day: int, choices: Choices, bonds: BondTables) -> tuple[int, int]:
    """When the tour of an officer-day starts and ends; of a rest day, both at NEVER."""
    if day < 0:
        end = bonds.past_ends[officer, day + bonds.reach]
        return (
            (NEVER, NEVER) if end == NEVER else (bonds.past_starts[officer, day + bonds.reach], end)
        )
    shift = choices[officer, day]
    if shift < 0:
        return NEVER, NEVER
    return bonds.starts[day, shift], bonds.ends[day, shift]


@compiled
def _minutes_alone(
    line: Ints, day: int, begin: int, finish: int, choices: Choices, bonds: BondTables
) -> int:
    """Minutes of a tour outside the tours of all the others."""
    alone = 0
    at = begin
    while at < finish:
        until, then = at, finish
        for other in range(line[FIRST_OTHER], line[LAST_OTHER]):
            for date in range(
                max(day - bonds.reach, -bonds.reach), min(day + bonds.reach + 1, choices.shape[1])
            ):
                start, end = _tour(bonds.others[other], date, choices, bonds)
                if end <= at:
                    continue
                if start <= at:
                    until = max(until, end)
                else:
                    then = min(then, start)
        if until == at:
            alone += then - at
            until = then
        at = until
    return alone


@compiled
def _overlaps(
    line: Ints, day: int, begin: int, finish: int, choices: Choices, bonds: BondTables
) -> int:
    """What a tour and each that overlaps it break, one of them at least in the period."""
    broken = 0
    other = bonds.others[line[FIRST_OTHER]]
    earliest = max(day - bonds.reach, line[FIRST], 0 if day < 0 else -bonds.reach)
    for date in range(earliest, min(day + bonds.reach + 1, line[LAST])):
        start, end = _tour(other, date, choices, bonds)
        shared = min(end, finish) - max(start, begin)
        if shared > 0:
            broken += _price(line, shared, bonds)
    return broken


@compiled
def _price(line: Ints, minutes: int, bonds: BondTables) -> int:
    """Excess of so many minutes under a hard rule, their points under a priced one."""
    beyond = minutes - line[MOST]
    if beyond <= 0:
        return 0
    excess = -(-beyond // line[UNIT])
    if bonds.is_hard[line[RULE]]:
        return int(excess)
    steps = bonds.prices.shape[1]
    points = 0
    for step in range(min(excess, steps)):
        points += bonds.prices[line[RULE], step]
    if excess > steps:
        points += (excess - steps) * bonds.prices[line[RULE], steps - 1]
    return int(points)
