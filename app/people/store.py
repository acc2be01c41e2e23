"""Every query about people; each is held to one force or one control room."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Table,
    and_,
    delete,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy import tuple_ as row_of

from app.db.transaction import Reading, Transaction
from app.people.tables import (
    contracts,
    control_rooms,
    forces,
    officer_skills,
    officers,
    outside_ids,
    past_shifts,
    skills,
    teams,
)
from app.people.values import (
    Contract,
    Force,
    HeldSkill,
    Officer,
    OfficerDetails,
    PastShift,
    Position,
    Room,
    ShiftState,
    Skill,
    Span,
    Team,
    Thing,
)

DETAILS = tuple(OfficerDetails.__dataclass_fields__)


def add(transaction: Transaction, value: Force | Room | Team | Skill) -> None:
    """Keep a new force, control room, team or skill."""
    tables: Mapping[type, Table] = {Force: forces, Room: control_rooms, Team: teams, Skill: skills}
    transaction.execute(insert(tables[type(value)]).values(asdict(value)))


def force(reading: Reading, force_id: UUID) -> Force | None:
    """The force of that id."""
    row = reading.execute(select(forces).where(forces.c.id == force_id)).mappings().first()
    return Force(**row) if row else None


def room(reading: Reading, room_id: UUID) -> Room | None:
    """The control room of that id."""
    query = select(control_rooms).where(control_rooms.c.id == room_id)
    row = reading.execute(query).mappings().first()
    return Room(**row) if row else None


def rooms(reading: Reading, force_id: UUID) -> tuple[Room, ...]:
    """The control rooms of a force, by name."""
    query = select(control_rooms).where(control_rooms.c.force_id == force_id)
    rows = reading.execute(query.order_by(control_rooms.c.name)).mappings()
    return tuple(Room(**row) for row in rows)


def room_teams(reading: Reading, room_id: UUID) -> tuple[Team, ...]:
    """The teams of a control room, by name."""
    query = select(teams).where(teams.c.room_id == room_id).order_by(teams.c.name)
    return tuple(Team(**row) for row in reading.execute(query).mappings())


def force_skills(reading: Reading, force_id: UUID) -> tuple[Skill, ...]:
    """The skills that a force knows, by code."""
    query = select(skills).where(skills.c.force_id == force_id).order_by(skills.c.code)
    return tuple(Skill(**row) for row in reading.execute(query).mappings())


def add_officer(transaction: Transaction, force_id: UUID, officer: Officer) -> None:
    """Keep a new officer of a control room of that force."""
    row = {
        "id": officer.id,
        "force_id": force_id,
        "room_id": officer.room_id,
        "version": officer.version,
        **asdict(officer.details),
    }
    transaction.execute(insert(officers).values(row))


def change_officer(transaction: Transaction, officer: Officer) -> bool:
    """Write the details of an officer over the version before; False when that is not there."""
    change = (
        update(officers)
        .where(
            officers.c.id == officer.id,
            officers.c.room_id == officer.room_id,
            officers.c.version == officer.version - 1,
        )
        .values(version=officer.version, **asdict(officer.details))
    )
    return transaction.execute(change).rowcount == 1


def room_officers(
    reading: Reading, room_id: UUID, after: Position | None, limit: int
) -> tuple[Officer, ...]:
    """Officers of a room by name and id, from just after a position on."""
    query = select(officers).where(officers.c.room_id == room_id)
    if after is not None:
        query = query.where(row_of(officers.c.name, officers.c.id) > row_of(after.name, after.id))
    query = query.order_by(officers.c.name, officers.c.id).limit(limit)
    return tuple(map(_officer, reading.execute(query).mappings()))


def officer(reading: Reading, room_id: UUID, officer_id: UUID) -> Officer | None:
    """The officer of that id, if of that room."""
    query = select(officers).where(officers.c.room_id == room_id, officers.c.id == officer_id)
    row = reading.execute(query).mappings().first()
    return _officer(row) if row else None


def strangers(reading: Reading, room_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Which of these are not officers of the room."""
    query = select(officers.c.id).where(officers.c.room_id == room_id, officers.c.id.in_(ids))
    return set(ids) - set(reading.execute(query).scalars())


def _officer(row: RowMapping) -> Officer:
    details = OfficerDetails(**{field: row[field] for field in DETAILS})
    return Officer(row["id"], row["room_id"], row["version"], details)


def _of_room(table: Table, room_id: UUID) -> ColumnElement[bool]:
    """Rows of officers of that room."""
    return exists().where(officers.c.id == table.c.officer_id, officers.c.room_id == room_id)


def set_held(
    transaction: Transaction, room_id: UUID, officer_id: UUID, held: Iterable[HeldSkill]
) -> None:
    """Let these be the skills of an officer of that room."""
    rows = [{"officer_id": officer_id, **asdict(each)} for each in held]
    _replace(transaction, officer_skills, room_id, officer_id, rows)


