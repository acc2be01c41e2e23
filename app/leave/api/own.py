"""An officer's own ledger and absences."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from app.auth.guard import Visit, allow
from app.leave import service
from app.leave.api.absences import absence_list, absence_place
from app.leave.api.ledger import entry_list, place_of
from app.leave.schemas import AbsenceList, EntryList, StandingAnswer
from app.web.http.paging import Asked
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/me", tags=["Leave"], responses=PROBLEMS)

Mine = Annotated[Visit, allow("leave.own")]


@router.get("/leave")
def read_my_leave(visit: Mine) -> StandingAnswer:
    """What you have today on each account, and what goes when."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        on = service.today(reading, own.room.id)
        return StandingAnswer.of(on, service.standing_of(reading, own.room.id, own.officer_id, on))


@router.get("/leave/entries")
def list_my_entries(visit: Mine, page: Asked, response: Response) -> EntryList:
    """Your entries in the order in which they were posted."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        asked = service.Asked(officer_id=own.officer_id)
        found = service.entries(reading, own.room.id, asked, place_of(page), page.limit + 1)
    return entry_list(found, page, response)


@router.get("/absences")
def list_my_absences(visit: Mine, page: Asked, response: Response) -> AbsenceList:
    """Your absences by first day, those that were taken back too."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        found = service.absences_page(
            reading, own.room.id, own.officer_id, absence_place(page), page.limit + 1
        )
    return absence_list(found, page, response)
