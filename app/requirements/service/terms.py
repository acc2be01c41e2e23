"""Terms of queues: what they are, where they come from, and how they change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.demand import service as demand
from app.errors import InvalidInput, NotFound, Place, Stale
from app.forecasts import service as forecasts
from app.people import service as people
from app.requirements import checks, series, store
from app.requirements.values import ForecastAht, Given, Measured, Terms
from forecasting.errors import InputError

CHANGED = "Somebody changed these terms meanwhile: read again, then change."


def terms(
    reading: Reading,
    room_id: UUID,
    before: datetime | None = None,
    said: forecasts.ForecastValues | None = None,
) -> tuple[Terms, ...]:
    """The terms of every queue of a room, by name: given, forecast, measured or assumed.

    Args:
        reading: the caller's.
        room_id: the control room.
        before: handling times are measured on counts before this instant; None: on the newest.
        said: the forecast whose handling times are taken; None: the one that a requirement would
            most likely be worked out from.
    """
    room = people.room(reading, room_id)
    given = store.queue_terms_given(reading, room_id)
    found = _measured(reading, room_id, room.zone, before)
    expected = _expected(said or _likely(reading, room))
    return tuple(
        series.terms_of(
            queue.id,
            queue.name,
            *given.get(queue.id, (0, {})),
            found.get(queue.name),
            expected.get(queue.name),
        )
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
    others = {queue.name for queue in demand.queues(transaction, room_id)} - {before.queue}
    checks.refuse_unusable(given, skills, others)
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


def _likely(reading: Reading, room: people.Room) -> forecasts.ForecastValues | None:
    """What the forecast says that is most likely meant, where one is made."""
    found = forecasts.likely(reading, room.id, room.today())
    return None if found is None else forecasts.values(reading, room.id, found.id)


def _expected(said: forecasts.ForecastValues | None) -> Mapping[str, ForecastAht]:
    """Handling times by name of queue, where the forecast says one."""
    works = {} if said is None else {queue: each.work for queue, each in said.by_queue.items()}
    return {queue: ForecastAht.of(work) for queue, work in works.items() if work is not None}


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
        history = demand.history(reading, room_id, since=since, until=before, view="believed")
    except NotFound:
        return {}
    found = {queue: series.measured(each, zone) for queue, each in history.items()}
    return {queue: each for queue, each in found.items() if each is not None}
