"""What is hard to believe in the counts of a queue, and decisions about it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.demand import service
from app.demand.schemas.trust import DecisionAnswer, DecisionInput, FindingsAnswer, StretchInput
from app.web.http.answers import created
from app.web.http.problems import PROBLEMS

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/queues/{queue_id}", tags=["Counts"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("demand.read")]
Changing = Annotated[Visit, allow("demand.change")]


@router.get("/findings")
def list_findings(room_id: UUID, queue_id: UUID, visit: Looking) -> FindingsAnswer:
    """How far the counts can be believed: what was found, and what is decided about it."""
    with visit.database.read() as reading:
        return FindingsAnswer.of(service.trust(reading, room_id, queue_id))


@router.post("/decisions", status_code=201, response_model=DecisionAnswer)
def decide(
    room_id: UUID, queue_id: UUID, body: DecisionInput, visit: Changing, once: Once
) -> Response:
    """Decide about a finding: a layer over the counts, which stay as they came."""
    ruling = service.Ruling(
        body.finding, body.decision, body.reason, body.way, body.total, body.values
    )
    return _keep(visit, once, room_id, queue_id, ruling)


@router.post("/stretches", status_code=201, response_model=DecisionAnswer)
def decide_stretch(
    room_id: UUID, queue_id: UUID, body: StretchInput, visit: Changing, once: Once
) -> Response:
    """Exclude or correct counts that no look found; taken back like any other decision."""
    ruling = service.Ruling(
        service.Stretch(body.start, body.end),
        body.decision,
        body.reason,
        body.way,
        body.total,
        body.values,
    )
    return _keep(visit, once, room_id, queue_id, ruling)


def _keep(
    visit: Visit, once: Once, room_id: UUID, queue_id: UUID, ruling: service.Ruling
) -> Response:
    def make(transaction: Transaction) -> Response:
        by = visit.caller.user_id
        layer = service.decide(transaction, room_id, queue_id, by, ruling)
        visit.record(transaction, "decided about counts", layer.id)
        place = f"/api/v1/rooms/{room_id}/queues/{queue_id}/findings"
        return created(DecisionAnswer.model_validate(layer), place)

    return once(visit, make)


@router.delete("/decisions/{layer_id}", status_code=204)
def take_back(room_id: UUID, queue_id: UUID, layer_id: UUID, visit: Changing) -> None:
    """Take a decision back: the counts stand as they came, and the finding is open again."""
    with visit.database.write() as transaction:
        service.undo(transaction, room_id, queue_id, layer_id, visit.caller.user_id)
        visit.record(transaction, "took back a decision about counts", layer_id)
