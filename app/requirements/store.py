"""Every query about requirements; each is held to one control room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, insert, select, update

from app.db.transaction import Reading, Transaction
from app.requirements.tables import (
    queue_terms,
    requirement_loads,
    requirement_repairs,
    requirement_values,
    requirements,
    room_terms,
)
from app.requirements.values import Given, QueueSet, Repair, Requirement, RoomAsks, Terms
from forecasting.staffing.hours import Hours
from forecasting.staffing.room import Asker

FIELDS = tuple(Requirement.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a requirement as it is kept; None where it is of before there were others."""

    names: QueueSet
    people: bytes
    asker: Asker | None
    skills: tuple[str, ...] | None


def queue_terms_given(reading: Reading, room_id: UUID) -> dict[UUID, tuple[int, Given]]:
    """Version and what is given, by queue, of the room's queues of which anything is."""
    query = select(queue_terms).where(queue_terms.c.room_id == room_id)
    return {row.queue_id: (row.version, row.given) for row in reading.execute(query)}


def room_terms_given(reading: Reading, room_id: UUID) -> tuple[int, Given]:
    """Version and what is given of the room as a whole; 0 and nothing before the first."""
    query = select(room_terms).where(room_terms.c.room_id == room_id)
    row = reading.execute(query).first()
    return (0, {}) if row is None else (row.version, row.given)


def add_room_terms(
    transaction: Transaction, room_id: UUID, given: Given, by: UUID, at: datetime
) -> None:
    """Keep the first terms of a room."""
    row = {"room_id": room_id, "given": dict(given), "version": 1}
    transaction.execute(insert(room_terms).values(**row, changed_by=by, changed_at=at))


def change_room_terms(
    transaction: Transaction, room_id: UUID, version: int, given: Given, by: UUID, at: datetime
) -> bool:
    """Write terms of a room over that version; False when it is no longer there."""
    change = (
        update(room_terms)
        .where(room_terms.c.room_id == room_id, room_terms.c.version == version)
        .values(given=dict(given), version=version + 1, changed_by=by, changed_at=at)
    )
    return transaction.execute(change).rowcount == 1


def add_terms(
    transaction: Transaction, room_id: UUID, queue_id: UUID, given: Given, by: UUID, at: datetime
) -> None:
    """Keep the first terms of a queue, which is known to be of the room."""
    row = {"queue_id": queue_id, "room_id": room_id, "given": dict(given), "version": 1}
    transaction.execute(insert(queue_terms).values(**row, changed_by=by, changed_at=at))


def change_terms(
    transaction: Transaction,
    room_id: UUID,
    queue_id: UUID,
    version: int,
    given: Given,
    by: UUID,
    at: datetime,
) -> bool:
    """Write terms over that version; False when it is no longer there."""
    change = (
        update(queue_terms)
        .where(
            queue_terms.c.queue_id == queue_id,
            queue_terms.c.room_id == room_id,
            queue_terms.c.version == version,
        )
        .values(given=dict(given), version=version + 1, changed_by=by, changed_at=at)
    )
    return transaction.execute(change).rowcount == 1


def add(
    transaction: Transaction,
    requirement: Requirement,
    rows: Iterable[KeptRow],
    loads: Mapping[str, bytes],
) -> None:
    """Keep a requirement with what it asks, in this order, and its queues' offered loads."""
    row = {name: getattr(requirement, name) for name in FIELDS}
    row |= {"terms": [each.document() for each in requirement.terms]}
    row |= {"notes": list(requirement.notes)}
    row |= {"room": requirement.room and requirement.room.document()}
    row |= {"weeks": [asdict(week) for week in requirement.weeks]}
    row |= {"adjustments": [str(each) for each in requirement.adjustments]}
    transaction.execute(insert(requirements).values(row))
    values = [
        {
            "requirement_id": requirement.id,
            "position": at,
            "queues": list(each.names),
            "people": each.people,
            "asker": each.asker,
            "skills": each.skills and list(each.skills),
        }
        for at, each in enumerate(rows)
    ]
    transaction.execute(insert(requirement_values), values)
    erlangs = [
        {"requirement_id": requirement.id, "position": at, "queue": queue, "erlangs": load}
        for at, (queue, load) in enumerate(loads.items())
    ]
    transaction.execute(insert(requirement_loads), erlangs)


