"""The ledger of a control room: entries, balances, postings by hand, files for payroll."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.leave import service
from app.leave.schemas import BalanceList, EntryAnswer, EntryList, PostingAnswer, PostingInput
from app.leave.service import Account, By
from app.web.http.answers import created
from app.web.http.paging import Asked, Key, Page, cursor, foreign
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}/leave", tags=["Leave"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("leave.read")]
Changing = Annotated[Visit, allow("leave.change")]
Number = Annotated[int, Path(ge=1, le=2_000_000_000)]
Day = Annotated[date, Query(description="A local day of the control room.")]

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(media_type: str, form: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": form}}}}}


@router.get("/entries")
def list_entries(
    room_id: UUID,
    visit: Looking,
    page: Asked,
    response: Response,
    officer_id: UUID | None = None,
    account: Account | None = None,
    since: date | None = None,
    until: date | None = None,
) -> EntryList:
    """Entries in the order in which they were posted; `since` and `until` are counted days."""
    asked = service.Asked(officer_id, account, since, until)
    with visit.database.read() as reading:
        found = service.entries(reading, room_id, asked, place_of(page), page.limit + 1)
    return entry_list(found, page, response)


@router.get("/entries.csv", response_class=Response, responses=_file("text/csv", "text"))
def read_csv(room_id: UUID, visit: Looking, since: Day, until: Day, by: By = "day") -> Response:
    """Entries for payroll, by the day they are for, or by the day on which they were `posted`.

    Columns: number, name, account, minutes, days (of rest_days), hours, rate, day, expires, posted,
    words, source. By `posted` nothing is missed that was written late.
    """
    with visit.database.read() as reading:
        text = service.export_csv(reading, room_id, since, until, by)
    return _attached(text.encode(), "text/csv; charset=utf-8", f"leave-{since}-{until}.csv")


@router.get("/entries.xlsx", response_class=Response, responses=_file(WORKBOOK, "binary"))
def read_workbook(
    room_id: UUID, visit: Looking, since: Day, until: Day, by: By = "day"
) -> Response:
    """The same as a workbook, days and hours as numbers, and a second sheet of totals."""
    with visit.database.read() as reading:
        data = service.export_workbook(reading, room_id, since, until, by)
    return _attached(data, WORKBOOK, f"leave-{since}-{until}.xlsx")


@router.get("/balances")
def list_balances(room_id: UUID, visit: Looking, on: Day) -> BalanceList:
    """What stands on everyone's accounts at the end of a day: sums of the entries up to it."""
    with visit.database.read() as reading:
        return BalanceList.of(on, service.balances(reading, room_id, None, on))


@router.post("/postings", status_code=201, response_model=PostingAnswer)
def post_entries(room_id: UUID, body: PostingInput, visit: Changing, once: Once) -> Response:
    """Post entries together, under a name that is taken once: nothing is posted twice."""

    def make(transaction: Transaction) -> Response:
        given = [each.entry() for each in body.entries]
        user = visit.caller.user_id
        done = service.post_by_hand(transaction, room_id, body.name, given, user)
        visit.record(transaction, "posted to the ledger")
        return _posting(room_id, done)

    return once(visit, make)


@router.get("/postings/{number}")
def read_posting(room_id: UUID, number: Number, visit: Looking) -> PostingAnswer:
    """A posting with its entries."""
    with visit.database.read() as reading:
        return PostingAnswer.of(service.posting(reading, room_id, number))


@router.post("/postings/{number}/reversal", status_code=201, response_model=PostingAnswer)
def reverse_posting(room_id: UUID, number: Number, visit: Changing, once: Once) -> Response:
    """Take back what was posted by hand, by posting the opposite on the same days."""

    def make(transaction: Transaction) -> Response:
        done = service.take_back(transaction, room_id, number, visit.caller.user_id)
        visit.record(transaction, "took back a posting to the ledger")
        return _posting(room_id, done)

    return once(visit, make)


def entry_list(found: tuple[service.Posted, ...], page: Page, response: Response) -> EntryList:
    """A page of entries, of which one more was read than is shown."""
    shown = found[: page.limit]
    key: Key | None = page.after
    if shown:
        key = [shown[-1].number, shown[-1].place]
    page.link(response, key if len(found) > page.limit else None)
    return EntryList(entries=tuple(map(EntryAnswer.of, shown)), cursor=cursor(key) if key else None)


def place_of(page: Page) -> tuple[int, int] | None:
    """The place in the ledger after which a page begins.

    Raises:
        InvalidInput: when the cursor is of another list.
    """
    match page.after:
        case None:
            return None
        case [int(number), int(place)] if max(abs(number), abs(place)) < 2**31:
            return number, place
    raise foreign()


def _posting(room_id: UUID, done: tuple[service.Posted, ...]) -> Response:
    place = f"/api/v1/rooms/{room_id}/leave/postings/{done[0].number}"
    return created(PostingAnswer.of(done), place)


def _attached(data: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)
