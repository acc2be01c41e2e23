"""The session's cookie, and the frame that a page gets from who looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from fastapi import Request, Response

from app.auth import service
from app.auth.guard.visit import House, RoomFacts, rooms_for
from app.auth.service import Caller, Grant, Role
from app.db.transaction import Reading
from app.settings import Settings
from app.web.shell import RoomChoice, Shell

WIDEST: tuple[Role, ...] = ("administrator", "manager", "officer")


def cookie_name(settings: Settings) -> str:
    """The session's cookie; over https bound to this host alone, so that no other can set it."""
    return "__Host-parade" if settings.https else "parade"


def cookie_secret(request: Request, settings: Settings) -> str | None:
    """The secret of the session's cookie."""
    return request.cookies.get(cookie_name(settings))


def keep_secret(response: Response, secret: str, settings: Settings) -> None:
    """Set the session's cookie: out of scripts' reach, and not sent along from elsewhere."""
    response.set_cookie(
        cookie_name(settings), secret, httponly=True, samesite="lax", secure=settings.https
    )


def drop_secret(response: Response, settings: Settings) -> None:
    """Take the session's cookie back."""
    response.delete_cookie(
        cookie_name(settings), httponly=True, samesite="lax", secure=settings.https
    )


def shell_for(
    house: House, reading: Reading, request: Request, caller: Caller, room: RoomFacts | None
) -> Shell:
    """The frame of a page for that caller."""
    rooms = rooms_for(house, reading, caller, "rooms.read")
    shown = room or (rooms[0] if rooms else None)
    grants = service.covering(caller.grants, shown.force_id, shown.id) if shown else ()
    secret = cookie_secret(request, house.settings)
    return Shell(
        name=caller.name,
        role=widest(grants),
        csrf=service.csrf_token(secret) if secret else "",
        room=RoomChoice(shown.id, shown.name) if shown else None,
        rooms=tuple(RoomChoice(choice.id, choice.name) for choice in rooms),
        is_officer=caller.officer_id is not None,
        notice=shown.notice if shown else "",
    )


def widest(grants: Iterable[Grant]) -> Literal["", "officer", "manager", "administrator"]:
    """The widest role of some grants."""
    roles = {grant.role for grant in grants}
    return next((role for role in WIDEST if role in roles), "")
