"""The guide's pages, for everyone who is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.errors import NotFound
from app.guide.service import COUNTED, STATE_WORDS, Chapter, Part, Row, chapters, rights
from app.web.shell import Shell, page, shell_of
from app.web.words import listed
from rostering.rules.registry import RULES

router = APIRouter(prefix="/guide", include_in_schema=False)

Reads = Annotated[Visit, allow("me.read")]


@router.get("")
def contents(request: Request, visit: Reads) -> Response:
    """What the guide has."""
    return page(request, "guide/contents.html", room=visit.room, chapters=_for(shell_of(request)))


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


@router.get("/{key}")
def show_chapter(request: Request, key: str, visit: Reads) -> Response:
    """One chapter, and the way to the next."""
    shell = shell_of(request)
    readable = _for(shell)
    found = next((place for place, each in enumerate(readable) if each.key == key), None)
    if found is None:
        raise NotFound("The guide has no such chapter.")
    following = readable[found + 1 : found + 2]
    return page(
        request,
        "guide/chapter.html",
        room=visit.room,
        chapter=readable[found],
        parts=[(part.title, part.text, _link(part, shell)) for part in readable[found].parts],
        following=following[0] if following else None,
    )


def _for(shell: Shell) -> tuple[Chapter, ...]:
    """The chapters that somebody reads: an officer only those that are for everyone."""
    plans = shell.role != "officer"
    return tuple(each for each in chapters() if plans or each.readers == "all")


def _link(part: Part, shell: Shell) -> tuple[str, str] | None:
    """Where a thing is done, for whoever can do it."""
    if part.link is None:
        return None
    address, words = part.link
    if "{room}" not in address:
        return (address, words) if shell.is_officer or shell.role == "officer" else None
    return (address.format(room=shell.room.id), words) if shell.room else None


def _cells(row: Row) -> tuple[str, ...]:
    titles = ", ".join(RULES[code].title for code in row.rules)
    words = f"{row.words} Rules: {titles}." if titles else row.words
    return row.id, row.what, STATE_WORDS[row.state], words
