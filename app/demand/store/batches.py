"""Batches as they came, and column mappings."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import RowMapping, delete, func, insert, select, update

from app.db.transaction import Reading, Transaction
from app.demand.tables import batches, mappings
from app.demand.values import Batch, ColumnMapping, SavedMapping, instant, minute

ONE_AT_A_TIME = 0x44454D41
"""The PostgreSQL advisory lock under which a room takes one batch at a time ("DEMA")."""


def take_turn(transaction: Transaction, room_id: UUID) -> None:
    """Wait until no other batch of the room is being kept; on SQLite every writer has waited."""
    if transaction.dialect.name == "postgresql":
        room = room_id.int & 0x7FFFFFFF
        transaction.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME, room)))


def add_batch(transaction: Transaction, batch: Batch) -> int:
    """Keep a new batch; its number is given here and returned."""
    row = asdict(batch) | {"first": minute(batch.first), "last": minute(batch.last)}
    del row["number"]
    adding = insert(batches).values(row).returning(batches.c.number)
    return int(transaction.execute(adding).scalar_one())


def room_batches(
    reading: Reading, room_id: UUID, before: int | None, limit: int
) -> tuple[Batch, ...]:
    """Batches of a room, the newest first, from just before a number on."""
    query = select(batches).where(batches.c.room_id == room_id)
    if before is not None:
        query = query.where(batches.c.number < before)
    query = query.order_by(batches.c.number.desc()).limit(limit)
    return tuple(map(_batch, reading.execute(query).mappings()))


def batch(reading: Reading, room_id: UUID, batch_id: UUID) -> Batch | None:
    """The batch of that id, if of that room."""
    query = select(batches).where(batches.c.room_id == room_id, batches.c.id == batch_id)
    row = reading.execute(query).mappings().first()
    return _batch(row) if row else None


def newest(reading: Reading, room_id: UUID) -> int:
    """The number of the room's newest batch; 0 before any came."""
    query = select(func.max(batches.c.number)).where(batches.c.room_id == room_id)
    return int(reading.execute(query).scalar() or 0)


def _batch(row: RowMapping) -> Batch:
    return Batch(**{**row, "first": instant(row["first"]), "last": instant(row["last"])})


def add_mapping(transaction: Transaction, saved: SavedMapping, headers: str) -> None:
    """Keep a new column mapping for files with those headers."""
    transaction.execute(insert(mappings).values(_row(saved, headers)))


def change_mapping(transaction: Transaction, saved: SavedMapping, headers: str) -> bool:
    """Write a column mapping over the version before; False when that is not there."""
    change = (
        update(mappings)
        .where(
            mappings.c.id == saved.id,
            mappings.c.room_id == saved.room_id,
            mappings.c.version == saved.version - 1,
        )
        .values(_row(saved, headers))
    )
    return transaction.execute(change).rowcount == 1


def drop_mapping(transaction: Transaction, mapping_id: UUID) -> None:
    """Forget a column mapping."""
    transaction.execute(delete(mappings).where(mappings.c.id == mapping_id))


def room_mappings(
    reading: Reading, room_id: UUID, headers: str | None = None
) -> tuple[SavedMapping, ...]:
    """The column mappings of a room by name; with `headers`, those for files with those alone."""
    query = select(mappings).where(mappings.c.room_id == room_id)
    if headers is not None:
        query = query.where(mappings.c.headers == headers)
    return tuple(
        SavedMapping(
            row["id"],
            row["room_id"],
            row["name"],
            row["version"],
            ColumnMapping.of_document(row["document"]),
        )
        for row in reading.execute(query.order_by(mappings.c.name)).mappings()
    )


def _row(saved: SavedMapping, headers: str) -> dict[str, object]:
    return {
        "id": saved.id,
        "room_id": saved.room_id,
        "name": saved.name,
        "version": saved.version,
        "headers": headers,
        "document": saved.mapping.document(),
    }
