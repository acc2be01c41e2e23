"""Forecasts asked for, and whose public holidays they take into account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.demand import service as demand
from app.forecasts import checks, series
from app.forecasts.store import runs as store
from app.forecasts.values import (
    NO_HOLIDAYS,
    Forecast,
    Wanted,
)
from app.jobs import service as jobs
from app.people import service as people
from app.web.words import day_words

KIND = "forecast"
"""The kind of the job that makes a forecast."""


def ask(
    transaction: Transaction,
    room_id: UUID,
    asked_by: UUID,
    wanted: Wanted,
    *,
    scheduled: bool = False,
) -> tuple[Forecast, jobs.Job]:
    """Ask for a forecast of every queue of a room; a job will make it.

    The first day may lie in the past: then only counts from before it are learned from, and the
    forecast is held against what came.

    Args:
        transaction: the caller's.
        room_id: the control room.
        asked_by: the user who asks.
        wanted: what is asked.
        scheduled: whether the room's schedule asks in that user's name.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: naming every field that cannot be used, also when no counts lead there.
        Conflict: when the room has no counts.
    """
    room = people.room(transaction, room_id)
    checks.refuse_unusable(wanted, room.zone)
    firsts = [each.first for each in demand.observed(transaction, room_id)]
    first_count = series.local_day(min(firsts), room.zone) if firsts else None
    checks.refuse_short(first_count, wanted)
    usual, assumed = default_holidays(transaction, room_id)
    given = wanted.holidays
    forecast_id = new_id()
    job = jobs.ask(
        transaction,
        kind=KIND,
        room_id=room_id,
        asked_by=asked_by,
        arguments={"forecast_id": str(forecast_id)},
    )
    asked = Forecast(
        id=forecast_id,
        room_id=room_id,
        job_id=job.id,
        asked_by=asked_by,
        asked_at=clock.now(),
        first_day=wanted.first_day,
        until_day=wanted.first_day + timedelta(days=wanted.days),
        model=checks.model_of(wanted),
        holidays=usual if given is None else None if given == NO_HOLIDAYS else given,
        holidays_assumed=given is None and assumed,
        zone=room.zone,
        scheduled=scheduled,
    )
    store.add(transaction, asked)
    return asked, job


def default_holidays(reading: Reading, room_id: UUID) -> tuple[str | None, bool]:
    """The holidays that a forecast takes into account unless it is told others.

    Returns:
        The code (None for none) that the room's calendar has chosen; until one is, that of its
        last forecast, at first that of its time zone; and whether it was only assumed.
    """
    code, chosen = demand.holidays_of(reading, room_id)
    if chosen:
        return code, False
    last = next(iter(store.room_forecasts(reading, room_id, None, 1)), None)
    if last is not None:
        return last.holidays, last.holidays_assumed
    return code, True


def public_holidays(
    reading: Reading, room_id: UUID, first_day: date, last_day: date
) -> Mapping[date, str]:
    """Names of the public holidays of a room's nation, from a day to another, both included.

    The nation is that of the room's last forecast, or of its time zone where that names none.
    """
    zone = people.room(reading, room_id).zone
    code = default_holidays(reading, room_id)[0] or demand.ZONE_HOLIDAYS.get(zone)
    return series.holidays(zone, code, first_day, last_day)


def calendar_holidays(
    reading: Reading, room_id: UUID, first_day: date, last_day: date
) -> Mapping[date, str]:
    """Names of the public holidays that forecasts of a room take into account, by local day."""
    code = default_holidays(reading, room_id)[0]
    return series.holidays(people.room(reading, room_id).zone, code, first_day, last_day)


def holidays_within(known: Forecast | None, first_day: date, last_day: date) -> tuple[str, ...]:
    """The public holidays that a forecast takes into account, in words, such as on the pages."""
    if known is None:
        return ()
    named = series.holidays(known.zone, known.holidays, first_day, last_day)
    return tuple(f"{day_words(day)} ({name})" for day, name in named.items())
