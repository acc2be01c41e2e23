"""Every query about what the service writes to ledgers by itself, day by day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, update

from app.db.transaction import Reading, Transaction
from app.leave.tables import ledger_days, ledgers
from app.leave.values import LedgerDay

FIELDS = tuple(LedgerDay.__dataclass_fields__)


def newest_days(reading: Reading) -> dict[UUID, date | None]:
    """Every room with a ledger, and the newest day that its daily work was asked for."""
    query = (
        select(ledgers.c.room_id, func.max(ledger_days.c.day).label("newest"))
        .join_from(ledgers, ledger_days, isouter=True)
        .group_by(ledgers.c.room_id)
        .order_by(ledgers.c.room_id)
    )
    return {row.room_id: row.newest for row in reading.execute(query)}


def add(transaction: Transaction, new: LedgerDay) -> None:
    """Keep that the work of a day was asked for; a room has one of each day."""
    transaction.execute(insert(ledger_days).values(**asdict(new)))


def end(transaction: Transaction, done: LedgerDay) -> None:
    """Keep what was written."""
    change = update(ledger_days).where(
        ledger_days.c.room_id == done.room_id, ledger_days.c.day == done.day
    )
    transaction.execute(change.values(**asdict(done)))


def of_job(reading: Reading, room_id: UUID, job_id: UUID) -> LedgerDay | None:
    """The day that a job is for."""
    return _newest(reading, ledger_days.c.room_id == room_id, ledger_days.c.job_id == job_id)


def newest(reading: Reading, room_id: UUID) -> LedgerDay | None:
    """The newest day that was asked for."""
    return _newest(reading, ledger_days.c.room_id == room_id)


def newest_done(reading: Reading, room_id: UUID) -> LedgerDay | None:
    """The newest day that is done."""
    return _newest(reading, ledger_days.c.room_id == room_id, ledger_days.c.at.is_not(None))


def _newest(reading: Reading, *where: ColumnElement[bool]) -> LedgerDay | None:
    query = select(ledger_days).where(*where).order_by(ledger_days.c.day.desc()).limit(1)
    row = reading.execute(query).mappings().first()
    return LedgerDay(**{field: row[field] for field in FIELDS}) if row else None
