"""A roster is laid out in as many queries for many people as for few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.db.transaction import Database
from app.people import service as people
from app.rosters import service as rosters
from rostering.problem import Choices
from tests.app.rosters.rooms import (
    DAYS,
    FIRST,
    PEOPLE,
    PLAIN,
    Rostered,
    add_person,
    drafted,
    rostered,
)
from tests.app.statements import counted


def queries(database: Database, room: Rostered, choices: Choices) -> list[int]:
    """How many statements a roster takes: at first, again, and what is in force."""
    roster = drafted(database, room, choices)
    found = []
    for _ in range(2):
        with counted(database) as statements, database.read() as reading:
            rosters.laid_out(reading, room.room_id, roster.id)
        found.append(len(statements))
    with counted(database) as statements, database.read() as reading:
        rosters.in_force(reading, room.room_id, FIRST, DAYS)
    return [*found, len(statements)]


def test_queries_are_constant_in_number(database: Database) -> None:
    """Eight more people take no more statements; what is kept of a roster is not read again."""
    room = rostered(database)
    few = queries(database, room, PLAIN)
    with database.write() as transaction:
        skill = people.skills(transaction, room.force.force.id)[0]
        more = tuple(
            add_person(transaction, room.room_id, skill.id, f"M{each}", f"More {each}")
            for each in range(PEOPLE)
        )
    larger = replace(room, officers=(*room.officers, *more))
    assert queries(database, larger, np.concatenate([PLAIN, PLAIN])) == few
    assert few[1] < few[0]
