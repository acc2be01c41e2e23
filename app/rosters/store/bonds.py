"""Queries about bonds between officers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, or_, select, update

from app.db.transaction import Reading, Transaction
from app.rosters.tables import bond_others, bonds
from app.rosters.values import Bond, BondDetails

COLUMNS = tuple(name for name in BondDetails.__dataclass_fields__ if name != "others")


def add(transaction: Transaction, bond: Bond) -> None:
    """Keep a new bond."""
    head = {"id": bond.id, "room_id": bond.room_id, "version": bond.version}
    transaction.execute(insert(bonds).values(**head, **_columns(bond.details)))
    _set_others(transaction, bond)


def change(transaction: Transaction, bond: Bond) -> bool:
    """Write the details of a bond over the version before; False when that is not there."""
    changed = (
        update(bonds)
        .where(
            bonds.c.id == bond.id,
            bonds.c.room_id == bond.room_id,
            bonds.c.version == bond.version - 1,
        )
        .values(version=bond.version, **_columns(bond.details))
    )
    if transaction.execute(changed).rowcount != 1:
        return False
    transaction.execute(delete(bond_others).where(bond_others.c.bond_id == bond.id))
    _set_others(transaction, bond)
    return True


def room_bonds(reading: Reading, room_id: UUID) -> tuple[Bond, ...]:
    """The bonds of a room, those that began last first."""
    return _read(reading, bonds.c.room_id == room_id)


def holding(reading: Reading, room_id: UUID, first: date, last: date) -> tuple[Bond, ...]:
    """The bonds of a room that hold on any of these days."""
    return _read(
        reading,
        and_(
            bonds.c.room_id == room_id,
            bonds.c.from_day <= last,
            or_(bonds.c.until_day.is_(None), bonds.c.until_day > first),
        ),
    )


def bond(reading: Reading, room_id: UUID, bond_id: UUID) -> Bond | None:
    """The bond of that id, if of that room."""
    return next(iter(_read(reading, and_(bonds.c.room_id == room_id, bonds.c.id == bond_id))), None)


def _read(reading: Reading, which: ColumnElement[bool]) -> tuple[Bond, ...]:
    """Bonds with those they name, in two queries."""
    order = (bonds.c.from_day.desc(), bonds.c.id)
    rows = reading.execute(select(bonds).where(which).order_by(*order)).mappings().all()
    query = (
        select(bond_others)
        .join(bonds, bonds.c.id == bond_others.c.bond_id)
        .where(which)
        .order_by(bond_others.c.place)
    )
    others: dict[UUID, list[UUID]] = defaultdict(list)
    for named in reading.execute(query).mappings():
        others[named["bond_id"]].append(named["officer_id"])
    return tuple(_bond(row, others[row["id"]]) for row in rows)


def _bond(row: RowMapping, others: list[UUID]) -> Bond:
    details = BondDetails(others=tuple(others), **{name: row[name] for name in COLUMNS})
    return Bond(row["id"], row["room_id"], row["version"], details)


def _columns(details: BondDetails) -> dict[str, object]:
    return {name: getattr(details, name) for name in COLUMNS}


def _set_others(transaction: Transaction, bond: Bond) -> None:
    named = [
        {"bond_id": bond.id, "place": place, "officer_id": officer}
        for place, officer in enumerate(bond.details.others)
    ]
    transaction.execute(insert(bond_others), named)
