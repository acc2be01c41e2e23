"""Where a page of a list begins, read from its cursor."""

from __future__ import annotations

from uuid import UUID

from app.errors import InvalidInput, invalid
from app.web.http.paging import Key


def one_text(key: Key | None) -> str | None:
    """The one text that the key is.

    Raises:
        InvalidInput: when it is not the cursor of such a list.
    """
    match key:
        case None:
            return None
        case [str(text)]:
            return text
    raise _foreign()


def one_id(key: Key | None) -> UUID | None:
    """The one id that the key is; errors as for a text."""
    text = one_text(key)
    try:
        return UUID(text) if text is not None else None
    except ValueError as error:
        raise _foreign() from error


def _foreign() -> InvalidInput:
    return invalid("after", "Take it from the Link of the page before, as it is.")
