"""Requirements: what each queue asks of its staff, and the people needed for a forecast.

Every verb takes the transaction of its caller and never commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.demand import service as demand
from app.errors import InvalidInput, NotFound, Place, Stale
from app.forecasts import service as forecasts
from app.people import service as people
from app.requirements import checks, series, store
from app.requirements.values import (
    ENDLESS,
    Given,
    Measured,
    Need,
    Origin,
    People,
    QueueSet,
    Requirement,
    Terms,
)
from forecasting.errors import InputError

__all__ = [
    "ENDLESS",
    "FIELDS",
    "Given",
    "Measured",
    "Need",
    "Origin",
    "People",
    "QueueSet",
    "Requirement",
    "Terms",
    "csv_text",
    "need",
    "newest",
    "queue_terms",
    "requirement",
    "requirements",
    "set_terms",
    "terms",
    "work_out",
]

FIELDS = series.FIELDS
"""Names of the terms of a queue."""

CHANGED = "Somebody changed these terms meanwhile: read again, then change."


def terms(reading: Reading, room_id: UUID, before: datetime | None = None) -> tuple[Terms, ...]:
    """The terms of every queue of a room, by name: given, measured or assumed.

    Args:
        reading: the caller's.
        room_id: the control room.
        before: handling times are measured on counts before this instant; None: on the newest.
    """
    room = people.room(reading, room_id)
    given = store.room_terms(reading, room_id)
    found = _measured(reading, room_id, room.zone, before)
    return tuple(
        series.terms_of(queue.id, queue.name, *given.get(queue.id, (0, {})), found.get(queue.name))
        for queue in demand.queues(reading, room_id)
    )


def queue_terms(reading: Reading, room_id: UUID, queue_id: UUID) -> Terms:
    """The terms of one queue.

    Raises:
        NotFound: when there is no such queue in the room.
    """
    found = next((each for each in terms(reading, room_id) if each.queue_id == queue_id), None)
    if found is None:
        raise NotFound("There is no such queue in this control room.")
    return found


def set_terms(
    transaction: Transaction,
    room_id: UUID,
    queue_id: UUID,
    version: int,
    given: Given,
    by: UUID,
) -> Terms:
    """Let this be what the room gives of a queue's terms; what is left out is worked out.

    Raises:
        NotFound: when there is no such queue in the room.
        InvalidInput: naming every field that cannot be used.
        Stale: when the terms are no longer at that version.
    """
    before = queue_terms(transaction, room_id, queue_id)
    room = people.room(transaction, room_id)
    skills = [skill.code for skill in people.skills(transaction, room.force_id)]
    checks.refuse_unusable(given, skills)
    try:
        series.terms_of(queue_id, before.queue, version, given, None)
    except InputError as error:
        raise InvalidInput([Place("terms", error.message)]) from error
    if version != before.version:
        raise Stale(CHANGED)
    _write(transaction, room_id, before, given, by)
    return queue_terms(transaction, room_id, queue_id)


def _write(transaction: Transaction, room_id: UUID, before: Terms, given: Given, by: UUID) -> None:
    queue_id, now = before.queue_id, clock.now()
    if before.version == 0:
        with unless_taken(transaction, CHANGED):
            store.add_terms(transaction, room_id, queue_id, given, by, now)
    elif not store.change_terms(transaction, room_id, queue_id, before.version, given, by, now):
        raise Stale(CHANGED)


def _measured(
    reading: Reading, room_id: UUID, zone: str, before: datetime | None
) -> Mapping[str, Measured]:
    """Handling times by name of queue, where the counts show one."""
    if before is None:
        ends = (
            each.last + timedelta(minutes=each.queue.interval_minutes or 0)
            for each in demand.observed(reading, room_id)
        )
        before = max(ends, default=clock.now())
    since = before - timedelta(days=series.AHT_DAYS)
    try:
        history = demand.history(reading, room_id, since=since, until=before)
    except NotFound:
        return {}
    found = {queue: series.measured(each, zone) for queue, each in history.items()}
    return {queue: each for queue, each in found.items() if each is not None}


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
    values = forecasts.values(transaction, room_id, forecast_id)
    made = forecast.made
    assert made is not None  # noqa: S101 - a forecast with values is made
    used = tuple(
        each for each in terms(transaction, room_id, made.start) if each.queue in values.by_queue
    )
    try:
        found = series.worked_out(values, used)
    except InputError as error:
        raise InvalidInput([Place("forecast_id", error.message)]) from error
    requirement = Requirement(
        id=new_id(),
        room_id=room_id,
        forecast_id=forecast_id,
        made_by=made_by,
        made_at=clock.now(),
        first_day=forecast.first_day,
        until_day=forecast.until_day,
        zone=forecast.zone,
        start=made.start,
        interval_minutes=made.interval_minutes,
        intervals=made.intervals,
        terms=used,
        notes=(*series.origin_notes(used), *_skill_notes(transaction, room_id, used), *made.notes),
    )
    store.add(transaction, requirement, series.pack(found))
    return requirement


def _skill_notes(reading: Reading, room_id: UUID, used: tuple[Terms, ...]) -> tuple[str, ...]:
    """Skills that a queue asks for and the force does not know."""
    room = people.room(reading, room_id)
    known = {skill.code for skill in people.skills(reading, room.force_id)}
    return tuple(
        f"The force has no skill {skill}: nobody can be rostered for it."
        for skill in sorted({each.terms.skill for each in used} - known)
    )


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
    """What a requirement asks per set of queues.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = requirement(reading, room_id, requirement_id)
    return series.need_of(found, store.by_set(reading, room_id, requirement_id))


def csv_text(reading: Reading, room_id: UUID, requirement_id: UUID) -> str:
    """What a requirement asks, as the `requirement.csv` of a plan; errors as for `need`."""
    return series.csv_text(need(reading, room_id, requirement_id))
