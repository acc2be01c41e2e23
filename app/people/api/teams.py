"""Teams of a control room."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.people import service
from app.people.schemas.rooms import TeamAnswer, TeamInput, TeamList
from app.people.schemas.words import Mark
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}/teams", tags=["People"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("people.read")]
Changing = Annotated[Visit, allow("people.change")]


@router.get("")
def list_teams(room_id: UUID, visit: Looking, changed_since: Mark = 0) -> TeamList:
    """The teams of a control room; those that changed since a mark."""
    with visit.database.read() as reading:
        found = service.teams(reading, room_id)
        changed = service.room_changes(reading, room_id)
    seen = (each for each in found if each.changed > changed_since)
    return TeamList(teams=tuple(map(TeamAnswer.model_validate, seen)), changed=changed)


@router.post("", status_code=201, response_model=TeamAnswer)
def create_team(room_id: UUID, body: TeamInput, visit: Changing, once: Once) -> Response:
    """Add a team."""

    def make(transaction: Transaction) -> Response:
        new = service.create_team(transaction, room_id, body.name)
        visit.record(transaction, "added a team", new.id)
        place = f"/api/v1/rooms/{room_id}/teams/{new.id}"
        return created(TeamAnswer.model_validate(new), place, new.changed)

    return once(visit, make)


@router.get("/{team_id}")
def read_team(room_id: UUID, team_id: UUID, response: Response, visit: Looking) -> TeamAnswer:
    """A team."""
    with visit.database.read() as reading:
        found = service.team(reading, room_id, team_id)
    response.headers["ETag"] = etag(found.changed)
    return TeamAnswer.model_validate(found)


@router.put("/{team_id}", responses=VERSIONED)
def change_team(
    room_id: UUID,
    team_id: UUID,
    body: TeamInput,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> TeamAnswer:
    """Let a team have this name."""
    with visit.database.write() as transaction:
        changed = service.change_team(transaction, room_id, team_id, version, body.name)
        visit.record(transaction, "changed a team", team_id)
    response.headers["ETag"] = etag(changed.changed)
    return TeamAnswer.model_validate(changed)
