"""Counts in by batches, and out as they stand."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import numpy as np
from fastapi import APIRouter, Query, Request, Response

from app.auth.guard import Once, Visit, allow
from app.clock import EPOCH
from app.db.transaction import Reading, Transaction
from app.demand import service
from app.demand.schemas.counts import (
    BatchAnswer,
    BatchList,
    CountAnswer,
    CountInput,
    CountList,
    CountsInput,
    DayAnswer,
    Mark,
    Moment,
    QualityAnswer,
    ReceivedAnswer,
)
from app.errors import InvalidInput, Place, invalid
from app.web.http.answers import created
from app.web.http.paging import Asked, Key, Page, read_cursor
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}", tags=["Counts"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("demand.read")]
Sending = Annotated[Visit, allow("demand.send")]
Only = Annotated[
    list[UUID] | None, Query(description="Ids of queues; all without.", max_length=100)
]
Since = Annotated[Moment | None, Query(description="The first beginning that counts.")]
Until = Annotated[Moment | None, Query(description="The first beginning that no longer counts.")]
Days = Annotated[int, Query(ge=1, le=366)]

NOT_OURS = "Take it from the Link of the page before, as it is."


@router.post("/counts", status_code=201, response_model=ReceivedAnswer)
def send_counts(room_id: UUID, body: CountsInput, visit: Sending, once: Once) -> Response:
    """Send counts: the latest word on an interval stands, a former one is kept as a revision.

    The same batch twice changes nothing.
    """

    def make(transaction: Transaction) -> Response:
        counts = _counts(transaction, room_id, body)
        return received(transaction, room_id, counts, visit, "api", "")

    return once(visit, make)


def received(
    transaction: Transaction,
    room_id: UUID,
    counts: service.Counts,
    visit: Visit,
    source: str,
    file_name: str,
) -> Response:
    """Keep counts, and answer where their batch stands."""
    told = service.receive(
        transaction, room_id, counts, source, visit.caller.user_id, file_name=file_name
    )
    here = f"/api/v1/rooms/{room_id}"
    answer = ReceivedAnswer.model_validate(told)
    if told.batch_id is None:
        return created(answer, f"{here}/counts")
    visit.record(transaction, "sent counts", told.batch_id)
    return created(answer, f"{here}/batches/{told.batch_id}")


def _counts(reading: Reading, room_id: UUID, body: CountsInput) -> service.Counts:
    """The batch with our queues' names, as arrays."""
    names = _our_names(reading, room_id, body)
    faults = [
        Place(f"counts[{row}].queue", "The control room has no such queue: add it first.")
        for row, each in enumerate(body.counts)
        if each.queue not in names
    ]
    faults += [
        Place(f"counts[{row}].start", "Give the beginning of a quarter hour.")
        for row, each in enumerate(body.counts)
        if each.start.second or each.start.microsecond
    ]
    if faults:
        raise InvalidInput(faults[:20])
    queues = tuple(dict.fromkeys(names[each.queue] for each in body.counts))
    place = {name: at for at, name in enumerate(queues)}
    named = dict.fromkeys(each.category for each in body.counts if each.category is not None)
    categories = tuple(named)
    return service.Counts(
        queues,
        np.array([place[names[each.queue]] for each in body.counts], dtype=np.int64),
        np.array([(each.start - EPOCH).total_seconds() // 60 for each in body.counts]).astype(
            np.int64
        ),
        _column(body.counts, "offered"),
        _column(body.counts, "answered"),
        _column(body.counts, "abandoned"),
        _column(body.counts, "handled_seconds"),
        _column(body.counts, "answered_in_time"),
        body.interval_minutes,
        categories,
        np.array([-1 if e.category is None else categories.index(e.category) for e in body.counts]),
    )


def _column(
    counts: tuple[CountInput, ...], name: str
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = [getattr(each, name) for each in counts]
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _our_names(reading: Reading, room_id: UUID, body: CountsInput) -> dict[str, str]:
    """Our queues' names by what the batch calls them: identifier, id or name."""
    known = service.queues(reading, room_id)
    names = {each.name: each.name for each in known} | {str(each.id): each.name for each in known}
    if body.system is not None:
        asked = {each.queue for each in body.counts}
        found = service.find_outside(reading, room_id, body.system, asked)
        names |= {outside: queue.name for outside, queue in found.items()}
    return names


@router.get("/counts")
def list_counts(
    room_id: UUID,
    request: Request,
    response: Response,
    visit: Looking,
    queue_id: Only = None,
    since: Since = None,
    until: Until = None,
    after: Annotated[
        str | None, Query(description="From the `Link` of the page before.", max_length=1000)
    ] = None,
    limit: Annotated[int, Query(ge=1, le=5000, description="Intervals a page.")] = 1000,
    changed_since: Annotated[
        Mark | None, Query(description="`changed` of an earlier list: only what came since.")
    ] = None,
) -> CountList:
    """Counts as they stand, by queue and start; an interval that is absent was not observed."""
    page = Page(read_cursor(after) if after else None, limit, request)
    with visit.database.read() as reading:
        found = service.intervals(
            reading,
            room_id,
            only=queue_id,
            since=since,
            until=until,
            after=_bookmark(page.after),
            limit=limit,
            since_batch=changed_since,
        )
        changed = service.newest_batch(reading, room_id)
    following = found.following
    page.link(response, [following.queue, following.start] if following else None)
    return CountList(counts=tuple(map(CountAnswer.of, found.intervals)), changed=changed)


def _bookmark(key: Key | None) -> service.Bookmark | None:
    if key is None:
        return None
    match key:
        case [int(queue), int(start)] if all(abs(part) < 2**31 for part in (queue, start)):
            return service.Bookmark(queue, start)
    raise invalid("after", NOT_OURS)


@router.get(
    "/counts.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def counts_as_csv(
    room_id: UUID,
    visit: Looking,
    queue_id: Only = None,
    since: Since = None,
    until: Until = None,
) -> Response:
    """Counts as they stand as CSV, in the form that `parade forecast` reads."""
    with visit.database.read() as reading:
        text = service.table(reading, room_id, only=queue_id, since=since, until=until)
    headers = {"Content-Disposition": 'attachment; filename="counts.csv"'}
    return Response(text, 200, headers, "text/csv; charset=utf-8")


@router.get("/batches")
def list_batches(room_id: UUID, visit: Looking, page: Asked, response: Response) -> BatchList:
    """Batches of counts, the newest first."""
    before: int | None = None
    if page.after is not None:
        match page.after:
            case [int(number)] if 0 <= number < 2**31:
                before = number
            case _:
                raise invalid("after", NOT_OURS)
    with visit.database.read() as reading:
        found = service.batches(reading, room_id, before=before, limit=page.limit)
    page.link(response, [found[-1].number] if len(found) == page.limit else None)
    return BatchList(batches=tuple(map(BatchAnswer.model_validate, found)))


@router.get("/batches/{batch_id}")
def read_batch(room_id: UUID, batch_id: UUID, visit: Looking) -> BatchAnswer:
    """A batch of counts."""
    with visit.database.read() as reading:
        return BatchAnswer.model_validate(service.batch(reading, room_id, batch_id))


@router.get("/quality")
def read_quality(
    room_id: UUID,
    visit: Looking,
    first: Annotated[date, Query(description="The first local day.")],
    days: Days = 28,
    queue_id: Only = None,
) -> QualityAnswer:
    """What is missing, disagrees or is unusual, by queue and local day."""
    with visit.database.read() as reading:
        found = service.quality(reading, room_id, first, days, only=queue_id)
    return QualityAnswer(days=tuple(map(DayAnswer.model_validate, found)))
