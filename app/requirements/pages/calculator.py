"""The calculator: people for steady calls, and what callers feel; its address is the question."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.errors import InvalidInput
from app.requirements import service
from app.requirements.views import calculator as views
from app.requirements.views.terms import DEFINITIONS
from app.web.shell import faults, page
from forecasting.staffing.terms import assumed_terms

router = APIRouter()

Looking = Annotated[Visit, allow("requirements.read")]


@router.get("/calculator")
def calculator(request: Request, room_id: UUID, visit: Looking) -> Response:
    """The page; without a question in the address it asks by the terms of a queue."""
    given = dict(request.query_params)
    with visit.database.read() as reading:
        queues = service.terms(reading, room_id)
    chosen = next((each for each in queues if str(each.queue_id) == given.get("queue")), None)
    terms = chosen or next(iter(queues), None)
    defaults = views.defaults(terms.terms if terms else assumed_terms("999"))
    if given.get("calls") is not None:
        defaults.pop("endless", None)
    asked = defaults | given
    errors: dict[str, str] = {}
    found = None
    try:
        found = views.asked_by(asked)
    except InvalidInput as error:
        errors = faults(error)
    return page(
        request,
        "requirements/calculator.html",
        422 if errors else 200,
        base=f"/rooms/{room_id}/demand",
        queues=[
            (each.queue, f"?queue={each.queue_id}", chosen is not None and each is chosen)
            for each in queues
        ],
        queue="" if terms is None else str(terms.queue_id),
        given=asked,
        errors=errors,
        answer=views.answer_words(found) if found else ("", ""),
        rostered=views.roster_words(found, terms.terms) if found and terms and found.need else "",
        bars=views.bars(found) if found else None,
        rows=views.rows(found) if found else [],
        heads=views.HEADS,
        per=list(views.PER.items()),
        definitions=list(DEFINITIONS.items()),
        erlangs=found.calls.erlangs if found else 0.0,
    )
