"""One person's ledger: what is owed, what goes when, every entry; postings and absence by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.db.types import new_id
from app.errors import Conflict, InvalidInput, invalid
from app.leave import service, views
from app.leave.pages.forms import AbsenceForm, PostForm, read_day
from app.people import service as people
from app.web.shell import faults, page, redirect
from app.web.words import date_year, period_words

router = APIRouter(prefix="/rooms/{room_id}/leave/{officer_id}")

Looking = Annotated[Visit, allow("leave.read")]
Changing = Annotated[Visit, allow("leave.change")]
Number = Annotated[int, Form(ge=1, le=2_000_000_000)]
Year = Annotated[str, Query(max_length=10)]

AROUND = timedelta(days=366)
"""How far back and ahead absence is listed."""


@router.get("")
def show_ledger(
    request: Request, room_id: UUID, officer_id: UUID, visit: Looking, year: Year = ""
) -> Response:
    """A person's accounts, what goes when, absence, and the entries of a leave year."""
    with visit.database.read() as reading:
        officer = people.officer(reading, room_id, officer_id)
        on = service.today(reading, room_id)
        standing = service.standing_of(reading, room_id, officer_id, on)
        entries = service.ledger_of(reading, room_id, officer_id)
        start = service.year_start(reading, room_id)
        away = service.absences_of(reading, room_id, on - AROUND, on + AROUND, officer_id)
    home = f"/rooms/{room_id}/leave/{officer_id}"
    shown, tabs = views.year_tabs(entries, start, year, home)
    return page(
        request,
        "leave/person.html",
        room=visit.here,
        officer=officer,
        home=home,
        said=views.answer(officer.details.name, standing, on),
        figures=views.figures(standing),
        lots=views.lot_rows(standing),
        absences=views.absence_rows(away),
        tabs=tabs,
        entries=views.entry_rows(entries, visit.here.zone, shown),
        due=[each.words for each in standing.due],
    )


@router.get("/post")
def post_form(request: Request, room_id: UUID, officer_id: UUID, visit: Changing) -> Response:
    """The form by which something is posted by hand."""
    return _post_form(request, visit, (room_id, officer_id), PostForm(), {})


@router.post("/post")
def post_by_hand(
    request: Request,
    room_id: UUID,
    officer_id: UUID,
    visit: Changing,
    typed: Annotated[PostForm, Form()],
) -> Response:
    """Post by hand, or say what is wrong where it was said."""
    try:
        entry = typed.entry(officer_id)
        with visit.database.write() as transaction:
            people.officer(transaction, room_id, officer_id)
            name = str(new_id())
            service.post_by_hand(transaction, room_id, name, [entry], visit.caller.user_id)
            visit.record(transaction, "posted to the ledger", officer_id)
    except InvalidInput as error:
        errors = {name.rpartition(".")[2]: words for name, words in faults(error).items()}
        return _post_form(request, visit, (room_id, officer_id), typed, errors)
    said = views.signed_words(entry.account, entry.amount)
    label = views.LABELS[entry.account].lower()
    return redirect(f"/rooms/{room_id}/leave/{officer_id}", f"Posted: {said}, {label}.")


@router.post("/take-back")
def take_back(room_id: UUID, officer_id: UUID, visit: Changing, number: Number) -> Response:
    """Take back what was posted by hand."""
    with visit.database.write() as transaction:
        people.officer(transaction, room_id, officer_id)
        service.take_back(transaction, room_id, number, visit.caller.user_id)
        visit.record(transaction, "took back a posting to the ledger", officer_id)
    said = "Taken back: the opposite is posted on the same day."
    return redirect(f"/rooms/{room_id}/leave/{officer_id}", said)


@router.get("/away")
def absence_form(request: Request, room_id: UUID, officer_id: UUID, visit: Changing) -> Response:
    """The form by which an absence is recorded."""
    return _absence_form(request, visit, (room_id, officer_id), AbsenceForm(), {})


@router.post("/away")
def record_absence(
    request: Request,
    room_id: UUID,
    officer_id: UUID,
    visit: Changing,
    typed: Annotated[AbsenceForm, Form()],
) -> Response:
    """Record an absence, and say which published shifts lie on it; or what is wrong."""
    try:
        details = typed.details()
        with visit.database.write() as transaction:
            done = service.record_absence(
                transaction, room_id, officer_id, details, visit.caller.user_id
            )
            visit.record(transaction, "recorded an absence", done.absence.id)
    except InvalidInput as error:
        return _absence_form(request, visit, (room_id, officer_id), typed, faults(error))
    except Conflict as error:
        return _absence_form(request, visit, (room_id, officer_id), typed, {"first": error.detail})
    kind, period = views.KINDS[details.kind], period_words(details.first, details.last)
    lying = views.shifts_words(done.shifts, visit.here.zone)
    said = f"Recorded: {kind.lower()}, {period}. {lying}".strip()
    return redirect(f"/rooms/{room_id}/leave/{officer_id}", said, "warn" if lying else "ok")


