"""The leave of a control room: who is owed what, leave years, and files for payroll."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict, InvalidInput
from app.leave import service, views
from app.leave.pages.forms import read_number
from app.people import service as people
from app.web.shell import faults, page, redirect
from app.web.words import count, listed, period_words

router = APIRouter(prefix="/rooms/{room_id}/leave")

Looking = Annotated[Visit, allow("leave.read")]
Changing = Annotated[Visit, allow("leave.change")]
Typed = Annotated[str, Form(max_length=20)]
Given = Annotated[str, Query(max_length=20)]

FILTERS = {
    "": "Everyone",
    "rest-days": "Owed rest days",
    "soon": "Loses time soon",
    "away": "Away now or soon",
}
AWAY = timedelta(days=28)
"""How far ahead absence is listed: a rota period of the commonest length."""


@router.get("")
def room_leave(request: Request, room_id: UUID, visit: Looking, show: Given = "") -> Response:
    """Everyone with what they are owed, and who is about to lose time."""
    with visit.database.read() as reading:
        on = service.today(reading, room_id)
        start = service.year_start(reading, room_id)
        standings = service.standings(reading, room_id, on)
        officers = people.everyone(reading, room_id, on)
        away = service.absences_of(reading, room_id, on, on + AWAY)
        written = service.kept_up(reading, room_id)
    rows = views.person_rows(officers, standings, on)
    chosen = show if show in FILTERS else ""
    kept = {
        "": rows,
        "rest-days": [row for row in rows if row.owed],
        "soon": [row for row in rows if row.soon],
    }
    names = {each.id: each.details.name for each in officers}
    return page(
        request,
        "leave/room.html",
        room=visit.here,
        good=views.room_answer(rows, standings),
        chosen=chosen,
        tabs=[
            (words, f"/rooms/{room_id}/leave" + (f"?show={key}" if key else ""), key == chosen)
            for key, words in FILTERS.items()
        ],
        rows=kept.get(chosen, []),
        away=views.away_rows(away, names) if chosen == "away" else [],
        year=period_words(start.year_of(on).first, start.year_of(on).last) if start else "",
        unwritten=sum(bool(each.due) for each in standings.values()),
        has_entries=bool(standings),
        written=views.kept_words(written, visit.here.zone),
        trouble=written.trouble,
    )


@router.get("/year")
def year_form(request: Request, room_id: UUID, visit: Changing) -> Response:
    """The form that says when the leave year begins."""
    with visit.database.read() as reading:
        start = service.year_start(reading, room_id)
    typed = (str(start.day), str(start.month)) if start else ("1", "4")
    return _year_form(request, visit, *typed)


@router.post("/year")
def set_year(
    request: Request, room_id: UUID, visit: Changing, day: Typed = "", month: Typed = ""
) -> Response:
    """Say when the leave year begins, or what is wrong where it was said."""
    try:
        with visit.database.write() as transaction:
            start = service.set_year_start(
                transaction, room_id, read_number(month) or 0, read_number(day) or 0
            )
            visit.record(transaction, "said when the leave year begins")
    except (InvalidInput, Conflict) as error:
        words = error.detail if isinstance(error, Conflict) else next(iter(faults(error).values()))
        return _year_form(request, visit, day, month, {"day": words})
    said = f"The leave year begins on {views.year_words(start)}."
    return redirect(f"/rooms/{room_id}/leave", said)


@router.post("/grants")
def grant_leave(room_id: UUID, visit: Changing) -> Response:
    """Give everyone the leave of the present leave year, or what has changed of it."""
    here = f"/rooms/{room_id}/leave"
    try:
        with visit.database.write() as transaction:
            done = service.grant(transaction, room_id, None, visit.caller.user_id)
            if done.posted:
                visit.record(transaction, "granted leave")
    except Conflict as error:
        return redirect(here, error.detail, "warn")
    period = period_words(done.year.first, done.year.last)
    people_words = count(len(done.posted), "person", "people")
    said = f"Leave for {period}: {people_words} granted." if done.posted else (
        f"Leave for {period} was granted before, and nothing has changed."
    )  # fmt: skip
    if not done.left_out:
        return redirect(here, said)
    wait = count(done.left_out, "person waits", "people wait")
    return redirect(here, f"{said} {wait} for the force's answer: {listed(done.asked)}", "warn")


@router.post("/lapses")
def write_lapses(room_id: UUID, visit: Changing) -> Response:
    """Write what has expired up to today."""
    with visit.database.write() as transaction:
        done = service.settle(transaction, room_id, visit.caller.user_id)
        if done:
            visit.record(transaction, "wrote what expired to the ledger")
    said = f"{count(len(done), 'entry', 'entries')} written." if done else "Nothing has expired."
    return redirect(f"/rooms/{room_id}/leave", said)


@router.get("/export")
def export_form(request: Request, room_id: UUID, visit: Looking) -> Response:
    """The form by which payroll takes a span of days as a file; it proposes the month before."""
    with visit.database.read() as reading:
        on = service.today(reading, room_id)
    last = on.replace(day=1) - timedelta(days=1)
    return page(
        request,
        "leave/export.html",
        room=visit.here,
        since=last.replace(day=1).isoformat(),
        until=last.isoformat(),
        columns=service.COLUMNS,
    )


def _year_form(
    request: Request,
    visit: Visit,
    day: str,
    month: str,
    errors: dict[str, str] | None = None,
) -> Response:
    months = [(at, f"{date(2027, at, 1):%B}") for at in range(1, 13)]
    return page(
        request,
        "leave/year.html",
        422 if errors else 200,
        room=visit.here,
        day=day,
        month=month,
        months=months,
        errors=errors or {},
    )
