"""Lists a page at a time, by key: a page begins just after the last thing of the one before."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from app.errors import InvalidInput, invalid
from app.web.http.texts import can_be_kept

LARGEST = 200
"""Things a page: answered in some milliseconds."""

LARGEST_NUMBER = 2**63
"""Beyond the numbers of any database."""

Key = list[str | int | None]
"""Where a thing stands in its list: its sort fields, the last of them unique."""


@dataclass(frozen=True, slots=True)
class Page:
    """What part of a list is asked for.

    Attributes:
        after: the key of the last thing already seen, or None for the beginning.
        limit: at most so many things.
    """

    after: Key | None
    limit: int
    request: Request

    def after_text(self) -> str | None:
        """The one text that the key is, in a list by names.

        Raises:
            InvalidInput: when the key is of another list.
        """
        match self.after:
            case None:
                return None
            case [str(text)]:
                return text
        raise foreign()

    def after_id(self) -> UUID | None:
        """The one id that the key is, in a list by ids; errors as for a text."""
        text = self.after_text()
        try:
            return UUID(text) if text is not None else None
        except ValueError as error:
            raise foreign() from error

    def link(self, response: Response, following: Key | None) -> None:
        """Say in the header `Link` where the next page is, if there is one (RFC 8288)."""
        if following is not None:
            before = self.request.query_params.multi_items()
            asked = [each for each in before if each[0] != "after"]
            asked.append(("after", cursor(following)))
            address = f"{self.request.url.path}?{urlencode(asked)}"
            response.headers["Link"] = f'<{address}>; rel="next"'


def cursor(key: Key) -> str:
    """A key as an opaque word for an address."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(word: str) -> Key:
    """The key that a cursor was made of.

    Raises:
        InvalidInput: when it is not one of ours.
    """
    try:
        key = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (ValueError, RecursionError):
        key = None
    if not isinstance(key, list) or not all(map(_is_ours, key)):
        raise foreign()
    return key


def foreign() -> InvalidInput:
    """What a cursor that is not of this list is refused with."""
    return invalid("after", "Take it from the Link of the page before, as it is.")


def _is_ours(part: object) -> bool:
    if isinstance(part, str):
        return can_be_kept(part)
    if isinstance(part, bool):
        return False
    return part is None or (isinstance(part, int) and abs(part) < LARGEST_NUMBER)


def _page(
    request: Request,
    after: Annotated[
        str | None, Query(description="From the `Link` of the page before.", max_length=1000)
    ] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST, description="Things a page.")] = 100,
) -> Page:
    return Page(read_cursor(after) if after else None, limit, request)


Asked = Annotated[Page, Depends(_page)]
"""The query parameters `after` and `limit`."""
