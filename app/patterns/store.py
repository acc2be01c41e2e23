"""Every query about patterns; each is held to one control room."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, select, update

from app.db.transaction import Reading, Transaction
from app.patterns.tables import patterns
from app.patterns.values import OwnPattern, PatternDetails


def add(transaction: Transaction, new: OwnPattern) -> None:
    """Keep a new pattern."""
    head = {"id": new.id, "room_id": new.room_id, "version": new.version}
    transaction.execute(insert(patterns).values(**head, **asdict(new.details)))


def change(transaction: Transaction, changed: OwnPattern) -> bool:
    """Write a pattern over the version before; False when that is not there."""
    written = update(patterns).where(_at(changed.room_id, changed.id, changed.version - 1))
    written = written.values(version=changed.version, **asdict(changed.details))
    return transaction.execute(written).rowcount == 1


def drop(transaction: Transaction, room_id: UUID, pattern_id: UUID, version: int) -> bool:
    """Forget a pattern at that version; False when it is not there."""
    gone = delete(patterns).where(_at(room_id, pattern_id, version))
    return transaction.execute(gone).rowcount == 1


def _at(room_id: UUID, pattern_id: UUID, version: int) -> ColumnElement[bool]:
    return and_(
        patterns.c.room_id == room_id, patterns.c.id == pattern_id, patterns.c.version == version
    )


def own_patterns(reading: Reading, room_id: UUID) -> tuple[OwnPattern, ...]:
    """The patterns of a room, by title."""
    query = select(patterns).where(patterns.c.room_id == room_id).order_by(patterns.c.title)
    return tuple(map(_pattern, reading.execute(query).mappings()))


def own_pattern(reading: Reading, room_id: UUID, pattern_id: UUID) -> OwnPattern | None:
    """The pattern of that id, if of that room."""
    query = select(patterns).where(patterns.c.room_id == room_id, patterns.c.id == pattern_id)
    row = reading.execute(query).mappings().first()
    return _pattern(row) if row else None


def _pattern(row: RowMapping) -> OwnPattern:
    details = PatternDetails(row["title"], row["line"], row["times"])
    return OwnPattern(row["id"], row["room_id"], row["version"], details)
