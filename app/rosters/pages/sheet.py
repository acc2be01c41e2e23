"""A roster's page: its grid, how it stands, how its search goes, and where it is put aside."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.errors import InvalidInput
from app.jobs import service as jobs
from app.rosters import service
from app.rosters.views.authorised import authorised_views
from app.rosters.views.fatigue import fatigue
from app.rosters.views.listing import state_tag
from app.rosters.views.sheet import cover_views, sheet
from app.rosters.views.weighing import prices_view
from app.web.shell import page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rosters/{roster_id}")

Reads = Annotated[Visit, allow("rosters.read")]
Changes = Annotated[Visit, allow("rosters.change")]
Authorises = Annotated[Visit, allow("rosters.authorise")]


@router.get("")
def show(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Reads,
    team: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The roster: while it is made its progress, then the grid to read and change."""
    with visit.database.read() as reading:
        laid = service.laid_out(reading, room_id, roster_id)
        kept = laid.opened.roster
        job = jobs.job(reading, room_id, kept.job_id)
        trail = service.edits(reading, room_id, roster_id)
        late = service.expected_late(reading, laid.opened)
        weighed = service.weighed_roster(reading, laid.opened)
        allowed = service.authorised_breaches(reading, room_id, roster_id)
    busy = kept.stopped is None and not job.has_ended
    today = visit.today()
    here = f"/rooms/{room_id}/rosters/{roster_id}"
    return page(
        request,
        "rosters/sheet.html",
        room=visit.here,
        roster=kept,
        here=here,
        tag=state_tag(kept, busy=busy),
        busy=busy,
        job=job,
        events=f"/api/v1/rooms/{room_id}/jobs/{job.id}/events",
        cancel=f"/rooms/{room_id}/rosters/{roster_id}/stop",
        view=sheet(laid, visit.here.name, team, late),
        prices=prices_view(weighed),
        authorised=authorised_views(allowed),
        today=today,
        team=team,
        over=kept.last_day <= today,
        can_change=not busy and kept.state in {"draft", "published"},
        can_undo=any(edit.state == "done" for edit in trail),
        can_redo=any(edit.state == "undone" for edit in trail),
        has_shifts=bool((laid.opened.standing.choices >= 0).any()),
        urls={
            "panel": f"{here}/cells/{{row}}/{{day}}",
            "try": f"{here}/cells/{{row}}/{{day}}/try?shift={{shift}}",
            "gap": f"{here}/gaps/{{kind}}/{{day}}",
        },
    )


@router.get("/cover")
def cover(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Reads,
    chosen: Annotated[int, Query(alias="set", ge=0)] = 0,
) -> Response:
    """Need against cover of the roster, one set of queues at a time."""
    with visit.database.read() as reading:
        laid = service.laid_out(reading, room_id, roster_id)
    views = cover_views(laid)
    here = f"/rooms/{room_id}/rosters/{roster_id}"
    return page(
        request,
        "rosters/cover.html",
        room=visit.here,
        roster=laid.opened.roster,
        here=here,
        tabs=[(view.label, f"{here}/cover?set={index}", index == chosen)
              for index, view in enumerate(views)],
        view=views[min(chosen, len(views) - 1)] if views else None,
    )  # fmt: skip


@router.get("/fatigue")
def show_fatigue(request: Request, room_id: UUID, roster_id: UUID, visit: Reads) -> Response:
    """The fatigue score of the roster: its most tiring shifts, teams and lines."""
    with visit.database.read() as reading:
        desk = service.opened(reading, room_id, roster_id)
    view = fatigue(desk.standing)
    return page(
        request,
        "rosters/fatigue.html",
        room=visit.here,
        roster=desk.roster,
        here=f"/rooms/{room_id}/rosters/{roster_id}",
        view=view,
        shift_rows=[(each.name, each.day, each.points, each.words) for each in view.shifts],
    )


@router.get("/prices")
def show_prices(request: Request, room_id: UUID, roster_id: UUID, visit: Reads) -> Response:
    """What the roster cost: by dial and rule, by day, by team, and the dearest things."""
    with visit.database.read() as reading:
        found = service.weighed(reading, room_id, roster_id)
    return page(
        request,
        "rosters/prices.html",
        room=visit.here,
        roster=found.roster,
        here=f"/rooms/{room_id}/rosters/{roster_id}",
        prices=prices_view(found),
    )


@router.post("/authorised/{breach_id}/rest")
def give_rest(
    room_id: UUID,
    roster_id: UUID,
    breach_id: UUID,
    visit: Authorises,
    day: Annotated[date, Form()],
) -> Response:
    """Write down when compensatory rest was given."""
    with visit.database.write() as transaction:
        service.give_rest(transaction, room_id, roster_id, breach_id, day)
        visit.record(transaction, "noted compensatory rest as given", roster_id)
    return redirect(f"/rooms/{room_id}/rosters/{roster_id}", "The rest is noted as given.")


@router.post("/stop")
def stop(room_id: UUID, roster_id: UUID, visit: Changes) -> Response:
    """Stop the search and keep the best roster so far."""
    with visit.database.write() as transaction:
        found = service.roster(transaction, room_id, roster_id)
        jobs.cancel(transaction, room_id, found.job_id)
        visit.record(transaction, "stopped the search for a roster", roster_id)
    return redirect(
        f"/rooms/{room_id}/rosters/{roster_id}", "Stopping. The best roster so far is kept."
    )


@router.post("/name")
def rename(
    room_id: UUID,
    roster_id: UUID,
    visit: Changes,
    version: Annotated[int, Form()],
    name: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Call the roster something else."""
    here = f"/rooms/{room_id}/rosters/{roster_id}"
    try:
        with visit.database.write() as transaction:
            service.rename(transaction, room_id, roster_id, version, name)
            visit.record(transaction, "renamed a roster", roster_id)
    except InvalidInput as error:
        return redirect(here, error.places[0].words, "short")
    return redirect(here, "Renamed.")


@router.post("/discard")
def discard(
    room_id: UUID, roster_id: UUID, visit: Changes, version: Annotated[int, Form()]
) -> Response:
    """Put a draft aside."""
    with visit.database.write() as transaction:
        service.discard(transaction, room_id, roster_id, version)
        visit.record(transaction, "discarded a roster", roster_id)
    return redirect(
        f"/rooms/{room_id}/rosters", "Discarded. It can still be read, but no longer changed."
    )
