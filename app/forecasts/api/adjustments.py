"""The doors of adjustments: laid over forecasts, looked at again, ended, and how they did."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.forecasts import service
from app.forecasts.schemas.adjustments import (
    AdjustmentAnswer,
    AdjustmentInput,
    AdjustmentList,
    EndInput,
    PreviewAnswer,
    QueuePreviewAnswer,
    RecordAnswer,
    ReviewInput,
)
from app.web.http.answers import created
from app.web.http.paging import Asked
from app.web.http.problems import PROBLEMS

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/adjustments", tags=["Forecasts"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("forecasts.read")]
Running = Annotated[Visit, allow("forecasts.run")]


@router.get("")
def list_adjustments(
    room_id: UUID, visit: Looking, page: Asked, response: Response
) -> AdjustmentList:
    """Adjustments of the control room, newest first."""
    with visit.database.read() as reading:
        found = service.adjustments(reading, room_id, page.after_id(), page.limit + 1)
        shown = found[: page.limit]
        told = service.told_adjustments(reading, room_id, shown)
        record = service.record(reading, room_id)
    page.link(response, [str(shown[-1].id)] if len(found) > page.limit else None)
    return AdjustmentList(
        adjustments=tuple(map(AdjustmentAnswer.of, told)),
        record=RecordAnswer.model_validate(record),
    )


@router.post("", status_code=201, response_model=AdjustmentAnswer)
def lay_adjustment(room_id: UUID, body: AdjustmentInput, visit: Running, once: Once) -> Response:
    """Lay an adjustment over every forecast of the room, made or yet to be made."""

    def make(transaction: Transaction) -> Response:
        laid = service.lay(transaction, room_id, visit.caller.user_id, body.wanted())
        visit.record(transaction, "laid an adjustment over forecasts", laid.id)
        (told,) = service.told_adjustments(transaction, room_id, [laid])
        place = f"/api/v1/rooms/{room_id}/adjustments/{laid.id}"
        return created(AdjustmentAnswer.of(told), place)

    return once(visit, make)


@router.post("/preview")
def preview_adjustment(room_id: UUID, body: AdjustmentInput, visit: Looking) -> PreviewAnswer:
    """What an adjustment would do; nothing is kept."""
    with visit.database.read() as reading:
        shown = service.preview(reading, room_id, body.wanted())
        (told,) = service.told_adjustments(reading, room_id, [shown.laid])
        hint, _ = service.alike_words(reading, room_id, shown.size)
    return PreviewAnswer(
        words=told.words,
        forecast_id=None if shown.known is None else shown.known.id,
        queues=tuple(map(QueuePreviewAnswer.of, shown.queues)),
        hint=hint,
    )


@router.get("/{adjustment_id}")
def read_adjustment(room_id: UUID, adjustment_id: UUID, visit: Looking) -> AdjustmentAnswer:
    """An adjustment, also one that was ended."""
    with visit.database.read() as reading:
        laid = service.adjustment(reading, room_id, adjustment_id)
        (told,) = service.told_adjustments(reading, room_id, [laid])
    return AdjustmentAnswer.of(told)


@router.post("/{adjustment_id}/end")
def end_adjustment(
    room_id: UUID, adjustment_id: UUID, body: EndInput, visit: Running
) -> AdjustmentAnswer:
    """Let an adjustment act no longer; what it did before stands and is still scored."""
    with visit.database.write() as transaction:
        by = visit.caller.user_id
        laid = service.end(transaction, room_id, adjustment_id, by, body.reason)
        visit.record(transaction, "ended an adjustment of forecasts", laid.id)
        (told,) = service.told_adjustments(transaction, room_id, [laid])
    return AdjustmentAnswer.of(told)


@router.post("/{adjustment_id}/reviews", status_code=201, response_model=AdjustmentAnswer)
def review_adjustment(
    room_id: UUID, adjustment_id: UUID, body: ReviewInput, visit: Running, once: Once
) -> Response:
    """Keep that somebody looked at an adjustment and let it stand."""

    def make(transaction: Transaction) -> Response:
        by = visit.caller.user_id
        laid = service.review(transaction, room_id, adjustment_id, by, body.reason, body.review_on)
        visit.record(transaction, "looked again at an adjustment of forecasts", laid.id)
        (told,) = service.told_adjustments(transaction, room_id, [laid])
        place = f"/api/v1/rooms/{room_id}/adjustments/{laid.id}"
        return created(AdjustmentAnswer.of(told), place)

    return once(visit, make)
