"""The doors of jobs: list them, read one, follow it live, cancel it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from app.auth.guard import Visit, allow, still_lets_in
from app.jobs import service
from app.jobs.schemas import JobAnswer, JobList
from app.jobs.watch import Watch
from app.web.http.paging import Asked
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}/jobs", tags=["Jobs"], responses=PROBLEMS)

Kind = Annotated[
    str | None, Query(max_length=64, pattern="^[a-z_]+$", description="Of that kind alone.")
]


@router.get("")
def list_jobs(
    room_id: UUID,
    visit: Annotated[Visit, allow("jobs.read")],
    page: Asked,
    response: Response,
    kind: Kind = None,
) -> JobList:
    """Jobs of the control room, newest first."""
    with visit.database.read() as reading:
        found = service.jobs(reading, room_id, kind, page.limit + 1, page.after_id())
    shown = found[: page.limit]
    page.link(response, [str(shown[-1].id)] if len(found) > page.limit else None)
    return JobList(jobs=[JobAnswer.model_validate(job) for job in shown])


@router.get("/{job_id}")
def read_job(room_id: UUID, job_id: UUID, visit: Annotated[Visit, allow("jobs.read")]) -> JobAnswer:
    """One job: its state, how far it is, and why it failed if it did."""
    with visit.database.read() as reading:
        return JobAnswer.model_validate(service.job(reading, room_id, job_id))


@router.post("/{job_id}/cancel")
def cancel_job(
    room_id: UUID, job_id: UUID, visit: Annotated[Visit, allow("jobs.cancel")]
) -> JobAnswer:
    """Cancel a job: one that waits ends at once, one that runs about a second later."""
    with visit.database.write() as transaction:
        job = service.cancel(transaction, room_id, job_id)
        visit.record(transaction, f"cancelled a job: {job.kind}", job.id)
        return JobAnswer.model_validate(job)


def _known(room_id: UUID, job_id: UUID, visit: Annotated[Visit, allow("jobs.read")]) -> Visit:
    """Who follows the job; what is not there is refused before the answer has begun."""
    with visit.database.read() as reading:
        service.job(reading, room_id, job_id)
    return visit


WATCH = Watch()
"""The watch of this process."""

ANEW_SECONDS = 30.0
"""How soon a follower who has signed out, or whose token is revoked, hears no more."""


@router.get("/{job_id}/events", response_class=EventSourceResponse)
async def follow_job(
    request: Request,
    room_id: UUID,
    job_id: UUID,
    visit: Annotated[Visit, Depends(_known)],
    last_event_id: Annotated[str, Header(description="Go on after this event.")] = "",
) -> AsyncIterator[ServerSentEvent]:
    """Follow a job live by server-sent events.

    Each event is called `job` and carries the job as it stands, at most two a second; its id is the
    job's version. The last one says that the job has ended; then the stream ends too. It ends
    sooner for who may no longer read the job.
    """
    version = int(last_event_id) if last_event_id.isdecimal() and len(last_event_id) < 19 else 0
    let_in = time.monotonic()
    with WATCH.following(visit.database, room_id, job_id) as followed:
        while True:
            job = None
            with suppress(TimeoutError):
                job = await asyncio.wait_for(followed.newer(version), ANEW_SECONDS)
            if time.monotonic() - let_in >= ANEW_SECONDS:
                if not await run_in_threadpool(still_lets_in, request, visit):
                    return
                let_in = time.monotonic()
            if job is None:
                continue
            version = job.version
            yield ServerSentEvent(data=JobAnswer.model_validate(job), event="job", id=str(version))
            if job.has_ended:
                return
