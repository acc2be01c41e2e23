"""My leave and time owed, on a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.leave import service, views
from app.web.shell import page

router = APIRouter(prefix="/my/leave")

Mine = Annotated[Visit, allow("leave.own")]

AHEAD = timedelta(days=366)
NEWEST = 20
"""Entries shown at once on a phone; the others stand behind a fold."""


@router.get("")
def my_leave(request: Request, visit: Mine) -> Response:
    """What the officer has, what goes when, when they are away, and the newest entries."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        room_id, officer_id = own.room.id, own.officer_id
        on = service.today(reading, room_id)
        standing = service.standing_of(reading, room_id, officer_id, on)
        entries = service.ledger_of(reading, room_id, officer_id)
        away = service.absences_of(reading, room_id, on, on + AHEAD, officer_id)
    rows = views.entry_rows(entries, own.room.zone)
    return page(
        request,
        "leave/mine.html",
        said=views.answer("You", standing, on),
        figures=views.figures(standing),
        lots=views.lot_rows(standing),
        absences=views.absence_rows(away)[::-1],
        newest=rows[:NEWEST],
        earlier=rows[NEWEST:],
        due=[each.words for each in standing.due],
    )
