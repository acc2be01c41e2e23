"""The panel of the grid: an officer-day, a proposal with its effect, keeping it, undoing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Transaction
from app.errors import Conflict, InvalidInput, NotFound, Stale, Unlawful
from app.rosters import service
from app.rosters.service import Authority, DayChange, Ground, LaidOut, Roster, Why
from app.rosters.views.authorised import GROUND_WORDS
from app.rosters.views.panel import cell_panel, gap_panel, proposal_panel, taker_views
from app.web.shell import fragment, redirect
from app.web.views.roster_grid import usual_shifts
from app.web.words import count
from rostering.notice import Reason

router = APIRouter(prefix="/rooms/{room_id}/rosters/{roster_id}")

Reads = Annotated[Visit, allow("rosters.read")]
Changes = Annotated[Visit, allow("rosters.change")]
Authorises = Annotated[Visit, allow("rosters.authorise")]
Because = Annotated[Reason | None, Form()]
Words = Annotated[str, Form(max_length=1000)]

STALE = "Someone else changed this roster first. Your change was not saved; nothing else is lost."


@router.get("/cells/{row}/{column}")
def cell(
    request: Request, room_id: UUID, roster_id: UUID, row: int, column: int, visit: Reads
) -> Response:
    """What stands on an officer-day, and what else it could be."""
    with visit.database.read() as reading:
        desk = _desk(service.laid_out(reading, room_id, roster_id), row, column).opened
        officer, day = UUID(desk.problem.officers[row].id), desk.problem.date_of(column)
        options = service.day_options(reading, room_id, roster_id, officer, day)
        shift = desk.standing.shift(row, column)
        found = (
            service.takers(reading, room_id, roster_id, day, shift.code, officer, limit=5)
            if shift
            else None
        )
    return fragment(
        request,
        "rosters/_cell.html",
        here=f"/rooms/{room_id}/rosters/{roster_id}",
        panel=cell_panel(desk, row, column, options),
        roster=desk.roster,
        officer=officer,
        day=day,
        row=row,
        column=column,
        takers=taker_views(found.best) if found else (),
        others=found,
    )


@router.get("/cells/{row}/{column}/try")
def attempt(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    row: int,
    column: int,
    visit: Reads,
    shift: Annotated[str, Query(max_length=64)] = "",
    to: Annotated[UUID | None, Query()] = None,
) -> Response:
    """What a proposal would make of the roster: a shift or rest here, or this shift to another."""
    with visit.database.read() as reading:
        laid = _desk(service.laid_out(reading, room_id, roster_id), row, column)
        changes = _proposed(laid, row, column, shift, to)
        try:
            trial = service.try_changes(reading, room_id, roster_id, changes)
        except InvalidInput as error:
            return _refusal(request, error.places[0].words, 422)
    return fragment(
        request,
        "rosters/_try.html",
        here=f"/rooms/{room_id}/rosters/{roster_id}",
        panel=proposal_panel(laid.opened, trial),
        roster=laid.opened.roster,
        changes=changes,
        grounds=[(ground, words, "") for ground, words in GROUND_WORDS.items()],
    )


@router.get("/gaps/{kind}/{column}")
def gap(
    request: Request, room_id: UUID, roster_id: UUID, kind: str, column: int, visit: Reads
) -> Response:
    """Who could fill a gap: by the usual shift of a kind on a day."""
    with visit.database.read() as reading:
        laid = _desk(service.laid_out(reading, room_id, roster_id), 0, column)
        code = usual_shifts(laid.problem, laid.roster).get(kind)
        if code is None:
            raise NotFound("There is no such shift in this roster.")
        day = laid.problem.date_of(column)
        found = service.takers(reading, room_id, roster_id, day, code, limit=8)
    return fragment(
        request,
        "rosters/_gap.html",
        here=f"/rooms/{room_id}/rosters/{roster_id}",
        panel=gap_panel(laid, code, column, found),
        rows=laid.problem.officer_index,
        column=column,
        code=code,
    )


@router.post("/edits")
def edit(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Changes,
    version: Annotated[int, Form()],
    officer: Annotated[list[UUID], Form(max_length=10)],
    day: Annotated[list[date], Form(max_length=10)],
    code: Annotated[list[str], Form(max_length=10)],
    reason: Because = None,
    note: Words = "",
    authority: Words = "",
) -> Response:
    """Keep a proposal; a published roster is published again as a change."""
    changes = _sent(officer, day, code)
    why = Why(reason, note.strip(), authority.strip())

    def act(transaction: Transaction) -> Roster:
        user = visit.caller.user_id
        made, _ = service.edit(transaction, room_id, roster_id, version, changes, user, why)
        return made

    return _acted(request, visit, roster_id, act, "changed a roster", "Kept.")


@router.post("/authorised")
def authorise(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Authorises,
    version: Annotated[int, Form()],
    officer: Annotated[list[UUID], Form(max_length=10)],
    day: Annotated[list[date], Form(max_length=10)],
    code: Annotated[list[str], Form(max_length=10)],
    ground: Annotated[Ground, Form()],
    authorised_by: Words = "",
    authorised_reason: Words = "",
    rest_hours: Annotated[float, Form(ge=0, le=1000, allow_inf_nan=False)] = 0.0,
    rest_by: Annotated[date | None, Form()] = None,
    reason: Because = None,
    authority: Words = "",
) -> Response:
    """Keep a proposal that breaks rules, on somebody's word."""
    changes = _sent(officer, day, code)
    by, because = authorised_by.strip(), authorised_reason.strip()
    said = Authority(ground, by, because, round(rest_hours * 60), rest_by)
    why = Why(reason, "", authority.strip())

    def act(transaction: Transaction) -> Roster:
        user = visit.caller.user_id
        made, _ = service.edit(transaction, room_id, roster_id, version, changes, user, why, said)
        return made

    return _acted(request, visit, roster_id, act, "authorised a breach of a rule", "Kept.")


