"""Counts in bulk: rows as one structured array, read and written as fast as each database can.

PostgreSQL takes rows by COPY in its binary form (PostgreSQL documentation, "COPY", "Binary
Format"), SQLite by one prepared statement run over an iterator: both past SQLAlchemy, whose work
per row costs more than the database's.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import psycopg
from sqlalchemy import Connection, Table

from app.db.transaction import Reading, Transaction
from app.demand.tables import category_counts, counts, former_category_counts, former_counts

Rows: TypeAlias = npt.NDArray[np.void]
"""Rows of counts; `COUNTS` or `CATEGORY_COUNTS` names the fields."""

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

CATEGORY_COUNTS = np.dtype(
    [("category", np.int32), ("start", np.int32), ("offered", np.int32), ("batch", np.int32)]
)
"""Counts of categories."""


@dataclass(frozen=True)
class Kept:
    """Where counts of a kind are kept: those that stand and those that stood before."""

    table: Table
    former: Table
    fields: np.dtype[np.void]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns; the first two are the key, what is counted and when."""
        return self.fields.names or ()


OF_QUEUES = Kept(counts, former_counts, COUNTS)
OF_CATEGORIES = Kept(category_counts, former_category_counts, CATEGORY_COUNTS)

AT_ONCE = 50_000
"""Rows made ready at a time: some megabytes."""

COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_END = b"\xff\xff"

SEND = {"i": "int4send", "f": "float8send"}
"""PostgreSQL's functions that give a value as the bytes of its binary form."""


def kept(reading: Reading, number: int, first: int, last: int, where: Kept = OF_QUEUES) -> Rows:
    """The counts of a queue or category of intervals from `first` to `last`, in order of time."""
    span = (int(number), int(first), int(last))
    driver = _driver(reading)
    if isinstance(driver, sqlite3.Connection):
        return np.fromiter(driver.execute(_select(where, "?"), span), dtype=where.fields)
    packed = " || ".join(f"{SEND[where.fields[name].kind]}({name})" for name in where.names)
    rows = _select(where, "%s")
    statement = f"SELECT string_agg({packed}, '') FROM ({rows}) AS kept"  # noqa: S608 - no names but ours
    with driver.cursor(binary=True) as cursor:
        found = cursor.execute(statement.encode(), span).fetchone()
    told = found[0] if found and found[0] else b""
    sent = np.frombuffer(told, dtype=where.fields.newbyteorder(">"))
    return sent.astype(where.fields)


def _select(where: Kept, mark: str) -> str:
    """The statement that reads counts, what is not known as −1."""
    told = ", ".join(
        f"coalesce({name}, -1) AS {name}" if where.table.c[name].nullable else name
        for name in where.names
    )
    key, start, *_ = where.names
    return (
        f"SELECT {told} FROM {where.table.name} WHERE {key} = {mark} "  # noqa: S608 - no names but ours
        f"AND {start} >= {mark} AND {start} <= {mark} ORDER BY {start}"
    )


def add(transaction: Transaction, rows: Rows, where: Kept = OF_QUEUES) -> None:
    """Keep counts of intervals of which none are kept yet."""
    _load(transaction, where.table.name, rows)


def replace(transaction: Transaction, old: Rows, new: Rows, where: Kept = OF_QUEUES) -> None:
    """Let all that a batch tells anew, `new`, stand in place of `old`, which is kept as former."""
    if not len(new):
        return
    batch = int(new["batch"][0])
    fields = [(name, where.fields[name]) for name in where.names]
    former = np.empty(len(old), dtype=np.dtype([*fields, ("replaced_by", np.dtype(np.int32))]))
    for name in where.names:
        former[name] = old[name]
    former["replaced_by"] = batch
    _load(transaction, where.former.name, former)
    table = where.table.name
    if transaction.dialect.name == "sqlite":
        _load(transaction, table, new, "INSERT OR REPLACE")
        return
    transaction.exec_driver_sql(f"CREATE TEMPORARY TABLE told_anew (LIKE {table})")
    _load(transaction, "told_anew", new)
    transaction.exec_driver_sql(
        f"INSERT INTO {table} SELECT * FROM told_anew "  # noqa: S608 - the names are ours
        f"ON CONFLICT ({', '.join(where.names[:2])}) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in where.names[2:])
    )
    transaction.exec_driver_sql("DROP TABLE told_anew")


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
