"""Shifts as published and as worked."""

from __future__ import annotations

import typing
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

import numpy as np
import psycopg
from psycopg import sql
from sqlalchemy import (
    BigInteger,
    String,
    and_,
    cast,
    delete,
    extract,
    false,
    func,
    insert,
    or_,
    select,
    type_coerce,
)
from sqlalchemy import tuple_ as row_of

from app.db.transaction import Reading, Transaction
from app.people.store.rows import fields_of, of_room
from app.people.tables import past_shifts
from app.people.values import PastShift, ShiftState, ShiftTimes, Span

SHIFT = past_shifts.c


def drop_shifts(transaction: Transaction, state: ShiftState, shifts: Iterable[PastShift]) -> None:
    """Forget these shifts; the officers are known to be of the room."""
    starts: defaultdict[UUID, list[datetime]] = defaultdict(list)
    for shift in shifts:
        starts[shift.officer_id].append(shift.start)
    # An officer at a time: one statement a shift takes five times as long.
    for officer_id, gone in starts.items():
        whose = and_(SHIFT.officer_id == officer_id, SHIFT.state == state)
        transaction.execute(delete(past_shifts).where(whose, SHIFT.start.in_(gone)))


def add_shifts(transaction: Transaction, state: ShiftState, shifts: Sequence[PastShift]) -> None:
    """Keep shifts; the officers are known to be of the room."""
    if transaction.dialect.name == "postgresql":
        _copy(transaction, state, shifts)
    elif shifts:
        rows = [{"state": state, **fields_of(shift)} for shift in shifts]
        transaction.execute(insert(past_shifts), rows)


def _copy(transaction: Transaction, state: ShiftState, shifts: Sequence[PastShift]) -> None:
    """PostgreSQL takes a stream of rows a third as long as rows one by one."""
    connection = typing.cast("psycopg.Connection[object]", transaction.connection.driver_connection)
    columns = sql.SQL(", ").join(map(sql.Identifier, ("state", *PastShift.__dataclass_fields__)))
    head = sql.SQL("COPY past_shifts ({}) FROM STDIN").format(columns)
    with connection.cursor() as cursor, cursor.copy(head) as copy:
        for shift in shifts:
            copy.write_row((state, *fields_of(shift).values()))


def shifts(
    reading: Reading,
    room_id: UUID,
    state: ShiftState,
    span: Span,
    whose: Collection[UUID] | None = None,
    after: tuple[UUID, datetime] | None = None,
    limit: int | None = None,
) -> tuple[PastShift, ...]:
    """Shifts of the room that touch the span, by officer and start; `whose` None means all."""
    wanted = [
        SHIFT.state == state,
        SHIFT.start < span.end,
        SHIFT.end > span.start,
        of_room(past_shifts, room_id),
    ]
    if whose is not None:
        wanted.append(SHIFT.officer_id.in_(whose))
    if after is not None:
        wanted.append(row_of(SHIFT.officer_id, SHIFT.start) > row_of(*after))
    query = select(SHIFT.officer_id, SHIFT.start, SHIFT.end, SHIFT.kind, SHIFT.code)
    query = query.where(and_(*wanted)).order_by(SHIFT.officer_id, SHIFT.start).limit(limit)
    return tuple(PastShift(*row) for row in reading.execute(query))


def times(reading: Reading, room_id: UUID, state: ShiftState, spans: Sequence[Span]) -> ShiftTimes:
    """When the room's shifts that start within one of some spans begin and end, as arrays.

    A year of 300 officers takes a quarter of what it takes shift by shift: identifiers stay as the
    database has them until each officer's are made once, and instants are numbers.
    """
    within = or_(false(), *(and_(SHIFT.start >= s.start, SHIFT.start < s.end) for s in spans))
    query = select(
        type_coerce(SHIFT.officer_id, String),
        cast(extract("epoch", SHIFT.start), BigInteger),
        cast(extract("epoch", SHIFT.end), BigInteger),
        SHIFT.kind,
    ).where(SHIFT.state == state, within, of_room(past_shifts, room_id))
    rows = reading.execute(query).all() if spans else []
    officers = {name: place for place, name in enumerate(dict.fromkeys(row[0] for row in rows))}
    kinds = {kind: place for place, kind in enumerate(dict.fromkeys(row[3] for row in rows))}
    table = np.array(
        [(officers[name], start, end, kinds[kind]) for name, start, end, kind in rows],
        dtype=np.int64,
    ).reshape(-1, 4)
    return ShiftTimes(
        tuple(UUID(str(name)) for name in officers),
        tuple(kinds),
        table[:, 0],
        table[:, 1] // 60,
        table[:, 2] // 60,
        table[:, 3],
    )


def reach(reading: Reading, room_id: UUID, state: ShiftState, span: Span) -> Span | None:
    """From the first to the last start of the room's shifts that touch the span, if any do."""
    query = select(func.min(SHIFT.start), func.max(SHIFT.start)).where(
        SHIFT.state == state,
        SHIFT.start < span.end,
        SHIFT.end > span.start,
        of_room(past_shifts, room_id),
    )
    first, last = reading.execute(query).one()
    return None if first is None else Span(first, last)
