"""Officers of a control room."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Reading, Transaction
from app.errors import invalid
from app.people import service
from app.people.schemas.officers import OfficerAnswer, OfficerInput, OfficerList
from app.people.schemas.words import Mark
from app.people.service import ChangePosition, Officer, Position
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.paging import Asked, Key, Page
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}/officers", tags=["People"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("people.read")]
Changing = Annotated[Visit, allow("people.change")]
Since = Annotated[
    Mark | None,
    Query(description="`changed` of an earlier list: only officers that have changed since."),
]

NOT_OURS = "Take it from the Link of the page before, as it is."


@router.get("")
def list_officers(
    room_id: UUID, visit: Looking, page: Asked, response: Response, changed_since: Since = None
) -> OfficerList:
    """Officers by name; or those that changed since a mark, the longest unchanged first."""
    with visit.database.read() as reading:
        if changed_since is None:
            found, following = _by_name(reading, room_id, page)
        else:
            found, following = _by_change(reading, room_id, page, changed_since)
        persons = service.persons(reading, room_id, found)
        changed = service.room_changes(reading, room_id)
    page.link(response, following)
    return OfficerList(officers=tuple(map(OfficerAnswer.of, persons)), changed=changed)


@router.post("", status_code=201, response_model=OfficerAnswer)
def create_officer(room_id: UUID, body: OfficerInput, visit: Changing, once: Once) -> Response:
    """Add an officer."""

    def make(transaction: Transaction) -> Response:
        new = service.add_officer(transaction, room_id, body.details())
        visit.record(transaction, "added an officer", new.id)
        (person,) = service.persons(transaction, room_id, [new])
        place = f"/api/v1/rooms/{room_id}/officers/{new.id}"
        return created(OfficerAnswer.of(person), place, new.version)

    return once(visit, make)


@router.get("/{officer_id}")
def read_officer(
    room_id: UUID, officer_id: UUID, response: Response, visit: Looking
) -> OfficerAnswer:
    """An officer with skills, contracts and outside identifiers."""
    with visit.database.read() as reading:
        return answer(reading, room_id, officer_id, response)


@router.put("/{officer_id}", responses=VERSIONED)
def change_officer(
    room_id: UUID,
    officer_id: UUID,
    body: OfficerInput,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> OfficerAnswer:
    """Let an officer's details be these; who leaves gets a day in `left`."""
    with visit.database.write() as transaction:
        service.change_officer(transaction, room_id, officer_id, version, body.details())
        visit.record(transaction, "changed an officer", officer_id)
        return answer(transaction, room_id, officer_id, response)


def answer(reading: Reading, room_id: UUID, officer_id: UUID, response: Response) -> OfficerAnswer:
    """The whole of an officer, and the version as ETag."""
    found = service.officer(reading, room_id, officer_id)
    (person,) = service.persons(reading, room_id, [found])
    response.headers["ETag"] = etag(found.version)
    return OfficerAnswer.of(person)


def _by_name(reading: Reading, room_id: UUID, page: Page) -> tuple[tuple[Officer, ...], Key | None]:
    found = service.officers(reading, room_id, _position(page.after), page.limit)
    place = found.following
    return found.officers, [place.name, str(place.id)] if place else None


def _by_change(
    reading: Reading, room_id: UUID, page: Page, since: int
) -> tuple[tuple[Officer, ...], Key | None]:
    # The greatest id: everything that changed at that mark has been seen.
    after = _change_position(page.after) or ChangePosition(since, UUID(int=2**128 - 1))
    found = service.changed_officers(reading, room_id, after, page.limit)
    place = found.following
    return found.officers, [place.changed, str(place.id)] if place else None


def _position(key: Key | None) -> Position | None:
    match key:
        case None:
            return None
        case [str(name), str(officer_id)]:
            return Position(name, read_id(officer_id))
    raise invalid("after", NOT_OURS)


def _change_position(key: Key | None) -> ChangePosition | None:
    match key:
        case None:
            return None
        case [int(changed), str(officer_id)] if 0 <= changed <= 2_000_000_000:
            return ChangePosition(changed, read_id(officer_id))
    raise invalid("after", NOT_OURS)


def read_id(given: str) -> UUID:
    """An id of a cursor.

    Raises:
        InvalidInput: when it is none.
    """
    try:
        return UUID(given)
    except ValueError:
        raise invalid("after", NOT_OURS) from None