def set_contracts(
    transaction: Transaction, room_id: UUID, officer_id: UUID, agreed: Iterable[Contract]
) -> None:
    """Let these be the contracts of an officer of that room."""
    rows = [{"officer_id": officer_id, **asdict(each)} for each in agreed]
    _replace(transaction, contracts, room_id, officer_id, rows)


def _replace(
    transaction: Transaction,
    table: Table,
    room_id: UUID,
    officer_id: UUID,
    rows: Sequence[Mapping[str, object]],
) -> None:
    gone = delete(table).where(table.c.officer_id == officer_id, _of_room(table, room_id))
    transaction.execute(gone)
    if rows:
        transaction.execute(insert(table), [dict(row) for row in rows])


def held_skills(reading: Reading, room_id: UUID) -> dict[UUID, tuple[HeldSkill, ...]]:
    """Skills by officer, for the whole room in one query."""
    query = select(officer_skills).where(_of_room(officer_skills, room_id))
    ordered = query.order_by(officer_skills.c.from_day, officer_skills.c.skill_id)
    found: dict[UUID, tuple[HeldSkill, ...]] = {}
    for row in reading.execute(ordered):
        held = HeldSkill(row.skill_id, row.from_day, row.until_day)
        found[row.officer_id] = (*found.get(row.officer_id, ()), held)
    return found


def room_contracts(reading: Reading, room_id: UUID) -> dict[UUID, tuple[Contract, ...]]:
    """Contracts by officer in order of time, for the whole room in one query."""
    query = select(contracts).where(_of_room(contracts, room_id)).order_by(contracts.c.from_day)
    found: dict[UUID, tuple[Contract, ...]] = {}
    for row in reading.execute(query):
        contract = Contract(row.from_day, row.until_day, row.weekly_minutes)
        found[row.officer_id] = (*found.get(row.officer_id, ()), contract)
    return found


def drop_shifts(
    transaction: Transaction, room_id: UUID, state: ShiftState, whose: Collection[UUID], span: Span
) -> None:
    """Forget the shifts of these officers of the room that start within the span."""
    gone = delete(past_shifts).where(
        past_shifts.c.state == state,
        past_shifts.c.officer_id.in_(whose),
        past_shifts.c.start >= span.start,
        past_shifts.c.start < span.end,
        _of_room(past_shifts, room_id),
    )
    transaction.execute(gone)


def add_shifts(transaction: Transaction, state: ShiftState, shifts: Iterable[PastShift]) -> None:
    """Keep shifts; the officers are known to be of the room."""
    rows = [{"state": state, **asdict(shift)} for shift in shifts]
    if rows:
        transaction.execute(insert(past_shifts), rows)


def shifts(
    reading: Reading,
    room_id: UUID,
    state: ShiftState,
    span: Span,
    whose: Collection[UUID] | None = None,
) -> tuple[PastShift, ...]:
    """Shifts of the room that touch the span, by officer and start; `whose` None means all."""
    wanted = [
        past_shifts.c.state == state,
        past_shifts.c.start < span.end,
        past_shifts.c.end > span.start,
        _of_room(past_shifts, room_id),
    ]
    if whose is not None:
        wanted.append(past_shifts.c.officer_id.in_(whose))
    query = select(past_shifts).where(and_(*wanted))
    rows = reading.execute(query.order_by(past_shifts.c.officer_id, past_shifts.c.start))
    return tuple(PastShift(r.officer_id, r.start, r.end, r.kind, r.code) for r in rows)


def name_outside(
    transaction: Transaction, force_id: UUID, system: str, thing: Thing, ids: Mapping[str, UUID]
) -> None:
    """Let a system's identifiers mean these ids of ours; what they meant before is forgotten."""
    known = outside_ids.c
    transaction.execute(
        delete(outside_ids).where(
            known.force_id == force_id,
            known.system == system,
            known.thing == thing,
            known.outside_id.in_(ids),
        )
    )
    head = {"force_id": force_id, "system": system, "thing": thing}
    rows = [{**head, "outside_id": name, "our_id": ours} for name, ours in ids.items()]
    if rows:
        transaction.execute(insert(outside_ids), rows)


def find_outside(
    reading: Reading, force_id: UUID, system: str, thing: Thing, names: Collection[str]
) -> dict[str, UUID]:
    """Our ids for a system's identifiers; what is unknown is left out."""
    known = outside_ids.c
    query = select(known.outside_id, known.our_id).where(
        known.force_id == force_id,
        known.system == system,
        known.thing == thing,
        known.outside_id.in_(names),
    )
    return {row.outside_id: row.our_id for row in reading.execute(query)}


def of_force(reading: Reading, force_id: UUID, thing: Thing, ids: Collection[UUID]) -> set[UUID]:
    """Which of these officers or teams are of the force."""
    if thing == "officer":
        query = select(officers.c.id).where(officers.c.force_id == force_id)
    else:
        query = select(teams.c.id).join(control_rooms).where(control_rooms.c.force_id == force_id)
    column = query.selected_columns.id
    return set(reading.execute(query.where(column.in_(ids))).scalars())
