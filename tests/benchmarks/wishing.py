"""Seeded control rooms whose officers also wish for something over several days, or for company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rostering.allowed import Allowed
from rostering.benchmark.control_room import control_room
from rostering.cover_grid import Counting
from rostering.pricing.best_line import LinePricer, cover_prices
from rostering.problem import Bond, BondKind, Officer, Problem
from rostering.reasons.asked import asked
from rostering.reasons.wanted import Wish
from rostering.rules.base import Line
from rostering.rules.long_wishes import LongWishes
from rostering.rules.wished_apart import WishedApart
from rostering.rules.wished_with import WishedWith
from rostering.search.anneal import anneal
from rostering.standing import Standing
from rostering.wishes import DaysWish, LongWish, RunWish

LOAD = 1.0
COMPANY = 10
"""One in so many officers wishes to work with a colleague, and one not to."""


def wishing_room(officers: int, seed: int) -> Problem:
    """The generated room, each officer with a wish over several days besides those of a day."""
    plain = control_room(officers, LOAD, seed=seed)
    chance = np.random.default_rng(seed)
    people = tuple(
        replace(person, long_wishes=(_long_wish(plain.days, chance),)) for person in plain.officers
    )
    rules = (*plain.rules, LongWishes(), WishedWith(), WishedApart())
    return replace(plain, officers=people, rules=rules, bonds=tuple(_bonds(plain, chance)))


def _long_wish(days: int, chance: np.random.Generator) -> LongWish:
    points = int(chance.integers(2, 9))
    first = int(chance.integers(0, days - 4))
    weekday = int(chance.integers(0, 7))
    ways: list[LongWish] = [
        DaysWish(frozenset(range(first, first + 4)), points),
        DaysWish(frozenset(range(weekday, days, 7)), points),
        DaysWish(frozenset(range(days)), points, kinds=frozenset({"night"})),
        DaysWish(frozenset(range(weekday, days, 7)), points, earliest=10 * 60),
        DaysWish(frozenset(range(first, first + 4)), points, latest=16 * 60),
        DaysWish(frozenset(range(14)), points, wants=True, kinds=frozenset({"early", "day"})),
        RunWish(points, longest=4),
        RunWish(points, shortest=3),
        RunWish(points, of="rest", shortest=2),
    ]
    return ways[int(chance.integers(len(ways)))]


def _bonds(problem: Problem, chance: np.random.Generator) -> Iterator[Bond]:
    kinds: tuple[BondKind, ...] = ("wished_with", "wished_apart")
    longest = max(shift.minutes for shift in problem.shifts)
    for kind in kinds:
        for index in range(0, len(problem.officers), COMPANY):
            other = int(chance.integers(len(problem.officers)))
            if other == index:
                continue
            first = int(chance.integers(0, problem.days - 7))
            for day in range(first, first + 7):
                yield Bond(
                    kind=kind,
                    officer=problem.officers[index].id,
                    others=(problem.officers[other].id,),
                    first=day,
                    last=day,
                    role="colleague",
                    unit=longest,
                )


def rostered_room(problem: Problem, seed: int, seconds: float) -> Standing:
    """A lawful roster in which no line alone could be better: annealed, then line by line."""
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    *_, last = anneal(counting, allowed, allowed.empty(), seconds=seconds, seed=seed)
    assert not last.unlawful
    standing = Standing.of(counting, last.choices)
    pricer, better = LinePricer(counting, allowed), True
    while better:
        better = False
        for officer in range(len(problem.officers)):
            found = pricer.best_line(officer, cover_prices(counting, standing.choices, officer))
            if found is None:
                continue
            choices = standing.choices.copy()
            choices[officer] = found.row
            after = standing.moved_to(choices)
            if after.objective < standing.objective:
                standing, better = after, True
    assert not standing.hard
    return standing


def unmet(standing: Standing) -> list[tuple[int, Wish]]:
    """Every wish that a roster does not wholly meet, with the index of its officer."""
    problem = standing.problem

    def line(officer: Officer) -> Line:
        return standing.line(problem.officer_index[officer.id])

    return [(each.officer, each.wish) for each in asked(problem, line) if each.lost]
