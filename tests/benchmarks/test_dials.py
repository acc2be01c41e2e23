"""What the dial of wishes does to a roster: wishes met beside people missing, level by level."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from rostering.allowed import Allowed
from rostering.benchmark.control_room import control_room
from rostering.compiled.anneal import Annealer
from rostering.cover_grid import Counting
from rostering.dials import LEVELS, Dials, Level, Levels, turned
from rostering.prices import price_list
from rostering.prices.words import meanings
from rostering.problem import Choices, Problem
from rostering.search.anneal import COLDEST, HOTTEST, price_of_shortage
from rostering.standing import Standing

OFFICERS, LOAD = 100, 1.05
MOVES_AN_OFFICER = 20_000
STEPS = 40


def at(problem: Problem, levels: Levels) -> Problem:
    """The room with its dials at these levels."""
    dials = Dials(levels, problem.rules)
    return replace(problem, rules=turned(problem.rules, levels), dials=dials)


def annealed(problem: Problem) -> Choices:
    """A roster after a counted number of moves."""
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    annealer = Annealer(counting, allowed, allowed.empty(), 1)
    unit = price_of_shortage(counting)
    moves = MOVES_AN_OFFICER * len(problem.officers) // STEPS
    for temperature in np.geomspace(HOTTEST, COLDEST, STEPS):
        annealer.run(moves, temperature * unit, unit)
    return annealer.choices


@pytest.mark.benchmark
def test_a_dial_turns_what_it_says() -> None:
    """Print wishes met, people missing and the rate of exchange at each level."""
    problem = control_room(OFFICERS, LOAD)
    met: dict[Level, int] = {}
    print(f"\n{OFFICERS} officers at load {LOAD}, the dial of wishes:")
    for level, (words, _) in LEVELS.items():
        turned_room = at(problem, {"preferences": level})
        standing = Standing.of(Counting.of(turned_room), annealed(turned_room))
        begun = time.process_time()
        prices = price_list(standing)
        spent = time.process_time() - begun
        counts = prices.counts
        met[level] = counts.wishes_met
        rate = meanings(turned_room, prices)["preferences"][-1]
        print(
            f"{words}: {counts.wishes_met} of {counts.wishes} wishes met, "
            f"{counts.short_minutes / 60:.0f} person-hours missing, "
            f"{len(standing.hard)} breaches; {rate} (price list {1000 * spent:.0f} ms)"
        )
    assert met["off"] <= met["as_set"] <= met["most"]
