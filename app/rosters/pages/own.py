"""My shifts: when an officer is on next, what changed and why, and the weeks ahead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request, Response

from app.auth.guard import Visit, allow
from app.people import service as people
from app.preferences import service as preferences
from app.rosters import service
from app.rosters.pages.changes import read_choice, which_change
from app.rosters.views.authorised import authorised_views
from app.rosters.views.changes import to_choose
from app.rosters.views.own import own_view
from app.web.shell import page, redirect

router = APIRouter(prefix="/my/shifts")

Own = Annotated[Visit, allow("leave.own")]
Mine = Annotated[Visit, allow("rosters.read_published")]

AHEAD = timedelta(days=62)
"""How far ahead shifts are shown: this month and the next."""

CHANGED = timedelta(days=14)
"""How long a change of a published shift stays at the top of the page."""


@router.get("")
def my_shifts(request: Request, visit: Mine) -> Response:
    """The officer's own published shifts."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        now = own.room.now()
        today = now.astimezone(ZoneInfo(own.room.zone)).date()
        span = people.Span(now - timedelta(days=today.day + 1), now + AHEAD)
        shifts = service.own_shifts(reading, own.room.id, own.officer_id, span)
        changes = service.own_changes(reading, own.room.id, own.officer_id, today, today + AHEAD)
        wishes = preferences.wishes_of(reading, own.room.id, own.officer_id)
        allowed = service.own_authorised(reading, own.room.id, own.officer_id, today)
        choices = service.choices_open(reading, own.room.id, own.officer_id)
        until = _published_until(service.rosters(reading, own.room.id), today)
    recent = [
        (change, why)
        for change, why in changes
        if not why.whole and now - why.at < CHANGED and change.day >= today
    ]
    return page(
        request,
        "rosters/mine.html",
        authorised=authorised_views(allowed),
        to_choose=to_choose(choices, {}),
        view=own_view(shifts, recent, wishes, now, own.room.zone, until),
    )


@router.post("/choice")
def choose(
    visit: Own,
    which: Annotated[str, Form(max_length=100)] = "",
    choice: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Choose pay or time off for a change of one's own."""
    said, wanted = which_change(which, "which"), read_choice(choice)
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        mine = service.ChangePosition(said.number, own.officer_id, said.day)
        by = visit.caller.user_id
        service.choose(transaction, own.room.id, mine, wanted, by)
        visit.record(transaction, "chose pay or time off", own.officer_id)
    return redirect("/my/shifts", f"Kept: {'pay' if wanted == 'pay' else 'time off'}.")


def _published_until(found: tuple[service.Roster, ...], today: date) -> date | None:
    """The last day for which a roster is published; None where none is from today on."""
    days = [each.last_day for each in found if each.state == "published"]
    return max((day for day in days if day >= today), default=None)
