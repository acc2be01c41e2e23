"""Jobs that are followed live: each is looked at by one poller, however many follow it.

Who follows waits in the event loop and holds neither a thread nor a connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from fastapi.concurrency import run_in_threadpool

from app.db.transaction import Database
from app.jobs import service
from app.jobs.service import Job

LOOK_SECONDS = 0.5
"""Between two looks at a job; its progress is kept no more often."""


class Followed:
    """A job that somebody follows."""

    def __init__(self, database: Database, room_id: UUID, job_id: UUID) -> None:
        self._database = database
        self._room_id = room_id
        self._job_id = job_id
        self._job: Job | None = None
        self._changed = asyncio.Event()
        self._poller = asyncio.create_task(self._look())
        self.followers = 0

    async def newer(self, version: int) -> Job:
        """The job once it is beyond that version, or has ended; raises what stops the looking."""
        while self._job is None or not (self._job.version > version or self._job.has_ended):
            if self._poller.done():
                self._poller.result()
            await self._changed.wait()
        return self._job

    def stop(self) -> None:
        """Look no more."""
        self._poller.cancel()

    async def _look(self) -> None:
        try:
            while self._job is None or not self._job.has_ended:
                job = await run_in_threadpool(self._read)
                if job != self._job:
                    self._job = job
                    self._changed.set()
                    self._changed = asyncio.Event()
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self._changed.set()

    def _read(self) -> Job:
        with self._database.read() as reading:
            return service.job(reading, self._room_id, self._job_id)


class Watch:
    """The jobs that are followed in this process."""

    def __init__(self) -> None:
        self._followed: dict[UUID, Followed] = {}

    @contextmanager
    def following(self, database: Database, room_id: UUID, job_id: UUID) -> Iterator[Followed]:
        """Follow a job that is known to be of the room."""
        followed = self._followed.get(job_id)
        if followed is None:
            followed = self._followed[job_id] = Followed(database, room_id, job_id)
        followed.followers += 1
        try:
            yield followed
        finally:
            followed.followers -= 1
            if not followed.followers:
                followed.stop()
                del self._followed[job_id]
