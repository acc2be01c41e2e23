"""What the pages of rules share: who may change, whose names are told, the form sent or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from app.auth import service as auth
from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.errors import Forbidden, InvalidInput, ParadeError, Stale
from app.people import service as people
from app.rulebooks import service
from app.rulebooks.views.form import field_of
from app.web.shell import faults

Looking = Annotated[Visit, allow("rulebooks.read")]
Changing = Annotated[Visit, allow("rulebooks.change")]
Book = Annotated[str, Path(max_length=64)]
Rule = Annotated[str, Path(max_length=64)]


async def _filled(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Filled = Annotated[dict[str, str], Depends(_filled)]
"""The text fields of the form that was sent."""


def version_of(form: Mapping[str, str]) -> int:
    """The version that a form was made from; −1 where it says none."""
    version = form.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 9 else -1


def refused(
    error: ParadeError, form: Mapping[str, str], field: Callable[[str], str] = field_of
) -> tuple[Mapping[str, str] | None, dict[str, str], int]:
    """What a page shows after a form was refused: the form, what is wrong by field, the status.

    A form that was made from an older version is let go: the page shows what holds now.

    Args:
        error: why it was refused.
        form: what was sent.
        field: the field of the form for a place that the service names.
    """
    if isinstance(error, InvalidInput):
        named = {field(name): words for name, words in faults(error).items()}
        return form, named, error.status
    return None if isinstance(error, Stale) else form, {"": error.detail}, error.status


def may_change(visit: Visit, room_id: UUID, action: auth.Action = "rulebooks.change") -> bool:
    """Whether who comes may change the rules of a room of the path's force, or do another thing."""
    grants = auth.covering(visit.caller.grants, visit.force_id, room_id)
    return auth.allowed(grants, action)


def check_reach(reading: Reading, visit: Visit) -> None:
    """Refuse to change the force's numbers to whom not all of its rooms are open.

    Raises:
        Forbidden: when one is not.
    """
    rooms = people.rooms(reading, visit.force_id)
    mine = [room.id for room in rooms if may_change(visit, room.id)]
    service.check_reach(reading, visit.here.id, mine)


def reaches(reading: Reading, visit: Visit) -> bool:
    """Whether who looks may change the force's numbers."""
    try:
        check_reach(reading, visit)
    except Forbidden:
        return False
    return True
