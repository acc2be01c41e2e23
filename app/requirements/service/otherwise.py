"""Requirements worked out where things are otherwise than a forecast says, to be chosen by name."""

from __future__ import annotations

from dataclasses import fields, replace
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import InvalidInput, Place
from app.requirements import series, store
from app.requirements.service.working_out import force_skills, requirement
from app.requirements.values import Origin, Otherwise, Requirement, RoomAsks, Terms
from forecasting.errors import InputError
from forecasting.staffing.hours import weekly_hours
from forecasting.staffing.room import RoomRequirement
from forecasting.staffing.terms import QueueTerms


def otherwise(
    reading: Reading, room_id: UUID, made_by: UUID, requirement_id: UUID, what: Otherwise
) -> Requirement:
    """What would be worked out on the days of a requirement if things were otherwise; not kept.

    Raises:
        NotFound: when there is no such requirement in the room.
        InvalidInput: when it cannot be worked out.
    """
    return _worked_out(reading, requirement(reading, room_id, requirement_id), made_by, what)[0]


def work_out_otherwise(
    transaction: Transaction,
    room_id: UUID,
    made_by: UUID,
    requirement_id: UUID,
    what: Otherwise,
    reason: str,
) -> Requirement:
    """The same, kept with the reason that somebody gave. Errors as for `otherwise`."""
    asked = requirement(transaction, room_id, requirement_id)
    found, people = _worked_out(transaction, asked, made_by, what)
    words = f"Worked out for a question: {what.purpose}. Reason: {reason}"
    found = replace(found, notes=(words, *found.notes))
    store.add(transaction, found, series.pack(people), series.pack_loads(people))
    return found


def _worked_out(
    reading: Reading, asked: Requirement, made_by: UUID, what: Otherwise
) -> tuple[Requirement, RoomRequirement]:
    by_queue = {each.queue: each for each in what.terms}
    terms = tuple(_terms(each, by_queue[each.queue]) for each in asked.terms)
    room = _room(asked.room or series.room_asks_of(0, {}), what.reserve)
    try:
        used = tuple(each.used for each in terms)
        people = series.worked_out_for(asked, replace(what, terms=used), room)
        weeks = weekly_hours(people, asked.zone)
    except InputError as error:
        raise InvalidInput([Place("requirement_id", error.message)]) from error
    notes = (
        *series.origin_notes(terms),
        *series.room_notes(people, asked.zone, force_skills(reading, asked.room_id)),
    )
    found = replace(
        asked,
        id=new_id(),
        made_by=made_by,
        made_at=clock.now(),
        terms=terms,
        notes=notes,
        room=room,
        weeks=weeks,
        purpose=what.purpose,
    )
    return found, people


def _terms(before: Terms, terms: QueueTerms) -> Terms:
    """A queue's terms with these in their place; what differs is given."""
    differs = {
        each.name
        for each in fields(QueueTerms)
        if getattr(terms, each.name) != getattr(before.terms, each.name)
    }
    by_hour = before.is_aht_by_hour and "aht_seconds" not in differs
    given: dict[str, Origin] = dict.fromkeys(sorted(differs), "given")
    return replace(before, terms=terms, origins={**before.origins, **given}, is_aht_by_hour=by_hour)


def _room(asks: RoomAsks, reserve: int) -> RoomAsks:
    """What a room asks, with this reserve."""
    if reserve == asks.terms.reserve:
        return asks
    origins: dict[str, Origin] = {**asks.origins, "reserve": "given"}
    return replace(asks, terms=replace(asks.terms, reserve=reserve), origins=origins)
