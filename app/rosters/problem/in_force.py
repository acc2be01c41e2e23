"""What is published over some days, in the form in which a roster is looked at."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.people.service import Officer as Person
from app.people.service import PastShift
from app.requirements.service import Need
from app.rosters.problem.framing import covers_of, shift_of
from app.rosters.problem.materials import Crew, service_days
from app.rosters.problem.officers import tours_by_day
from app.rosters.values import Template
from rostering.problem import MINUTES_A_DAY, Officer, Problem, Roster, Shift, Tour


@dataclass(frozen=True)
class InForce:
    """What is published over some days.

    Attributes:
        problem: the days, the people who hold a skill, and the people needed; without rules.
        roster: the published shifts.
        is_needed_known: whether a requirement covers the days.
    """

    problem: Problem
    roster: Roster
    is_needed_known: bool


def in_force_of(
    frame: Problem,
    templates: Iterable[Template],
    crew: Crew,
    published: Iterable[PastShift],
    need: Need | None,
) -> InForce:
    """Lay published shifts out.

    Args:
        frame: the days and the zone.
        templates: the room's shift templates; shifts of other codes are taken as they are.
        crew: the people of the room.
        published: shifts that touch the days.
        need: the people needed; None where no requirement covers the days.
    """
    lines: dict[UUID, list[Tour]] = defaultdict(list)
    for (officer, day), tour in sorted(tours_by_day(published, frame).items()):
        if day < frame.days:
            lines[officer].append(tour)
    people = tuple(
        _officer(frame, crew, person, service, lines[person.id])
        for person in crew.officers
        if (service := service_days(person, frame.first_day, frame.days)) or lines[person.id]
    )
    shifts = {shift.code: shift for shift in map(shift_of, templates)}
    shifts |= {shift.code: shift for shift in _as_worked(frame, lines) if shift.code not in shifts}
    problem = dataclasses.replace(
        frame,
        shifts=tuple(shifts.values()),
        officers=people,
        cover=tuple(covers_of(need, frame, people)) if need else (),
    )
    tours = {p.id: tuple(t for t in lines[UUID(p.id)] if t.day >= 0) for p in people}
    return InForce(problem, Roster(tours), need is not None)


def _officer(
    frame: Problem, crew: Crew, person: Person, service: list[date], line: list[Tour]
) -> Officer:
    return Officer(
        id=str(person.id),
        name=person.details.name,
        skills=crew.skills_on(person, service),
        least_minutes=0,
        most_minutes=frame.days * MINUTES_A_DAY,
        history=tuple(tour for tour in line if tour.day < 0),
        known_from=min([0, *(tour.day for tour in line)]),
        team=crew.team(person),
    )


def _as_worked(frame: Problem, tours: Mapping[UUID, list[Tour]]) -> Iterator[Shift]:
    """Shifts as they stand in somebody's line."""
    for line in tours.values():
        for tour in line:
            start = (tour.start - frame.midnight(tour.day)) % MINUTES_A_DAY
            yield Shift(tour.code, tour.kind, start, tour.minutes)
