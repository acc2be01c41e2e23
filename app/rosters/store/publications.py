"""Queries about what came into force when, and what that changed for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, func, insert, select, update
from sqlalchemy import tuple_ as row_of

from app.db.transaction import Reading, Transaction
from app.rosters.store import notices
from app.rosters.store.notices import change_of
from app.rosters.tables import change_notices, publications, published_changes, rosters
from app.rosters.values import ChangePosition, Publication, PublishedChange, Roster

FIELDS = tuple(Publication.__dataclass_fields__)
DUTY = ("code", "kind", "start", "end")
WITH_NOTICE = select(published_changes, *notices.COLUMNS).outerjoin(
    change_notices, notices.SAME_CHANGE
)


def next_number(reading: Reading, room_id: UUID) -> int:
    """The number of the room's next publication."""
    query = select(func.max(publications.c.number)).where(publications.c.room_id == room_id)
    return (reading.execute(query).scalar() or 0) + 1


def add(
    transaction: Transaction,
    room_id: UUID,
    publication: Publication,
    changes: Sequence[PublishedChange],
) -> None:
    """Keep a publication with what it changed and the notice of each change."""
    head = {field: getattr(publication, field) for field in FIELDS}
    transaction.execute(insert(publications).values(room_id=room_id, **head))
    rows = [
        {
            "room_id": room_id,
            "number": each.number,
            "officer_id": each.officer_id,
            "day": each.day,
            **{f"{name}_before": getattr(each.before, name, None) for name in DUTY},
            **{name: getattr(each.after, name, None) for name in DUTY},
        }
        for each in changes
    ]
    if rows:
        transaction.execute(insert(published_changes), rows)
    notices.add(transaction, room_id, changes)


def room_publications(reading: Reading, room_id: UUID) -> tuple[Publication, ...]:
    """The publications of a room in order of time."""
    query = select(*(publications.c[field] for field in FIELDS))
    query = query.where(publications.c.room_id == room_id).order_by(publications.c.number)
    return tuple(map(_publication, reading.execute(query).mappings()))


def newest_of(reading: Reading, room_id: UUID, roster_id: UUID) -> Publication | None:
    """The newest publication of a roster."""
    query = select(*(publications.c[field] for field in FIELDS)).where(
        publications.c.room_id == room_id, publications.c.roster_id == roster_id
    )
    row = reading.execute(query.order_by(publications.c.number.desc()).limit(1)).mappings().first()
    return _publication(row) if row else None


def _publication(row: RowMapping) -> Publication:
    return Publication(**{**row, "told": row["told"] or row["at"]})


def later_wholes(
    reading: Reading, room_id: UUID, roster_id: UUID
) -> tuple[tuple[int, date, int], ...]:
    """First day and days of each roster published whole after a roster was, with its number."""
    own = (
        select(func.max(publications.c.number))
        .where(publications.c.roster_id == roster_id, publications.c.whole)
        .scalar_subquery()
    )
    query = (
        select(publications.c.number, rosters.c.first_day, rosters.c.days)
        .join(rosters, rosters.c.id == publications.c.roster_id)
        .where(publications.c.room_id == room_id, publications.c.whole)
        .where(publications.c.number > own)
    )
    return tuple((row.number, row.first_day, row.days) for row in reading.execute(query))


def supersede(transaction: Transaction, room_id: UUID, by: Roster) -> None:
    """Let published rosters of the room that lie wholly within another be superseded by it."""
    within = [
        row.id
        for row in transaction.execute(
            select(rosters.c.id, rosters.c.first_day, rosters.c.days).where(
                rosters.c.room_id == room_id, rosters.c.state == "published", rosters.c.id != by.id
            )
        )
        if row.first_day in by and (row.first_day - by.first_day).days + row.days <= by.days
    ]
    change = update(rosters).where(rosters.c.id.in_(within))
    transaction.execute(change.values(state="superseded", version=rosters.c.version + 1))


def changes(
    reading: Reading,
    room_id: UUID,
    after: ChangePosition | None,
    limit: int,
) -> tuple[PublishedChange, ...]:
    """What publications changed, in order of time, from just after a position on."""
    table = published_changes.c
    wanted: list[ColumnElement[bool]] = [table.room_id == room_id]
    key = row_of(table.number, table.officer_id, table.day)
    if after is not None:
        wanted.append(key > row_of(after.number, after.officer_id, after.day))
    query = WITH_NOTICE.where(and_(*wanted))
    query = query.order_by(table.number, table.officer_id, table.day).limit(limit)
    return tuple(map(change_of, reading.execute(query).mappings()))


def officer_changes(
    reading: Reading, room_id: UUID, officer_id: UUID, first_day: date, last_day: date
) -> tuple[PublishedChange, ...]:
    """What publications changed for one officer on some days, the newest first."""
    table = published_changes.c
    query = WITH_NOTICE.where(
        table.room_id == room_id,
        table.officer_id == officer_id,
        table.day.between(first_day, last_day),
    )
    rows = reading.execute(query.order_by(table.number.desc(), table.day)).mappings()
    return tuple(map(change_of, rows))
