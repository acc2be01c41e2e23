"""Queries about extra shifts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, Select, and_, insert, select

from app.db.transaction import Reading, Transaction
from app.rosters.tables import extra_shifts, roster_edits, roster_shifts, rosters
from app.rosters.values.extras import ExtraShift


def add(transaction: Transaction, roster_id: UUID, number: int, new: Iterable[ExtraShift]) -> None:
    """Keep extra shifts that an edit of a roster gives."""
    rows = [
        {
            "id": each.id,
            "roster_id": roster_id,
            "edit_number": number,
            "officer_id": each.officer_id,
            "day": each.day,
            "code": each.code,
            "minutes": each.minutes,
            "ground": each.ground,
            "why": each.why,
        }
        for each in new
    ]
    transaction.execute(insert(extra_shifts), rows)


def in_force(reading: Reading, roster_id: UUID) -> tuple[ExtraShift, ...]:
    """Those of a roster that it still has, by day."""
    query = _standing().where(extra_shifts.c.roster_id == roster_id)
    return _read(reading, query)


def since(reading: Reading, room_id: UUID, first: date) -> tuple[ExtraShift, ...]:
    """Those of the published rosters of a room from a day on, by day.

    One that a later roster kept is told once, as of the latest.
    """
    query = (
        _standing()
        .join(rosters, rosters.c.id == extra_shifts.c.roster_id)
        .where(
            rosters.c.room_id == room_id,
            rosters.c.state == "published",
            extra_shifts.c.day >= first,
        )
    )
    latest = {(each.officer_id, each.day): each for each in _read(reading, query)}
    return tuple(latest.values())


def _standing() -> Select[tuple[object, ...]]:
    """Those whose edit is done and whose shift is still the officer's."""
    edit = and_(
        roster_edits.c.roster_id == extra_shifts.c.roster_id,
        roster_edits.c.number == extra_shifts.c.edit_number,
        roster_edits.c.state == "done",
    )
    shift = and_(
        roster_shifts.c.roster_id == extra_shifts.c.roster_id,
        roster_shifts.c.officer_id == extra_shifts.c.officer_id,
        roster_shifts.c.day == extra_shifts.c.day,
        roster_shifts.c.code == extra_shifts.c.code,
    )
    return select(extra_shifts).join(roster_edits, edit).join(roster_shifts, shift)


def _read(reading: Reading, query: Select[tuple[object, ...]]) -> tuple[ExtraShift, ...]:
    ordered = query.order_by(extra_shifts.c.day, extra_shifts.c.id)
    return tuple(map(_extra, reading.execute(ordered).mappings()))


def _extra(row: RowMapping) -> ExtraShift:
    return ExtraShift(**{name: row[name] for name in ExtraShift.__dataclass_fields__})
