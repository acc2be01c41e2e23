"""An officer's wishes about several days: added, changed, withdrawn, agreed to by colleagues."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import ValidationError

from app.auth.guard import Own, Visit, allow
from app.db.transaction import Reading
from app.errors import Conflict, InvalidInput, Stale
from app.people import service as people
from app.preferences import service
from app.preferences.schemas.long_wishes import LongWishForm
from app.preferences.service import KINDS, LongWish
from app.preferences.views.long_wishes import ASK_WORDS, ASKS, wish_title
from app.web.shell import faults, page, redirect
from app.web.words import count, period_words
from rostering.wish_words import WEEKDAYS

router = APIRouter(prefix="/my/wishes/several")

Mine = Annotated[Visit, allow("preferences.own")]
Typed = Annotated[LongWishForm, Form()]
Asked = Annotated[UUID, Query(alias="round")]
Version = Annotated[int, Query(ge=0, le=2_000_000_000)]

FIELDS = {"most": "days", "fewest": "days", "colleague_id": "colleague"}
"""Fields of the form by those of a wish, where they have other names."""


@router.get("/new")
def new_wish(
    request: Request,
    visit: Mine,
    asked: Asked,
    ask: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """What to ask, then the form for it."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        form = LongWishForm(ask=ask if ask in ASK_WORDS else "", points="3")
        return _form(request, reading, own, asked, form, {})


@router.post("")
def state_wish(request: Request, visit: Mine, asked: Asked, typed: Typed) -> Response:
    """Keep a new wish, or say what is wrong where it was said."""
    return _state(request, visit, asked, typed)


@router.post("/again")
def state_again(
    request: Request,
    visit: Mine,
    asked: Asked,
    said: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Keep a wish that was just withdrawn."""
    try:
        typed = LongWishForm.model_validate_json(said)
    except ValidationError:
        return redirect("/my/wishes", "It could not be brought back: add it anew.", "warn")
    return _state(request, visit, asked, typed)


@router.get("/{wish_id}/change")
def change_form(request: Request, wish_id: UUID, visit: Mine) -> Response:
    """The form by which a wish is changed."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        kept = service.long_wish(reading, own.room.id, own.officer_id, wish_id)
        form = LongWishForm.of(kept.details)
        return _form(request, reading, own, kept.round_id, form, {}, kept)


@router.post("/{wish_id}")
def change_wish(
    request: Request, wish_id: UUID, visit: Mine, typed: Typed, version: Version
) -> Response:
    """Let a wish be otherwise, or say what is wrong where it was said."""
    errors: dict[str, str] = {}
    try:
        details = typed.details()
        with visit.database.write() as transaction:
            own = visit.own(transaction)
            service.change_long_wish(
                transaction, own.room.id, own.officer_id, wish_id, version, details
            )
        return redirect("/my/wishes", "The wish is changed.")
    except InvalidInput as error:
        errors = _errors(error)
    except (Conflict, Stale) as error:
        errors = {"": error.detail}
    with visit.database.read() as reading:
        own = visit.own(reading)
        kept = service.long_wish(reading, own.room.id, own.officer_id, wish_id)
        return _form(request, reading, own, kept.round_id, typed, errors, kept)


@router.post("/{wish_id}/withdraw")
def withdraw_wish(
    wish_id: UUID, visit: Mine, version: Annotated[int, Form(ge=0, le=2_000_000_000)]
) -> Response:
    """Take a wish back; the next page offers to undo it."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        gone = service.withdraw_long_wish(
            transaction, own.room.id, own.officer_id, wish_id, version
        )
    said = LongWishForm.of(gone.details).model_dump_json(exclude_defaults=True)
    query = urlencode({"gone": said, "gone_round": str(gone.round_id)})
    return redirect(f"/my/wishes?{query}")


@router.post("/{wish_id}/answer")
def answer_colleague(
    wish_id: UUID, visit: Mine, agreed: Annotated[str, Form(max_length=3)] = ""
) -> Response:
    """Agree to work with a colleague who wishes it, or not; it can be said otherwise later."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        service.answer_colleague(
            transaction, own.room.id, own.officer_id, wish_id, agreed=agreed == "yes"
        )
    said = "You agree to work together." if agreed == "yes" else "You do not agree."
    return redirect("/my/wishes", f"{said} You can say otherwise until wishes close.")


def _state(request: Request, visit: Visit, asked: UUID, typed: LongWishForm) -> Response:
    errors: dict[str, str] = {}
    try:
        details = typed.details()
        with visit.database.write() as transaction:
            own = visit.own(transaction)
            service.state_long_wish(transaction, own.room.id, own.officer_id, asked, details)
        return redirect("/my/wishes", f"Kept, with {count(details.points, 'point')}.")
    except InvalidInput as error:
        errors = _errors(error)
    except Conflict as error:
        errors = {"": error.detail}
    with visit.database.read() as reading:
        own = visit.own(reading)
        return _form(request, reading, own, asked, typed, errors)


def _errors(error: InvalidInput) -> dict[str, str]:
    return {FIELDS.get(name, name): words for name, words in faults(error).items()}


def _form(
    request: Request,
    reading: Reading,
    own: Own,
    round_id: UUID,
    form: LongWishForm,
    errors: dict[str, str],
    kept: LongWish | None = None,
) -> Response:
    asked = service.wish_round(reading, own.room.id, round_id)
    if form.ask not in ASK_WORDS:
        form = LongWishForm()
    used = service.points_used(reading, own.room.id, own.officer_id, round_id)
    everyone = people.everyone(reading, own.room.id, asked.first_day)
    names = {each.id: each.details.name for each in everyone}
    left = asked.points - used + (kept.points if kept else 0)
    return page(
        request,
        "preferences/several.html",
        422 if errors else 200,
        asked=asked,
        period=period_words(asked.first_day, asked.details.last_day),
        kept=kept,
        title=wish_title(kept.details, asked.details, names) if kept else "",
        form=form,
        asks=ASKS,
        ask_words=dict(ASK_WORDS),
        kinds=[(kind, kind.capitalize()) for kind in KINDS],
        weekdays=[(str(number), name) for number, name in enumerate(WEEKDAYS)],
        colleagues=[
            ("", "Choose"),
            *((str(each), name) for each, name in names.items() if each != own.officer_id),
        ],
        used=asked.points - left,
        left=left,
        errors=errors,
    )
