"""Publishing a roster: who is told what first, then the reason, then the act."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.errors import Conflict, InvalidInput, Stale
from app.people import service as people
from app.rosters import service
from app.rosters.service import UNSAID, Why
from app.rosters.views.publishing import publishing
from app.web.shell import faults, page, redirect
from rostering.notice import Reason

router = APIRouter(prefix="/rooms/{room_id}/rosters/{roster_id}/publish")

Words = Annotated[str, Form(max_length=1000)]
Publishes = Annotated[Visit, allow("rosters.publish")]


@router.get("")
def look(request: Request, roster_id: UUID, visit: Publishes) -> Response:
    """What publishing would tell to whom."""
    with visit.database.read() as reading:
        return _show(request, reading, visit, roster_id, "", UNSAID, {})


@router.post("")
def publish(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Publishes,
    version: Annotated[int, Form()],
    reason: Words = "",
    change_reason: Annotated[Reason | None, Form()] = None,
    authority: Words = "",
) -> Response:
    """Bring the roster into force."""
    status, errors = 422, {}
    why = Why(change_reason, "", authority.strip())
    try:
        with visit.database.write() as transaction:
            user = visit.caller.user_id
            service.publish(transaction, room_id, roster_id, version, reason.strip(), user, why)
            visit.record(transaction, "published a roster", roster_id)
        return redirect(
            f"/rooms/{room_id}/rosters/{roster_id}",
            "Published. Officers see their shifts and what came of their wishes.",
        )
    except InvalidInput as error:
        errors = faults(error)
    except (Conflict, Stale) as error:
        status, errors = error.status, {"": error.detail}
    with visit.database.read() as reading:
        return _show(request, reading, visit, roster_id, reason, why, errors, status)


def _show(
    request: Request,
    reading: Reading,
    visit: Visit,
    roster_id: UUID,
    reason: str,
    why: Why,
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    found = service.preview(reading, visit.here.id, roster_id)
    room = people.room(reading, visit.here.id)
    names = {each.id: each.details.name for each in people.everyone(reading, room.id)}
    return page(
        request,
        "rosters/publish.html",
        status,
        room=visit.here,
        here=f"/rooms/{room.id}/rosters/{roster_id}",
        roster=found.roster,
        found=found,
        view=publishing(found, room.zone, names),
        reason=reason,
        change_reason=why.reason or "",
        authority=why.authority,
        errors=errors,
    )
