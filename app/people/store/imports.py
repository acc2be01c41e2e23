"""Files that somebody gave, kept until they are applied."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from app.db.transaction import Reading, Transaction
from app.people.store.rows import fields_of
from app.people.tables import people_imports
from app.people.values import Counts, Import, Kind

IMPORT = tuple(people_imports.c[field] for field in Import.__dataclass_fields__)


def keep(transaction: Transaction, new: Import, files: Mapping[str, str]) -> None:
    """Keep files that are not applied yet."""
    row = {**fields_of(new), "counts": {}, "files": dict(files)}
    transaction.execute(insert(people_imports).values(row))


def find(reading: Reading, room_id: UUID, import_id: UUID) -> Import | None:
    """The import of that id, if of that room."""
    query = select(*IMPORT).where(people_imports.c.id == import_id)
    row = reading.execute(query.where(people_imports.c.room_id == room_id)).mappings().first()
    if row is None:
        return None
    counts = {kind: Counts(**each) for kind, each in row["counts"].items()}
    return Import(**{**row, "counts": counts})


def files_of(reading: Reading, import_id: UUID) -> dict[str, str]:
    """The text of an import's files by their names."""
    query = select(people_imports.c.files).where(people_imports.c.id == import_id)
    files: dict[str, str] = reading.execute(query).scalar_one()
    return files


def settle(
    transaction: Transaction, import_id: UUID, at: datetime, counts: Mapping[Kind, Counts]
) -> None:
    """Let an import be applied: its files are forgotten, what was done is kept."""
    row = {kind: fields_of(each) for kind, each in counts.items()}
    done = update(people_imports).where(people_imports.c.id == import_id)
    transaction.execute(done.values(files={}, applied_at=at, counts=row))


def forget(
    transaction: Transaction,
    room_id: UUID,
    *,
    import_id: UUID | None = None,
    before: datetime | None = None,
) -> None:
    """Forget imports of a room that were not applied: one, or all from before an instant."""
    gone = delete(people_imports).where(
        people_imports.c.room_id == room_id, people_imports.c.applied_at.is_(None)
    )
    if import_id is not None:
        gone = gone.where(people_imports.c.id == import_id)
    if before is not None:
        gone = gone.where(people_imports.c.asked_at < before)
    transaction.execute(gone)
