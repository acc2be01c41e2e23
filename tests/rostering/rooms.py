"""Small control rooms that are easy to understand, for tests of the search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.problem import Choices, Cover, Officer, Preference, Problem, Shift
from rostering.rules.registry import RULES
from rostering.search.anneal import anneal
from rostering.search.pace import ByWork

SHIFTS = (
    Shift("E", "early", 7 * 60, 480),
    Shift("L", "late", 14 * 60, 480),
    Shift("N", "night", 22 * 60, 540),
)

FIRST_DAY = date(2026, 6, 1)


def officer(number: int, hours: int, **own: object) -> Officer:
    """An officer who answers everything, on so many hours with half a shift to spare."""
    defaults: dict[str, object] = {
        "id": f"o{number}",
        "name": f"Officer {number}",
        "skills": frozenset({"999", "101"}),
        "least_minutes": max(0, hours * 60 - 240),
        "most_minutes": hours * 60 + 240,
    }
    return Officer(**(defaults | own))  # type: ignore[arg-type]


def room(officers: int = 8, days: int = 14, needed: int = 1, **own: object) -> Problem:
    """A room that needs so many people round the clock, every rule in force."""
    bare = Problem("room", FIRST_DAY, days, "Europe/London", SHIFTS, (), ())
    cover = Cover(
        queues=("999",),
        skills=frozenset({"999"}),
        start=bare.instant(0, 0),
        interval_minutes=15,
        required=np.full(days * 96, needed, dtype=np.int32),
    )
    wish = Preference(day=3, points=5, wants=False)
    people = tuple(
        officer(number, 40 * days // 7, preferences=(wish,) if number == 0 else ())
        for number in range(officers)
    )
    problem: dict[str, object] = {
        "name": "room",
        "first_day": FIRST_DAY,
        "days": days,
        "zone": "Europe/London",
        "shifts": SHIFTS,
        "officers": people,
        "rules": tuple(rule() for rule in RULES.values()),
        "cover": (cover,),
    }
    return Problem(**(problem | own))  # type: ignore[arg-type]


def priced_by_interval(problem: Problem, seed: int) -> Problem:
    """The problem with prices that differ from interval to interval."""
    (need,) = problem.cover
    chance = np.random.default_rng(seed)
    prices = chance.integers(1, 40, (len(need.required), 3)).cumsum(axis=1).astype(np.int32)
    return replace(problem, cover=(replace(need, shortage_points=prices),))


WORTH = 0.5
"""Seconds of counted moves in which a small room comes to a lawful roster, on any machine."""


def annealed(problem: Problem, seed: int = 1) -> Choices:
    """A lawful roster, by annealing alone."""
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    *_, last = anneal(
        counting, allowed, allowed.empty(), seconds=WORTH, seed=seed, pace=ByWork(WORTH)
    )
    assert not last.unlawful
    return last.choices
