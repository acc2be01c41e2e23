"""Skills, contracts and terms of a room's officers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, delete, insert, select

from app.db.transaction import Reading, Transaction
from app.people.store.rows import fields_of, of_room, swap
from app.people.tables import contracts, officer_skills, officer_terms
from app.people.values import Contract, HeldSkill, Term


def set_held(
    transaction: Transaction, room_id: UUID, officer_id: UUID, held: Iterable[HeldSkill]
) -> None:
    """Let these be the skills of an officer of that room."""
    rows = _rows((officer_id, each) for each in held)
    _replace(transaction, officer_skills, room_id, officer_id, rows)


def set_contracts(
    transaction: Transaction, room_id: UUID, officer_id: UUID, agreed: Iterable[Contract]
) -> None:
    """Let these be the contracts of an officer of that room."""
    rows = _rows((officer_id, each) for each in agreed)
    _replace(transaction, contracts, room_id, officer_id, rows)


def set_terms(
    transaction: Transaction, room_id: UUID, officer_id: UUID, own: Iterable[Term]
) -> None:
    """Let these be the terms of an officer of that room."""
    rows = _rows((officer_id, each) for each in own)
    _replace(transaction, officer_terms, room_id, officer_id, rows)


def swap_held(
    transaction: Transaction,
    gone: Iterable[tuple[UUID, HeldSkill]],
    new: Iterable[tuple[UUID, HeldSkill]],
) -> None:
    """Forget skills and keep skills; the officers are known to be of the room."""
    swap(transaction, officer_skills, _rows(gone), _rows(new))


def swap_contracts(
    transaction: Transaction,
    gone: Iterable[tuple[UUID, Contract]],
    new: Iterable[tuple[UUID, Contract]],
) -> None:
    """Forget contracts and keep contracts; the officers are known to be of the room."""
    swap(transaction, contracts, _rows(gone), _rows(new))


def swap_terms(
    transaction: Transaction,
    gone: Iterable[tuple[UUID, Term]],
    new: Iterable[tuple[UUID, Term]],
) -> None:
    """Forget terms and keep terms; the officers are known to be of the room."""
    swap(transaction, officer_terms, _rows(gone), _rows(new))


def _rows(
    said: Iterable[tuple[UUID, HeldSkill]]
    | Iterable[tuple[UUID, Contract]]
    | Iterable[tuple[UUID, Term]],
) -> list[dict[str, Any]]:
    return [{"officer_id": officer_id, **fields_of(each)} for officer_id, each in said]


def _replace(
    transaction: Transaction,
    table: Table,
    room_id: UUID,
    officer_id: UUID,
    rows: Sequence[dict[str, Any]],
) -> None:
    gone = delete(table).where(table.c.officer_id == officer_id, of_room(table, room_id))
    transaction.execute(gone)
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


def room_terms(
    reading: Reading, room_id: UUID, whose: Collection[UUID] | None
) -> dict[UUID, tuple[Term, ...]]:
    """Terms by officer in order of time, for the whole room or some of it, in one query."""
    query = _of(officer_terms, room_id, whose)
    found: defaultdict[UUID, list[Term]] = defaultdict(list)
    for row in reading.execute(query.order_by(officer_terms.c.what, officer_terms.c.value)):
        term = Term(row.what, row.from_day, row.until_day, row.weekdays, row.value)
        found[row.officer_id].append(term)
    return {officer_id: tuple(own) for officer_id, own in found.items()}


def _of(table: Table, room_id: UUID, whose: Collection[UUID] | None) -> Select[Any]:
    query = select(table).where(of_room(table, room_id)).order_by(table.c.from_day)
    return query if whose is None else query.where(table.c.officer_id.in_(whose))