@router.post("/undo")
def undo(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Changes,
    version: Annotated[int, Form()],
    reason: Because = None,
    note: Words = "",
    authority: Words = "",
) -> Response:
    """Take the last change back."""
    user, why = visit.caller.user_id, Why(reason, note.strip(), authority.strip())

    def act(transaction: Transaction) -> Roster:
        return service.undo(transaction, room_id, roster_id, version, user, why)

    return _acted(request, visit, roster_id, act, "undid a change of a roster", "Undone.")


@router.post("/redo")
def redo(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Changes,
    version: Annotated[int, Form()],
    reason: Because = None,
    note: Words = "",
    authority: Words = "",
) -> Response:
    """Make the change again that was taken back last."""
    user, why = visit.caller.user_id, Why(reason, note.strip(), authority.strip())

    def act(transaction: Transaction) -> Roster:
        return service.redo(transaction, room_id, roster_id, version, user, why)

    return _acted(request, visit, roster_id, act, "redid a change of a roster", "Done again.")


@router.post("/pins")
def pin(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Changes,
    version: Annotated[int, Form()],
    officer: Annotated[UUID, Form()],
    day: Annotated[date, Form()],
    pinned: Annotated[str, Form(max_length=3)] = "",
    what: Annotated[Literal["shift", "kind"], Form()] = "shift",
    reach: Annotated[Literal["day", "week", "room"], Form()] = "day",
) -> Response:
    """Pin an officer-day as it is, the officer's week or everybody's day, or let them go."""
    is_pinned = pinned == "yes"
    with visit.database.read() as reading:
        cells = service.pin_cells(reading, room_id, roster_id, officer, day, reach)

    def act(transaction: Transaction) -> Roster:
        return service.set_pinned(
            transaction, room_id, roster_id, version, cells, visit.caller.user_id,
            pinned=is_pinned, kinds=what == "kind",
        )  # fmt: skip

    words = f"{count(len(cells), 'day')} {'pinned' if is_pinned else 'no longer pinned'}."
    return _acted(request, visit, roster_id, act, "pinned days of a roster", words)


def _acted(
    request: Request,
    visit: Visit,
    roster_id: UUID,
    act: Callable[[Transaction], Roster],
    what: str,
    words: str,
) -> Response:
    """Do it and show the roster, or say in the panel why not."""
    here = f"/rooms/{visit.here.id}/rosters/{roster_id}"
    try:
        with visit.database.write() as transaction:
            act(transaction)
            visit.record(transaction, what, roster_id)
        return redirect(here, words)
    except Unlawful as error:
        words, status = " ".join([error.detail, *error.breaches[1:]]), error.status
    except Stale as error:
        words, status = STALE, error.status
    except InvalidInput as error:
        words, status = error.places[0].words, error.status
    except Conflict as error:
        words, status = error.detail, error.status
    if request.headers.get("X-Parade") == "fragment":
        return _refusal(request, words, status)
    return redirect(here, words, "short")


def _sent(officers: list[UUID], days: list[date], codes: list[str]) -> list[DayChange]:
    """The officer-days of a form, an empty code being a rest day."""
    cells = zip(officers, days, codes, strict=False)
    return [DayChange(who, when, what or None) for who, when, what in cells]


def _refusal(request: Request, words: str, status: int) -> Response:
    return fragment(request, "rosters/_refused.html", status, words=words)


def _desk(laid: LaidOut, row: int, column: int) -> LaidOut:
    problem = laid.problem
    if not (0 <= row < len(problem.officers) and 0 <= column < problem.days):
        raise NotFound("There is no such day in this roster.")
    return laid


def _proposed(
    laid: LaidOut, row: int, column: int, shift: str, to: UUID | None
) -> tuple[DayChange, ...]:
    """The changes that a proposal stands for; `to` is given what stands on the officer-day."""
    problem = laid.problem
    officer, day = UUID(problem.officers[row].id), problem.date_of(column)
    if to is not None:
        now = laid.opened.standing.shift(row, column)
        code = now.code if now else None
        return DayChange(officer, day, None), DayChange(to, day, code)
    return (DayChange(officer, day, _code(laid, shift)),)


def _code(laid: LaidOut, text: str) -> str | None:
    """The code that a key or a code stands for: `R` is rest, a letter the usual shift of a kind."""
    if text in laid.problem.shift_index:
        return text
    if text in {"", "R"}:
        return None
    code = usual_shifts(laid.problem, laid.roster).get(text)
    if code is None:
        raise NotFound("There is no such shift in this roster.")
    return code
