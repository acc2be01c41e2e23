"""The list of patterns, one of them, and the form by which one is written."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.errors import InvalidInput
from app.patterns import service
from app.patterns.schemas.writing import PatternForm
from app.patterns.service import OwnPattern, PatternDetails
from app.patterns.views.judged import JudgedView, judged_view, listed_rows
from app.web.shell import faults, fragment, page, redirect, refused_into

router = APIRouter(prefix="/rooms/{room_id}/patterns")

Looking = Annotated[Visit, allow("patterns.read")]
Changing = Annotated[Visit, allow("patterns.change")]
Typed = Annotated[PatternForm, Form()]
Asked = Annotated[PatternForm, Query()]
Version = Annotated[int, Form(ge=0, le=2_000_000_000)]


@router.get("")
def list_patterns(request: Request, room_id: UUID, visit: Looking) -> Response:
    """Every pattern that the room can look at, with its facts."""
    with visit.database.read() as reading:
        known = service.patterns(reading, room_id)
        judged = service.all_judged(reading, room_id, [each.pattern for each in known])
    found = list(zip(known, judged, strict=True))
    own = [pair for pair in found if pair[0].own]
    shipped = [pair for pair in found if not pair[0].own]
    return page(
        request,
        "patterns/listing.html",
        room=visit.here,
        own=list(listed_rows(own)),
        shipped=list(listed_rows(shipped)),
    )


@router.get("/new")
def new_pattern(
    request: Request,
    room_id: UUID,
    visit: Changing,
    typed: Asked,
    like: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The form of a new pattern, filled with another one where that is asked."""
    if like:
        with visit.database.read() as reading:
            details = PatternDetails.of(service.pattern(reading, room_id, like).pattern)
        typed = PatternForm.of(PatternDetails("", details.line, details.times))
    return _form(request, visit, typed, {})


@router.get("/judged")
def judged_fragment(request: Request, visit: Looking, typed: Asked) -> Response:
    """What the pattern in the form means and breaks, as a piece of the page."""
    view, errors = _judged(visit, typed)
    return fragment(request, "patterns/_judged.html", view=view, wrong=errors)


@router.post("")
def add_pattern(request: Request, room_id: UUID, visit: Changing, typed: Typed) -> Response:
    """Keep a new pattern, check it alone, or say what is wrong where it was said."""
    if typed.act == "look":
        return _form(request, visit, typed, {})
    errors: dict[str, str] = {}
    with refused_into(errors, "title"), visit.database.write() as transaction:
        new = service.add_pattern(transaction, room_id, typed.details())
        visit.record(transaction, "wrote a pattern", new.id)
    if errors:
        return _form(request, visit, typed, errors)
    return redirect(f"/rooms/{room_id}/patterns/{new.id}", "The pattern is kept.")


@router.get("/{key}")
def one_pattern(request: Request, room_id: UUID, key: str, visit: Looking) -> Response:
    """One pattern: its line, facts, cover, and what it breaks."""
    with visit.database.read() as reading:
        known = service.pattern(reading, room_id, key)
        found = service.judged(reading, room_id, known.pattern)
    return page(
        request,
        "patterns/shift_pattern.html",
        room=visit.here,
        known=known,
        details=PatternDetails.of(known.pattern),
        view=judged_view(found),
    )


@router.get("/{pattern_id}/change")
def change_form(request: Request, room_id: UUID, pattern_id: UUID, visit: Changing) -> Response:
    """The form by which one of the room's own patterns is changed."""
    with visit.database.read() as reading:
        own = service.own_pattern(reading, room_id, pattern_id)
    return _form(request, visit, PatternForm.of(own.details), {}, own)


@router.post("/{pattern_id}")
def change_pattern(
    request: Request,
    room_id: UUID,
    pattern_id: UUID,
    visit: Changing,
    typed: Typed,
    version: Annotated[int, Query(ge=0, le=2_000_000_000)],
) -> Response:
    """Let a pattern be otherwise, or say what is wrong where it was said."""
    errors: dict[str, str] = {}
    with refused_into(errors), visit.database.write() as transaction:
        service.change_pattern(transaction, room_id, pattern_id, version, typed.details())
        visit.record(transaction, "changed a pattern", pattern_id)
    if not errors:
        return redirect(f"/rooms/{room_id}/patterns/{pattern_id}", "The pattern is changed.")
    with visit.database.read() as reading:
        own = service.own_pattern(reading, room_id, pattern_id)
    return _form(request, visit, typed, errors, own)


@router.post("/{pattern_id}/drop")
def drop_pattern(room_id: UUID, pattern_id: UUID, visit: Changing, version: Version) -> Response:
    """Take a pattern out of the list."""
    with visit.database.write() as transaction:
        gone = service.drop_pattern(transaction, room_id, pattern_id, version)
        visit.record(transaction, "dropped a pattern", pattern_id)
    return redirect(f"/rooms/{room_id}/patterns", f"{gone.details.title} is dropped.")


def _form(
    request: Request,
    visit: Visit,
    typed: PatternForm,
    errors: dict[str, str],
    own: OwnPattern | None = None,
) -> Response:
    view, wrong = _judged(visit, typed)
    return page(
        request,
        "patterns/writing.html",
        422 if errors else 200,
        room=visit.here,
        form=typed,
        own=own,
        errors=errors,
        view=view,
        wrong=wrong,
    )


def _judged(visit: Visit, typed: PatternForm) -> tuple[JudgedView | None, dict[str, str]]:
    """What the typed pattern means, or what is wrong with it; neither while nothing is typed."""
    if not typed.line.strip():
        return None, {}
    try:
        pattern = service.written(typed.details())
    except InvalidInput as error:
        return None, faults(error)
    with visit.database.read() as reading:
        return judged_view(service.judged(reading, visit.here.id, pattern)), {}
