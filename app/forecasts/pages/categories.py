"""Categories of calls: what the coming calls are about, what grows, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.demand import service as demand
from app.errors import NotFound, invalid
from app.forecasts import service
from app.forecasts.views import categories as views
from app.forecasts.views.week import HOURS_OF_DAY
from app.web.http.typed import Typed
from app.web.shell import page, redirect, refused_into
from forecasting.category_changes import changes

router = APIRouter(prefix="/rooms/{room_id}/demand/categories", include_in_schema=False)

Looking = Annotated[Visit, allow("forecasts.read")]
Changing = Annotated[Visit, allow("demand.change")]

DAYS = 14
"""Coming days that the page shows."""

LATELY = timedelta(weeks=views.CHANGE_WEEKS + 4)
"""Counts from which it is told what grows."""


@router.get("")
def categories_page(
    request: Request,
    room_id: UUID,
    visit: Looking,
    queue: UUID | None = None,
    category: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """The page: of the first queue whose calls are told by category, where none is asked for."""
    return _page(request, visit, room_id, queue, category)


@router.post("/{category_id}")
def change_category(
    request: Request,
    room_id: UUID,
    category_id: UUID,
    visit: Changing,
    typed: Typed,
) -> Response:
    """Rename a category, count it with another one, or hide it; its counts stay as they came."""
    errors: dict[str, str] = {}
    with visit.database.read() as reading:
        held = demand.category(reading, room_id, category_id)
    wanted = replace(
        held, name=typed.get(f"name-{category_id}", ""), hidden=f"hidden-{category_id}" in typed
    )
    with refused_into(errors, "name"):
        wanted = replace(
            wanted,
            within=_within(typed.get(f"within-{category_id}", "")),
            version=_version(typed.get("version", "")),
        )
        with visit.database.write() as transaction:
            demand.change_category(transaction, room_id, wanted)
            visit.record(transaction, "changed a category of calls", category_id)
    if errors:
        wrong = {f"{name}-{category_id}" if name else "": words for name, words in errors.items()}
        return _page(request, visit, room_id, held.queue_id, None, wanted, wrong)
    where = urlencode({"queue": held.queue_id})
    words = "Changed, here and in the forecasts that are kept. The counts stay as they came."
    return redirect(f"/rooms/{room_id}/demand/categories?{where}#names", words)


def _within(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise invalid("within", "Choose a category of the list.") from error


def _version(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise invalid("name", "Open the page again, then change it.")
    return int(text)


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    queue_id: UUID | None,
    category: str | None,
    typed: demand.Category | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """The page, with a form that was refused where one was."""
    base = f"/rooms/{room_id}/demand"
    context: dict[str, Any] = {"chosen": None}
    with visit.database.read() as reading:
        known = demand.categories(reading, room_id)
        told = {each.queue_id for each in known}
        queues = [each for each in demand.queues(reading, room_id) if each.id in told]
        if queues:
            chosen = next((each for each in queues if queue_id in {None, each.id}), None)
            if chosen is None:
                raise NotFound("No calls of such a queue are told by category here.")
            own = [each for each in known if each.queue_id == chosen.id]
            context = {
                "chosen": chosen,
                "queues": [
                    (each.name, f"?{urlencode({'queue': each.id})}", each is chosen)
                    for each in queues
                ],
                "names": views.name_rows(own, typed),
                "moves": _moves(reading, room_id, chosen),
                **_coming(reading, visit, room_id, chosen, category),
            }
    return page(
        request,
        "forecasts/categories.html",
        422 if errors else 200,
        base=base,
        errors=errors or {},
        **context,
    )


def _moves(reading: Reading, room_id: UUID, queue: demand.Queue) -> views.Moves:
    """What grows and what falls, from the counts of late."""
    last = next(e.last for e in demand.observed(reading, room_id) if e.queue.id == queue.id)
    found = demand.category_parts(reading, room_id, since=last - LATELY, queue_id=queue.id)
    if queue.name not in found:
        return views.moves((), 0)
    parts = found[queue.name]
    weeks = int(parts.known().sum()) * parts.whole.interval_minutes // (7 * 24 * 60)
    return views.moves(changes(parts, views.CHANGE_WEEKS), weeks)


def _coming(
    reading: Reading, visit: Visit, room_id: UUID, queue: demand.Queue, category: str | None
) -> dict[str, Any]:
    """What the calls of the coming days are about, from the forecast most likely meant."""
    known = service.likely(reading, room_id, visit.today())
    if known is None:
        return {"known": None, "mix": None}
    said = service.category_days(reading, room_id, known.id, queue.id)
    if said is None:
        return {"known": known, "mix": None}
    mix = views.Mix.of(queue.name, said, visit.today(), DAYS)
    at = next((place for place, name in enumerate(mix.names) if name == category), 0)
    return {
        "known": known,
        "mix": mix,
        "answer": views.answer(mix),
        "bars": views.share_bars(mix),
        "tabs": [
            (
                views.called(name),
                f"?{urlencode({'queue': queue.id, 'category': name})}#hours",
                place == at,
            )
            for place, name in enumerate(mix.names)
        ],
        "hour_words": views.hour_words(mix, at),
        "heat": views.hour_heat(mix, at),
        "heat_caption": views.heat_caption(mix, at),
        "hours_of_day": HOURS_OF_DAY,
        "days": views.day_table(mix),
        "day_caption": views.day_caption(mix),
    }