@router.post("/away/{absence_id}/take-back")
def withdraw_absence(
    room_id: UUID, officer_id: UUID, absence_id: UUID, visit: Changing
) -> Response:
    """Take an absence back; leave that it took goes back to its account."""
    with visit.database.write() as transaction:
        people.officer(transaction, room_id, officer_id)
        service.withdraw_absence(transaction, room_id, absence_id, visit.caller.user_id)
        visit.record(transaction, "took back an absence", absence_id)
    return redirect(f"/rooms/{room_id}/leave/{officer_id}", "The absence is taken back.")


@router.get("/away/{absence_id}/end")
def end_form(
    request: Request, room_id: UUID, officer_id: UUID, absence_id: UUID, visit: Changing
) -> Response:
    """The form by which an absence ends earlier."""
    return _day_form(request, visit, (room_id, officer_id), absence_id, "leave/end.html")


@router.post("/away/{absence_id}/end")
def shorten_absence(
    request: Request,
    room_id: UUID,
    officer_id: UUID,
    absence_id: UUID,
    visit: Changing,
    last: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Let an absence end earlier, or say what is wrong with the day."""
    day = read_day(last)
    try:
        if day is None:
            raise invalid("last", "Give a day, such as 2027-01-04.")
        with visit.database.write() as transaction:
            people.officer(transaction, room_id, officer_id)
            user = visit.caller.user_id
            new = service.shorten_absence(transaction, room_id, absence_id, day, user)
            visit.record(transaction, "let an absence end earlier", new.id)
    except InvalidInput as error:
        whose = (room_id, officer_id)
        return _day_form(request, visit, whose, absence_id, "leave/end.html", last, faults(error))
    said = f"The absence ends on {date_year(day)}."
    return redirect(f"/rooms/{room_id}/leave/{officer_id}", said)


@router.get("/away/{absence_id}/recall")
def recall_form(
    request: Request, room_id: UUID, officer_id: UUID, absence_id: UUID, visit: Changing
) -> Response:
    """The form by which somebody is recalled for a day."""
    return _day_form(request, visit, (room_id, officer_id), absence_id, "leave/recall.html")


@router.post("/away/{absence_id}/recall")
def recall(
    request: Request,
    room_id: UUID,
    officer_id: UUID,
    absence_id: UUID,
    visit: Changing,
    day: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Recall somebody for a day, or say what is wrong with it."""
    whose, given = (room_id, officer_id), read_day(day)
    try:
        if given is None:
            raise invalid("day", "Give a day, such as 2027-01-04.")
        with visit.database.write() as transaction:
            people.officer(transaction, *whose)
            service.recall(transaction, room_id, absence_id, given, visit.caller.user_id)
            visit.record(transaction, "recalled somebody from an absence", absence_id)
    except InvalidInput as error:
        wrong = faults(error)
        return _day_form(request, visit, whose, absence_id, "leave/recall.html", day, wrong)
    except Conflict as error:
        wrong = {"day": error.detail}
        return _day_form(request, visit, whose, absence_id, "leave/recall.html", day, wrong)
    said = f"Recalled for {date_year(given)}. Give them the duty in the published roster."
    return redirect(f"/rooms/{room_id}/leave/{officer_id}", said)


def _day_form(
    request: Request,
    visit: Visit,
    whose: tuple[UUID, UUID],
    absence_id: UUID,
    template: str,
    day: str = "",
    errors: dict[str, str] | None = None,
) -> Response:
    with visit.database.read() as reading:
        officer = people.officer(reading, *whose)
        absence = service.absence(reading, whose[0], absence_id)
    said = absence.details
    return page(
        request,
        template,
        422 if errors else 200,
        room=visit.here,
        officer=officer,
        absence=absence,
        period=period_words(said.first, said.last),
        day=day,
        errors=errors or {},
    )


def _post_form(
    request: Request,
    visit: Visit,
    whose: tuple[UUID, UUID],
    typed: PostForm,
    errors: dict[str, str],
) -> Response:
    with visit.database.read() as reading:
        officer = people.officer(reading, *whose)
    return page(
        request,
        "leave/post.html",
        422 if errors else 200,
        room=visit.here,
        officer=officer,
        accounts=tuple(views.LABELS.items()),
        form=typed,
        errors=errors,
    )


def _absence_form(
    request: Request,
    visit: Visit,
    whose: tuple[UUID, UUID],
    typed: AbsenceForm,
    errors: dict[str, str],
) -> Response:
    with visit.database.read() as reading:
        officer = people.officer(reading, *whose)
        on = service.today(reading, visit.here.id)
        standing = service.standing_of(reading, *whose, on)
    return page(
        request,
        "leave/away.html",
        422 if errors else 200,
        room=visit.here,
        officer=officer,
        kinds=tuple(views.KINDS.items()),
        accounts=views.charged_options(standing),
        form=typed,
        errors=errors,
    )
