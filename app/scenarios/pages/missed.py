"""The page "Why did we miss?": past days, and what made calls late or lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict, InvalidInput, invalid
from app.people import service as people
from app.scenarios import service
from app.scenarios.views import missed as views
from app.web.shell import faults, page

router = APIRouter(prefix="/rooms/{room_id}/what-if")

Reads = Annotated[Visit, allow("scenarios.read")]

SPANS = (("1", "one day"), ("7", "a week"))


@router.get("/missed")
def missed(request: Request, room_id: UUID, visit: Reads) -> Response:
    """The page; without a day it looks at the last one with counts."""
    given = dict(request.query_params)
    errors: dict[str, str] = {}
    found, why_not = None, ""
    with visit.database.read() as reading:
        room = people.room(reading, room_id)
        last = service.latest_day(reading, room_id)
        today = room.today()
        usual = last or today - timedelta(days=1)
        try:
            first, days = _asked(given, usual)
            found = service.missed(reading, room_id, first, days)
        except InvalidInput as error:
            errors = {"day" if each == "first" else each: w for each, w in faults(error).items()}
        except Conflict as error:
            why_not = error.detail
    queues = [each for each in found.queues if each.day.size] if found else []
    wanted = given.get("queue", "")
    chosen = next((each for each in queues if each.queue == wanted), next(iter(queues), None))
    return page(
        request,
        "scenarios/missed.html",
        422 if errors else 200,
        home=f"/rooms/{room_id}/what-if/missed",
        base=f"/rooms/{room_id}",
        given={"day": given.get("day") or usual.isoformat(), "days": given.get("days") or "1"},
        spans=SPANS,
        errors=errors,
        why_not=why_not,
        chosen=chosen,
        queues=queues,
        answer=views.answer(chosen, found) if chosen and found else ("", ""),
        bars=views.bars(chosen) if chosen else None,
        parts=views.by_part(chosen, found) if chosen and found else ("", []),
        by_queue=views.by_queue(found) if found else [],
        heads=views.HEADS,
        accepted=chosen.everything.accepted if chosen else 0.0,
        notes=found.notes if found else (),
    )


def _asked(given: dict[str, str], usual: date) -> tuple[date, int]:
    """The first day and the number of days that an address asks for.

    Raises:
        InvalidInput: naming the field that says neither.
    """
    try:
        first = date.fromisoformat(given["day"]) if given.get("day") else usual
    except ValueError:
        raise invalid("first", "Give a day such as 2026-12-18.") from None
    days = given.get("days") or "1"
    if days not in {value for value, _ in SPANS}:
        raise invalid("days", "Choose one day or a week.")
    return first, int(days)
