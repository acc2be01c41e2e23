"""The guard itself: signs the caller in, looks at the room of the path, and decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.auth import service
from app.auth.guard.sent import SAFE, AsSent
from app.auth.guard.session import cookie_secret, shell_for
from app.auth.guard.visit import House, Passing, RoomFacts, Visit
from app.auth.service import Action, Caller
from app.db.transaction import Reading
from app.errors import Forbidden, NotFound, NotSignedIn
from app.web.http.problems import is_api

NO_ROOM = "There is no such control room."

BEARER = HTTPBearer(
    scheme_name="bearer",
    description="A token made by `parade user token`, or by an administrator.",
    auto_error=False,
)


Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


@dataclass(frozen=True)
class Guard:
    """The guard of one route; `action` is None where anyone may come in."""

    action: Action | None


class Allow(Guard):
    """Lets in whoever may do its action."""

    action: Action

    def __call__(self, request: Request, sent: AsSent, bearer: Bearer) -> Visit:
        """Who asks, once they are let in.

        Raises:
            NotSignedIn: when it is not known who asks.
            NotFound: when the room of the path is not one of theirs.
            Forbidden: when their role does not carry the action, or a form is not ours.
            InvalidInput: when a text of the path, the query or the form could not be kept.
        """
        house = house_of(request)
        with house.database.read() as reading:
            found = _caller(house, reading, request, sent.csrf, bearer)
            caller = found.caller
            room = _room(house, reading, request, caller)
            self.check(caller, room)
            sent.check_texts()
            if not is_api(request):
                request.state.shell = shell_for(house, reading, request, caller, room)
        request.state.user_id, request.state.bearer = caller.user_id, bearer
        if found.due:
            with house.database.write() as transaction:
                found.due(transaction)
        return Visit(caller, self.action, house, room)

    def check(self, caller: Caller, room: RoomFacts | None) -> None:
        """Refuse a caller whose grants do not carry the action there.

        Raises:
            Forbidden: when they do not.
        """
        if room is None:
            may = service.allowed_without_room(caller.grants, self.action, caller.force_id)
        else:
            grants = service.covering(caller.grants, room.force_id, room.id)
            may = service.allowed(grants, self.action)
        if not may:
            raise Forbidden("Your role does not allow this.")


class AllowAnyone(Guard):
    """Lets everybody in; a form must still be one of ours."""

    def __call__(self, request: Request, sent: AsSent) -> Passing:
        """The house, and who asks where that is known.

        Raises:
            Forbidden: when a form is not ours.
            InvalidInput: when a text of the path, the query or the form could not be kept.
        """
        house = house_of(request)
        secret = cookie_secret(request, house.settings)
        if request.method not in SAFE:
            check_form(request, secret, sent.csrf)
        sent.check_texts()
        if secret is None or is_api(request):
            return Passing(house, None)
        with house.database.read() as reading:
            found = service.session_caller(reading, secret, house.settings)
            if found is not None:
                request.state.shell = shell_for(house, reading, request, found.caller, None)
        return Passing(house, found.caller if found else None)


def allow(action: Action) -> Any:
    """The guard of a route for those who may do that action; gives a `Visit`."""
    return Depends(Allow(action))


def allow_anyone() -> Any:
    """The guard of a public route; gives a `Passing`."""
    return Depends(AllowAnyone(None))


def still_lets_in(request: Request, visit: Visit) -> bool:
    """Whether who was let in would be let in again now, for answers that go on for long.

    Not after signing out, nor once the token, the role or the account is taken away.
    """
    house = visit.house
    try:
        with house.database.read() as reading:
            caller = _caller(house, reading, request, None, request.state.bearer).caller
            Allow(visit.action).check(caller, _room(house, reading, request, caller))
    except (NotSignedIn, NotFound, Forbidden):
        return False
    return True


def guard_of(dependant: Dependant) -> list[Guard]:
    """Every guard that stands before a route."""
    return list(_guards(dependant.dependencies))


def _guards(dependencies: Iterable[Dependant]) -> Iterable[Guard]:
    for dependency in dependencies:
        call: object = dependency.call
        if isinstance(call, Guard):
            yield call
        yield from _guards(dependency.dependencies)


def house_of(request: Request) -> House:
    """What the service is run with."""
    house: House = request.app.state.house
    return house


def _caller(
    house: House,
    reading: Reading,
    request: Request,
    posted: str | None,
    bearer: HTTPAuthorizationCredentials | None,
) -> service.Found:
    """Who asks: by their token under /api, else by their session."""
    if is_api(request) and "authorization" in request.headers:
        found = bearer and service.token_caller(reading, bearer.credentials, house.settings)
        if not found:
            raise NotSignedIn("The token is unknown, expired or revoked.")
        return found
    secret = cookie_secret(request, house.settings)
    session = service.session_caller(reading, secret, house.settings) if secret else None
    if session is None:
        raise NotSignedIn("Send a bearer token, or sign in.")
    if request.method not in SAFE:
        check_form(request, secret, posted)
    return session


def check_form(request: Request, secret: str | None, posted: str | None) -> None:
    """Refuse a form that did not come from one of our pages, to this same browser.

    Raises:
        Forbidden: when it did not.
    """
    elsewhere = request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}
    if elsewhere or not secret or not posted or not service.csrf_fits(secret, posted):
        raise Forbidden("This form is too old or not ours: load the page again, then send it.")


def _room(house: House, reading: Reading, request: Request, caller: Caller) -> RoomFacts | None:
    """The room of the path, if the caller has anything to do with it."""
    given = request.path_params.get("room_id")
    if given is None:
        return None
    try:
        room = house.rooms.room(reading, UUID(str(given)))
    except ValueError:
        room = None
    if room is None or not service.covering(caller.grants, room.force_id, room.id):
        raise NotFound(NO_ROOM)
    return room
