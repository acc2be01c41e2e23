"""People who could be: the staff of a room, by team, with skills and contracts; all invented."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from app.people.service import Employment

SEED = 20_260_102

CALLS, DISPATCHER, TRAINEE = (
    "Communications officer",
    "Dispatcher",
    "Communications officer, trainee",
)

FULL_TIME, OF_A_CONSTABLE, FOUR_FIFTHS, PART_TIME = 37 * 60, 40 * 60, 30 * 60, 24 * 60
"""Minutes a week: police staff 37 h, officers 40 h (Police Regulations), and two parts."""


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places that every team has: what its holder can do and is contracted for."""

    grade: str
    skills: tuple[str, ...]
    weekly_minutes: int = FULL_TIME
    employment: Employment = "staff"


PLACES = (
    Place("Team leader", ("101", "999", "dispatch")),
    Place("Deputy team leader", ("101", "999", "dispatch")),
    *[Place(CALLS, ("101", "999"))] * 5,
    Place(CALLS, ("101", "999"), FOUR_FIFTHS),
    *[Place(CALLS, ("101", "999"), PART_TIME)] * 2,
    *[Place(TRAINEE, ("101",))] * 3,
    Place("Constable", ("999", "dispatch"), OF_A_CONSTABLE, "officer"),
    *[Place(DISPATCHER, ("999", "dispatch"))] * 4,
    Place(DISPATCHER, ("999", "dispatch"), FOUR_FIFTHS),
    Place(DISPATCHER, ("999", "dispatch"), PART_TIME),
    Place("Constable", ("dispatch",), OF_A_CONSTABLE, "officer"),
    *[Place(DISPATCHER, ("dispatch",))] * 2,
    Place(DISPATCHER, ("dispatch",), PART_TIME),
)
"""A team of 24: most take 999 and 101, trainees 101 alone; of the dispatchers most take 999 too."""


@dataclass(frozen=True, slots=True)
class MadePerson:
    """An invented person; `team` counts from 0."""

    number: str
    name: str
    team: int
    place: Place
    started: date


@cache
def names() -> tuple[str, ...]:
    """The invented names, no two alike."""
    return tuple(tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))["names"])


def make_people(
    teams: int, places: tuple[Place, ...], today: date, after: int = 0
) -> Iterator[MadePerson]:
    """So many teams with these places each; the same arguments give the same people.

    Trainees started within the last year, others up to 24 years ago.

    Args:
        teams: how many.
        places: what each team has.
        today: starts of service are counted back from it.
        after: names that are left to people elsewhere.
    """
    draw = np.random.default_rng(SEED)
    for index in range(teams * len(places)):
        team, place = index % teams, places[index // teams]
        # History of half a year is told of everyone, so nobody is newer than that.
        years = draw.uniform(0.6, 1) if place.grade == TRAINEE else draw.uniform(1.5, 24)
        started = today - timedelta(days=int(365 * years))
        yield MadePerson(f"C{1001 + index}", names()[after + index], team, place, started)
