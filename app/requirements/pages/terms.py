"""The page of what queues ask of their staff, and of the people needed for the forecast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from app.auth.guard import Visit, allow
from app.errors import InvalidInput, NotFound, ParadeError, Stale
from app.people import service as people
from app.requirements import service
from app.requirements.pages.context import Filled, need_of_room, version_of
from app.requirements.views import terms as views
from app.requirements.views.callers import callers_field, open_groups, other_queues, rows_of
from app.requirements.views.fields import PARTS, day_options, part_field
from app.web.shell import faults, page, redirect
from app.web.words import period_words

router = APIRouter()

Looking = Annotated[Visit, allow("requirements.read")]
Changing = Annotated[Visit, allow("requirements.change")]


@router.get("/terms")
def terms_page(
    request: Request, room_id: UUID, visit: Looking, queue: UUID | None = None
) -> Response:
    """The page."""
    return _page(request, visit, room_id, queue)


@router.post("/terms/{queue_id}")
def set_terms(
    request: Request, room_id: UUID, queue_id: UUID, visit: Changing, form: Filled
) -> Response:
    """Give the terms of a queue."""
    try:
        with visit.database.write() as transaction:
            before = service.queue_terms(transaction, room_id, queue_id)
            given = views.given_by(form, before)
            told = service.set_terms(
                transaction, room_id, queue_id, version_of(form), given, visit.caller.user_id
            )
            visit.record(transaction, "changed the terms of a queue", queue_id)
    except InvalidInput as error:
        return _page(request, visit, room_id, queue_id, form, _placed(form, error), 422)
    except Stale as error:
        return _page(request, visit, room_id, queue_id, None, {"": error.detail}, 412)
    where = f"/rooms/{room_id}/demand/terms?queue={queue_id}"
    return redirect(where, f"The terms of {told.queue} are kept. Work out the requirement again.")


@router.post("/requirements")
def work_out(
    request: Request,
    room_id: UUID,
    visit: Changing,
    forecast_id: Annotated[UUID, Form()],
    queue: Annotated[UUID | None, Form()] = None,
) -> Response:
    """Work out the people needed for a forecast."""
    try:
        with visit.database.write() as transaction:
            found = service.work_out(transaction, room_id, visit.caller.user_id, forecast_id)
            visit.record(transaction, "worked out a requirement", found.id)
    except NotFound:
        raise
    except ParadeError as error:
        return _page(request, visit, room_id, queue, None, {"": error.detail}, error.status)
    shown = f"?queue={queue}" if queue else ""
    return redirect(f"/rooms/{room_id}/demand/terms{shown}", "The requirement is worked out.")


def _placed(form: Mapping[str, str], error: InvalidInput) -> dict[str, str]:
    """Faults by field of the form, which has parts and rows in fields of their own."""
    return {
        part_field(field)
        if field.startswith("shrinkage")
        else callers_field(form, field) or ("" if field == "terms" else field): words
        for field, words in faults(error).items()
    }


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    queue: UUID | None,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page of one queue, with a form that was refused where one was."""
    base = f"/rooms/{room_id}/demand"
    with visit.database.read() as reading:
        terms = service.terms(reading, room_id)
        if not terms:
            return page(request, "requirements/empty.html", status, base=base)
        chosen = next((each for each in terms if queue in {None, each.queue_id}), None)
        if chosen is None:
            raise NotFound("There is no such queue in this control room.")
        skills = people.skills(reading, people.room(reading, room_id).force_id)
        need = need_of_room(reading, room_id)
    given = dict(form) if form is not None else views.form_values(chosen)
    return page(
        request,
        "requirements/terms.html",
        status,
        base=base,
        chosen=chosen,
        rows=views.rows(chosen),
        tabs=views.tabs(base, terms, chosen.queue_id),
        assumed=views.assumed_words(terms),
        given=given,
        goals=rows_of(given, "goals_at"),
        pots=rows_of(given, "pots"),
        days=day_options(given),
        opened=open_groups(given, errors or {}),
        others=other_queues(terms, chosen),
        errors=dict(errors or {}),
        skills=[
            ("", f"{chosen.queue}, the queue's own name"),
            *((skill.code, skill.name) for skill in skills),
        ],
        definitions=[
            ("", "answered in time, of all offered (assumed)"),
            *views.DEFINITIONS.items(),
        ],
        parts=range(PARTS),
        known_aht=_known_aht(chosen),
        **need,
    )


def _known_aht(chosen: service.Terms) -> str:
    """The handling time that the forecast says, else the counts show, as a sentence or two."""
    said = chosen.forecast
    if said is not None:
        words = f"Left empty: as forecast, {said.aht_seconds:,.0f} s"
        if not said.differs:
            return f"{words}."
        return f"{words} on average, {said.least:,.0f} to {said.most:,.0f} s by the hour."
    found = chosen.measured
    if found is None:
        return "The counts tell no handling times."
    days = period_words(found.first_day, found.last_day)
    words = f"Measured: {found.aht_seconds:,.0f} s, on {found.calls:,.0f} calls of {days}."
    if found.by_hour is None:
        return words
    least, most = (pick(map(pick, found.by_hour)) for pick in (min, max))
    return f"{words} By the hour {least:,.0f} to {most:,.0f} s."
