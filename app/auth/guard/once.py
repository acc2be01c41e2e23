"""Creating POSTs that are safe to send again: Idempotency-Key.

As the draft of the IETF's HTTPAPI group has it (draft-ietf-httpapi-idempotency-key-header): the
same key and the same request get the same answer; the same key with another request is refused.

A request first claims its key in a short transaction of its own. What it does and the answer that
is kept then stand in one transaction, which ends well only while the claim is still its own: a
request that was given up as dead, and its key taken over, can no longer do anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from starlette.datastructures import UploadFile

from app.auth import service
from app.auth.guard.visit import Visit
from app.db.transaction import Transaction

KEPT_HEADERS = ("content-type", "etag", "location")


@dataclass(frozen=True, slots=True)
class OnceOnly:
    """Does what a creating POST asks for, once for each key of its caller.

    Attributes:
        key: the header Idempotency-Key; without one it is simply done.
        request: SHA-256 of what was asked.
    """

    key: str | None
    request: str

    def __call__(self, visit: Visit, make: Callable[[Transaction], Response]) -> Response:
        """The answer of `make`, or the one kept when the same was asked before.

        Args:
            visit: who asks.
            make: does everything in the transaction that it is given, and answers.

        Raises:
            Conflict: when the same request is at work just now.
            InvalidInput: when the key was used with another request.
        """
        if self.key is None:
            with visit.database.write() as transaction:
                return make(transaction)
        with visit.database.write() as transaction:
            claim = service.claim_key(
                transaction, visit.caller.user_id, self.key, self.request, visit.settings
            )
        if not isinstance(claim, service.Claim):
            return Response(claim.body, claim.status, claim.headers)
        return _made(visit, claim, make)


def _made(visit: Visit, claim: service.Claim, make: Callable[[Transaction], Response]) -> Response:
    try:
        with visit.database.write() as transaction:
            response = make(transaction)
            service.keep_answer(transaction, claim, _kept(response))
    except BaseException:
        with visit.database.write() as transaction:
            service.release_key(transaction, claim)
        raise
    return response


def _kept(response: Response) -> service.KeptAnswer:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return service.KeptAnswer(response.status_code, headers, bytes(response.body))


async def _once(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=255,
            description="A word of the caller's own, new for each thing to be made: the same word "
            "with the same request gets the same answer, and nothing is made twice.",
        ),
    ] = None,
) -> OnceOnly:
    if idempotency_key is None:
        return OnceOnly(None, "")
    asked = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    for part in await _parts(request):
        asked.update(hashlib.sha256(part).digest())
    return OnceOnly(idempotency_key, asked.hexdigest())


async def _parts(request: Request) -> list[bytes]:
    """What was sent; a form field by field, since its boundary is another each time."""
    content_type = request.headers.get("content-type", "")
    if not content_type.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return [await request.body()]
    parts: list[bytes] = []
    for name, value in (await request.form()).multi_items():
        parts.append(name.encode())
        if isinstance(value, UploadFile):
            parts.append(await value.read())
            await value.seek(0)
        else:
            parts.append(value.encode())
    return parts


Once = Annotated[OnceOnly, Depends(_once)]
"""The parameter of a creating POST's door: `return once(visit, make)`."""
