"""How far the counts of a queue can be believed, and what people decide about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.auth import service as auth
from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.demand import service
from app.demand.views import rulings as forms
from app.demand.views import trust as views
from app.errors import Conflict, InvalidInput, NotFound
from app.web.http.typed import Typed
from app.web.shell import faults, page, redirect

router = APIRouter(prefix="/rooms/{room_id}/demand/quality", include_in_schema=False)

Looking = Annotated[Visit, allow("demand.read")]
Changing = Annotated[Visit, allow("demand.change")]
Key = Annotated[str | None, Query(max_length=64)]


@router.get("")
def quality_page(
    request: Request,
    room_id: UUID,
    visit: Looking,
    queue: UUID | None = None,
    finding: Key = None,
) -> Response:
    """A figure, what to look at, and what was decided."""
    return _page(request, visit, room_id, queue, finding)


@router.post("/look")
def look(room_id: UUID, visit: Changing) -> Response:
    """Look at the counts of the room as soon as a worker is free."""
    with visit.database.write() as transaction:
        service.ask_look(transaction, room_id)
        visit.record(transaction, "asked for a look at counts")
    words = "The counts are being looked at. Open this page again in a minute."
    return redirect(f"/rooms/{room_id}/demand/quality", words)


@router.post("/{queue_id}/stretches")
def decide_stretch(
    request: Request,
    room_id: UUID,
    queue_id: UUID,
    visit: Changing,
    typed: Typed,
) -> Response:
    """Lay a decision over a stretch of counts that no look found."""
    try:
        ruling = forms.typed_stretch(typed, visit.here.zone)
        layer = _keep(visit, room_id, queue_id, ruling)
    except InvalidInput as error:
        errors = _wrong(error, forms.STRETCH_FIELDS)
        return _page(request, visit, room_id, queue_id, None, typed, errors, 422)
    except Conflict as error:
        return _page(request, visit, room_id, queue_id, None, typed, {"": error.detail}, 409)
    return redirect(f"{_home(room_id, queue_id)}#decided", _done(layer))


@router.post("/{queue_id}")
def decide(
    request: Request,
    room_id: UUID,
    queue_id: UUID,
    visit: Changing,
    typed: Typed,
) -> Response:
    """Lay a decision over the counts, then go on to the next finding."""
    key = typed.get("key")
    try:
        layer = _keep(visit, room_id, queue_id, forms.typed_ruling(typed))
    except InvalidInput as error:
        errors = _wrong(error, forms.FINDING_FIELDS)
        return _page(request, visit, room_id, queue_id, key, typed, errors, 422)
    except Conflict as error:
        return _page(request, visit, room_id, queue_id, None, None, {"": error.detail}, 409)
    return redirect(f"{_home(room_id, queue_id)}#panel", _done(layer))


def _keep(visit: Visit, room_id: UUID, queue_id: UUID, ruling: service.Ruling) -> service.Layer:
    with visit.database.write() as transaction:
        layer = service.decide(transaction, room_id, queue_id, visit.caller.user_id, ruling)
        visit.record(transaction, "decided about counts", layer.id)
    return layer


def _done(layer: service.Layer) -> str:
    done = views.DONE[layer.way or layer.decision]
    return f"The counts are {done}, from the next forecast on. They stay kept as they came."


@router.post("/{queue_id}/{layer_id}/undo")
def take_back(room_id: UUID, queue_id: UUID, layer_id: UUID, visit: Changing) -> Response:
    """Take a decision back."""
    with visit.database.write() as transaction:
        service.undo(transaction, room_id, queue_id, layer_id, visit.caller.user_id)
        visit.record(transaction, "took back a decision about counts", layer_id)
    return redirect(_home(room_id, queue_id), "Taken back: the counts stand as they came.")


def _home(room_id: UUID, queue_id: UUID) -> str:
    return f"/rooms/{room_id}/demand/quality?queue={queue_id}"


def _wrong(error: InvalidInput, fields: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, at the field of the form that it is about."""
    return {fields.get(name, name): words for name, words in faults(error).items()}


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    queue_id: UUID | None,
    key: str | None,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page, with a form that was refused where one was."""
    base = f"/rooms/{room_id}/demand"
    zone = visit.here.zone
    with visit.database.read() as reading:
        observed = service.observed(reading, room_id)
        if not observed:
            return page(request, "demand/quality.html", status, base=base, trust=None)
        chosen_counts = next((e for e in observed if queue_id in {None, e.queue.id}), None)
        if chosen_counts is None:
            raise NotFound("There is no such queue in this control room.")
        chosen = chosen_counts.queue
        trust = service.trust(reading, room_id, chosen.id)
        number = service.to_look_at(reading, room_id)
        names = _names(reading, visit, trust)
    home = _home(room_id, chosen.id)
    listed = views.listed(trust, zone, key, home)
    opened = listed.opened
    tabs = [
        (
            f"{each.queue.name} ({number[each.queue.id]})"
            if number.get(each.queue.id)
            else each.queue.name,
            _home(room_id, each.queue.id),
            each.queue.id == chosen.id,
        )
        for each in observed
    ]
    return page(
        request,
        "demand/quality.html",
        status,
        base=base,
        trust=trust,
        tabs=tabs,
        answer=views.answer(trust),
        listed=listed,
        opened=opened,
        choices=forms.choices(opened) if opened else [],
        figures=forms.figures_hint(chosen.interval_minutes, opened),
        counted=views.counted_words(chosen_counts, zone),
        decided=views.decided(trust.layers, names, zone),
        undone=views.decided(trust.undone, names, zone),
        given=_given(typed),
        own_acts=forms.NAMED_ACTS,
        own_figures=forms.figures_hint(chosen.interval_minutes),
        own_open=bool(errors) and "start_day" in (typed or {}),
        errors=errors or {},
        looked_at=trust.check and views.looked_words(trust.check, zone),
        post=f"{base}/quality/{chosen.id}",
    )


def _given(typed: Mapping[str, str] | None) -> dict[str, Any]:
    return dict.fromkeys(forms.FIELDS, "") | dict(typed or {})


def _names(reading: Reading, visit: Visit, trust: service.Trust) -> dict[UUID | None, str]:
    """Names of those who decided, as far as they are still users of the force."""
    found: dict[UUID | None, str] = {}
    both = (*trust.layers, *trust.undone)
    for user_id in {each.by for each in both} | {e.undone_by for e in both if e.undone_by}:
        try:
            found[user_id] = auth.user(reading, user_id, visit.force_id).name
        except NotFound:
            continue
    return found
