"""An officer's skills, contracts, own terms and outside identifiers, each told as a whole."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Visit, allow
from app.people import service
from app.people.api.officers import answer
from app.people.schemas.officers import Contracts, HeldSkills, OfficerAnswer, OutsideIds, Terms
from app.web.http.etag import IfMatch
from app.web.http.problems import VERSIONED

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/officers/{officer_id}", tags=["People"], responses=VERSIONED
)

Changing = Annotated[Visit, allow("people.change")]


@router.put("/skills")
def set_skills(
    room_id: UUID,
    officer_id: UUID,
    body: HeldSkills,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> OfficerAnswer:
    """Let these be all skills of an officer, past and future."""
    with visit.database.write() as transaction:
        service.set_skills(transaction, room_id, officer_id, body.held(), version)
        visit.record(transaction, "set an officer's skills", officer_id)
        return answer(transaction, room_id, officer_id, response)


@router.put("/contracts")
def set_contracts(
    room_id: UUID,
    officer_id: UUID,
    body: Contracts,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> OfficerAnswer:
    """Let these be all contracts of an officer, past and future."""
    with visit.database.write() as transaction:
        service.set_contracts(transaction, room_id, officer_id, body.agreed(), version)
        visit.record(transaction, "set an officer's contracts", officer_id)
        return answer(transaction, room_id, officer_id, response)


@router.put("/terms")
def set_terms(
    room_id: UUID,
    officer_id: UUID,
    body: Terms,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> OfficerAnswer:
    """Let these be all own terms of an officer, past and future."""
    with visit.database.write() as transaction:
        service.set_terms(transaction, room_id, officer_id, body.own(), version)
        visit.record(transaction, "set an officer's own terms", officer_id)
        return answer(transaction, room_id, officer_id, response)


@router.put("/outside-ids")
def set_outside_ids(
    room_id: UUID,
    officer_id: UUID,
    body: OutsideIds,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> OfficerAnswer:
    """Let these be all that outside systems call an officer."""
    with visit.database.write() as transaction:
        service.set_outside_ids(transaction, room_id, officer_id, body.ids(), version)
        visit.record(transaction, "set an officer's identifiers", officer_id)
        return answer(transaction, room_id, officer_id, response)
