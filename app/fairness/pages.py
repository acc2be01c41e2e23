"""Fairness on pages: the room's, and the officer's own."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.fairness import service
from app.fairness.views import burden_heads, counted_words, own_answer, own_facts, room_view
from app.web.shell import page

router = APIRouter(include_in_schema=False)

Looking = Annotated[Visit, allow("fairness.read")]
Mine = Annotated[Visit, allow("fairness.own")]


@router.get("/rooms/{room_id}/fairness")
def show_room(request: Request, room_id: UUID, visit: Looking) -> Response:
    """What was met of what people asked, and who carried what."""
    with visit.database.read() as reading:
        found = service.fairness_now(reading, room_id)
    return page(
        request,
        "fairness/room.html",
        room=visit.here,
        view=room_view(found),
        heads=burden_heads(),
    )


@router.get("/my/fairness")
def show_own(request: Request, visit: Mine) -> Response:
    """How the officer who looks stands; nobody else is named."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        found = service.fairness_now(reading, own.room.id)
    mine = found.of(own.officer_id)
    return page(
        request,
        "fairness/mine.html",
        answer=own_answer(found, mine),
        facts=own_facts(mine) if mine and found.since else [],
        counted=counted_words(found),
    )
