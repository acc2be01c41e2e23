"""What a request says beside JSON: the token of its form, and fields that nothing could keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.errors import InvalidInput, Place
from app.web.http.texts import GIVE_TEXT, can_be_kept

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent.

    Attributes:
        csrf: the token of the form, where one was sent.
        unfit: fields of the path, the query and the form whose text no database could keep.
    """

    csrf: str | None
    unfit: tuple[str, ...]

    def check_texts(self) -> None:
        """Refuse what could not be kept, before anything looks for it in the database.

        Raises:
            InvalidInput: naming every such field.
        """
        if self.unfit:
            raise InvalidInput(Place(name, GIVE_TEXT) for name in self.unfit)


async def _sent(request: Request) -> Sent:
    typed = await _typed(request)
    said = [*request.path_params.items(), *request.query_params.multi_items(), *typed]
    unfit = dict.fromkeys(
        name for name, text in said if isinstance(text, str) and not can_be_kept(text)
    )
    csrf = request.headers.get("x-csrf-token", dict(typed).get("csrf"))
    return Sent(csrf if request.method not in SAFE else None, tuple(unfit))


async def _typed(request: Request) -> list[tuple[str, str]]:
    """The fields of the form."""
    kind = request.headers.get("content-type", "")
    if request.method in SAFE or not kind.startswith(FORMS):
        return []
    fields = (await request.form()).multi_items()
    return [(name, text) for name, text in fields if isinstance(text, str)]


AsSent = Annotated[Sent, Depends(_sent)]
"""What was sent, for a guard to judge."""
