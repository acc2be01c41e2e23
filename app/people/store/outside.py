"""What outside systems call our officers, teams and queues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select

from app.db.transaction import Reading, Transaction
from app.people.store.rows import swap
from app.people.tables import control_rooms, officers, outside_ids, teams
from app.people.values import OutsideId, Thing

KNOWN = outside_ids.c


def name_outside(
    transaction: Transaction, force_id: UUID, system: str, thing: Thing, ids: Mapping[str, UUID]
) -> None:
    """Let a system's identifiers mean these ids of ours; what they meant before is forgotten."""
    forget(transaction, force_id, system, thing, ids)
    head = {"force_id": force_id, "system": system, "thing": thing}
    rows = [{**head, "outside_id": name, "our_id": ours} for name, ours in ids.items()]
    if rows:
        transaction.execute(insert(outside_ids), rows)


def forget(
    transaction: Transaction, force_id: UUID, system: str, thing: Thing, names: Collection[str]
) -> None:
    """Let a system's identifiers mean nothing of ours."""
    transaction.execute(
        delete(outside_ids).where(
            KNOWN.force_id == force_id,
            KNOWN.system == system,
            KNOWN.thing == thing,
            KNOWN.outside_id.in_(names),
        )
    )


def set_outside_ids(
    transaction: Transaction, force_id: UUID, thing: Thing, our_id: UUID, ids: Sequence[OutsideId]
) -> None:
    """Let these be all that outside systems call one of our things."""
    ours = (KNOWN.force_id == force_id, KNOWN.thing == thing, KNOWN.our_id == our_id)
    transaction.execute(delete(outside_ids).where(*ours))
    head = {"force_id": force_id, "thing": thing, "our_id": our_id}
    rows = [{**head, "system": each.system, "outside_id": each.id} for each in ids]
    if rows:
        transaction.execute(insert(outside_ids), rows)


def find_outside(
    reading: Reading, force_id: UUID, system: str, thing: Thing, names: Collection[str]
) -> dict[str, UUID]:
    """Our ids for a system's identifiers; what is unknown is left out."""
    query = select(KNOWN.outside_id, KNOWN.our_id).where(
        KNOWN.force_id == force_id,
        KNOWN.system == system,
        KNOWN.thing == thing,
        KNOWN.outside_id.in_(names),
    )
    return {row.outside_id: row.our_id for row in reading.execute(query)}


def officers_ids(
    reading: Reading, room_id: UUID, whose: Collection[UUID] | None
) -> dict[UUID, tuple[OutsideId, ...]]:
    """What outside systems call the officers of a room, or some of them, by officer."""
    query = (
        select(KNOWN.our_id, KNOWN.system, KNOWN.outside_id)
        .join(officers, (officers.c.force_id == KNOWN.force_id) & (officers.c.id == KNOWN.our_id))
        .where(KNOWN.thing == "officer", officers.c.room_id == room_id)
        .order_by(KNOWN.system, KNOWN.outside_id)
    )
    if whose is not None:
        query = query.where(KNOWN.our_id.in_(whose))
    found: defaultdict[UUID, list[OutsideId]] = defaultdict(list)
    for our_id, system, name in reading.execute(query):
        found[our_id].append(OutsideId(system, name))
    return {our_id: tuple(ids) for our_id, ids in found.items()}


def ids_elsewhere(reading: Reading, force_id: UUID, room_id: UUID) -> set[OutsideId]:
    """What outside systems call the officers of other rooms of the force."""
    query = (
        select(KNOWN.system, KNOWN.outside_id)
        .join(officers, officers.c.id == KNOWN.our_id)
        .where(KNOWN.force_id == force_id, KNOWN.thing == "officer", officers.c.room_id != room_id)
    )
    return {OutsideId(*row) for row in reading.execute(query)}


def swap_officers_ids(
    transaction: Transaction,
    force_id: UUID,
    gone: Sequence[OutsideId],
    new: Sequence[tuple[OutsideId, UUID]],
) -> None:
    """Let identifiers mean nobody, then let identifiers mean these officers."""
    head = {"force_id": force_id, "thing": "officer"}
    swap(
        transaction,
        outside_ids,
        [{**head, "system": each.system, "outside_id": each.id} for each in gone],
        [
            {**head, "system": each.system, "outside_id": each.id, "our_id": officer_id}
            for each, officer_id in new
        ],
    )


def of_force(reading: Reading, force_id: UUID, thing: Thing, ids: Collection[UUID]) -> set[UUID]:
    """Which of these officers or teams are of the force."""
    if thing == "officer":
        query = select(officers.c.id).where(officers.c.force_id == force_id)
    else:
        query = select(teams.c.id).join(control_rooms).where(control_rooms.c.force_id == force_id)
    column = query.selected_columns.id
    return set(reading.execute(query.where(column.in_(ids))).scalars())
