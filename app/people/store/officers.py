"""Officers of a control room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, and_, bindparam, insert, or_, select, update
from sqlalchemy import tuple_ as row_of

from app.db.transaction import Reading, Transaction
from app.people.store.rows import fields_of
from app.people.tables import officers
from app.people.values import ChangePosition, Officer, OfficerDetails, Position

DETAILS = tuple(OfficerDetails.__dataclass_fields__)


def add_officers(transaction: Transaction, force_id: UUID, new: Sequence[Officer]) -> None:
    """Keep new officers of a control room of that force."""
    rows = [{"force_id": force_id, **_row(each)} for each in new]
    if rows:
        transaction.execute(insert(officers), rows)


def _row(officer: Officer) -> dict[str, object]:
    own = {"id": officer.id, "room_id": officer.room_id, "version": officer.version}
    return own | {"changed": officer.changed} | fields_of(officer.details)


def change_officer(transaction: Transaction, officer: Officer) -> bool:
    """Write the details of an officer over the version before; False when that is not there."""
    change = (
        update(officers)
        .where(
            officers.c.id == officer.id,
            officers.c.room_id == officer.room_id,
            officers.c.version == officer.version - 1,
        )
        .values(_row(officer))
    )
    return transaction.execute(change).rowcount == 1


def change_officers(
    transaction: Transaction, room_id: UUID, details: Sequence[tuple[UUID, OfficerDetails]]
) -> None:
    """Write details of officers of the room, whatever their version, and leave it as it is."""
    change = update(officers).where(officers.c.id == bindparam("of"), officers.c.room_id == room_id)
    rows = [{"of": officer_id, **fields_of(each)} for officer_id, each in details]
    if rows:
        transaction.execute(change, rows)


def touch(
    transaction: Transaction,
    room_id: UUID,
    whose: Collection[UUID],
    mark: int,
    version: int | None = None,
) -> int:
    """Let officers of the room have changed at that mark, if they are at that version.

    Returns:
        How many there were.
    """
    grow = update(officers).where(officers.c.room_id == room_id, officers.c.id.in_(whose))
    if version is not None:
        grow = grow.where(officers.c.version == version)
    return transaction.execute(grow.values(version=officers.c.version + 1, changed=mark)).rowcount


def room_officers(
    reading: Reading, room_id: UUID, after: Position | None, limit: int
) -> tuple[Officer, ...]:
    """Officers of a room by name and id, from just after a position on."""
    query = select(officers).where(officers.c.room_id == room_id)
    if after is not None:
        query = query.where(row_of(officers.c.name, officers.c.id) > row_of(after.name, after.id))
    query = query.order_by(officers.c.name, officers.c.id).limit(limit)
    return tuple(map(_officer, reading.execute(query).mappings()))


def changed_officers(
    reading: Reading, room_id: UUID, after: ChangePosition, limit: int
) -> tuple[Officer, ...]:
    """Officers of a room by last change and id, from just after a position on."""
    where = row_of(officers.c.changed, officers.c.id) > row_of(after.changed, after.id)
    query = select(officers).where(officers.c.room_id == room_id, where)
    query = query.order_by(officers.c.changed, officers.c.id).limit(limit)
    return tuple(map(_officer, reading.execute(query).mappings()))


def everyone(reading: Reading, room_id: UUID, on: date | None) -> tuple[Officer, ...]:
    """All officers of a room by name and id; in service on that day, if one is named."""
    query = select(officers).where(officers.c.room_id == room_id)
    if on is not None:
        stays = or_(officers.c.left.is_(None), officers.c.left > on)
        query = query.where(and_(officers.c.started <= on, stays))
    rows = reading.execute(query.order_by(officers.c.name, officers.c.id)).mappings()
    return tuple(map(_officer, rows))


def officer(reading: Reading, room_id: UUID, officer_id: UUID) -> Officer | None:
    """The officer of that id, if of that room."""
    query = select(officers).where(officers.c.room_id == room_id, officers.c.id == officer_id)
    row = reading.execute(query).mappings().first()
    return _officer(row) if row else None


def strangers(reading: Reading, room_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Which of these are not officers of the room."""
    query = select(officers.c.id).where(officers.c.room_id == room_id, officers.c.id.in_(ids))
    return set(ids) - set(reading.execute(query).scalars())


def numbers_elsewhere(reading: Reading, force_id: UUID, room_id: UUID) -> set[str]:
    """The numbers of officers of other rooms of the force."""
    query = select(officers.c.number).where(
        officers.c.force_id == force_id, officers.c.room_id != room_id
    )
    return set(reading.execute(query).scalars())


def _officer(row: RowMapping) -> Officer:
    details = OfficerDetails(**{field: row[field] for field in DETAILS})
    return Officer(row["id"], row["room_id"], row["version"], details, row["changed"])
