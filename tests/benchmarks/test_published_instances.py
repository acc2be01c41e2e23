"""Published instances, and made-up ones of their kind up to a year, as one table.

Set `ROSTER_SECONDS` for another time than that of an ordinary run.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rostering.benchmark.measured import MARKS, measure
from rostering.benchmark.reading import instance_of, read_instance
from rostering.benchmark.translation import problem_of
from rostering.problem import Problem
from tests.rostering.benchmark.evaluator import cost, faults
from tests.rostering.benchmark.making import made_up

pytestmark = pytest.mark.benchmark

SECONDS = float(os.environ.get("ROSTER_SECONDS", "60"))
FOLDER = Path(__file__).parent.parent / "instances" / "rostering"

BEST_KNOWN = {"Instance5": 1143, "Instance8": 1300, "Instance14": 1278}
"""Upper bounds as published for the instances."""

MADE_UP = {"26 weeks, 50 people": (182, 50, 6), "52 weeks, 100 people": (364, 100, 16)}
"""Days, people and kinds of shift of instances made up here."""


@pytest.mark.parametrize("name", BEST_KNOWN)
def test_a_published_instance(name: str) -> None:
    """A lawful roster within the time, beside the best that is known."""
    path = FOLDER / f"{name}.txt"
    _measured(problem_of(read_instance(path), name), path.read_text(), BEST_KNOWN[name])


@pytest.mark.parametrize("name", MADE_UP)
def test_a_long_made_up_instance(name: str) -> None:
    """A lawful roster within the time, beside the bound that is proved."""
    days, people, kinds = MADE_UP[name]
    text = made_up(days=days, people=people, kinds=kinds, seed=1)
    _measured(problem_of(instance_of(text, name), name), text, None)


def _measured(problem: Problem, text: str, best: int | None) -> None:
    measured = measure(problem, SECONDS)
    solution = measured.solution
    rows = [
        f"{officer.id},{tour.day},{tour.code}"
        for officer in problem.officers
        for tour in solution.roster.of(officer)
    ]
    written = "\n".join(["employee,day,shift", *rows])
    marks = {f"{mark:.0f} s": measured.at_marks.get(mark) for mark in MARKS}
    objective = solution.verdict.objective
    print(
        f"\n{problem.name}: first legal after {solution.first_legal_seconds} s; {marks}; "
        f"{objective} points after {solution.seconds:.0f} s, bound {solution.bound}"
        + (f", best known {best}: {100 * (objective / best - 1):.1f} % above" if best else "")
    )
    assert solution.verdict.is_legal
    assert faults(text, written) == []
    assert cost(text, written) == objective