def requirement(reading: Reading, room_id: UUID, requirement_id: UUID) -> Requirement | None:
    """The requirement of that id, if of that room."""
    return next(iter(_of_room(reading, room_id, 1, requirements.c.id == requirement_id)), None)


def newest(
    reading: Reading, room_id: UUID, first_day: date | None, until_day: date | None
) -> Requirement | None:
    """The newest requirement of a room, of those over all these local days if they are given.

    What was worked out for a purpose of its own is none of them.
    """
    wanted: list[ColumnElement[bool]] = [requirements.c.purpose.is_(None)]
    if first_day is not None and until_day is not None:
        wanted += [requirements.c.first_day <= first_day, requirements.c.until_day >= until_day]
    return next(iter(_of_room(reading, room_id, 1, *wanted)), None)


def room_requirements(
    reading: Reading, room_id: UUID, before: UUID | None, limit: int
) -> tuple[Requirement, ...]:
    """Requirements of a room, the newest first, from just before an id on."""
    wanted = [] if before is None else [requirements.c.id < before]
    return _of_room(reading, room_id, limit, *wanted)


def rows(reading: Reading, room_id: UUID, requirement_id: UUID) -> tuple[KeptRow, ...]:
    """What a requirement of that room asks, in the order it was kept."""
    query = (
        select(requirement_values)
        .join(requirements)
        .where(requirements.c.room_id == room_id, requirements.c.id == requirement_id)
        .order_by(requirement_values.c.position)
    )
    return tuple(
        KeptRow(tuple(row.queues), row.people, row.asker, row.skills and tuple(row.skills))
        for row in reading.execute(query)
    )


def loads(reading: Reading, room_id: UUID, requirement_id: UUID) -> dict[str, bytes]:
    """Offered load by queue of a requirement of that room; none of one made before it was kept."""
    query = (
        select(requirement_loads)
        .join(requirements)
        .where(requirements.c.room_id == room_id, requirements.c.id == requirement_id)
        .order_by(requirement_loads.c.position)
    )
    return {row.queue: row.erlangs for row in reading.execute(query)}


def add_repair(transaction: Transaction, repair: Repair) -> None:
    """Keep that a requirement, which is known to be of the room, is to be tested."""
    transaction.execute(insert(requirement_repairs).values(asdict(repair)))


def change_repair(transaction: Transaction, before: Repair, repair: Repair) -> bool:
    """Let another job test a requirement; False when that was done meanwhile."""
    mine = requirement_repairs.c.requirement_id == before.requirement_id
    change = update(requirement_repairs).where(mine, requirement_repairs.c.job_id == before.job_id)
    return transaction.execute(change.values(asdict(repair))).rowcount == 1


def repair(
    reading: Reading,
    room_id: UUID,
    *,
    requirement_id: UUID | None = None,
    job_id: UUID | None = None,
    result_id: UUID | None = None,
    held: bool = False,
) -> Repair | None:
    """The test of a requirement of that room, by what is tested, tests it, or comes of it.

    Args:
        reading: the caller's.
        room_id: the control room.
        requirement_id: what is tested.
        job_id: what tests it.
        result_id: what comes of it.
        held: whether others who hold it too wait until the transaction ends.
    """
    given = {"requirement_id": requirement_id, "job_id": job_id, "result_id": result_id}
    query = (
        select(requirement_repairs)
        .join(requirements)
        .where(
            requirements.c.room_id == room_id,
            *(requirement_repairs.c[name] == value for name, value in given.items() if value),
        )
    )
    if held:
        query = query.with_for_update(of=requirement_repairs)
    row = reading.execute(query).mappings().first()
    return None if row is None else Repair(**row)


def _of_room(
    reading: Reading, room_id: UUID, limit: int, *wanted: ColumnElement[bool]
) -> tuple[Requirement, ...]:
    """Requirements of a room, the newest first: ids are in order of time."""
    query = select(requirements).where(requirements.c.room_id == room_id, *wanted)
    rows = reading.execute(query.order_by(requirements.c.id.desc()).limit(limit)).mappings()
    return tuple(map(_requirement, rows))


def _requirement(row: RowMapping) -> Requirement:
    return Requirement(
        **{
            **row,
            "terms": tuple(map(Terms.of_document, row["terms"])),
            "notes": tuple(row["notes"]),
            "room": row["room"] and RoomAsks.of_document(row["room"]),
            "weeks": tuple(Hours(**week) for week in row["weeks"] or ()),
            "adjustments": tuple(UUID(each) for each in row["adjustments"] or ()),
        }
    )
