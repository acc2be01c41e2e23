"""Queues: named in their room, known to outside systems by names of their own."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.db.transaction import Database
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, NotFound, Stale
from tests.app.people.rooms import small_force


def test_a_name_is_taken_once_in_a_room(database: Database) -> None:
    """A second queue of a name is refused by name; another room may have it."""
    with database.write() as transaction:
        small = small_force(transaction)
        demand.create_queue(transaction, small.room.id, " 999 ")
        second = demand.create_queue(transaction, small.room.id, "101")
        demand.create_queue(transaction, small.other_room.id, "999")
        with pytest.raises(Conflict, match="called 999"):
            demand.create_queue(transaction, small.room.id, "999")
        with pytest.raises(Conflict, match="called 999"):
            demand.change_queue(transaction, small.room.id, second.id, 1, "999")
        assert [each.name for each in demand.queues(transaction, small.room.id)] == ["101", "999"]


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * 101])
def test_a_name_must_say_something(database: Database, name: str) -> None:
    """Blank, long and unprintable names are refused."""
    with database.write() as transaction:
        small = small_force(transaction)
        with pytest.raises(InvalidInput):
            demand.create_queue(transaction, small.room.id, name)
        with pytest.raises(NotFound):
            demand.create_queue(transaction, uuid4(), "999")


def test_a_change_needs_the_version_that_was_read(database: Database) -> None:
    """The second of two who read the same version is told; another room's queue is not there."""
    with database.write() as transaction:
        small = small_force(transaction)
        queue = demand.create_queue(transaction, small.room.id, "999")
        changed = demand.change_queue(transaction, small.room.id, queue.id, 1, "Emergency")
        with pytest.raises(Stale):
            demand.change_queue(transaction, small.room.id, queue.id, 1, "Other")
        with pytest.raises(NotFound):
            demand.change_queue(transaction, small.other_room.id, queue.id, 2, "Other")
        assert demand.queue(transaction, small.room.id, queue.id) == changed
    assert (changed.name, changed.version) == ("Emergency", 2)


def test_outside_names_stay_in_their_room(database: Database) -> None:
    """A system's name finds the room's queue alone, and cannot be taken by another room."""
    with database.write() as transaction:
        small = small_force(transaction)
        queue = demand.create_queue(transaction, small.room.id, "999")
        other = demand.create_queue(transaction, small.other_room.id, "999")
        demand.name_outside(transaction, small.room.id, "exchange", {"Q1": queue.id})
        known = demand.find_outside(transaction, small.room.id, "exchange", ["Q1", "Q2"])
        assert known == {"Q1": queue}
        assert demand.find_outside(transaction, small.other_room.id, "exchange", ["Q1"]) == {}
        with pytest.raises(Conflict):
            demand.name_outside(transaction, small.other_room.id, "exchange", {"Q1": other.id})
        with pytest.raises(InvalidInput):
            demand.name_outside(transaction, small.room.id, "exchange", {"Q2": other.id})
