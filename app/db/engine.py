"""An engine from a URL: SQLite in a file, or PostgreSQL by psycopg 3."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from app.errors import invalid

READ_ONLY = "parade_read_only"
"""The execution option of a connection that must not write."""

MIGRATING = "parade_migrating"
"""The execution option of a connection that changes the schema."""

ASK_FOR_A_URL = "Give sqlite:///file or postgresql://user@host/name."


def open_engine(url: str, *, busy_seconds: float) -> Engine:
    """An engine with the habits of the house; connects only when it is used.

    Args:
        url: SQLAlchemy's form of a database URL.
        busy_seconds: how long a writer waits for another on SQLite.

    Raises:
        InvalidInput: when the URL is not one of SQLite or PostgreSQL; it is not repeated in the
            sentence, since it may hold a password.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise invalid(
            "PARADE_DATABASE_URL", f"It is not a database URL. {ASK_FOR_A_URL}"
        ) from error
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(create_engine(parsed, connect_args={"timeout": busy_seconds}))
        case "postgresql":
            # A connection that the server dropped overnight is noticed before a request meets it.
            engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
            event.listen(engine, "begin", _begin_postgresql)
            return engine
        case other:
            raise invalid("PARADE_DATABASE_URL", f"{other} is not supported. {ASK_FOR_A_URL}")


def _begin_postgresql(connection: Connection) -> None:
    """A reader sees one snapshot, as on SQLite."""
    if connection.get_execution_options().get(READ_ONLY):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _sqlite(engine: Engine) -> Engine:
    event.listen(engine, "connect", _connect_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # The driver's own BEGIN comes late and never before a SELECT: we say it ourselves.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    # In WAL, NORMAL cannot corrupt; only FULL keeps the last commits through a power cut.
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once: one that began as a reader could be refused half-way."""
    options = connection.get_execution_options()
    reading = bool(options.get(READ_ONLY))
    # SQLite changes a table by making it anew, which foreign keys would take for a loss of rows.
    keys = "OFF" if options.get(MIGRATING) else "ON"
    connection.exec_driver_sql(f"PRAGMA foreign_keys = {keys}")
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
