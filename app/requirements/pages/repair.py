"""The buttons that have a requirement tested by simulation, and stop that."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict
from app.requirements import service
from app.web.shell import redirect

router = APIRouter(prefix="/requirements/{requirement_id}/repair")

Changing = Annotated[Visit, allow("requirements.change")]
Shown = Annotated[str, Form()]


@router.post("")
def repair(room_id: UUID, requirement_id: UUID, visit: Changing, shown: Shown = "") -> Response:
    """Have a requirement tested by simulation; the page then tells how far it is."""
    try:
        with visit.database.write() as transaction:
            service.repair(transaction, room_id, requirement_id, visit.caller.user_id)
            visit.record(transaction, "had a requirement tested by simulation", requirement_id)
    except Conflict as error:
        return redirect(_page(room_id, shown), error.detail, "short")
    return redirect(_page(room_id, shown))


@router.post("/stop")
def stop(room_id: UUID, requirement_id: UUID, visit: Changing) -> Response:
    """Stop testing a requirement."""
    with visit.database.write() as transaction:
        service.stop_repair(transaction, room_id, requirement_id)
        visit.record(transaction, "stopped the test of a requirement", requirement_id)
    return redirect(_page(room_id, ""), "Stopping.")


def _page(room_id: UUID, shown: str) -> str:
    """The page that the button was on: of a queue, by its id, or of the room."""
    base = f"/rooms/{room_id}/demand/terms"
    if shown == "room":
        return f"{base}/room"
    try:
        return f"{base}?queue={UUID(shown)}"
    except ValueError:
        return base
