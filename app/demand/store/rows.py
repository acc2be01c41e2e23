"""Counts in bulk: rows as one structured array, read and written as fast as each database can.

PostgreSQL takes rows by COPY in its binary form (PostgreSQL documentation, "COPY", "Binary
Format"), SQLite by one prepared statement run over an iterator: both past SQLAlchemy, whose work
per row costs more than the database's.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import psycopg
from sqlalchemy import Connection

from app.db.transaction import Reading, Transaction
from app.demand.tables import counts, former_counts

Rows: TypeAlias = npt.NDArray[np.void]
"""Rows of counts; `COUNTS` names the fields."""

COUNTS = np.dtype(
    [
        ("queue", np.int32),
        ("start", np.int32),
        ("offered", np.int32),
        ("answered", np.int32),
        ("abandoned", np.int32),
        ("handled_seconds", np.float64),
        ("batch", np.int32),
        ("answered_in_time", np.int32),
    ]
)
"""What is not known is −1."""

NAMES = COUNTS.names or ()

FORMER = np.dtype([*COUNTS.descr, ("replaced_by", np.int32)])

AT_ONCE = 50_000
"""Rows made ready at a time: some megabytes."""

COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_END = b"\xff\xff"


KEPT = """
    SELECT queue, start, offered, coalesce(answered, -1) AS answered,
        coalesce(abandoned, -1) AS abandoned, coalesce(handled_seconds, -1) AS handled_seconds,
        batch, coalesce(answered_in_time, -1) AS answered_in_time
    FROM counts WHERE queue = {0} AND start >= {1} AND start <= {2} ORDER BY start
"""
SEND = {"i": "int4send", "f": "float8send"}
"""PostgreSQL's functions that give a value as the bytes of its binary form."""


def kept(reading: Reading, queue: int, first: int, last: int) -> Rows:
    """The counts of a queue whose intervals begin from `first` to `last`, in order of time."""
    span = (int(queue), int(first), int(last))
    driver = _driver(reading)
    if isinstance(driver, sqlite3.Connection):
        return np.fromiter(driver.execute(KEPT.format("?", "?", "?"), span), dtype=COUNTS)
    packed = " || ".join(f"{SEND[COUNTS[name].kind]}({name})" for name in NAMES)
    rows = KEPT.format("%s", "%s", "%s")
    statement = f"SELECT string_agg({packed}, '') FROM ({rows}) AS kept"  # noqa: S608 - no names but ours
    with driver.cursor(binary=True) as cursor:
        found = cursor.execute(statement.encode(), span).fetchone()
    told = found[0] if found and found[0] else b""
    sent = np.frombuffer(told, dtype=COUNTS.newbyteorder(">"))
    return sent.astype(COUNTS)


def add(transaction: Transaction, rows: Rows) -> None:
    """Keep counts of intervals of which none are kept yet."""
    _load(transaction, counts.name, rows)


def replace(transaction: Transaction, old: Rows, new: Rows) -> None:
    """Let all that a batch tells anew, `new`, stand in place of `old`, which is kept as former."""
    if not len(new):
        return
    batch = int(new["batch"][0])
    former = np.empty(len(old), dtype=FORMER)
    for name in NAMES:
        former[name] = old[name]
    former["replaced_by"] = batch
    _load(transaction, former_counts.name, former)
    if transaction.dialect.name == "sqlite":
        _load(transaction, counts.name, new, "INSERT OR REPLACE")
        return
    transaction.exec_driver_sql(TEMPORARY)
    _load(transaction, "told_anew", new)
    transaction.exec_driver_sql(REPLACE)
    transaction.exec_driver_sql("DROP TABLE told_anew")


TEMPORARY = "CREATE TEMPORARY TABLE told_anew (LIKE counts)"
REPLACE = f"""
    INSERT INTO counts SELECT * FROM told_anew ON CONFLICT (queue, start)
    DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in NAMES[2:])}
"""  # noqa: S608 - the names are ours


def _load(transaction: Transaction, table: str, rows: Rows, verb: str = "INSERT") -> None:
    """Write rows whose fields are columns of that table."""
    driver = _driver(transaction)
    names = _names(rows)
    target = f"{table} ({', '.join(names)})"
    if isinstance(driver, sqlite3.Connection):
        marks = ", ".join("?" * len(names))
        driver.executemany(f"{verb} INTO {target} VALUES ({marks})", _tuples(rows))
        return
    statement = f"COPY {target} FROM STDIN (FORMAT BINARY)"
    with driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.write(COPY_HEAD)
        for part in _parts(rows):
            copy.write(_packed(part))
        copy.write(COPY_END)


def _driver(connection: Connection) -> sqlite3.Connection | psycopg.Connection:
    driver = connection.connection.driver_connection
    return cast("sqlite3.Connection | psycopg.Connection", driver)


def _names(rows: Rows) -> tuple[str, ...]:
    return rows.dtype.names or ()


def _parts(rows: Rows) -> Iterator[Rows]:
    for begin in range(0, len(rows), AT_ONCE):
        yield rows[begin : begin + AT_ONCE]


def _tuples(rows: Rows) -> Iterator[tuple[float | None, ...]]:
    """The rows one by one, with None for what is not known."""
    for part in _parts(rows):
        yield from zip(*(_values(part[name]) for name in _names(rows)), strict=True)


def _values(column: npt.NDArray[np.generic]) -> Iterable[float | None]:
    unknown = column == -1
    if not unknown.any():
        return cast("list[float | None]", column.tolist())
    if unknown.all():
        return itertools.repeat(None, len(column))
    values = column.astype(object)
    values[unknown] = None
    return cast("list[float | None]", values.tolist())


def _packed(rows: Rows) -> bytes:
    """Rows in the binary form of COPY: the number of fields, then each with its length.

    Every row is laid out in full; then the bytes of fields that are not known are left out, and
    their length says −1.
    """
    names = _names(rows)
    full = np.empty(len(rows), dtype=_layout(rows.dtype))
    full["fields"] = len(names)
    places: Mapping[str, tuple[Any, ...]] = full.dtype.fields or {}
    used = np.ones((len(rows), full.dtype.itemsize), dtype=np.bool_)
    for name in names:
        unknown = rows[name] == -1
        full[name] = rows[name]
        kind, begin = places[name][:2]
        full[f"{name} length"] = np.where(unknown, -1, kind.itemsize)
        used[unknown, begin : begin + kind.itemsize] = False
    if used.all():
        return full.tobytes()
    return full.view(np.uint8).reshape(used.shape)[used].tobytes()


def _layout(rows: np.dtype[np.void]) -> np.dtype[np.void]:
    """A row in the binary form of COPY when every field is known."""
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name in rows.names or ():
        kind = rows[name]
        fields += [(f"{name} length", ">i4"), (name, f">{kind.kind}{kind.itemsize}")]
    return np.dtype(fields)
