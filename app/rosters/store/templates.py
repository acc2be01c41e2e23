"""Queries about shift templates."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import RowMapping, insert, select, update

from app.db.transaction import Reading, Transaction
from app.rosters.tables import shift_templates
from app.rosters.values import Template, TemplateDetails

DETAILS = tuple(TemplateDetails.__dataclass_fields__)


def add(transaction: Transaction, template: Template) -> None:
    """Keep a new template."""
    head = {"id": template.id, "room_id": template.room_id, "version": template.version}
    transaction.execute(insert(shift_templates).values(**head, **_columns(template.details)))


def change(transaction: Transaction, template: Template) -> bool:
    """Write the details of a template over the version before; False when that is not there."""
    changed = (
        update(shift_templates)
        .where(
            shift_templates.c.id == template.id,
            shift_templates.c.room_id == template.room_id,
            shift_templates.c.version == template.version - 1,
        )
        .values(version=template.version, **_columns(template.details))
    )
    return transaction.execute(changed).rowcount == 1


def templates(reading: Reading, room_id: UUID) -> tuple[Template, ...]:
    """The templates of a room, by start and code."""
    query = select(shift_templates).where(shift_templates.c.room_id == room_id)
    rows = reading.execute(query.order_by(shift_templates.c.start, shift_templates.c.code))
    return tuple(map(_template, rows.mappings()))


def template(reading: Reading, room_id: UUID, template_id: UUID) -> Template | None:
    """The template of that id, if of that room."""
    query = select(shift_templates).where(
        shift_templates.c.room_id == room_id, shift_templates.c.id == template_id
    )
    row = reading.execute(query).mappings().first()
    return _template(row) if row else None


def _columns(details: TemplateDetails) -> dict[str, object]:
    columns = {field: getattr(details, field) for field in DETAILS}
    return {**columns, "skills": list(details.skills)}


def _template(row: RowMapping) -> Template:
    details = {field: row[field] for field in DETAILS} | {"skills": tuple(row["skills"])}
    return Template(row["id"], row["room_id"], row["version"], TemplateDetails(**details))
