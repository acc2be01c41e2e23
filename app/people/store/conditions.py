"""Skills and contracts of a room's officers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, delete, insert, select

from app.db.transaction import Reading, Transaction
from app.people.store.rows import fields_of, of_room
from app.people.tables import contracts, officer_skills
from app.people.values import Contract, HeldSkill


def set_held(
    transaction: Transaction, room_id: UUID, held: Iterable[tuple[UUID, Sequence[HeldSkill]]]
) -> None:
    """Let these be the skills of these officers of that room."""
    _replace(transaction, officer_skills, room_id, held)


def set_contracts(
    transaction: Transaction, room_id: UUID, agreed: Iterable[tuple[UUID, Sequence[Contract]]]
) -> None:
    """Let these be the contracts of these officers of that room."""
    _replace(transaction, contracts, room_id, agreed)


def _replace(
    transaction: Transaction,
    table: Table,
    room_id: UUID,
    said: Iterable[tuple[UUID, Sequence[HeldSkill] | Sequence[Contract]]],
) -> None:
    by_officer = dict(said)
    gone = delete(table).where(table.c.officer_id.in_(by_officer), of_room(table, room_id))
    transaction.execute(gone)
    rows = [
        {"officer_id": officer_id, **fields_of(each)}
        for officer_id, each_of in by_officer.items()
        for each in each_of
    ]
    if rows:
        transaction.execute(insert(table), rows)


def held_skills(
    reading: Reading, room_id: UUID, whose: Collection[UUID] | None
) -> dict[UUID, tuple[HeldSkill, ...]]:
    """Skills by officer, for the whole room or some of it, in one query."""
    query = _of(officer_skills, room_id, whose)
    found: defaultdict[UUID, list[HeldSkill]] = defaultdict(list)
    for row in reading.execute(query.order_by(officer_skills.c.skill_id)):
        found[row.officer_id].append(HeldSkill(row.skill_id, row.from_day, row.until_day))
    return {officer_id: tuple(held) for officer_id, held in found.items()}


def room_contracts(
    reading: Reading, room_id: UUID, whose: Collection[UUID] | None
) -> dict[UUID, tuple[Contract, ...]]:
    """Contracts by officer in order of time, for the whole room or some of it, in one query."""
    found: defaultdict[UUID, list[Contract]] = defaultdict(list)
    for row in reading.execute(_of(contracts, room_id, whose)):
        found[row.officer_id].append(Contract(row.from_day, row.until_day, row.weekly_minutes))
    return {officer_id: tuple(agreed) for officer_id, agreed in found.items()}


def _of(table: Table, room_id: UUID, whose: Collection[UUID] | None) -> Select[Any]:
    query = select(table).where(of_room(table, room_id)).order_by(table.c.from_day)
    return query if whose is None else query.where(table.c.officer_id.in_(whose))
