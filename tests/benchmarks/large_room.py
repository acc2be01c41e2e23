"""A kept roster of as many people as one likes: 28 days, with 17 weeks of history before them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import numpy as np

from app.db.engine import open_engine
from app.db.migrate import upgrade
from app.db.transaction import Database
from app.db.types import new_id
from app.people import service as people
from app.rosters.problem import freeze, shifts_of
from app.rosters.store import rosters as store
from rostering.benchmark.control_room import control_room
from rostering.problem import REST, Bond, Choices, Problem
from rostering.rules.registry import GROUP_RULES
from tests.app.people.rooms import details
from tests.app.rosters.rooms import Rostered, asked, rostered

WEEKS = 17
PATTERN = (0, 0, 10, 10, 20, 20, REST, REST, REST, REST)
"""Two earlies, two days, two nights, four days of rest."""


@contextmanager
def migrated(folder: Path) -> Iterator[Database]:
    """A migrated SQLite database in a folder."""
    engine = open_engine(f"sqlite:///{folder / 'large.sqlite'}", busy_seconds=5)
    upgrade(engine)
    yield Database(engine)
    engine.dispose()


def kept_roster(database: Database, number: int, *, bound: bool = False) -> tuple[Rostered, UUID]:
    """A room with so many people, some bound to others; the id of their roster, which is kept."""
    room = rostered(database, number=1)
    problem, choices = large_problem(database, room, number)
    if bound:
        rules = (*problem.rules, *(rule() for rule in GROUP_RULES.values()))
        bonds = tuple(bonds_among(problem))
        problem = dataclasses.replace(problem, rules=rules, bonds=bonds)
    roster, _ = asked(database, room)
    kept = dataclasses.replace(
        roster, id=new_id(), first_day=problem.first_day, days=problem.days, stopped="time"
    )
    with database.write() as transaction:
        store.add(transaction, kept, freeze(problem))
        store.replace_shifts(transaction, kept.id, (), shifts_of(problem, choices))
    return room, kept.id


def bonds_among(problem: Problem) -> Iterator[Bond]:
    """Of every ten people one is a student with three tutors, two are kept together, two apart."""
    ids = [officer.id for officer in problem.officers]
    for ten in range(0, len(ids) - 9, 10):
        student, first, second, third, one, other, mine, theirs = ids[ten : ten + 8]
        yield Bond("with", student, (first, second, third), 30, role="tutor")
        yield Bond("together", one, (other,), 30)
        yield Bond("apart", mine, (theirs,))


def large_problem(database: Database, room: Rostered, number: int) -> tuple[Problem, Choices]:
    """The generated room with a past, its officers those of the database, and a roster."""
    problem = control_room(number, 0.95)
    past = dataclasses.replace(
        problem, first_day=problem.date_of(-7 * WEEKS), days=7 * WEEKS, cover=()
    )
    officers = []
    with database.write() as transaction:
        for index, officer in enumerate(problem.officers):
            new = people.add_officer(transaction, room.room_id, details(f"G{index}", officer.name))
            tours = (
                past.tour(day, choice)
                for day in range(past.days)
                if (choice := PATTERN[(day + index) % len(PATTERN)]) != REST
            )
            history = tuple(dataclasses.replace(t, day=t.day - past.days) for t in tours)
            officers.append(
                dataclasses.replace(officer, id=str(new.id), history=history, known_from=-past.days)
            )
    choices = np.array(
        [[PATTERN[(day + index + past.days) % len(PATTERN)] for day in range(problem.days)]
         for index in range(number)], dtype=np.int16)  # fmt: skip
    return dataclasses.replace(problem, officers=tuple(officers)), choices
