"""Queries about wishes over several days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from app.db.transaction import Reading, Transaction
from app.preferences.tables import long_wishes, wish_rounds
from app.preferences.values import Asks, LongOutcome, LongWish, LongWishDetails

COLUMNS = tuple(LongWishDetails.__dataclass_fields__)
LISTS = ("weekdays", "kinds")
OUTCOME = tuple(LongOutcome.__dataclass_fields__)


def add(transaction: Transaction, new: Iterable[LongWish]) -> None:
    """Keep new wishes."""
    rows = [
        {
            "id": wish.id,
            "round_id": wish.round_id,
            "officer_id": wish.officer_id,
            "version": wish.version,
            "agreed": wish.agreed,
            **_columns(wish.details),
        }
        for wish in new
    ]
    if rows:
        transaction.execute(insert(long_wishes), rows)


def change(transaction: Transaction, changed: LongWish) -> bool:
    """Write a wish over the version before; False when that is not there."""
    written = (
        update(long_wishes)
        .where(_at(changed.id, changed.version - 1))
        .values(version=changed.version, agreed=changed.agreed, **_columns(changed.details))
    )
    return transaction.execute(written).rowcount == 1


def drop(transaction: Transaction, wish_id: UUID, version: int) -> bool:
    """Forget a wish at that version; False when it is not there."""
    return transaction.execute(delete(long_wishes).where(_at(wish_id, version))).rowcount == 1


def _at(wish_id: UUID, version: int) -> ColumnElement[bool]:
    return and_(long_wishes.c.id == wish_id, long_wishes.c.version == version)


def _columns(details: LongWishDetails) -> dict[str, object]:
    said = {name: getattr(details, name) for name in COLUMNS}
    return said | {name: list(said[name]) for name in LISTS}


def wish(reading: Reading, room_id: UUID, wish_id: UUID) -> LongWish | None:
    """The wish of that id, if of that room."""
    row = reading.execute(_of_room(room_id).where(long_wishes.c.id == wish_id)).mappings().first()
    return _wish(row) if row else None


def of_officer(reading: Reading, room_id: UUID, officer_id: UUID) -> tuple[LongWish, ...]:
    """The wishes of an officer in any round, in the order in which they were stated."""
    return _read(reading, room_id, long_wishes.c.officer_id == officer_id)


def about(reading: Reading, room_id: UUID, colleague_id: UUID) -> tuple[LongWish, ...]:
    """The wishes of others to work with an officer."""
    named = long_wishes.c.colleague_id == colleague_id
    return _read(reading, room_id, and_(named, long_wishes.c.ask == "with"))


def of_rounds(reading: Reading, room_id: UUID, round_ids: Collection[UUID]) -> tuple[LongWish, ...]:
    """The wishes of some rounds, by officer."""
    return _read(reading, room_id, long_wishes.c.round_id.in_(round_ids))


def _read(reading: Reading, room_id: UUID, which: ColumnElement[bool]) -> tuple[LongWish, ...]:
    query = _of_room(room_id).where(which).order_by(long_wishes.c.officer_id, long_wishes.c.id)
    return tuple(map(_wish, reading.execute(query).mappings()))


def _of_room(room_id: UUID) -> Select[tuple[object, ...]]:
    return select(long_wishes).join(wish_rounds).where(wish_rounds.c.room_id == room_id)


def _wish(row: RowMapping) -> LongWish:
    said = {name: row[name] for name in COLUMNS}
    details = LongWishDetails(**(said | {name: tuple(said[name]) for name in LISTS}))
    outcome = None
    if row["lost"] is not None:
        outcome = LongOutcome(row["roster_id"], row["lost"], row["words"] or "")
    head = (row["id"], row["round_id"], row["officer_id"], row["version"])
    return LongWish(*head, details, row["agreed"], outcome)


def rounds_of(reading: Reading, room_id: UUID, ids: Mapping[UUID, object]) -> dict[UUID, UUID]:
    """The round of each of these wishes; those of another room are left out."""
    query = (
        select(long_wishes.c.id, long_wishes.c.round_id)
        .join(wish_rounds)
        .where(wish_rounds.c.room_id == room_id, long_wishes.c.id.in_(ids))
    )
    return {row.id: row.round_id for row in reading.execute(query)}


def record(transaction: Transaction, outcomes: Mapping[UUID, LongOutcome]) -> None:
    """Write what came of wishes that are known to be of the room."""
    written = update(long_wishes).where(long_wishes.c.id == bindparam("wish_id"))
    rows = [{"wish_id": wish_id, **asdict(each)} for wish_id, each in outcomes.items()]
    if rows:
        transaction.execute(written.values({name: bindparam(name) for name in OUTCOME}), rows)


def asks(reading: Reading, room_id: UUID, round_id: UUID) -> tuple[Asks, ...]:
    """What was asked over several days of a round, the most points first."""
    points = func.sum(long_wishes.c.points)
    query = (
        select(
            long_wishes.c.ask,
            func.count(long_wishes.c.officer_id.distinct()),
            points,
            func.sum(long_wishes.c.lost),
        )
        .join(wish_rounds)
        .where(wish_rounds.c.room_id == room_id, long_wishes.c.round_id == round_id)
        .group_by(long_wishes.c.ask)
        .order_by(points.desc(), long_wishes.c.ask)
    )
    return tuple(
        Asks(ask, officers, int(total), None if lost is None else int(lost))
        for ask, officers, total, lost in reading.execute(query)
    )
