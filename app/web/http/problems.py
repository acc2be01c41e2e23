"""Whatever goes wrong, told as problem details (RFC 9457) under /api and as a page elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

import forecasting.errors
import rostering.errors
from app.errors import InvalidInput, NotSignedIn, ParadeError, Place, TooMany
from app.web.http.faults import places
from app.web.shell import page

MEDIA_TYPE = "application/problem+json"

WORDS = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "That is more than can be taken at once: send it in smaller parts.",
    500: "It is not your doing. Ask for help, and quote the id of this answer.",
}


class Fault(BaseModel):
    """One field that cannot be used: where it stands, and what to do."""

    field: str
    words: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] | None = None


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an operation documents of its problems, by status."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


PROBLEMS = documented(400, 401, 403, 404, 409, 413, 422, 429, 500)
"""Pass as `responses=` of every API router."""

VERSIONED = PROBLEMS | documented(412, 428)
"""The same for operations that ask for If-Match."""


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **members: object,
) -> JSONResponse:
    """A problem as a response; further members extend it."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    return JSONResponse(content, status, headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Let the service answer every error by these."""
    app.add_exception_handler(ParadeError, _parade)
    app.add_exception_handler(forecasting.errors.InputError, _library)
    app.add_exception_handler(rostering.errors.InputError, _library)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unknown)


def is_api(request: Request) -> bool:
    """Whether a system asks, not a page's reader."""
    return request.url.path.startswith("/api/")


def _answer(
    request: Request,
    status: int,
    title: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **members: object,
) -> Response:
    """The problem, in the form that fits who asks."""
    if not is_api(request):
        number = members.get("id", "")
        answer = page(
            request, "error.html", status, title=title, words=detail, number=number, status_words=""
        )
        answer.headers.update(headers or {})
        return answer
    return problem(status, title, detail, headers=headers, **members)


def too_large(request: Request) -> Response:
    """More was sent than is taken at once."""
    return _http(request, HTTPException(413))


def _parade(request: Request, error: Exception) -> Response:
    assert isinstance(error, ParadeError)  # noqa: S101 - what it was installed for
    if isinstance(error, NotSignedIn) and not is_api(request):
        return _to_sign_in(request)
    members: dict[str, object] = {}
    if isinstance(error, InvalidInput):
        members["errors"] = [{"field": p.field, "words": p.words} for p in error.places]
    breaches = getattr(error, "breaches", None)
    if breaches is not None:
        members["breaches"] = [str(breach) for breach in breaches]
    headers = _headers(error)
    return _answer(request, error.status, error.title, error.detail, headers=headers, **members)


def _headers(error: ParadeError) -> dict[str, str]:
    if isinstance(error, NotSignedIn):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.seconds)}
    return {}


def _to_sign_in(request: Request) -> Response:
    """Ask a page's reader to sign in, and bring them back to what they wanted to read."""
    if request.method not in {"GET", "HEAD"} or request.url.path == "/":
        return RedirectResponse("/sign-in", 303)
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?{urlencode({'next': wanted})}", 303)


def _library(request: Request, error: Exception) -> Response:
    """A pure library refused what it was given."""
    return _parade(request, InvalidInput([Place("body", str(error))]))


def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what it was installed for
    return _parade(request, InvalidInput(places(error.errors())))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it was installed for
    title = HTTPStatus(error.status_code).phrase.capitalize()
    words = WORDS.get(error.status_code, f"{error.detail}.")
    return _answer(request, error.status_code, title, words, headers=error.headers)


def _unknown(request: Request, _: Exception) -> Response:
    """Nothing of what happened is told, but an id by which the log can be searched."""
    number = getattr(request.state, "request_id", "unknown")
    return _answer(request, 500, "Something went wrong", WORDS[500], id=number)
