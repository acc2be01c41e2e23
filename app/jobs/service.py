"""Jobs: asked for in the caller's transaction, worked off elsewhere, followed and cancelled.

Every verb takes the transaction of its caller and never commits, so a job stands together with
whatever it is to be done for. A slice's `jobs.py` says how its kinds are done, in `HANDLERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias
from uuid import UUID

from app import clock
from app.db.transaction import Database, Reading, Transaction
from app.db.types import new_id
from app.errors import Conflict, NotFound
from app.jobs import store
from app.jobs.values import ENDED, Job, JsonValue, State

__all__ = [
    "ENDED",
    "Handler",
    "Job",
    "JsonValue",
    "Plan",
    "State",
    "Work",
    "ask",
    "cancel",
    "job",
    "jobs",
]

LARGEST_PAGE = 201
"""Jobs at once: a page, and one more to see whether another follows."""


class Work(Protocol):
    """One run of a job, as its handler sees it."""

    @property
    def job(self) -> Job:
        """The job as it stood when this run began."""

    @property
    def database(self) -> Database:
        """Where to read, and to keep what is made."""

    def tell(self, progress: Mapping[str, JsonValue]) -> None:
        """Say how far it is; cheap at any rate, kept about twice a second."""

    def cancelled(self) -> bool:
        """Whether to keep what there is and return; cheap, to be asked several times a second."""


Handler: TypeAlias = Callable[[Work], None]
"""Does a job, to its end. It may be run again after any point it has reached (a kill, a take-over),
also while a former run still winds down: what it keeps is keyed by the job's id and kept once."""

Plan: TypeAlias = Callable[[Database], None]
"""Asks for jobs that are due by themselves. Every worker calls it every minute, so it asks once for
what is due, whoever else is about it."""


def ask(
    transaction: Transaction,
    *,
    kind: str,
    room_id: UUID,
    asked_by: UUID | None,
    arguments: Mapping[str, JsonValue],
) -> Job:
    """A new job: it will be done once the transaction stands.

    Args:
        transaction: the caller's.
        kind: which handler does it.
        room_id: the control room that it is for.
        asked_by: the user who asks; None for the service itself.
        arguments: what the handler is given.
    """
    new = Job(
        id=new_id(),
        kind=kind,
        room_id=room_id,
        asked_by=asked_by,
        asked_at=clock.now(),
        arguments=dict(arguments),
        state="waiting",
        progress={},
        words="",
        started_at=None,
        ended_at=None,
        cancel_asked_at=None,
        version=1,
    )
    store.add(transaction, new)
    return new


def job(reading: Reading, room_id: UUID, job_id: UUID) -> Job:
    """A job of a control room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.job(reading, room_id, job_id)
    if found is None:
        raise NotFound("There is no such job in this control room.")
    return found


def jobs(
    reading: Reading,
    room_id: UUID,
    kind: str | None = None,
    limit: int = 20,
    before: UUID | None = None,
) -> tuple[Job, ...]:
    """Jobs of a control room, newest first; `before` goes on after the last id of a page."""
    return store.room_jobs(reading, room_id, kind, before, max(1, min(limit, LARGEST_PAGE)))


def cancel(transaction: Transaction, room_id: UUID, job_id: UUID) -> Job:
    """End a job that waits at once, one that runs about a second later; twice is as once.

    Raises:
        NotFound: when there is none of that id in that room.
        Conflict: when it is done or has failed.
    """
    found = job(transaction, room_id, job_id)
    if found.state in {"done", "failed"}:
        raise Conflict("This job has already ended.")
    if found.cancel_asked_at is not None:
        return found
    if not store.ask_to_cancel(transaction, room_id, job_id, clock.now(), found.state):
        return cancel(transaction, room_id, job_id)  # it was begun or ended meanwhile
    return job(transaction, room_id, job_id)
