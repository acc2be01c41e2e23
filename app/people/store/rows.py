"""Values as rows, and the rows of a room's officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, exists

from app.people.tables import officers

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def fields_of(value: DataclassInstance) -> dict[str, Any]:
    """The fields of a frozen value; `dataclasses.asdict` would copy each, ten times slower."""
    return {field: getattr(value, field) for field in value.__dataclass_fields__}


def of_room(table: Table, room_id: UUID) -> ColumnElement[bool]:
    """Rows of officers of that room."""
    return exists().where(officers.c.id == table.c.officer_id, officers.c.room_id == room_id)
