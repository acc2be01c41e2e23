"""Who works with whom: list it, add to it, change it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.rosters import service
from app.rosters.schemas.bonds import BondAnswer, BondInput, BondList
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}/bonds", tags=["Bonds"], responses=PROBLEMS)

Changing = Annotated[Visit, allow("rosters.change")]


@router.get("")
def list_bonds(room_id: UUID, visit: Changing) -> BondList:
    """Who works with whom in the control room, ended ones too, those that began last first."""
    with visit.database.read() as reading:
        found = service.bonds(reading, room_id)
    return BondList(bonds=tuple(map(BondAnswer.of, found)))


@router.post("", status_code=201, response_model=BondAnswer)
def add_bond(room_id: UUID, body: BondInput, visit: Changing, once: Once) -> Response:
    """Say who works with whom; it holds in rosters that are asked for from now on."""

    def make(transaction: Transaction) -> Response:
        new = service.add_bond(transaction, room_id, body.details())
        visit.record(transaction, "said who works with whom", new.id)
        return created(BondAnswer.of(new), f"/api/v1/rooms/{room_id}/bonds/{new.id}", new.version)

    return once(visit, make)


@router.get("/{bond_id}")
def read_bond(room_id: UUID, bond_id: UUID, visit: Changing, response: Response) -> BondAnswer:
    """One bond."""
    with visit.database.read() as reading:
        found = service.bond(reading, room_id, bond_id)
    response.headers["ETag"] = etag(found.version)
    return BondAnswer.of(found)


@router.put("/{bond_id}", responses=VERSIONED)
def change_bond(
    room_id: UUID,
    bond_id: UUID,
    body: BondInput,
    visit: Changing,
    version: IfMatch,
    response: Response,
) -> BondAnswer:
    """Change a bond, or end it by `until_day`; rosters made before keep theirs."""
    with visit.database.write() as transaction:
        changed = service.change_bond(transaction, room_id, bond_id, version, body.details())
        visit.record(transaction, "changed who works with whom", bond_id)
    response.headers["ETag"] = etag(changed.version)
    return BondAnswer.of(changed)
