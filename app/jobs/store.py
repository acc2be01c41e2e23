"""Every query about the jobs of a control room."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, insert, select, update

from app.db.transaction import Reading, Transaction
from app.jobs.tables import jobs
from app.jobs.values import Job, State

FIELDS = tuple(Job.__dataclass_fields__)
COLUMNS = tuple(jobs.c[field] for field in FIELDS)


def add(transaction: Transaction, job: Job) -> None:
    """Keep a new job that was never begun."""
    transaction.execute(insert(jobs).values(**asdict(job), starts=0, errors=0))


def job(reading: Reading, room_id: UUID, job_id: UUID) -> Job | None:
    """The job of that id, if of that room."""
    query = select(*COLUMNS).where(jobs.c.room_id == room_id, jobs.c.id == job_id)
    row = reading.execute(query).mappings().first()
    return read(row) if row else None


def room_jobs(
    reading: Reading, room_id: UUID, kind: str | None, before: UUID | None, limit: int
) -> tuple[Job, ...]:
    """Jobs of a room, newest first; ids are in order of time."""
    query = select(*COLUMNS).where(jobs.c.room_id == room_id)
    if kind is not None:
        query = query.where(jobs.c.kind == kind)
    if before is not None:
        query = query.where(jobs.c.id < before)
    rows = reading.execute(query.order_by(jobs.c.id.desc()).limit(limit)).mappings()
    return tuple(map(read, rows))


def ask_to_cancel(
    transaction: Transaction, room_id: UUID, job_id: UUID, at: datetime, state: State
) -> bool:
    """End a job that waits, or note the wish on one that runs; False when not in that state."""
    values: dict[str, object] = {"cancel_asked_at": at, "version": jobs.c.version + 1}
    if state == "waiting":
        values |= {"state": "cancelled", "ended_at": at}
    change = update(jobs).where(
        jobs.c.room_id == room_id, jobs.c.id == job_id, jobs.c.state == state
    )
    return transaction.execute(change.values(values)).rowcount == 1


def read(row: RowMapping) -> Job:
    """A row as a value."""
    return Job(**{field: row[field] for field in FIELDS})
