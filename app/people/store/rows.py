"""Values as rows, and the rows of a room's officers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, exists, insert

from app.db.transaction import Transaction
from app.people.tables import officers

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def fields_of(value: DataclassInstance) -> dict[str, Any]:
    """The fields of a frozen value; `dataclasses.asdict` would copy each, ten times slower."""
    return {field: getattr(value, field) for field in value.__dataclass_fields__}


def of_room(table: Table, room_id: UUID) -> ColumnElement[bool]:
    """Rows of officers of that room."""
    return exists().where(officers.c.id == table.c.officer_id, officers.c.room_id == room_id)


def swap(
    transaction: Transaction,
    table: Table,
    gone: Sequence[dict[str, Any]],
    new: Sequence[dict[str, Any]],
) -> None:
    """Delete the rows of these primary keys, then insert these rows."""
    keys = [column.name for column in table.primary_key]
    if gone:
        named = and_(*(table.c[key] == bindparam(f"its_{key}") for key in keys))
        rows = [{f"its_{key}": row[key] for key in keys} for row in gone]
        transaction.execute(delete(table).where(named), rows)
    if new:
        transaction.execute(insert(table), list(new))
