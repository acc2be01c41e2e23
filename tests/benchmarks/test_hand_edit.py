"""What looking at and changing a large roster costs: 300 people, 28 days, 17 weeks of history.

The goal is a hand edit judged in 100 ms (design §8); nothing is compiled or solved for it.
"""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Callable, Iterator
from uuid import UUID

import numpy as np
import pytest

from app.db.engine import open_engine
from app.db.migrate import upgrade
from app.db.transaction import Database
from app.people import service as people
from app.rosters import service as rosters
from app.rosters.problem import freeze, shifts_of
from app.rosters.service import desk
from app.rosters.store import rosters as store
from rostering.problem import REST, Choices, Problem
from tests.app.people.rooms import details
from tests.app.rosters.rooms import Rostered, asked, rostered
from tests.rostering.generator import control_room

PEOPLE, WEEKS = 300, 17
PATTERN = (0, 0, 8, 8, 16, 16, REST, REST, REST, REST)
"""Two earlies, two days, two nights, four days of rest."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, UUID, UUID]]:
    """A kept roster of 300 people; its database, room and id."""
    url = f"sqlite:///{tmp_path_factory.mktemp('large') / 'large.sqlite'}"
    engine = open_engine(url, busy_seconds=5)
    upgrade(engine)
    database = Database(engine)
    room = rostered(database, number=1)
    problem, choices = large_problem(database, room)
    roster, _ = asked(database, room)
    kept = dataclasses.replace(
        roster, id=UUID(int=1), first_day=problem.first_day, days=problem.days, stopped="time"
    )
    with database.write() as transaction:
        store.add(transaction, kept, freeze(problem))
        store.replace_shifts(transaction, kept.id, (), shifts_of(problem, choices))
    yield database, room.room_id, kept.id
    engine.dispose()


def large_problem(database: Database, room: Rostered) -> tuple[Problem, Choices]:
    """The generated room with a past, its officers those of the database, and a roster."""
    problem = control_room(PEOPLE, 0.95)
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
         for index in range(PEOPLE)], dtype=np.int16)  # fmt: skip
    return dataclasses.replace(problem, officers=tuple(officers)), choices


def milliseconds(act: Callable[[], object], times: int = 7) -> float:
    """The median time of an act on its core, whatever else the machine is doing."""
    taken = []
    for _ in range(times):
        begun = time.thread_time()
        act()
        taken.append(time.thread_time() - begun)
    return statistics.median(taken) * 1000


@pytest.mark.benchmark
def test_hand_edit(large: tuple[Database, UUID, UUID]) -> None:
    """Print what each look at a large roster takes, reading its rows included."""
    database, room_id, roster_id = large
    with database.read() as reading:
        problem = rosters.opened(reading, room_id, roster_id).problem
        who, day = UUID(problem.officers[5].id), problem.date_of(9)
        change = [rosters.DayChange(who, day, problem.shifts[10].code)]

        def cold() -> None:
            desk._kept.clear()
            rosters.opened(reading, room_id, roster_id)

        acts: dict[str, Callable[[], object]] = {
            "opened for the first time": cold,
            "effect of a hand edit": lambda: rosters.try_changes(
                reading, room_id, roster_id, change
            ),
            "every option of an officer-day": lambda: rosters.day_options(
                reading, room_id, roster_id, who, day
            ),
            "who could take a shift": lambda: rosters.takers(
                reading, room_id, roster_id, day, problem.shifts[8].code
            ),
            "laid out for a page": lambda: rosters.laid_out(reading, room_id, roster_id),
        }
        print(f"\n{PEOPLE} people x {problem.days} days, {WEEKS} weeks of history:")
        for name, act in acts.items():
            print(f"  {name:32} {milliseconds(act):7.1f} ms")
