"""Changes after publication: rest days to name, and what changed for whom, why, at what price."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.errors import Conflict, InvalidInput, NotFound, invalid
from app.people import service as people
from app.rosters import service
from app.rosters.service import ChangePosition, Choice
from app.rosters.views.changes import changes_view, disrupted_rows, to_choose
from app.web.shell import faults, page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rosters/changes")

Reads = Annotated[Visit, allow("rosters.read")]
Changes = Annotated[Visit, allow("rosters.change")]

SHOWN = 50
"""Changes a page."""


@router.get("")
def show(
    request: Request,
    visit: Reads,
    number: Annotated[int | None, Query(ge=0)] = None,
    officer: Annotated[UUID | None, Query()] = None,
    day: Annotated[date | None, Query()] = None,
) -> Response:
    """Rest days to name first, then every change, the newest first."""
    whole = number is not None and officer is not None and day is not None
    before = ChangePosition(number, officer, day) if whole else None  # type: ignore[arg-type]
    with visit.database.read() as reading:
        return _show(request, reading, visit, before, {})


@router.post("/rest-days")
def name(
    request: Request,
    room_id: UUID,
    visit: Changes,
    which: Annotated[str, Form(max_length=100)] = "",
    named: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Name another rest day in place of one that is worked."""
    try:
        position, day = which_change(which, "which"), _day(named)
        with visit.database.write() as transaction:
            by = visit.caller.user_id
            service.name_rest_day(transaction, room_id, position, day, by)
            visit.record(transaction, "named a rest day", position.officer_id)
        return redirect(f"/rooms/{room_id}/rosters/changes", "Named. New rosters keep it free.")
    except InvalidInput as error:
        status, errors = 422, faults(error)
    except (Conflict, NotFound) as error:
        status, errors = error.status, {"which": error.detail}
    with visit.database.read() as reading:
        return _show(request, reading, visit, None, errors, status, which, named)


@router.post("/choices")
def choose(
    request: Request,
    room_id: UUID,
    visit: Changes,
    chosen_for: Annotated[str, Form(max_length=100)] = "",
    choice: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Keep what an officer chose of pay and time off."""
    try:
        position, wanted = which_change(chosen_for, "chosen_for"), read_choice(choice)
        with visit.database.write() as transaction:
            by = visit.caller.user_id
            service.choose(transaction, room_id, position, wanted, by)
            visit.record(transaction, "kept a choice of pay or time off", position.officer_id)
        return redirect(f"/rooms/{room_id}/rosters/changes", "Kept, and posted to the ledger.")
    except InvalidInput as error:
        status, errors = 422, faults(error)
    except (Conflict, NotFound) as error:
        status, errors = error.status, {"chosen_for": error.detail}
    with visit.database.read() as reading:
        return _show(request, reading, visit, None, errors, status)


def read_choice(text: str) -> Choice:
    """A choice as a form gives it.

    Raises:
        InvalidInput: about `choice`, when it is neither.
    """
    if text == "pay":
        return "pay"
    if text == "time":
        return "time"
    raise invalid("choice", "Choose pay or time off.")


def which_change(text: str, field: str) -> ChangePosition:
    """The change that a choice of a form stands for.

    Raises:
        InvalidInput: about the field, when it is none.
    """
    number, _, rest = text.partition("/")
    officer, _, day = rest.partition("/")
    try:
        position = ChangePosition(int(number), UUID(officer), date.fromisoformat(day))
    except ValueError:
        raise invalid(field, "Choose one.") from None
    if not 0 < position.number < 2**31:
        raise invalid(field, "Choose one.")
    return position


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise invalid("named", "Give a date.") from None


def _show(
    request: Request,
    reading: Reading,
    visit: Visit,
    before: ChangePosition | None,
    errors: dict[str, str],
    status: int = 200,
    which: str = "",
    named: str = "",
) -> Response:
    room_id = visit.here.id
    found = service.history(reading, room_id, before, SHOWN + 1)
    owed = service.rest_days_to_name(reading, room_id)
    names = {each.id: each.details.name for each in people.everyone(reading, room_id)}
    open_choices = to_choose(service.choices_open(reading, room_id), names)
    return page(
        request,
        "rosters/changes.html",
        status,
        room=visit.here,
        here=f"/rooms/{room_id}/rosters/changes",
        view=changes_view(owed, found, names, visit.now(), visit.here.zone, SHOWN),
        to_choose=open_choices,
        choices=[(each.value, f"{each.name}, {each.words}") for each in open_choices],
        disrupted=disrupted_rows(service.rest_days_disrupted(reading, room_id), names),
        is_first=before is None,
        errors=errors,
        which=which,
        named=named,
    )
