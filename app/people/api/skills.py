"""Skills that the force of a control room knows."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.people import service
from app.people.schemas.rooms import SkillAnswer, SkillChange, SkillInput, SkillList
from app.people.schemas.words import Mark
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}/skills", tags=["People"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("people.read")]
Changing = Annotated[Visit, allow("people.change")]


@router.get("")
def list_skills(room_id: UUID, visit: Looking, changed_since: Mark = 0) -> SkillList:
    """The skills of the force; those that changed since a mark."""
    with visit.database.read() as reading:
        force_id = service.room(reading, room_id).force_id
        found = service.skills(reading, force_id)
        changed = service.force_changes(reading, force_id)
    seen = (each for each in found if each.changed > changed_since)
    return SkillList(skills=tuple(map(SkillAnswer.model_validate, seen)), changed=changed)


@router.post("", status_code=201, response_model=SkillAnswer)
def create_skill(room_id: UUID, body: SkillInput, visit: Changing, once: Once) -> Response:
    """Add a skill to the force."""

    def make(transaction: Transaction) -> Response:
        new = service.create_skill(
            transaction, visit.here.force_id, body.code, body.name, body.after_months
        )
        visit.record(transaction, "added a skill", new.id)
        place = f"/api/v1/rooms/{room_id}/skills/{new.id}"
        return created(SkillAnswer.model_validate(new), place, new.changed)

    return once(visit, make)


@router.get("/{skill_id}")
def read_skill(room_id: UUID, skill_id: UUID, response: Response, visit: Looking) -> SkillAnswer:
    """A skill."""
    with visit.database.read() as reading:
        found = service.skill(reading, service.room(reading, room_id).force_id, skill_id)
    response.headers["ETag"] = etag(found.changed)
    return SkillAnswer.model_validate(found)


@router.put("/{skill_id}", responses=VERSIONED)
def change_skill(
    room_id: UUID,
    skill_id: UUID,
    body: SkillChange,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> SkillAnswer:
    """Let a skill have this name; its code stays."""
    with visit.database.write() as transaction:
        force_id = service.room(transaction, room_id).force_id
        changed = service.change_skill(transaction, force_id, skill_id, version, body.name)
        visit.record(transaction, "changed a skill", skill_id)
    response.headers["ETag"] = etag(changed.changed)
    return SkillAnswer.model_validate(changed)
