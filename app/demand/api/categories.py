"""Categories of calls: what they are called and counted with, and their counts as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Visit, allow
from app.demand import service
from app.demand.schemas.categories import CategoryAnswer, CategoryInput, CategoryList
from app.demand.schemas.counts import Moment
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}", tags=["Counts"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("demand.read")]
Changing = Annotated[Visit, allow("demand.change")]


@router.get("/categories")
def list_categories(
    room_id: UUID,
    visit: Looking,
    queue_id: Annotated[UUID | None, Query(description="Of one queue; all without.")] = None,
) -> CategoryList:
    """The categories, by queue and name; they come into being with their first counts."""
    with visit.database.read() as reading:
        found = service.categories(reading, room_id, queue_id)
    return CategoryList(categories=tuple(map(CategoryAnswer.model_validate, found)))


@router.get("/categories/{category_id}")
def read_category(
    room_id: UUID, category_id: UUID, response: Response, visit: Looking
) -> CategoryAnswer:
    """A category."""
    with visit.database.read() as reading:
        found = service.category(reading, room_id, category_id)
    response.headers["ETag"] = etag(found.version)
    return CategoryAnswer.model_validate(found)


@router.put("/categories/{category_id}", responses=VERSIONED)
def change_category(
    room_id: UUID,
    category_id: UUID,
    body: CategoryInput,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> CategoryAnswer:
    """Rename a category, count it with another one, or hide it; its counts stay as they came."""
    with visit.database.write() as transaction:
        held = service.category(transaction, room_id, category_id)
        wanted = replace(
            held, name=body.name, within=body.within, hidden=body.hidden, version=version
        )
        changed = service.change_category(transaction, room_id, wanted)
        visit.record(transaction, "changed a category of calls", category_id)
    response.headers["ETag"] = etag(changed.version)
    return CategoryAnswer.model_validate(changed)


@router.get(
    "/category-counts.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def category_counts_as_csv(
    room_id: UUID,
    visit: Looking,
    since: Annotated[Moment | None, Query(description="The first beginning that counts.")] = None,
    until: Annotated[Moment | None, Query(description="The first that no longer does.")] = None,
) -> Response:
    """Counts of categories as they came, as CSV: `interval_start,queue,category,offered`."""
    with visit.database.read() as reading:
        text = service.category_table(reading, room_id, since=since, until=until)
    headers = {"Content-Disposition": 'attachment; filename="category-counts.csv"'}
    return Response(text, 200, headers, "text/csv; charset=utf-8")
