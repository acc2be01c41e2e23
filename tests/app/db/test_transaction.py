"""Transactions stand or fall as a whole; a reader cannot write; keys that are taken are told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.db.transaction import Database, Transaction, unless_taken
from app.errors import Conflict
from app.people.tables import control_rooms, forces


def count(database: Database) -> int:
    """How many forces are kept."""
    with database.read() as reading:
        return reading.execute(select(func.count()).select_from(forces)).scalar_one()


def add(transaction: Transaction, name: str) -> None:
    """Keep a force."""
    transaction.execute(insert(forces).values(id=uuid4(), name=name))


def test_a_block_that_ends_is_kept(database: Database) -> None:
    """What a transaction wrote is there for the next reader."""
    with database.write() as transaction:
        add(transaction, "One")
    assert count(database) == 1


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    """Nothing of a failed transaction is kept."""
    with pytest.raises(ZeroDivisionError), database.write() as transaction:  # noqa: PT012
        add(transaction, "One")
        raise ZeroDivisionError
    assert count(database) == 0


def test_a_reader_cannot_write(database: Database) -> None:
    """The database refuses a write on a reading connection, and a writer after it is free."""
    with pytest.raises(DBAPIError), database.read() as reading:
        add(reading, "One")  # type: ignore[arg-type]  # the type checker refuses it too
    with database.write() as transaction:
        add(transaction, "One")
    assert count(database) == 1


def test_a_reader_keeps_its_view(database: Database) -> None:
    """What is written meanwhile is not seen half-way through a reading."""
    with database.read() as reading:
        before = reading.execute(select(forces.c.name)).all()
        with database.write() as transaction:
            add(transaction, "One")
        assert reading.execute(select(forces.c.name)).all() == before
    assert count(database) == 1


def test_a_taken_key_is_a_conflict_and_the_rest_is_kept(database: Database) -> None:
    """The sentence is told; the transaction goes on and keeps what else it wrote."""
    with database.write() as transaction:
        add(transaction, "One")
        with pytest.raises(Conflict, match="Taken"), unless_taken(transaction, "Taken."):
            add(transaction, "One")
        add(transaction, "Two")
    assert count(database) == 2


def test_a_missing_parent_is_no_conflict(database: Database) -> None:
    """Foreign keys are held to, and are not mistaken for a key that is taken."""
    row = {"id": uuid4(), "force_id": uuid4(), "name": "Room", "zone": "UTC", "day_start": 420}
    with (
        pytest.raises(IntegrityError),
        database.write() as transaction,
        unless_taken(transaction, "Taken."),
    ):
        transaction.execute(insert(control_rooms).values(row))


def test_writers_take_turns(database: Database) -> None:
    """Writers at the same time all succeed, each seeing what it wrote."""

    def one(index: int) -> None:
        with database.write() as transaction:
            transaction.execute(select(func.count()).select_from(forces)).scalar_one()
            add(transaction, f"Force {index}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(12)))
    assert count(database) == 12
