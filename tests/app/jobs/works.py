"""What tests of jobs and of handlers share."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from app.db.transaction import Database
from app.jobs import service as jobs
from app.jobs.worker.durable import Durable
from app.people import service as people

PATIENCE = 30.0
"""Seconds: long enough for the slowest machine; nothing is measured by it."""


@dataclass
class Plain:
    """A run without a worker, to call a handler with.

    Attributes:
        cancel_after: how often `cancelled` says no; None lets it always say no.
        told: all that was told.
    """

    job: jobs.Job
    database: Database
    cancel_after: int | None = None
    told: list[Mapping[str, jobs.JsonValue]] = field(default_factory=list)
    _asked: int = 0

    def tell(self, progress: Mapping[str, jobs.JsonValue]) -> None:
        """Remember what is told."""
        self.told.append(progress)

    def cancelled(self) -> bool:
        """Say yes once it was asked often enough."""
        self._asked += 1
        return self.cancel_after is not None and self._asked > self.cancel_after


class Hands(Durable):
    """Whom jobs are handed to, without DBOS.

    Attributes:
        handed: what was handed over.
        released: whose jobs were freed.
        was_handed: set once anything was handed over.
    """

    def __init__(self, taken: Mapping[str, set[str]] | None = None, breaks: int = 0) -> None:
        self.handed: list[tuple[UUID, str]] = []
        self.released: set[str] = set()
        self.was_handed = threading.Event()
        self._taken = dict(taken or {})
        self._breaks = breaks

    def hand_over(self, job_id: UUID, kind: str) -> None:
        """Remember it, once it has broken often enough."""
        if self._breaks:
            self._breaks -= 1
            raise OSError
        self.handed.append((job_id, kind))
        self.was_handed.set()

    def taken(self) -> dict[str, set[str]]:
        """What was said at the beginning."""
        return self._taken

    def release(self, job_ids: Collection[str]) -> None:
        """Remember it."""
        self.released |= set(job_ids)

    def forget(self, ended_before: datetime) -> int:
        """Have nothing to forget."""
        return 0


def new_room(database: Database) -> UUID:
    """A control room of a force of its own."""
    with database.write() as transaction:
        force = people.create_force(transaction, f"Force {uuid4()}")
        return people.create_room(transaction, force.id, "North", "Europe/London", 420).id


def asked(
    database: Database, room_id: UUID, kind: str, arguments: Mapping[str, jobs.JsonValue] = {}
) -> jobs.Job:
    """A job that stands, asked for by nobody in particular."""
    with database.write() as transaction:
        return jobs.ask(
            transaction, kind=kind, room_id=room_id, asked_by=uuid4(), arguments=arguments
        )


def seen(database: Database, job: jobs.Job) -> jobs.Job:
    """A job as it stands now."""
    with database.read() as reading:
        return jobs.job(reading, job.room_id, job.id)


def awaited(
    database: Database, job: jobs.Job, until: Callable[[jobs.Job], bool] | None = None
) -> jobs.Job:
    """A job as soon as it is as wished, by default ended."""
    wished = until or (lambda each: each.has_ended)
    before = time.monotonic() + PATIENCE
    while not wished(found := seen(database, job)):
        assert time.monotonic() < before, found
        time.sleep(0.05)
    return found
