"""The doors of auth for people: signing in and out, the first page, one's own account."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, Form, Request, Response

from app.auth import service
from app.auth.guard import Passing, Visit, allow, allow_anyone
from app.auth.guard.session import cookie_secret, drop_secret, keep_secret
from app.auth.service import Known
from app.db.transaction import Transaction
from app.errors import InvalidInput, TooMany, invalid
from app.web.http.openapi import describe
from app.web.http.reference import reference
from app.web.shell import Shell, faults, page, redirect

router = APIRouter(include_in_schema=False)

Anyone = Annotated[Passing, allow_anyone()]
Own = Annotated[Visit, allow("me.read")]
Changing = Annotated[Visit, allow("me.change")]
Text = Annotated[str, Form(max_length=1000)]

WRONG = "The name or the password is not right."

log = structlog.get_logger()


@router.get("/")
def first_page(visit: Own) -> Response:
    """Wherever the caller's work begins: an officer's shifts, a manager's day."""
    leads = [grant for grant in visit.caller.grants if grant.role != "officer"]
    if not leads:
        return redirect("/my/shifts" if visit.caller.room_id else "/me")
    with visit.database.read() as reading:
        rooms = visit.house.rooms.rooms(reading, visit.force_id)
    led = [room for room in rooms if service.covering(leads, room.force_id, room.id)]
    return redirect(f"/rooms/{led[0].id}/today" if led else "/me")


@router.get("/sign-in")
def sign_in(request: Request, passing: Anyone, next: str = "/") -> Response:  # noqa: A002
    """The page on which people sign in."""
    if passing.caller is not None:
        return redirect(own_path(next))
    return _ask(request, passing, next)


@router.post("/sign-in")
def signing_in(
    request: Request,
    passing: Anyone,
    name: Text = "",
    password: Text = "",
    next: Text = "/",  # noqa: A002
) -> Response:
    """Sign in, or hear that name and password do not fit: the same for either."""
    try:
        known = _known(request, passing, name, password)
    except InvalidInput as error:
        return _ask(request, passing, next, 422, faults(error), name)
    except TooMany as error:
        answer = _ask(request, passing, next, 429, {"": error.detail}, name)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer
    with passing.database.write() as transaction:
        if known.rehash:
            service.rehash(transaction, known.user_id, password)
        service.record(transaction, "signed in", user_id=known.user_id, force_id=known.force_id)
        secret = _new_session(request, passing, transaction, known)
    response = redirect(own_path(next))
    keep_secret(response, secret, passing.settings)
    return response


@router.post("/sign-out")
def sign_out(request: Request, visit: Changing, everywhere: Text = "") -> Response:
    """Sign out in this browser, or in every one."""
    secret = cookie_secret(request, visit.settings)
    with visit.database.write() as transaction:
        if everywhere:
            service.end_sessions(transaction, visit.caller.user_id)
        elif secret:
            service.end_session(transaction, secret)
        visit.record(transaction, "signed out everywhere" if everywhere else "signed out")
    response = redirect("/sign-in", "You are signed out.")
    drop_secret(response, visit.settings)
    return response


@router.get("/me")
def me(request: Request, visit: Own) -> Response:
    """One's own account."""
    return _me(request, visit)


@router.post("/me/password")
def change_password(
    request: Request,
    visit: Changing,
    present: Text = "",
    new: Text = "",
    again: Text = "",
) -> Response:
    """Change one's own password; every other browser is signed out."""
    try:
        known = _proved(request, visit, present)
        if new != again:
            raise invalid("again", "The two are not the same.")
        with visit.database.write() as transaction:
            service.set_password(transaction, known.user_id, new)
            visit.record(transaction, "changed own password")
            secret = service.start_session(transaction, known.user_id, visit.settings)
    except InvalidInput as error:
        wrong = {place.field.replace("password", "new"): place.words for place in error.places}
        return _me(request, visit, 422, wrong)
    except TooMany as error:
        return _me(request, visit, 429, {"present": error.detail})
    response = redirect("/me", "Your password is changed. Other browsers are signed out.")
    keep_secret(response, secret, visit.settings)
    return response


@router.get("/api")
def api_reference(request: Request, _: Anyone) -> Response:
    """The API for those who write programs: served from here, readable without a script."""
    return page(request, "auth/api.html", reference=reference(describe(request.app)))


def own_path(wanted: str) -> str:
    """A path of our own to go to, or the first page: never another host."""
    parts = urlsplit(wanted) if wanted.isprintable() and "\\" not in wanted else None
    if parts is None or parts.scheme or parts.netloc or not wanted.startswith("/"):
        return "/"
    return "/" if wanted.startswith("//") else wanted


def _ask(
    request: Request,
    passing: Passing,
    wanted: str,
    status: int = 200,
    errors: dict[str, str] | None = None,
    name: str = "",
) -> Response:
    """The sign-in page; its form is tied to a secret of this browser, kept or new."""
    secret = cookie_secret(request, passing.settings) or service.new_secret()
    request.state.shell = Shell(csrf=service.csrf_token(secret))
    response = page(
        request,
        "auth/sign_in.html",
        status,
        wanted=own_path(wanted),
        errors=errors or {},
        name=name,
    )
    keep_secret(response, secret, passing.settings)
    return response


def _known(request: Request, passing: Passing, name: str, password: str) -> Known:
    """Whose name and password these are.

    Raises:
        TooMany: when there were too many attempts of late.
        InvalidInput: when they do not fit.
    """
    attempts, address = passing.house.attempts, _address(request)
    attempts.begin(name, address)
    with passing.database.read() as reading:
        known = service.check_password(reading, name, password)
    if known is None:
        attempts.failed(address)
        log.warning("sign-in refused", request_id=request.state.request_id)
        raise invalid("", WRONG)
    attempts.succeeded(name)
    return known


def _proved(request: Request, visit: Visit, present: str) -> Known:
    """The caller, once they gave their present password; errors as for signing in."""
    with visit.database.read() as reading:
        name = service.user(reading, visit.caller.user_id).sign_in_name
    try:
        return _known(request, Passing(visit.house, visit.caller), name, present)
    except InvalidInput as error:
        raise invalid("present", "That is not your present password.") from error


def _new_session(request: Request, passing: Passing, transaction: Transaction, known: Known) -> str:
    """A session under a new secret; the one that this browser came with ends."""
    before = cookie_secret(request, passing.settings)
    if before:
        service.end_session(transaction, before)
    return service.start_session(transaction, known.user_id, passing.settings)


def _me(
    request: Request, visit: Visit, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    with visit.database.read() as reading:
        user = service.user(reading, visit.caller.user_id)
        rooms = {room.id: room.name for room in visit.house.rooms.rooms(reading, visit.force_id)}
    roles = [
        (grant.role, rooms.get(grant.room_id, "") if grant.room_id else "the whole force")
        for grant in user.grants
    ]
    return page(request, "auth/me.html", status, user=user, roles=roles, errors=errors or {})


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
