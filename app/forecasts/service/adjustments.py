"""Adjustments: laid over forecasts by people, looked at again, ended, and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.demand import service as demand
from app.errors import Conflict, NotFound, invalid
from app.forecasts import checks, series
from app.forecasts.store import adjustments as store
from app.forecasts.values import Forecast, Laid, Review, WantedAdjustment
from app.people import service as people
from forecasting.adjustments import Adjustment


def lay(transaction: Transaction, room_id: UUID, by: UUID, wanted: WantedAdjustment) -> Laid:
    """Lay an adjustment over every forecast of a room, made or yet to be made.

    It acts from the room's present on: nobody adjusts what has come already.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: naming every field that cannot be used.
    """
    laid, since = wanted_adjustment(transaction, room_id, by, new_id(), wanted)
    store.add(transaction, laid, since)
    return laid


def wanted_adjustment(
    reading: Reading, room_id: UUID, by: UUID, adjustment_id: UUID, wanted: WantedAdjustment
) -> tuple[Laid, datetime]:
    """What would be laid, and the instant from which on it would act; errors as for `lay`."""
    room = people.room(reading, room_id)
    present, today = room.now(), room.today()
    checks.refuse_adjustment(wanted, today)
    if wanted.queue_id is not None:
        try:
            demand.queue(reading, room_id, wanted.queue_id)
        except NotFound as error:
            raise invalid("queue_id", error.detail) from error
    said = Adjustment(
        wanted.first_day,
        wanted.last_day,
        wanted.amount,
        wanted.unit,
        frozenset(wanted.weekdays),
        wanted.begins,
        wanted.minutes,
        np.datetime64(present.astimezone(UTC).replace(tzinfo=None), "us"),
    )
    laid = Laid(
        id=adjustment_id,
        room_id=room_id,
        queue_id=wanted.queue_id,
        said=said,
        reason=wanted.reason.strip(),
        review_on=wanted.review_on or checks.usual_review(wanted, today),
        laid_by=by,
        laid_at=clock.now(),
    )
    if not series.acting([laid], wanted.first_day, wanted.last_day + timedelta(days=2), room.zone):
        raise invalid("until", "These hours are over: give some that are still to come.")
    return laid, present


def end(
    transaction: Transaction, room_id: UUID, adjustment_id: UUID, by: UUID, reason: str
) -> Laid:
    """Let an adjustment act no longer; what it did before stands, and is still scored.

    Raises:
        NotFound: when there is none of that id in the room.
        Conflict: when it was ended, or its last day is over.
        InvalidInput: when no reason is given, or a long one.
    """
    checks.refuse_end(reason)
    before = adjustment(transaction, room_id, adjustment_id)
    room = people.room(transaction, room_id)
    if before.said.last < room.today() - timedelta(days=1):
        raise Conflict("This adjustment is over: its last day has passed.")
    if not store.end(
        transaction,
        room_id,
        adjustment_id,
        by=by,
        at=clock.now(),
        until=room.now(),
        reason=reason.strip(),
    ):
        raise Conflict("This adjustment was ended already.")
    return adjustment(transaction, room_id, adjustment_id)


def review(
    transaction: Transaction,
    room_id: UUID,
    adjustment_id: UUID,
    by: UUID,
    reason: str,
    review_on: date,
) -> Laid:
    """Keep that somebody looked at an adjustment and let it stand until the next look.

    Raises:
        NotFound: when there is none of that id in the room.
        Conflict: when it was ended, or its last day is over.
        InvalidInput: naming every field that cannot be used.
    """
    before = adjustment(transaction, room_id, adjustment_id)
    today = people.room(transaction, room_id).today()
    if before.ended_at is not None or before.said.last < today:
        raise Conflict("This adjustment acts no longer.")
    checks.refuse_review(reason, review_on, today, before.said.last)
    looked = Review(new_id(), adjustment_id, by, clock.now(), reason.strip(), review_on)
    store.add_review(transaction, room_id, looked)
    return replace(before, review_on=review_on)


def adjustment(reading: Reading, room_id: UUID, adjustment_id: UUID) -> Laid:
    """An adjustment of a room, also one that was ended.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.adjustment(reading, room_id, adjustment_id)
    if found is None:
        raise NotFound("There is no such adjustment in this control room.")
    return found


def adjustments(
    reading: Reading, room_id: UUID, before: UUID | None = None, limit: int | None = None
) -> tuple[Laid, ...]:
    """Adjustments of a room, ended ones too, the newest first; `before` goes on after an id."""
    return store.adjustments(reading, room_id, before, limit)


def reviews(
    reading: Reading, room_id: UUID, laid: Iterable[Laid]
) -> dict[UUID, tuple[Review, ...]]:
    """Who looked at these adjustments again, by adjustment, in order of time."""
    return store.reviews(reading, room_id, [each.id for each in laid])


def adjustments_on(
    reading: Reading, room_id: UUID, queue_id: UUID, first_day: date, until_day: date
) -> tuple[Laid, ...]:
    """Adjustments that act on a queue on local days from one to before another.

    One that was ended is among them only where it acted on these days before it was.
    The first laid first; per cent multiply, then calls an hour are added.
    """
    zone = people.room(reading, room_id).zone
    return tuple(
        each
        for each in _acting(reading, room_id, first_day, until_day, zone)
        if each.queue_id in {None, queue_id}
    )


def adjustments_over(reading: Reading, known: Forecast) -> tuple[Laid, ...]:
    """Adjustments that act on the days of a forecast, of every queue; the first laid first."""
    return _acting(reading, known.room_id, known.first_day, known.until_day, known.zone)


def adjustments_then(
    reading: Reading, room_id: UUID, ids: Iterable[UUID], at: datetime
) -> tuple[Laid, ...]:
    """Adjustments of a room as they stood at an instant: not yet ended if they were later.

    Args:
        reading: the caller's.
        room_id: the control room.
        ids: which of them.
        at: the instant.
    """
    found = store.of_ids(reading, room_id, ids)
    return tuple(
        _not_ended(each) if each.ended_at is not None and each.ended_at >= at else each
        for each in reversed(found)
    )


def _not_ended(laid: Laid) -> Laid:
    """An adjustment as it stood before it was ended."""
    said = replace(laid.said, until=None)
    return replace(laid, said=said, ended_by=None, ended_at=None, end_reason=None)


def adjustment_words(laid: Laid, names: Mapping[UUID, str]) -> str:
    """An adjustment as a phrase, such as `+20 % on 999 from 18:00 to 02:00 on Friday 5 December`.

    Args:
        laid: the adjustment.
        names: of the room's queues by id.
    """
    return series.words(laid, "" if laid.queue_id is None else names[laid.queue_id])


def adjustment_notes(reading: Reading, room_id: UUID, laid: Iterable[Laid]) -> tuple[str, ...]:
    """What people laid over a forecast, a sentence each, for who reads what was made of it."""
    names = {queue.id: queue.name for queue in demand.queues(reading, room_id)}
    return tuple(
        f"Laid over the forecast: {adjustment_words(each, names)}. Reason: {each.reason}"
        for each in laid
    )


def _acting(
    reading: Reading, room_id: UUID, first_day: date, until_day: date, zone: str
) -> tuple[Laid, ...]:
    before, last = first_day - timedelta(days=1), until_day - timedelta(days=1)
    laid = store.between(reading, room_id, before, last)
    return series.acting(laid, first_day, until_day, zone)
