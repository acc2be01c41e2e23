"""Requirements: people needed for a forecast, worked out, kept and read."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import InvalidInput, NotFound, Place
from app.forecasts import service as forecasts
from app.people import service as people
from app.requirements import series, store
from app.requirements.service.room import room_terms
from app.requirements.service.terms import terms
from app.requirements.values import Need, Requirement
from forecasting.errors import InputError
from forecasting.staffing.hours import weekly_hours


def work_out(
    transaction: Transaction, room_id: UUID, made_by: UUID, forecast_id: UUID
) -> Requirement:
    """Work out the people needed for a forecast, by the terms in force, and keep them.

    Raises:
        NotFound: when there is no such forecast in the room.
        Conflict: when the forecast is not made yet.
        InvalidInput: when it cannot be worked out, such as for too many queues.
    """
    forecast = forecasts.forecast(transaction, room_id, forecast_id)
    laid = forecasts.adjustments_over(transaction, forecast)
    values = forecasts.values(transaction, room_id, forecast_id, laid)
    made = forecast.made
    assert made is not None  # noqa: S101 - a forecast with values is made
    used = tuple(
        each
        for each in terms(transaction, room_id, made.start, values)
        if each.queue in values.by_queue
    )
    asks = room_terms(transaction, room_id)
    try:
        found = series.worked_out(values, used, asks, forecast.zone)
        weeks = weekly_hours(found, forecast.zone)
    except InputError as error:
        raise InvalidInput([Place("forecast_id", error.message)]) from error
    notes = (
        *series.origin_notes(used),
        *series.room_notes(found, forecast.zone, force_skills(transaction, room_id)),
        *forecasts.adjustment_notes(transaction, room_id, laid),
        *made.notes,
    )
    now = clock.now()
    requirement = Requirement(
        id=new_id(),
        room_id=room_id,
        forecast_id=forecast_id,
        made_by=made_by,
        made_at=now,
        first_day=forecast.first_day,
        until_day=forecast.until_day,
        zone=forecast.zone,
        start=made.start,
        interval_minutes=made.interval_minutes,
        intervals=made.intervals,
        terms=used,
        notes=notes,
        room=asks,
        weeks=weeks,
        adjustments=tuple(each.id for each in laid),
        adjusted_at=now,
    )
    store.add(transaction, requirement, series.pack(found), series.pack_loads(found))
    return requirement


def expected(reading: Reading, asked: Requirement) -> forecasts.ForecastValues:
    """What the forecast of a requirement said, adjusted as it was when that was worked out."""
    laid = laid_then(reading, asked)
    return forecasts.values(reading, asked.room_id, asked.forecast_id, laid)


def laid_then(reading: Reading, asked: Requirement) -> tuple[forecasts.Laid, ...]:
    """What lay over the forecast of a requirement, as it stood when that was worked out."""
    if asked.adjusted_at is None:
        return ()
    then = asked.adjustments, asked.adjusted_at
    return forecasts.adjustments_then(reading, asked.room_id, *then)


def is_behind(reading: Reading, asked: Requirement) -> bool:
    """Whether people laid something else over the forecast of a requirement since."""
    known = forecasts.forecast(reading, asked.room_id, asked.forecast_id)
    now, then = forecasts.adjustments_over(reading, known), laid_then(reading, asked)
    return [each.said for each in now] != [each.said for each in then]


def force_skills(reading: Reading, room_id: UUID) -> set[str]:
    """Codes of the skills that the room's force knows."""
    room = people.room(reading, room_id)
    return {skill.code for skill in people.skills(reading, room.force_id)}


def requirement(reading: Reading, room_id: UUID, requirement_id: UUID) -> Requirement:
    """A requirement of a room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.requirement(reading, room_id, requirement_id)
    if found is None:
        raise NotFound("There is no such requirement in this control room.")
    return found


def requirements(
    reading: Reading, room_id: UUID, before: UUID | None = None, limit: int = 20
) -> tuple[Requirement, ...]:
    """Requirements of a room, the newest first; `before` goes on after the last id of a page."""
    return store.room_requirements(reading, room_id, before, limit)


def newest(
    reading: Reading, room_id: UUID, covering: tuple[date, int] | None = None
) -> Requirement | None:
    """The newest requirement of a room, of those over all of a first day and number of days."""
    if covering is None:
        return store.newest(reading, room_id, None, None)
    first_day, days = covering
    return store.newest(reading, room_id, first_day, first_day + timedelta(days=days))


def need(reading: Reading, room_id: UUID, requirement_id: UUID) -> Need:
    """What a requirement asks, row by row.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = requirement(reading, room_id, requirement_id)
    rows = store.rows(reading, room_id, requirement_id)
    return series.need_of(found, rows, store.loads(reading, room_id, requirement_id))


def csv_text(reading: Reading, room_id: UUID, requirement_id: UUID) -> str:
    """What a requirement asks, as the `requirement.csv` of a plan; errors as for `need`."""
    return series.csv_text(need(reading, room_id, requirement_id))
