"""The guide's pages, for everyone who is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.guide.service import COUNTED, STATE_WORDS, Row, rights
from app.web.shell import page
from app.web.words import listed
from rostering.rules.registry import RULES

router = APIRouter(prefix="/guide", include_in_schema=False)

Reads = Annotated[Visit, allow("me.read")]


@router.get("")
def contents(request: Request, visit: Reads) -> Response:
    """What the guide has."""
    return page(request, "guide/contents.html", room=visit.room)


@router.get("/rules-and-rights")
def show_rights(request: Request, visit: Reads) -> Response:
    """Every rule, right and piece of guidance, and what Parade makes of it."""
    groups = rights()
    return page(
        request,
        "guide/rights.html",
        room=visit.room,
        groups=[(group, [_cells(row) for row in group.rows]) for group in groups],
        states=listed(
            f"{sum(row.state == state for group in groups for row in group.rows)} {words}"
            for state, words in COUNTED.items()
        ),
    )


def _cells(row: Row) -> tuple[str, ...]:
    titles = ", ".join(RULES[code].title for code in row.rules)
    words = f"{row.words} Rules: {titles}." if titles else row.words
    return row.id, row.what, STATE_WORDS[row.state], words
