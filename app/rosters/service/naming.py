"""Naming another rest day in place of one worked: which are still to be named, and the act."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.db.transaction import Reading, Transaction
from app.errors import Conflict, NotFound, invalid
from app.people import service as people
from app.rosters.service import earning
from app.rosters.service.choosing import standing_change
from app.rosters.service.ground import was_published_free
from app.rosters.store import notices as store
from app.rosters.store import publications
from app.rosters.values import ChangePosition, Publication, PublishedChange
from rostering.notice.counting import months_later


def rest_days_to_name(reading: Reading, room_id: UUID) -> tuple[PublishedChange, ...]:
    """Changes that earned another rest day which is not named yet, the first due first."""
    return store.to_name(reading, room_id)


def name_rest_day(
    transaction: Transaction, room_id: UUID, position: ChangePosition, named: date, by: UUID
) -> PublishedChange:
    """Name another rest day in place of the one worked; new rosters keep it free.

    Args:
        transaction: the caller's.
        room_id: the control room.
        position: the change that earned it.
        named: the rest day.
        by: the user who names it.

    Raises:
        NotFound: when no such change holds in the room, or it earned no rest day.
        Conflict: when one is named for it already.
        InvalidInput: when the day is past, has a duty, or is a rest day of the officer anyway.
    """
    change = standing_change(transaction, room_id, position)
    notice = change.notice
    if notice is None or notice.due.name_by is None:
        raise NotFound("No rest day is due for this change.")
    if notice.named is not None:
        raise Conflict("Another rest day is named for it already.")
    _check_day(transaction, room_id, position.officer_id, named)
    if not store.name(transaction, room_id, change, named, by):
        raise Conflict("Another rest day is named for it already.")
    after = dataclasses.replace(change, notice=dataclasses.replace(notice, named=named))
    earning.spend(transaction, room_id, after, by)
    return after


def rest_days_disrupted(reading: Reading, room_id: UUID) -> dict[UUID, int]:
    """By officer id how often rest days were cancelled, or then given back, from a year ago on.

    Counted where the rulebook knows an allowance for it, as the Police Scotland handbook, part 7.
    """
    room = people.room(reading, room_id)
    today = room.today()
    return store.disrupted(reading, room_id, months_later(today, -12))


def history(
    reading: Reading, room_id: UUID, before: ChangePosition | None = None, limit: int = 50
) -> tuple[tuple[PublishedChange, Publication], ...]:
    """Changes of published duties with what published them, the newest first."""
    known = {each.number: each for each in publications.room_publications(reading, room_id)}
    found = store.newest(reading, room_id, before, max(1, min(limit, 201)))
    return tuple((each, known[each.number]) for each in found)


def _check_day(reading: Reading, room_id: UUID, officer_id: UUID, named: date) -> None:
    room = people.room(reading, room_id)
    zone = ZoneInfo(room.zone)
    today = room.now().astimezone(zone).date()
    if not today < named <= today + timedelta(days=730):
        raise invalid("named", "Give a day after today, at most two years ahead.")
    noon = datetime.combine(named, time(12), zone)
    span = people.Span(noon - timedelta(days=1), noon + timedelta(days=1))
    shifts = people.history(reading, room_id, "published", span, [officer_id])
    if any(shift.start.astimezone(zone).date() == named for shift in shifts):
        raise invalid("named", "The officer has a duty that day: take it off first.")
    if (officer_id, named) in store.named_days(reading, room_id, named, named):
        raise invalid("named", "That day is named in place of another rest day already.")
    if was_published_free(reading, room_id, officer_id, named):
        raise invalid("named", "That day was published as a rest day anyway: name another.")
