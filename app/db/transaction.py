"""One transaction per request or job, committed at the edge only.

A door opens `Database.write()` or `Database.read()` around one call of a service and passes the
transaction down; nothing below ever commits. A function that only reads asks for `Reading`, one
that writes for `Transaction`; a transaction may also read, so the type checker refuses a write from
a reading path and nothing else. The database refuses it too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NewType

import psycopg.errors
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from app.db.engine import READ_ONLY
from app.errors import Conflict

Reading = NewType("Reading", Connection)
"""One unchanging view of the database; writes are refused."""

Transaction = NewType("Transaction", Reading)
"""All that is written stands together at the end, or nothing does."""

TAKEN_IN_SQLITE = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)


@dataclass(frozen=True, slots=True)
class Database:
    """The database as the edges of the service see it."""

    engine: Engine

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        with self.engine.begin() as connection:
            yield Transaction(Reading(connection))

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """A view of the database as of the first look."""
        with self.engine.connect().execution_options(**{READ_ONLY: True}) as connection:
            yield Reading(connection)


@contextmanager
def unless_taken(transaction: Transaction, sentence: str) -> Iterator[None]:
    """Turn a key that is taken into `Conflict`; the transaction stays usable.

    Raises:
        Conflict: with that sentence, when what the block writes has a key that exists.
    """
    try:
        with transaction.begin_nested():
            yield
    except IntegrityError as error:
        if _is_taken(error):
            raise Conflict(sentence) from error
        raise


def _is_taken(error: IntegrityError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode in TAKEN_IN_SQLITE
    return isinstance(error.orig, psycopg.errors.UniqueViolation)
