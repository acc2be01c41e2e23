"""Changing a roster by hand: the effect before the act, the act, its undoing, pins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Reading, Transaction
from app.rosters import service
from app.rosters.schemas.editing import (
    ChangeInput,
    EditInput,
    EffectAnswer,
    EffectList,
    PinAnswer,
    PinInput,
    PinList,
    ReasonInput,
    TakersAnswer,
    Trail,
    TrailEntry,
)
from app.rosters.schemas.rosters import RosterAnswer
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/rosters/{roster_id}", tags=["Rosters"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("rosters.read")]
Changing = Annotated[Visit, allow("rosters.change")]


@router.post("/effect")
def try_changes(room_id: UUID, roster_id: UUID, body: ChangeInput, visit: Looking) -> EffectAnswer:
    """What a change would make of the roster; nothing is changed."""
    with visit.database.read() as reading:
        changes = changes_of(reading, room_id, roster_id, body)
        return EffectAnswer.of(service.try_changes(reading, room_id, roster_id, changes))


@router.get("/options")
def read_options(
    room_id: UUID,
    roster_id: UUID,
    officer_id: Annotated[UUID, Query()],
    day: Annotated[date, Query()],
    visit: Looking,
) -> EffectList:
    """Everything else that an officer-day could become, lawful first, with what each would do."""
    with visit.database.read() as reading:
        found = service.day_options(reading, room_id, roster_id, officer_id, day)
    return EffectList(options=tuple(map(EffectAnswer.of, found)))


@router.get("/takers")
def read_takers(
    room_id: UUID,
    roster_id: UUID,
    day: Annotated[date, Query()],
    code: Annotated[str, Query(min_length=1, max_length=64)],
    visit: Looking,
    instead_of: Annotated[UUID | None, Query(description="An officer who has the shift.")] = None,
) -> TakersAnswer:
    """Who could lawfully work a shift, best first."""
    with visit.database.read() as reading:
        found = service.takers(reading, room_id, roster_id, day, code, instead_of)
    return TakersAnswer.of(found)


@router.post("/edits", status_code=201, response_model=EffectAnswer, responses=VERSIONED)
def edit_roster(
    room_id: UUID, roster_id: UUID, body: EditInput, visit: Changing, version: IfMatch, once: Once
) -> Response:
    """Change a roster; refused with its breaches where a hard rule would newly break."""

    def make(transaction: Transaction) -> Response:
        changes = changes_of(transaction, room_id, roster_id, body)
        roster, trial = service.edit(
            transaction, room_id, roster_id, version, changes, visit.caller.user_id, body.why()
        )
        visit.record(transaction, "changed a roster", roster_id)
        location = f"/api/v1/rooms/{room_id}/rosters/{roster_id}/edits"
        return created(EffectAnswer.of(trial), location, roster.version)

    return once(visit, make)


@router.get("/edits")
def read_edits(room_id: UUID, roster_id: UUID, visit: Looking) -> Trail:
    """Who changed what when, in order of time."""
    with visit.database.read() as reading:
        found = service.edits(reading, room_id, roster_id)
    return Trail(edits=tuple(map(TrailEntry.of, found)))


@router.post("/undo", responses=VERSIONED)
def undo_edit(
    room_id: UUID,
    roster_id: UUID,
    body: ReasonInput,
    visit: Changing,
    version: IfMatch,
    response: Response,
) -> RosterAnswer:
    """Take the last edit back."""
    with visit.database.write() as transaction:
        by = visit.caller.user_id
        roster = service.undo(transaction, room_id, roster_id, version, by, body.why())
        visit.record(transaction, "undid a change of a roster", roster_id)
    return _versioned(response, roster)


@router.post("/redo", responses=VERSIONED)
def redo_edit(
    room_id: UUID,
    roster_id: UUID,
    body: ReasonInput,
    visit: Changing,
    version: IfMatch,
    response: Response,
) -> RosterAnswer:
    """Make the edit again that was undone last."""
    with visit.database.write() as transaction:
        by = visit.caller.user_id
        roster = service.redo(transaction, room_id, roster_id, version, by, body.why())
        visit.record(transaction, "redid a change of a roster", roster_id)
    return _versioned(response, roster)


@router.get("/pins")
def read_pins(room_id: UUID, roster_id: UUID, visit: Looking) -> PinList:
    """Officer-days that hands and the solver keep."""
    with visit.database.read() as reading:
        pins = service.opened(reading, room_id, roster_id).pins
    return PinList(pins=tuple(map(PinAnswer.model_validate, pins)))


@router.post("/pins", responses=VERSIONED)
def pin_days(
    room_id: UUID,
    roster_id: UUID,
    body: PinInput,
    visit: Changing,
    version: IfMatch,
    response: Response,
) -> RosterAnswer:
    """Pin officer-days as they are, or let them go."""
    cells = [(each.officer_id, each.day) for each in body.cells]
    with visit.database.write() as transaction:
        roster = service.set_pinned(
            transaction, room_id, roster_id, version, cells, visit.caller.user_id,
            pinned=body.pinned, kinds=body.kinds,
        )  # fmt: skip
        visit.record(transaction, "pinned days of a roster", roster_id)
    return _versioned(response, roster)


def changes_of(
    reading: Reading, room_id: UUID, roster_id: UUID, body: ChangeInput
) -> Sequence[service.DayChange]:
    """The officer-days that a change is of; those of a swap as they stand now."""
    swap = body.swap
    if swap is None:
        return body.day_changes()
    return service.swapped(reading, room_id, roster_id, swap.one, swap.other, swap.days)


def _versioned(response: Response, roster: service.Roster) -> RosterAnswer:
    response.headers["ETag"] = etag(roster.version)
    return RosterAnswer.of(roster)
