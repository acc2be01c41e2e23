"""Queries about rosters, their shifts, edits and pins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, bindparam, delete, insert, select, update
from sqlalchemy import tuple_ as row_of

from app.db.transaction import Reading, Transaction
from app.rosters.tables import roster_edits, roster_pins, roster_shifts, rosters
from app.rosters.values import (
    DayChanged,
    Duty,
    Edit,
    EditState,
    Pin,
    PinChanged,
    Roster,
    RosterShift,
    State,
)

FIELDS = tuple(Roster.__dataclass_fields__)
LISTS = ("assumed", "why")
COLUMNS = [rosters.c[field] for field in FIELDS]
"""All but the frozen problem, which is large and seldom needed."""


def add(transaction: Transaction, roster: Roster, problem: bytes) -> None:
    """Keep a new roster with its frozen problem."""
    row = {field: getattr(roster, field) for field in FIELDS}
    lists = {field: list(getattr(roster, field)) for field in LISTS}
    transaction.execute(insert(rosters).values({**row, **lists, "problem": problem}))


def roster(
    reading: Reading, room_id: UUID, roster_id: UUID, *, hold: bool = False
) -> Roster | None:
    """The roster of that id, if of that room; `hold` keeps other writers out of it."""
    query = select(*COLUMNS).where(rosters.c.room_id == room_id, rosters.c.id == roster_id)
    if hold:
        query = query.with_for_update(key_share=True)
    row = reading.execute(query).mappings().first()
    return _roster(row) if row else None


def room_rosters(
    reading: Reading,
    room_id: UUID,
    before: UUID | None,
    limit: int,
    states: Collection[State] | None = None,
) -> tuple[Roster, ...]:
    """Rosters of a room, the newest first, from just after an id on."""
    wanted: list[ColumnElement[bool]] = [rosters.c.room_id == room_id]
    if before is not None:
        wanted.append(rosters.c.id < before)
    if states is not None:
        wanted.append(rosters.c.state.in_(states))
    query = select(*COLUMNS).where(and_(*wanted)).order_by(rosters.c.id.desc()).limit(limit)
    return tuple(map(_roster, reading.execute(query).mappings()))


def of_job(reading: Reading, room_id: UUID, job_id: UUID) -> Roster | None:
    """The roster that a job makes."""
    query = select(*COLUMNS).where(rosters.c.room_id == room_id, rosters.c.job_id == job_id)
    row = reading.execute(query).mappings().first()
    return _roster(row) if row else None


def frozen(reading: Reading, room_id: UUID, roster_id: UUID) -> bytes:
    """The frozen problem of a roster that is there."""
    query = select(rosters.c.problem).where(rosters.c.room_id == room_id, rosters.c.id == roster_id)
    problem: bytes = reading.execute(query).scalar_one()
    return problem


def change(
    transaction: Transaction, room_id: UUID, roster_id: UUID, version: int, **columns: object
) -> bool:
    """Write columns of a roster that is at a version, and raise it; False when it is not."""
    changed = (
        update(rosters)
        .where(
            rosters.c.id == roster_id, rosters.c.room_id == room_id, rosters.c.version == version
        )
        .values(version=version + 1, **columns)
    )
    return transaction.execute(changed).rowcount == 1


def note(transaction: Transaction, room_id: UUID, roster_id: UUID, **columns: object) -> None:
    """Write columns of a roster that are no change of it, such as seconds spent."""
    wanted = and_(rosters.c.id == roster_id, rosters.c.room_id == room_id)
    transaction.execute(update(rosters).where(wanted).values(**columns))


def _roster(row: RowMapping) -> Roster:
    return Roster(**{**row, **{field: tuple(row[field]) for field in LISTS}})


# --- shifts -------------------------------------------------------------------------------------


def shifts(
    reading: Reading, roster_id: UUID, after: tuple[UUID, date] | None, limit: int
) -> tuple[RosterShift, ...]:
    """Shifts of a roster that is known to be of the room, by officer and day, from a place on."""
    table = roster_shifts.c
    wanted: list[ColumnElement[bool]] = [table.roster_id == roster_id]
    if after is not None:
        wanted.append(row_of(table.officer_id, table.day) > row_of(*after))
    query = select(roster_shifts).where(and_(*wanted))
    rows = reading.execute(query.order_by(table.officer_id, table.day).limit(limit))
    return tuple(
        RosterShift(row.officer_id, row.day, Duty(row.code, row.kind, row.start, row.end))
        for row in rows
    )


def cells(reading: Reading, roster_id: UUID) -> Sequence[tuple[UUID, date, str]]:
    """Officer, day and code of each shift of a roster that is known to be of the room."""
    columns = (roster_shifts.c.officer_id, roster_shifts.c.day, roster_shifts.c.code)
    query = select(*columns).where(roster_shifts.c.roster_id == roster_id)
    return [(row.officer_id, row.day, row.code) for row in reading.execute(query)]


def replace_shifts(
    transaction: Transaction,
    roster_id: UUID,
    gone: Collection[tuple[UUID, date]],
    new: Iterable[RosterShift],
) -> None:
    """Let these officer-days have no shift, and then these shifts."""
    if gone:
        table = roster_shifts.c
        each = delete(roster_shifts).where(
            table.roster_id == roster_id,
            table.officer_id == bindparam("whose"),
            table.day == bindparam("on"),
        )
        transaction.execute(each, [{"whose": officer, "on": day} for officer, day in gone])
    rows = [
        {"roster_id": roster_id, "officer_id": it.officer_id, "day": it.day, **asdict(it.duty)}
        for it in new
    ]
    if rows:
        transaction.execute(insert(roster_shifts), rows)


# --- edits --------------------------------------------------------------------------------------


def edits(reading: Reading, roster_id: UUID) -> tuple[Edit, ...]:
    """The trail of a roster that is known to be of the room, in order of time."""
    query = select(roster_edits).where(roster_edits.c.roster_id == roster_id)
    rows = reading.execute(query.order_by(roster_edits.c.number)).mappings()
    return tuple(map(_edit, rows))


def add_edit(transaction: Transaction, roster_id: UUID, edit: Edit) -> None:
    """Keep an edit."""
    changes = [
        {
            "officer_id": str(each.officer_id),
            "day": each.day.isoformat(),
            "before": each.before,
            "after": each.after,
        }
        for each in edit.changes
    ]
    row = {"number": edit.number, "by": edit.by, "at": edit.at, "reason": edit.note}
    row |= {"change_reason": edit.reason, "roster_id": roster_id}
    row |= {"changes": changes, "state": edit.state, "pins": list(map(_pin_change, edit.pins))}
    transaction.execute(insert(roster_edits).values(row))


def mark_edits(
    transaction: Transaction, roster_id: UUID, numbers: Collection[int], state: EditState
) -> None:
    """Let these edits be in that state."""
    wanted = and_(roster_edits.c.roster_id == roster_id, roster_edits.c.number.in_(numbers))
    transaction.execute(update(roster_edits).where(wanted).values(state=state))


def _edit(row: RowMapping) -> Edit:
    changes = tuple(
        DayChanged(
            UUID(each["officer_id"]), date.fromisoformat(each["day"]), each["before"], each["after"]
        )
        for each in row["changes"]
    )
    return Edit(
        row["number"],
        row["by"],
        row["at"],
        changes,
        row["change_reason"],
        row["reason"],
        row["state"],
        tuple(map(_pin_changed, row["pins"])),
    )


def _pin_change(changed: PinChanged) -> dict[str, object]:
    said: dict[str, object] = {
        "officer_id": str(changed.officer_id),
        "day": changed.day.isoformat(),
    }
    for name, pin in (("before", changed.before), ("after", changed.after)):
        said[name] = None if pin is None else {"code": pin.code, "kind": pin.kind}
    return said


def _pin_changed(said: Mapping[str, Any]) -> PinChanged:
    officer, day = UUID(said["officer_id"]), date.fromisoformat(said["day"])
    before, after = (
        None if said[name] is None else Pin(officer, day, said[name]["code"], said[name]["kind"])
        for name in ("before", "after")
    )
    return PinChanged(officer, day, before, after)


# --- pins ---------------------------------------------------------------------------------------


def pins(reading: Reading, roster_id: UUID) -> tuple[Pin, ...]:
    """The pins of a roster that is known to be of the room, by officer and day."""
    query = select(roster_pins).where(roster_pins.c.roster_id == roster_id)
    rows = reading.execute(query.order_by(roster_pins.c.officer_id, roster_pins.c.day))
    return tuple(Pin(row.officer_id, row.day, row.code, row.kind) for row in rows)


def set_pins(transaction: Transaction, roster_id: UUID, all_of_them: Iterable[Pin]) -> None:
    """Let these be the pins of a roster."""
    transaction.execute(delete(roster_pins).where(roster_pins.c.roster_id == roster_id))
    rows: list[dict[str, Any]] = [{"roster_id": roster_id, **asdict(each)} for each in all_of_them]
    if rows:
        transaction.execute(insert(roster_pins), rows)
