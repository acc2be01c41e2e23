"""The outermost layer: a number for each request, headers for each answer, a line in the log.

Nothing personal is logged: a request is known by its route, never by its address or its query; a
fault by its kind and where it happened, never by its message, which may hold what was typed.
"""

from __future__ import annotations

import secrets
import time
import traceback
from collections.abc import Mapping

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.http.problems import too_large

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What every answer is sent with, unless its door said otherwise."""

HSTS = "max-age=63072000; includeSubDomains"
"""Two years of https only."""

log = structlog.get_logger()


class Edge:
    """ASGI middleware around the whole service."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.headers = {**HEADERS, "Strict-Transport-Security": HSTS} if https else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(scope, receive, send, {**self.headers, "X-Request-Id": request_id})
        began = time.perf_counter()
        try:
            await self.app(scope, receive, answer.send)
        except Exception as error:  # noqa: BLE001 - told here, and already answered within
            tell_fault(request_id, error)
        finally:
            _tell_request(scope, answer.status, time.perf_counter() - began)


class _Answer:
    """An answer on its way out."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, headers: Mapping[str, str]
    ) -> None:
        self.scope, self.receive, self.pass_on, self.headers = scope, receive, send, headers
        self.status = 0
        self.replaced = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(raw=list(message["headers"]))
            # The body's limit is kept below everything of ours, and answers in plain text.
            if self.status == 413 and headers.get("content-type", "").startswith("text/plain"):
                self.replaced = True
                response = too_large(Request(self.scope))
                await response(self.scope, self.receive, self._start)
                return
            message = {**message, "headers": headers.raw}
        if not self.replaced:
            await self._start(message)

    async def _start(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            for name, value in self.headers.items():
                headers.setdefault(name, value)
            if "strict-transport-security" in headers:
                headers = MutableHeaders(raw=[_over_https(*each) for each in headers.raw])
            message = {**message, "headers": headers.raw}
        await self.pass_on(message)


def _over_https(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header; a cookie, whoever set it, goes back over https alone."""
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return name, value
    return name, value + b"; Secure"


def tell_fault(request_id: str, error: Exception) -> None:
    """Log what went wrong, and where; its message at level debug alone."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    log.error("fault", request_id=request_id, kind=type(error).__qualname__, where=where)
    log.debug("fault said", request_id=request_id, said=str(error))


def _tell_request(scope: Scope, status: int, seconds: float) -> None:
    state = scope["state"]
    log.info(
        "request",
        request_id=state["request_id"],
        method=scope["method"],
        route=getattr(scope.get("route"), "path", "none"),
        status=status,
        milliseconds=round(seconds * 1000, 1),
        user_id=str(state["user_id"]) if "user_id" in state else None,
    )
