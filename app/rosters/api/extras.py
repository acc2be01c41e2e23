"""Extra work for systems: what is proposed for a roster, giving it, and the ledger."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.preferences import service as preferences
from app.rosters import service
from app.rosters.schemas.extras import (
    ExtraInput,
    ExtraLedger,
    ExtraPlanAnswer,
    GivenExtra,
    GivenExtras,
    InTurn,
    MyExtraWork,
    OfferAnswer,
    OfferInput,
)
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1", tags=["Rosters"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("rosters.read")]
Changing = Annotated[Visit, allow("rosters.change")]
Mine = Annotated[Visit, allow("preferences.own")]


@router.get("/rooms/{room_id}/extra-work")
def read_extra_ledger(room_id: UUID, visit: Looking) -> ExtraLedger:
    """What everybody has had of extra work, and who would be mandated next."""
    with visit.database.read() as reading:
        found = service.ledger(reading, room_id)
    return ExtraLedger(
        welcome=tuple(map(InTurn.of, found["welcome"])),
        mandated=tuple(map(InTurn.of, found["mandated"])),
    )


@router.get("/rooms/{room_id}/rosters/{roster_id}/extra-work")
def read_extra_plan(
    room_id: UUID, roster_id: UUID, visit: Looking, response: Response
) -> ExtraPlanAnswer:
    """Which extra shifts would mend what, and whose they would be; 409 while it is being made."""
    with visit.database.read() as reading:
        plan = service.extra_plan(reading, room_id, roster_id)
    response.headers["ETag"] = etag(plan.desk.roster.version)
    return ExtraPlanAnswer.of(plan)


@router.post(
    "/rooms/{room_id}/rosters/{roster_id}/extra-work",
    status_code=201,
    response_model=GivenExtras,
    responses=VERSIONED,
)
def give_extra_work(
    room_id: UUID, roster_id: UUID, body: ExtraInput, visit: Changing, version: IfMatch, once: Once
) -> Response:
    """Give extra shifts that are proposed now, by officer and day."""
    wanted = [(each.officer_id, each.day) for each in body.shifts]

    def make(transaction: Transaction) -> Response:
        roster, new = service.give_extras(
            transaction, room_id, roster_id, version, wanted, visit.caller.user_id, body.why()
        )
        visit.record(transaction, "gave extra shifts", roster_id)
        location = f"/api/v1/rooms/{room_id}/rosters/{roster_id}/edits"
        return created(GivenExtras.of(roster.version, new), location, roster.version)

    return once(visit, make)


@router.get("/me/extra-work")
def read_my_extra_work(visit: Mine) -> MyExtraWork:
    """What extra work you welcome and have had, and whose turn it is."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        offers = preferences.offers_of(reading, own.room.id, own.officer_id)
        shifts, place, number = service.own_extras(reading, own.room.id, own.officer_id)
    return MyExtraWork(
        offers=tuple(map(OfferAnswer.of, offers)),
        shifts=tuple(map(GivenExtra.model_validate, shifts)),
        place=place,
        people=number,
    )


@router.post("/me/extra-work/offers", status_code=201, response_model=OfferAnswer)
def welcome_extra_work(body: OfferInput, visit: Mine, once: Once) -> Response:
    """Say which extra work is welcome."""

    def make(transaction: Transaction) -> Response:
        own = visit.own(transaction)
        new = preferences.offer_extra(transaction, own.room.id, own.officer_id, body.details())
        return created(OfferAnswer.of(new), "/api/v1/me/extra-work")

    return once(visit, make)


@router.delete("/me/extra-work/offers/{offer_id}", status_code=204)
def take_extra_work_back(offer_id: UUID, visit: Mine) -> None:
    """Take back that some extra work is welcome."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        preferences.withdraw_extra(transaction, own.room.id, own.officer_id, offer_id)
