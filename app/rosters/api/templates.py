"""Shift templates: list them, take the offered ones, add and change them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.rosters import service
from app.rosters.schemas.templates import (
    OfferedList,
    OfferedTemplate,
    TemplateAnswer,
    TemplateInput,
    TemplateList,
)
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/shift-templates", tags=["Shift templates"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("rosters.read")]
Changing = Annotated[Visit, allow("rosters.change")]


@router.get("")
def list_templates(room_id: UUID, visit: Looking) -> TemplateList:
    """The shift templates of the control room, by start and code."""
    with visit.database.read() as reading:
        found = service.templates(reading, room_id)
    return TemplateList(templates=tuple(map(TemplateAnswer.of, found)))


@router.post("", status_code=201, response_model=TemplateAnswer)
def add_template(room_id: UUID, body: TemplateInput, visit: Changing, once: Once) -> Response:
    """A new shift template."""

    def make(transaction: Transaction) -> Response:
        new = service.add_template(transaction, room_id, body.details())
        visit.record(transaction, "made a shift template", new.id)
        location = f"/api/v1/rooms/{room_id}/shift-templates/{new.id}"
        return created(TemplateAnswer.of(new), location, new.version)

    return once(visit, make)


@router.get("/offered")
def offered_templates(room_id: UUID, visit: Looking) -> OfferedList:
    """Templates for a room that has none, but for codes that it has."""
    with visit.database.read() as reading:
        taken = {each.details.code for each in service.templates(reading, room_id)}
    offered = (each for each in service.offered_templates() if each.code not in taken)
    return OfferedList(templates=tuple(map(OfferedTemplate.model_validate, offered)))


@router.get("/{template_id}")
def read_template(
    room_id: UUID, template_id: UUID, visit: Looking, response: Response
) -> TemplateAnswer:
    """One shift template."""
    with visit.database.read() as reading:
        found = service.template(reading, room_id, template_id)
    response.headers["ETag"] = etag(found.version)
    return TemplateAnswer.of(found)


@router.put("/{template_id}", responses=VERSIONED)
def change_template(
    room_id: UUID,
    template_id: UUID,
    body: TemplateInput,
    visit: Changing,
    version: IfMatch,
    response: Response,
) -> TemplateAnswer:
    """Change a shift template; rosters made before keep theirs."""
    with visit.database.write() as transaction:
        changed = service.change_template(
            transaction, room_id, template_id, version, body.details()
        )
        visit.record(transaction, "changed a shift template", template_id)
    response.headers["ETag"] = etag(changed.version)
    return TemplateAnswer.of(changed)
