"""A control room's day and the cover of the days ahead, by what is published."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response

from app.auth.guard import RoomFacts, Visit, allow
from app.db.transaction import Reading
from app.rosters import service
from app.rosters.views.ahead import cover_ahead
from app.rosters.views.changes import owed_words
from app.rosters.views.listing import covered_days, materials
from app.rosters.views.today import today_view
from app.web.shell import page

router = APIRouter(prefix="/rooms/{room_id}")

Reads = Annotated[Visit, allow("rosters.read")]

AHEAD = 14
"""Days of cover that are shown at once."""


@router.get("/today")
def today(request: Request, room_id: UUID, visit: Reads) -> Response:
    """Whether the room is all right, from now to the end of its day."""
    room, now = visit.here, visit.now()
    begin, end = force_day(room, now)
    first = begin.astimezone(ZoneInfo(room.zone)).date()
    with visit.database.read() as reading:
        days = min(covered_days(reading, room_id, first), 2)
        force = service.in_force(reading, room_id, first, days)
        gaps = service.gaps(force, now, end)
        holder = _holder(reading, room_id, first)
        ready = materials(reading, room_id, first, 2)
        owed = owed_words(service.rest_days_to_name(reading, room_id))
    return page(
        request,
        "rosters/today.html",
        room=room,
        view=today_view(force, gaps, now, (begin, end), room.zone),
        outlook=service.outlook_words(gaps, now, end, room.zone),
        roster=holder,
        ready=ready,
        owed=owed,
        is_past=room.as_of is not None,
    )


@router.get("/cover")
def cover(
    request: Request,
    room_id: UUID,
    visit: Reads,
    since: Annotated[date | None, Query(alias="from")] = None,
    chosen: Annotated[int, Query(alias="set", ge=0)] = 0,
) -> Response:
    """People needed and published, quarter hour by quarter hour, for two weeks."""
    room = visit.here
    first = since or visit.now().astimezone(ZoneInfo(room.zone)).date()
    service.check_day("from", first)
    with visit.database.read() as reading:
        days = min(covered_days(reading, room_id, first), AHEAD)
        force = service.in_force(reading, room_id, first, days)
        ready = materials(reading, room_id, first, days)
    return page(
        request,
        "rosters/ahead.html",
        room=room,
        view=cover_ahead(force, chosen),
        days=days,
        here=f"/rooms/{room_id}/cover",
        first=first,
        before=first - timedelta(days=AHEAD),
        after=first + timedelta(days=AHEAD),
        ready=ready,
    )


def force_day(room: RoomFacts, now: datetime) -> tuple[datetime, datetime]:
    """The day of the force that a moment lies in, from its start to the next one's."""
    zone = ZoneInfo(room.zone)
    wall = now.astimezone(zone).replace(tzinfo=None) - timedelta(minutes=room.day_start)
    begin = datetime.combine(wall.date(), datetime.min.time()) + timedelta(minutes=room.day_start)
    end = begin + timedelta(days=1)
    return begin.replace(tzinfo=zone), end.replace(tzinfo=zone)


def _holder(reading: Reading, room_id: UUID, day: date) -> service.Roster | None:
    """The published roster that holds a day, where a gap is filled."""
    return next(
        (
            each
            for each in service.rosters(reading, room_id)
            if each.state == "published" and day in each
        ),
        None,
    )
