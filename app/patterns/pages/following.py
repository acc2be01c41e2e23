"""A year by team, and the form by which a pattern is rolled out, its effect first."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.errors import InvalidInput, invalid
from app.patterns import service
from app.patterns.schemas.following import TEAMS, RollOutForm
from app.patterns.views.following import (
    MONTHS,
    act_views,
    month_after,
    preview_rows,
    preview_words,
    year_of,
)
from app.people import service as people
from app.web.shell import faults, page, redirect

router = APIRouter(prefix="/rooms/{room_id}/patterns")

Looking = Annotated[Visit, allow("patterns.read")]
Changing = Annotated[Visit, allow("patterns.change")]
Typed = Annotated[RollOutForm, Form()]
Asked = Annotated[RollOutForm, Query()]

LOOK = "look"
"""The act of a form that keeps nothing; it is posted, since its token belongs in no address."""


@router.get("/year")
def year(
    request: Request,
    room_id: UUID,
    visit: Looking,
    since: Annotated[date | None, Query(alias="from")] = None,
) -> Response:
    """What teams, and officers on patterns of their own, follow over twelve months."""
    with visit.database.read() as reading:
        today = service.today(reading, room_id)
        first = (since or today).replace(day=1)
        service.check_day("from", first)
        days = (month_after(first, MONTHS) - first).days
        of_teams = service.team_lines(reading, room_id, first, days)
        of_officers = service.own_lines(reading, room_id, first, days)
        teams = people.teams(reading, room_id)
        officers = people.everyone(reading, room_id)
        acts = service.roll_outs(reading, room_id)
    named = [(each.id, each.name, of_teams.get(each.id, {})) for each in teams]
    named += [
        (each.id, each.details.name, of_officers[each.id])
        for each in officers
        if each.id in of_officers
    ]
    names = {each.id: each.details.name for each in officers} | {t.id: t.name for t in teams}
    return page(
        request,
        "patterns/year.html",
        room=visit.here,
        first=first,
        before=month_after(first, -MONTHS),
        after=month_after(first, MONTHS),
        years=[year_of(str(key), name, line, first, today) for key, name, line in named],
        followed=sum(bool(line) for _, _, line in named),
        acts=list(act_views(acts, names, visit.here.zone)),
    )


@router.get("/roll-out")
def roll_out_form(request: Request, room_id: UUID, visit: Changing, typed: Asked) -> Response:
    """The form of a roll-out; once it is filled, what it would change for whom."""
    with visit.database.read() as reading:
        if not typed.first_day:
            today = service.today(reading, room_id)
            monday = today + timedelta(weeks=5, days=-today.weekday())
            typed = typed.model_copy(update={"first_day": monday.isoformat()})
            return _form(request, reading, visit, typed)
        return _looked_at(request, reading, visit, typed)


def _looked_at(request: Request, reading: Reading, visit: Visit, typed: RollOutForm) -> Response:
    """The form with what it would change, or with what is wrong in it."""
    room_id = visit.here.id
    try:
        wanted = _wanted(reading, room_id, typed)
        seen = service.preview(reading, room_id, wanted)
    except InvalidInput as error:
        return _form(request, reading, visit, typed, _errors(error))
    places = ", ".join(str(target.place + 1) for target in wanted.targets)
    return _form(request, reading, visit, typed.model_copy(update={"begins": places}), seen=seen)


@router.post("/roll-out")
def roll_out(request: Request, room_id: UUID, visit: Changing, typed: Typed) -> Response:
    """Let teams or officers follow a pattern, show what it changes, or say what is wrong in it."""
    if typed.act == LOOK:
        with visit.database.read() as reading:
            return _looked_at(request, reading, visit, typed)
    try:
        with visit.database.write() as transaction:
            wanted = _wanted(transaction, room_id, typed)
            new = service.roll_out(transaction, room_id, wanted, visit.caller.user_id)
            visit.record(transaction, "rolled out a pattern", new[0].act_id)
    except InvalidInput as error:
        with visit.database.read() as reading:
            return _form(request, reading, visit, typed, _errors(error))
    return redirect(
        f"/rooms/{room_id}/patterns/year?from={wanted.first_day}",
        f"{wanted.pattern.title} is rolled out. It can be taken back below.",
    )


@router.post("/roll-outs/{act_id}/withdraw")
def withdraw(room_id: UUID, act_id: UUID, visit: Changing) -> Response:
    """Take back what was applied together."""
    with visit.database.write() as transaction:
        gone = service.withdraw(transaction, room_id, act_id, visit.caller.user_id)
        visit.record(transaction, "took a roll-out back", act_id)
    return redirect(
        f"/rooms/{room_id}/patterns/year?from={gone[0].first_day}",
        f"{gone[0].pattern.title} is taken back; what was followed before is followed again.",
    )


def _wanted(reading: Reading, room_id: UUID, typed: RollOutForm) -> service.Wanted:
    keys = {each.key for each in service.patterns(reading, room_id)}
    if typed.pattern not in keys:
        raise invalid("pattern", "Choose a pattern.")
    known = service.pattern(reading, room_id, typed.pattern)
    return typed.wanted(
        known.pattern,
        [team.id for team in people.teams(reading, room_id)],
        [officer.id for officer in people.everyone(reading, room_id)],
        partial(service.suggested_places, reading, room_id),
    )


def _errors(error: InvalidInput) -> dict[str, str]:
    """By the form's own fields: where each target begins is typed into one of them."""
    return {
        "begins" if name.endswith(".place") else "who" if name.startswith("targets") else name: said
        for name, said in faults(error).items()
    }


def _form(
    request: Request,
    reading: Reading,
    visit: Visit,
    typed: RollOutForm,
    errors: dict[str, str] | None = None,
    seen: tuple[service.Previewed, ...] | None = None,
) -> Response:
    room_id = visit.here.id
    teams = people.teams(reading, room_id)
    today = service.today(reading, room_id)
    who = [(TEAMS, "All teams")] * bool(teams)
    who += [(str(team.id), f"Team {team.name}") for team in teams]
    who += [(str(o.id), o.details.name) for o in people.everyone(reading, room_id, today)]
    return page(
        request,
        "patterns/rolling.html",
        422 if errors else 200,
        room=visit.here,
        form=typed,
        errors=errors or {},
        patterns=[(each.key, each.pattern.title) for each in service.patterns(reading, room_id)],
        who=who,
        seen=None if seen is None else preview_words(seen),
        rows=preview_rows(seen or (), {team.id: team.name for team in teams}),
    )
