"""Publishing, and what is in force: for managers, officers and other systems."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.auth.guard import Visit, allow
from app.errors import invalid
from app.people import service as people
from app.rosters import service
from app.rosters.schemas.editing import PublishInput
from app.rosters.schemas.published import (
    ChangeAnswer,
    ChangeList,
    ChoiceInput,
    OwnChange,
    OwnShift,
    OwnShifts,
    PreviewAnswer,
    PublicationAnswer,
    PublicationList,
    PublishedList,
    PublishedShift,
    RestDayInput,
    RestDayList,
)
from app.web.http.etag import IfMatch
from app.web.http.paging import Asked, Key, Page, cursor, foreign
from app.web.http.problems import PROBLEMS, VERSIONED
from app.web.http.schema import When

router = APIRouter(prefix="/api/v1", tags=["Published rosters"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("rosters.read")]
Changing = Annotated[Visit, allow("rosters.change")]
Publishing = Annotated[Visit, allow("rosters.publish")]
OfAll = Annotated[Visit, allow("rosters.read_published")]
Mine = Annotated[Visit, allow("me.read")]

Since = Annotated[When, Query(description="Shifts that end after this instant.")]
Until = Annotated[When, Query(description="Shifts that start before this instant.")]

CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Own = Annotated[Visit, allow("leave.own")]

LONGEST = timedelta(days=400)
"""Of a span that is read at once."""


@router.get("/rooms/{room_id}/rosters/{roster_id}/publication")
def preview_publication(room_id: UUID, roster_id: UUID, visit: Publishing) -> PreviewAnswer:
    """What publishing a roster would do: who is told what, and with how much notice."""
    with visit.database.read() as reading:
        return PreviewAnswer.of(service.preview(reading, room_id, roster_id))


@router.post("/rooms/{room_id}/rosters/{roster_id}/publish", responses=VERSIONED)
def publish_roster(
    room_id: UUID, roster_id: UUID, body: PublishInput, visit: Publishing, version: IfMatch
) -> PublicationAnswer:
    """Bring a roster into force; refused with its breaches where it breaks a hard rule."""
    with visit.database.write() as transaction:
        by = visit.caller.user_id
        done = service.publish(
            transaction, room_id, roster_id, version, body.reason, by, body.why()
        )
        visit.record(transaction, "published a roster", roster_id)
    return PublicationAnswer.of(done)


@router.get("/rooms/{room_id}/publications")
def list_publications(room_id: UUID, visit: Looking) -> PublicationList:
    """When and why rosters came into force, in order of time."""
    with visit.database.read() as reading:
        found = service.publications(reading, room_id)
    return PublicationList(publications=tuple(map(PublicationAnswer.of, found)))


@router.get("/rooms/{room_id}/published-changes")
def list_changes(room_id: UUID, visit: Looking, page: Asked, response: Response) -> ChangeList:
    """What publications changed, first changed first; read on from `cursor` later."""
    with visit.database.read() as reading:
        found = service.changes(reading, room_id, _change_position(page), page.limit + 1)
    shown = found[: page.limit]
    last = shown[-1] if shown else None
    key: Key | None = page.after
    if last is not None:
        key = [last.number, str(last.officer_id), last.day.isoformat()]
    page.link(response, key if len(found) > page.limit else None)
    return ChangeList(
        changes=tuple(map(ChangeAnswer.of, shown)), cursor=cursor(key) if key else None
    )


@router.get("/rooms/{room_id}/rest-days-to-name")
def list_rest_days_to_name(room_id: UUID, visit: Looking) -> RestDayList:
    """Changes that earned another rest day which is not named yet, the first due first."""
    with visit.database.read() as reading:
        found = service.rest_days_to_name(reading, room_id)
    return RestDayList(changes=tuple(map(ChangeAnswer.of, found)))


@router.put("/rooms/{room_id}/published-changes/{number}/{officer_id}/{day}/rest-day")
def name_rest_day(
    room_id: UUID,
    number: Number,
    officer_id: UUID,
    day: date,
    body: RestDayInput,
    visit: Changing,
) -> ChangeAnswer:
    """Name another rest day in place of the one that a change lets somebody work."""
    position = service.ChangePosition(number, officer_id, day)
    with visit.database.write() as transaction:
        by = visit.caller.user_id
        found = service.name_rest_day(transaction, room_id, position, body.named, by)
        visit.record(transaction, "named a rest day", officer_id)
    return ChangeAnswer.of(found)


@router.put("/rooms/{room_id}/published-changes/{number}/{officer_id}/{day}/choice")
def choose(
    room_id: UUID,
    number: Number,
    officer_id: UUID,
    day: date,
    body: ChoiceInput,
    visit: Changing,
) -> ChangeAnswer:
    """Keep what an officer chose of pay and time off for a change; what is chosen stays."""
    position = service.ChangePosition(number, officer_id, day)
    with visit.database.write() as transaction:
        by = visit.caller.user_id
        found = service.choose(transaction, room_id, position, body.choice, by)
        visit.record(transaction, "kept a choice of pay or time off", officer_id)
    return ChangeAnswer.of(found)


@router.get("/rooms/{room_id}/published-shifts")
def list_published(
    room_id: UUID, since: Since, until: Until, visit: OfAll, page: Asked, response: Response
) -> PublishedList:
    """Shifts in force that touch a span, names and shifts alone."""
    with visit.database.read() as reading:
        found = service.published_page(
            reading, room_id, _span(since, until), _shift_position(page), page.limit + 1
        )
        names = {each.id: each.details.name for each in people.everyone(reading, room_id)}
    shown = found[: page.limit]
    last = shown[-1] if len(found) > page.limit else None
    page.link(response, [str(last.officer_id), last.start.isoformat()] if last else None)
    answers = (PublishedShift.of(each, names[each.officer_id]) for each in shown)
    return PublishedList(shifts=tuple(answers))


@router.get("/rooms/{room_id}/published-shifts.csv", response_class=Response, responses=CSV)
def read_published_csv(room_id: UUID, since: Since, until: Until, visit: Looking) -> Response:
    """The same as a file: `officer,start,end,skills`, officers by number, in UTC."""
    with visit.database.read() as reading:
        text = service.csv_text(reading, room_id, _span(since, until))
    name = 'attachment; filename="roster.csv"'
    return Response(text, media_type="text/csv", headers={"Content-Disposition": name})


@router.get("/me/shifts")
def list_my_shifts(visit: Mine, since: Since, until: Until) -> OwnShifts:
    """Your shifts that touch a span, and what publications changed for you in it."""
    span = _span(since, until)
    with visit.database.read() as reading:
        own = visit.own(reading)
        shifts = service.own_shifts(reading, own.room.id, own.officer_id, span)
        days = span.start.date(), span.end.date()
        changes = service.own_changes(reading, own.room.id, own.officer_id, *days)
    return OwnShifts(
        shifts=tuple(map(OwnShift.model_validate, shifts)),
        changes=tuple(OwnChange.of(change, publication) for change, publication in changes),
    )


@router.put("/me/published-changes/{number}/{day}/choice")
def choose_mine(number: Number, day: date, body: ChoiceInput, visit: Own) -> ChangeAnswer:
    """Choose pay or time off for a change of yours; what is chosen stays."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        position = service.ChangePosition(number, own.officer_id, day)
        by = visit.caller.user_id
        found = service.choose(transaction, own.room.id, position, body.choice, by)
        visit.record(transaction, "chose pay or time off", own.officer_id)
    return ChangeAnswer.of(found)


def _span(since: datetime, until: datetime) -> people.Span:
    if not (1971 <= since.year <= 2198 and 1971 <= until.year <= 2198):
        raise invalid("since", "Give instants between 1971 and 2198.")
    if not timedelta(0) < until - since <= LONGEST:
        raise invalid("until", f"Give an instant after since, at most {LONGEST.days} days later.")
    return people.Span(since, until)


def _change_position(page: Page) -> service.ChangePosition | None:
    match page.after:
        case None:
            return None
        case [int(number), str(officer), str(day)]:
            try:
                return service.ChangePosition(number, UUID(officer), date.fromisoformat(day))
            except ValueError:
                pass
    raise foreign()


def _shift_position(page: Page) -> tuple[UUID, datetime] | None:
    match page.after:
        case None:
            return None
        case [str(officer), str(start)]:
            try:
                return UUID(officer), datetime.fromisoformat(start)
            except ValueError:
                pass
    raise foreign()
