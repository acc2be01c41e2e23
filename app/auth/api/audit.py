"""Who did what, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from app.auth.guard import Visit, allow
from app.auth.schemas import EntryAnswer, EntryList
from app.auth.service import entries
from app.web.http.paging import Asked
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/audit", tags=["Audit"], responses=PROBLEMS)


@router.get("")
def list_entries(
    visit: Annotated[Visit, allow("audit.read")], page: Asked, response: Response
) -> EntryList:
    """What was done in your force, the newest first."""
    with visit.database.read() as reading:
        found = entries(reading, visit.force_id, page.after_id(), page.limit + 1)
    shown = found[: page.limit]
    page.link(response, [str(shown[-1].id)] if len(found) > page.limit else None)
    return EntryList(entries=tuple(map(EntryAnswer.model_validate, shown)))
