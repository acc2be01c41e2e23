"""Solve a made-up control room: `python -m rostering.benchmark control-room --officers 1000`.

Prints as its last line JSON with what `measured` tells.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from rostering.allowed import Allowed
from rostering.benchmark.control_room import control_room
from rostering.benchmark.measured import measure
from rostering.compiled.anneal import Annealer
from rostering.cover_grid import Counting
from rostering.problem import OfficerDay, Problem
from rostering.search.anneal import COLDEST, HOTTEST, price_of_shortage

MOST_OFFICERS = 5_000
MOVES_AN_OFFICER = 3_000
"""How long a room is annealed whose roster is then fixed."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; give back its exit status, 0 where a lawful roster was found."""
    given = _parser().parse_args(arguments)
    problem = control_room(given.officers, given.load, given.days, given.seed)
    if given.fixed:
        problem = mostly_fixed(problem, given.fixed, given.seed)
    measured = measure(problem, given.seconds, given.seed)
    figures = {"instance": problem.name, "days": problem.days, **measured.figures()}
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0 if measured.solution.verdict.is_legal else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rostering.benchmark control-room", description=__doc__
    )
    parser.add_argument("--officers", type=_within(1, MOST_OFFICERS, int), default=300)
    parser.add_argument("--load", type=_within(0.1, 3.0, float), default=1.05)
    parser.add_argument("--days", type=_within(1, 366, int), default=28)
    parser.add_argument("--seconds", type=_within(1, 86_400, float), default=300.0)
    parser.add_argument("--seed", type=_within(0, 10**6, int), default=1)
    parser.add_argument(
        "--fixed", type=_within(0, 1, float), default=0.0, help="share of officer-days fixed"
    )
    return parser


def mostly_fixed(problem: Problem, share: float, seed: int) -> Problem:
    """The room with a share of its officer-days fixed to those of a lawful roster.

    The rest days and shifts are those of a roster that a little annealing finds, so that the fixed
    days leave a lawful roster.

    Args:
        problem: a room whose officer-days are free.
        share: of officer-days, drawn one by one.
        seed: of the draws.
    """
    counting, allowed = Counting.of(problem), Allowed.of(problem)
    annealer = Annealer(counting, allowed, allowed.empty(), seed)
    unit = price_of_shortage(counting)
    moves = MOVES_AN_OFFICER * len(problem.officers)
    for temperature in np.geomspace(HOTTEST, COLDEST, 10):
        annealer.run(moves // 10, temperature * unit, unit)
    choices = annealer.choices
    is_fixed = np.random.default_rng(seed).random(choices.shape) < share
    is_fixed[annealer.lacking] = False
    officers = tuple(
        replace(
            officer,
            days={
                int(day): OfficerDay(shift=_code(problem, int(row[day])))
                for day in np.flatnonzero(fixed)
            },
        )
        for officer, row, fixed in zip(problem.officers, choices, is_fixed, strict=True)
    )
    return replace(problem, name=f"{problem.name}, {share:.0%} fixed", officers=officers)


def _code(problem: Problem, choice: int) -> str | None:
    return problem.shifts[choice].code if choice >= 0 else None


def _within(least: float, most: float, kind: Callable[[str], float]) -> Callable[[str], float]:
    """Read a number within limits; argparse says what is wrong."""

    def read(text: str) -> float:
        try:
            number = kind(text)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")
        return number

    return read
