"""A scenario used in the next roster: what that asks, a reason, and on to the making of it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict, InvalidInput
from app.scenarios import service
from app.scenarios.views.using import using
from app.web.shell import faults, page, redirect

router = APIRouter(prefix="/rooms/{room_id}/what-if/{scenario_id}/use")

Uses = Annotated[Visit, allow("requirements.change")]


@router.get("")
def show_use(request: Request, room_id: UUID, scenario_id: UUID, visit: Uses) -> Response:
    """What the scenario asks of a roster beside what is asked without it."""
    return _show(request, f"/rooms/{room_id}/what-if/{scenario_id}", scenario_id, visit, "", {})


@router.post("")
def use(
    request: Request,
    room_id: UUID,
    scenario_id: UUID,
    visit: Uses,
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Keep what it asks, and go on to make a roster for it."""
    here = f"/rooms/{room_id}/what-if/{scenario_id}"
    try:
        with visit.database.write() as transaction:
            by = visit.caller.user_id
            found = service.hand_over(transaction, room_id, by, scenario_id, reason)
            visit.record(transaction, "used a scenario in the next roster", scenario_id)
    except InvalidInput as error:
        return _show(request, here, scenario_id, visit, reason, faults(error))
    except Conflict as error:
        return redirect(here, error.detail, "short")
    return redirect(f"/rooms/{room_id}/rosters/new?requirement={found.id}")


def _show(
    request: Request,
    here: str,
    scenario_id: UUID,
    visit: Visit,
    reason: str,
    errors: dict[str, str],
) -> Response:
    try:
        with visit.database.read() as reading:
            by = visit.caller.user_id
            found = service.handed_over(reading, visit.here.id, by, scenario_id)
    except Conflict as error:
        return redirect(here, error.detail, "short")
    return page(
        request,
        "scenarios/use.html",
        422 if errors else 200,
        here=here,
        room=visit.here,
        view=using(found),
        reason=reason,
        errors=errors,
    )
