"""Queues of a control room."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.demand import service
from app.demand.schemas.counts import (
    Moment,
    OutsideInput,
    QueueAnswer,
    QueueInput,
    QueueList,
    RevisionAnswer,
    RevisionList,
)
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}/queues", tags=["Queues"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("demand.read")]
Changing = Annotated[Visit, allow("demand.change")]


@router.get("")
def list_queues(room_id: UUID, visit: Looking) -> QueueList:
    """The queues, by name."""
    with visit.database.read() as reading:
        found = service.queues(reading, room_id)
    return QueueList(queues=tuple(map(QueueAnswer.model_validate, found)))


@router.post("", status_code=201, response_model=QueueAnswer)
def create_queue(room_id: UUID, body: QueueInput, visit: Changing, once: Once) -> Response:
    """Add a queue."""

    def make(transaction: Transaction) -> Response:
        new = service.create_queue(transaction, room_id, body.name)
        visit.record(transaction, "added a queue", new.id)
        place = f"/api/v1/rooms/{room_id}/queues/{new.id}"
        return created(QueueAnswer.model_validate(new), place, new.version)

    return once(visit, make)


@router.get("/{queue_id}")
def read_queue(room_id: UUID, queue_id: UUID, response: Response, visit: Looking) -> QueueAnswer:
    """A queue."""
    with visit.database.read() as reading:
        found = service.queue(reading, room_id, queue_id)
    response.headers["ETag"] = etag(found.version)
    return QueueAnswer.model_validate(found)


@router.put("/{queue_id}", responses=VERSIONED)
def change_queue(
    room_id: UUID,
    queue_id: UUID,
    body: QueueInput,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> QueueAnswer:
    """Give a queue another name; its counts stay."""
    with visit.database.write() as transaction:
        changed = service.change_queue(transaction, room_id, queue_id, version, body.name)
        visit.record(transaction, "changed a queue", queue_id)
    response.headers["ETag"] = etag(changed.version)
    return QueueAnswer.model_validate(changed)


@router.get("/{queue_id}/revisions")
def list_revisions(
    room_id: UUID,
    queue_id: UUID,
    start: Annotated[Moment, Query(description="Beginning of the interval.")],
    visit: Looking,
) -> RevisionList:
    """What was told of one interval of a queue, the latest first."""
    with visit.database.read() as reading:
        told = service.revisions(reading, room_id, queue_id, start)
    return RevisionList(revisions=tuple(map(RevisionAnswer.of, told)))


@router.put("/outside-ids/{system}", status_code=204)
def name_outside(
    room_id: UUID,
    system: Annotated[str, Path(min_length=1, max_length=64)],
    body: OutsideInput,
    visit: Changing,
) -> None:
    """Let a system's identifiers mean queues of ours; those not named stay."""
    with visit.database.write() as transaction:
        service.name_outside(transaction, room_id, system, body.ids)
        visit.record(transaction, "named queues of a system")
