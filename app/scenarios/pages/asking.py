"""The scenarios of a room, and the form by which a question is asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.errors import Conflict, InvalidInput
from app.requirements import service as requirements
from app.rosters import service as rosters
from app.scenarios import service
from app.scenarios.views import form as forms
from app.scenarios.views.form import Filled
from app.scenarios.views.listing import examples, listing
from app.web.http.typed import text_fields
from app.web.shell import page, redirect
from app.web.words import period_words

router = APIRouter(prefix="/rooms/{room_id}/what-if")

Reads = Annotated[Visit, allow("scenarios.read")]
Runs = Annotated[Visit, allow("scenarios.run")]

PAGE = 20
WEEK = 7

ROSTERS = 40
"""Rosters that the form offers, the newest."""


async def _sent(request: Request) -> Filled:
    """The form that was sent."""
    form = await request.form()
    said = text_fields(form)
    changes = tuple(text for text in form.getlist("change") if isinstance(text, str))
    return Filled(said, changes)


Sent = Annotated[Filled, Depends(_sent)]


@router.get("")
def list_scenarios(
    request: Request, room_id: UUID, visit: Reads, before: Annotated[UUID | None, Query()] = None
) -> Response:
    """The scenarios of the room, the newest first, or examples to start from."""
    home = f"/rooms/{room_id}/what-if"
    with visit.database.read() as reading:
        found = service.scenarios(reading, room_id, before, PAGE + 1)
        shown = found[:PAGE]
        states = service.job_states(reading, room_id, shown)
        newest = requirements.newest(reading, room_id)
        first = _start(reading, visit)
        started = _examples(reading, room_id, home, newest, first) if newest else ()
    return page(
        request,
        "scenarios/list.html",
        home=home,
        room=visit.here,
        rows=listing(shown, states, visit.here.zone),
        more=f"{home}?before={shown[-1].id}" if len(found) > PAGE else "",
        first=home if before else "",
        examples=started,
    )


def _examples(
    reading: Reading,
    room_id: UUID,
    home: str,
    newest: requirements.Requirement,
    first: date,
) -> tuple[object, ...]:
    by_urgency = sorted((each.terms for each in newest.terms), key=lambda each: each.urgency)
    urgent, *others = [each.queue for each in by_urgency]
    roster = next((each.id for each in _choices(reading, room_id) if first in each), None)
    return examples(home, urgent, others[-1] if others else None, first, roster)


@router.get("/new")
def new_scenario(
    request: Request,
    room_id: UUID,
    visit: Runs,
    like: Annotated[UUID | None, Query()] = None,
    against: Annotated[UUID | None, Query()] = None,
) -> Response:
    """The form: days, people on duty, what is otherwise, the goal to be reached."""
    with visit.database.read() as reading:
        said = {"days": str(WEEK), "first_day": _start(reading, visit).isoformat()}
        changes: list[str] = []
        other = like or against
        if other is not None:
            scenario = service.scenario(reading, room_id, other)
            said |= forms.form_of(scenario)
            if like is not None:
                changes = [text for _, text in forms.documents(scenario.changes)]
            else:
                said |= {"against": str(scenario.id)}
        said |= {name: value for name, value in request.query_params.items() if value}
        return _show(request, reading, visit, Filled(said, tuple(changes)), {})


@router.post("")
def ask_scenario(request: Request, room_id: UUID, visit: Runs, form: Sent) -> Response:
    """Ask the question, add or remove a change of it, or say what is wrong where it was said."""
    if "add" in form.said or "remove" in form.said:
        return _changed(request, visit, form)
    errors: dict[str, str] = {}
    try:
        wanted = forms.wanted_of(form)
        return redirect(f"/rooms/{room_id}/what-if/{_asked(visit, room_id, form, wanted)}")
    except InvalidInput as error:
        errors = forms.placed(error)
    except Conflict as error:
        errors = {"": error.detail}
    with visit.database.read() as reading:
        return _show(request, reading, visit, form, errors)


def _asked(visit: Visit, room_id: UUID, form: Filled, wanted: service.Wanted) -> UUID:
    """Ask, first for the days as they are where a comparison with them is wished for."""
    by = visit.caller.user_id
    is_changed = bool(wanted.changes) or wanted.seek is not None
    with visit.database.write() as transaction:
        if is_changed and wanted.against is None and form.text("beside"):
            plain = dataclasses.replace(wanted, name=None, changes=(), seek=None)
            before, _ = service.ask(transaction, room_id, by, plain)
            wanted = dataclasses.replace(wanted, against=before.id)
        asked, _ = service.ask(transaction, room_id, by, wanted)
        visit.record(transaction, "asked what if", asked.id)
    return asked.id


def _changed(request: Request, visit: Visit, form: Filled) -> Response:
    """The form again, with a change more or one fewer."""
    remove = form.text("remove")
    if remove.isdecimal():
        kept = [text for place, text in enumerate(form.changes) if place != int(remove)]
        form = Filled(form.said, tuple(kept))
    else:
        changes = forms.changes_of(form)
        if not form.faults:
            texts = [text for _, text in forms.documents(changes)]
            form = Filled(forms.emptied(form), tuple(texts))
    with visit.database.read() as reading:
        return _show(request, reading, visit, form, form.faults)


def _show(
    request: Request, reading: Reading, visit: Visit, form: Filled, errors: Mapping[str, str]
) -> Response:
    room_id = visit.here.id
    newest = requirements.newest(reading, room_id)
    terms = [each.terms for each in newest.terms] if newest else []
    queues = [each.queue for each in terms]
    skills = sorted({each.skill for each in terms})
    made = forms.changes_of(Filled({}, form.changes))
    choices = [("", "Those whose shifts are published")]
    choices += [
        (str(each.id), f"{each.name}, {period_words(each.first_day, each.last_day)}")
        for each in _choices(reading, room_id)
    ]
    against = form.text("against")
    return page(
        request,
        "scenarios/new.html",
        422 if errors else 200,
        home=f"/rooms/{room_id}/what-if",
        room=visit.here,
        form={"seek_over": "period", **form.said},
        errors=dict(errors),
        made=forms.documents(made),
        queues=queues,
        pairs=[(each, each) for each in queues],
        every=[("", "every queue"), *((each, each) for each in queues)],
        skills_any=[("", "any skill"), *((each, each) for each in skills)],
        skills_all=[("", "every skill"), *((each, each) for each in skills)],
        rosters=choices,
        weekdays=forms.DAYS,
        covered=period_words(newest.first_day, newest.last_day) if newest else "",
        against=_name(reading, room_id, against),
    )


def _name(reading: Reading, room_id: UUID, against: str) -> str:
    """What the scenario to compare with is called; "" where there is none."""
    try:
        return service.scenario(reading, room_id, UUID(against)).name if against else ""
    except ValueError:
        return ""


def _choices(reading: Reading, room_id: UUID) -> tuple[rosters.Roster, ...]:
    """Rosters whose people may be asked about, the newest first."""
    found = rosters.rosters(reading, room_id, None, ROSTERS)
    return tuple(each for each in found if each.state in {"draft", "published"})


def _start(reading: Reading, visit: Visit) -> date:
    """Tomorrow where a requirement covers a week from it, else the first day of the newest one."""
    today = visit.today()
    tomorrow = today + timedelta(days=1)
    if requirements.newest(reading, visit.here.id, (tomorrow, WEEK)):
        return tomorrow
    newest = requirements.newest(reading, visit.here.id)
    return newest.first_day if newest else tomorrow
