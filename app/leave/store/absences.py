"""Every query about absence; each is held to one control room."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update

from app.db.transaction import Reading, Transaction
from app.leave.tables import absence_days, absences
from app.leave.values import Absence, AbsenceDetails

DETAILS = tuple(AbsenceDetails.__dataclass_fields__)
HEAD = ("id", "room_id", "officer_id", "by", "at", "withdrawn")


def add(transaction: Transaction, new: Absence) -> None:
    """Keep a new absence and its days."""
    head = {name: getattr(new, name) for name in HEAD}
    said = {name: getattr(new.details, name) for name in DETAILS}
    transaction.execute(insert(absences).values(**head, **said))
    away = [(day, each, None, None) for day, each in new.minutes.items()]
    back = [(day, each, new.at, new.by) for day, each in new.recalled.items()]
    rows = [
        {"absence_id": new.id, "day": day, "minutes": each, "recalled": at, "recalled_by": by}
        for day, each, at, by in (*away, *back)
    ]
    transaction.execute(insert(absence_days), rows)


def recall(transaction: Transaction, absence_id: UUID, day: date, by: UUID, at: datetime) -> None:
    """Let somebody have been recalled for a day of an absence, known to be of the room."""
    change = update(absence_days).where(
        absence_days.c.absence_id == absence_id, absence_days.c.day == day
    )
    transaction.execute(change.values(recalled=at, recalled_by=by))


def withdraw(transaction: Transaction, absence_id: UUID, by: UUID, at: datetime) -> None:
    """Let an absence, known to be of the room, have been taken back."""
    change = update(absences).where(absences.c.id == absence_id)
    transaction.execute(change.values(withdrawn=at, withdrawn_by=by))


def absence(reading: Reading, room_id: UUID, absence_id: UUID) -> Absence | None:
    """The absence of that id, if of that room; also one that was taken back."""
    found = _read(reading, [absences.c.room_id == room_id, absences.c.id == absence_id])
    return found[0] if found else None


def holding(
    reading: Reading, room_id: UUID, first: date, last: date, officer_id: UUID | None = None
) -> tuple[Absence, ...]:
    """Absences that hold and touch some days, by first day; of the room or of one officer."""
    where = [
        absences.c.room_id == room_id,
        absences.c.first <= last,
        absences.c.last >= first,
        absences.c.withdrawn.is_(None),
    ]
    if officer_id is not None:
        where.append(absences.c.officer_id == officer_id)
    return _read(reading, where)


def withdrawn(reading: Reading, room_id: UUID, first: date, last: date) -> tuple[Absence, ...]:
    """Absences that were taken back and touch some days, by first day."""
    where = [
        absences.c.room_id == room_id,
        absences.c.first <= last,
        absences.c.last >= first,
        absences.c.withdrawn.is_not(None),
    ]
    return _read(reading, where)


def page(
    reading: Reading,
    room_id: UUID,
    officer_id: UUID | None,
    after: tuple[date, UUID] | None,
    limit: int,
) -> tuple[Absence, ...]:
    """Some absences, those taken back too, by first day and id from just after a place on."""
    where = [absences.c.room_id == room_id]
    if officer_id is not None:
        where.append(absences.c.officer_id == officer_id)
    if after is not None:
        first, last_id = after
        later, same = absences.c.first > first, absences.c.first == first
        where.append(later | (same & (absences.c.id > last_id)))
    return _read(reading, where, limit)


def _read(
    reading: Reading, where: list[ColumnElement[bool]], limit: int | None = None
) -> tuple[Absence, ...]:
    query = select(absences).where(*where).order_by(absences.c.first, absences.c.id).limit(limit)
    rows = reading.execute(query).mappings().all()
    minutes: dict[UUID, dict[date, int]] = defaultdict(dict)
    recalled: dict[UUID, dict[date, int]] = defaultdict(dict)
    ids = select(query.subquery().c.id)
    days = select(absence_days).where(absence_days.c.absence_id.in_(ids))
    for row in reading.execute(days.order_by(absence_days.c.day)):
        days_of = minutes if row.recalled is None else recalled
        days_of[row.absence_id][row.day] = row.minutes
    return tuple(
        Absence(
            details=AbsenceDetails(**{name: row[name] for name in DETAILS}),
            minutes=minutes[row["id"]],
            recalled=recalled[row["id"]],
            **{name: row[name] for name in HEAD},
        )
        for row in rows
    )
