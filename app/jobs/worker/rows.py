"""Every query of a worker: jobs of all rooms, and the workers that are alive.

A start is known by its number; what a run writes is refused once a later start has begun.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from app.db.transaction import Reading, Transaction
from app.jobs.store import COLUMNS, read
from app.jobs.tables import job_workers, jobs
from app.jobs.values import ENDED, Job, JsonValue, State

ALONE = 0x4A4F4253
"""The PostgreSQL advisory lock under which one worker at a time takes jobs over ("JOBS")."""


@dataclass(frozen=True, slots=True)
class Start:
    """A job that was begun.

    Attributes:
        number: how often it was begun by now.
        errors: how often it has ended unexpectedly.
    """

    job: Job
    number: int
    errors: int


@dataclass(frozen=True, slots=True)
class Sight:
    """How a running job stands: the number of its newest start, and whether to cancel it."""

    number: int
    cancel: bool


@dataclass(frozen=True, slots=True)
class Peer:
    """A worker: its heartbeat's number, and whether it has stopped in good order."""

    id: str
    beat: int
    left: bool


def open_jobs(reading: Reading) -> dict[UUID, str]:
    """Ids and kinds of all jobs that have not ended."""
    query = select(jobs.c.id, jobs.c.kind).where(jobs.c.state.in_(["waiting", "running"]))
    return {row.id: row.kind for row in reading.execute(query)}


def begin(transaction: Transaction, job_id: UUID, at: datetime) -> Start | None:
    """Note a new start of a job; None when it has ended already."""
    change = (
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.state.not_in(ENDED))
        .values(
            state="running",
            starts=jobs.c.starts + 1,
            started_at=func.coalesce(jobs.c.started_at, at, type_=jobs.c.started_at.type),
            version=jobs.c.version + 1,
        )
        .returning(*COLUMNS, jobs.c.starts, jobs.c.errors)
    )
    row = transaction.execute(change).mappings().first()
    return Start(read(row), row["starts"], row["errors"]) if row else None


def sights(reading: Reading, job_ids: Collection[UUID]) -> dict[UUID, Sight]:
    """How these jobs stand, those that are running."""
    query = select(jobs.c.id, jobs.c.starts, jobs.c.cancel_asked_at).where(
        jobs.c.id.in_(job_ids), jobs.c.state == "running"
    )
    return {
        row.id: Sight(row.starts, row.cancel_asked_at is not None) for row in reading.execute(query)
    }


def tell(
    transaction: Transaction, job_id: UUID, number: int, progress: Mapping[str, JsonValue]
) -> None:
    """Keep how far a start is."""
    change = update(jobs).where(_current(job_id, number))
    transaction.execute(change.values(progress=progress, version=jobs.c.version + 1))


def count_error(transaction: Transaction, job_id: UUID) -> int:
    """Note that a job ended unexpectedly; how often that has happened by now."""
    change = update(jobs).where(jobs.c.id == job_id).values(errors=jobs.c.errors + 1)
    return int(transaction.execute(change.returning(jobs.c.errors)).scalar_one())


def end(
    transaction: Transaction,
    job_id: UUID,
    number: int,
    state: State,
    words: str,
    progress: Mapping[str, JsonValue],
    at: datetime,
) -> None:
    """Let a start be the last one."""
    change = update(jobs).where(_current(job_id, number))
    transaction.execute(
        change.values(
            state=state, words=words, progress=progress, ended_at=at, version=jobs.c.version + 1
        )
    )


def enter(transaction: Transaction, worker_id: str, host: str, at: datetime) -> None:
    """Let a worker be known before it takes anything."""
    transaction.execute(
        insert(job_workers).values(id=worker_id, host=host, started_at=at, beat=0, left=False)
    )


def beat(transaction: Transaction, worker_id: str) -> bool:
    """Say that a worker is alive; False when the others have given it up."""
    change = update(job_workers).where(job_workers.c.id == worker_id)
    return transaction.execute(change.values(beat=job_workers.c.beat + 1)).rowcount == 1


def leave(transaction: Transaction, worker_id: str) -> None:
    """Say that a worker has stopped, so that nobody waits for its heart."""
    change = update(job_workers).where(job_workers.c.id == worker_id)
    transaction.execute(change.values(left=True))


def drop(transaction: Transaction, worker_ids: Collection[str]) -> None:
    """Give workers up."""
    transaction.execute(delete(job_workers).where(job_workers.c.id.in_(worker_ids)))


def peers(reading: Reading) -> tuple[Peer, ...]:
    """All workers that are known."""
    query = select(job_workers.c.id, job_workers.c.beat, job_workers.c.left)
    return tuple(Peer(row.id, row.beat, row.left) for row in reading.execute(query))


def is_alone(transaction: Transaction) -> bool:
    """Whether no other worker takes jobs over until this transaction ends."""
    if transaction.dialect.name != "postgresql":
        return True  # a writer on SQLite is alone
    return bool(transaction.execute(select(func.pg_try_advisory_xact_lock(ALONE))).scalar())


def _current(job_id: UUID, number: int) -> ColumnElement[bool]:
    """The row of a job while that start of it is the newest and runs."""
    return (jobs.c.id == job_id) & (jobs.c.starts == number) & (jobs.c.state == "running")
