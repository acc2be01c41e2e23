"""What the pages of terms share: the form that was sent, and the newest requirement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request

from app.db.transaction import Reading
from app.forecasts import service as forecasts
from app.people import service as people
from app.requirements import service
from app.requirements.views.need import hours_table, need_rows, requirement_words
from app.web.words import period_words


async def _filled(request: Request) -> dict[str, str]:
    """The text fields of the form that was sent."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Filled = Annotated[dict[str, str], Depends(_filled)]


def version_of(form: Mapping[str, str]) -> int:
    """The version that a form was made from; −1 where it says none."""
    version = form.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 9 else -1


def need_of_room(reading: Reading, room_id: UUID) -> dict[str, Any]:
    """The newest requirement and the forecast that the next one would be worked out from."""
    room = people.room(reading, room_id)
    forecast = forecasts.likely(reading, room_id, room.today())
    found = service.newest(reading, room_id)
    need = None if found is None else service.need(reading, room_id, found.id)
    test = found and service.repair_of(reading, room_id, found.id)
    job = test[1] if test and test[1].state != "cancelled" else None
    return {
        "forecast": forecast,
        "forecast_days": forecast and period_words(forecast.first_day, forecast.last_day),
        "requirement": found,
        "answer": "" if found is None or need is None else requirement_words(found, need),
        "sets": [] if need is None else need_rows(need),
        "job": job,
        "runs": service.RUNS,
        "can_be_tested": found is not None
        and job is None
        and service.can_be_repaired(reading, room_id, found.id),
        "hours": None if found is None else hours_table(found),
        "is_behind": found is not None and service.is_behind(reading, found),
    }
