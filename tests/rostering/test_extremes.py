"""What no roster can meet, and what is hardly a problem at all, ends with the nearest roster."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rostering.problem import Cover, OfficerDay, Problem, ShiftCover, Span
from tests.rostering.listening import told
from tests.rostering.rooms import room

ROOM = room(officers=4, days=7)
LARGE = room(officers=72, days=14)


def _needing(problem: Problem, people: int) -> tuple[Cover, ...]:
    (need,) = problem.cover
    return (replace(need, required=np.full(len(need.required), people, dtype=np.int32)),)


def _everybody(problem: Problem, **own: object) -> Problem:
    people = tuple(replace(officer, **own) for officer in problem.officers)  # type: ignore[arg-type]
    return replace(problem, officers=people)


EXTREMES = {
    "nobody": replace(ROOM, officers=()),
    "no shift": replace(ROOM, shifts=()),
    "no shift in a large room": replace(LARGE, shifts=()),
    "no rule": replace(ROOM, rules=()),
    "no need": replace(ROOM, cover=()),
    "one day": room(officers=3, days=1),
    "ten thousand people": replace(ROOM, cover=_needing(ROOM, 10_000)),
    "ten thousand people on a shift": replace(
        LARGE, cover=(), shift_cover=tuple(ShiftCover(d, "E", 10_000, 10_000, 1) for d in range(9))
    ),
    "nobody with the skill": _everybody(ROOM, skills=frozenset({"other"})),
    "everybody away": _everybody(ROOM, unavailable=(Span(ROOM.midnight(0), ROOM.midnight(7)),)),
    "everything fixed": _everybody(ROOM, days=dict.fromkeys(range(7), OfficerDay())),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_the_search_comes_to_its_end(name: str) -> None:
    """A child ends by itself with a roster for every officer and day, however little there is."""
    problem = EXTREMES[name]
    rosters = [choices for _, choices in told(problem, 1, 0.3) if choices]
    size = 2 * len(problem.officers) * problem.days
    assert all(len(choices) == size for choices in rosters)
    assert rosters or not size
