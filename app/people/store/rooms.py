"""Forces, control rooms, teams and skills, and the marks by which changes are followed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Table, insert, select, update

from app.db.transaction import Reading, Transaction
from app.people.store.rows import fields_of
from app.people.tables import control_rooms, forces, skills, teams
from app.people.values import Force, Room, Skill, Team

FORCE = (forces.c.id, forces.c.name)
ROOM = tuple(control_rooms.c[field] for field in Room.__dataclass_fields__)

TABLES: Mapping[type, Table] = {Force: forces, Room: control_rooms, Team: teams, Skill: skills}


def mark_force(transaction: Transaction, force_id: UUID) -> int | None:
    """The next mark of a force, whose row is ours until the end; None when there is no force."""
    return _mark(transaction, forces, force_id)


def mark_room(transaction: Transaction, room_id: UUID) -> int | None:
    """The next mark of a control room, whose row is ours until the end; None when there is none."""
    return _mark(transaction, control_rooms, room_id)


def _mark(transaction: Transaction, table: Table, owner_id: UUID) -> int | None:
    grow = update(table).where(table.c.id == owner_id).values(mark=table.c.mark + 1)
    return transaction.execute(grow.returning(table.c.mark)).scalar()


def force_mark(reading: Reading, force_id: UUID) -> int:
    """The mark of the last change of a force's rooms and skills."""
    query = select(forces.c.mark).where(forces.c.id == force_id)
    mark: int = reading.execute(query).scalar_one()
    return mark


def room_mark(reading: Reading, room_id: UUID) -> int:
    """The mark of the last change of a room's teams and officers."""
    query = select(control_rooms.c.mark).where(control_rooms.c.id == room_id)
    mark: int = reading.execute(query).scalar_one()
    return mark


def add(transaction: Transaction, value: Force | Room | Team | Skill) -> None:
    """Keep a new force, control room, team or skill."""
    transaction.execute(insert(TABLES[type(value)]).values(fields_of(value)))


def change(transaction: Transaction, value: Room | Team | Skill, since: int) -> bool:
    """Write a value over the one last changed at that mark; False when it is not there."""
    table = TABLES[type(value)]
    put = update(table).where(table.c.id == value.id, table.c.changed == since)
    return transaction.execute(put.values(fields_of(value))).rowcount == 1


def force(reading: Reading, force_id: UUID) -> Force | None:
    """The force of that id."""
    row = reading.execute(select(*FORCE).where(forces.c.id == force_id)).mappings().first()
    return Force(**row) if row else None


def force_named(reading: Reading, name: str) -> Force | None:
    """The force of that name."""
    row = reading.execute(select(*FORCE).where(forces.c.name == name)).mappings().first()
    return Force(**row) if row else None


def forces_of_all(reading: Reading) -> tuple[Force, ...]:
    """Every force, by name."""
    rows = reading.execute(select(*FORCE).order_by(forces.c.name)).mappings()
    return tuple(Force(**row) for row in rows)


def room(reading: Reading, room_id: UUID) -> Room | None:
    """The control room of that id."""
    query = select(*ROOM).where(control_rooms.c.id == room_id)
    row = reading.execute(query).mappings().first()
    return Room(**row) if row else None


def rooms_of(reading: Reading, ids: Collection[UUID]) -> tuple[Room, ...]:
    """The control rooms of these ids."""
    rows = reading.execute(select(*ROOM).where(control_rooms.c.id.in_(ids))).mappings()
    return tuple(Room(**row) for row in rows)


def rooms(reading: Reading, force_id: UUID) -> tuple[Room, ...]:
    """The control rooms of a force, by name."""
    query = select(*ROOM).where(control_rooms.c.force_id == force_id)
    rows = reading.execute(query.order_by(control_rooms.c.name)).mappings()
    return tuple(Room(**row) for row in rows)


def team(reading: Reading, room_id: UUID, team_id: UUID) -> Team | None:
    """The team of that id, if of that room."""
    query = select(teams).where(teams.c.room_id == room_id, teams.c.id == team_id)
    row = reading.execute(query).mappings().first()
    return Team(**row) if row else None


def room_teams(reading: Reading, room_id: UUID) -> tuple[Team, ...]:
    """The teams of a control room, by name."""
    query = select(teams).where(teams.c.room_id == room_id).order_by(teams.c.name)
    return tuple(Team(**row) for row in reading.execute(query).mappings())


def skill(reading: Reading, force_id: UUID, skill_id: UUID) -> Skill | None:
    """The skill of that id, if of that force."""
    query = select(skills).where(skills.c.force_id == force_id, skills.c.id == skill_id)
    row = reading.execute(query).mappings().first()
    return Skill(**row) if row else None


def force_skills(reading: Reading, force_id: UUID) -> tuple[Skill, ...]:
    """The skills that a force knows, by code."""
    query = select(skills).where(skills.c.force_id == force_id).order_by(skills.c.code)
    return tuple(Skill(**row) for row in reading.execute(query).mappings())
