"""Rounds and the wishes about one day in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.errors import Conflict, NotFound, Stale
from app.people import service as people
from app.preferences.checks import check_open, check_round, check_taken, check_wish
from app.preferences.store import long_wishes as long_store
from app.preferences.store import points as points_store
from app.preferences.store import rounds as store
from app.preferences.values import Asked, Outcome, PointsOf, Round, RoundDetails, Wish, WishDetails


def add_round(transaction: Transaction, room_id: UUID, details: RoundDetails) -> Round:
    """A new round of a room.

    Raises:
        NotFound: when there is no such room.
        Conflict: when wishes are already asked for one of these days.
        InvalidInput: naming every field that cannot be used.
    """
    room = people.room(transaction, room_id)
    check_round(details, room.zone, rounds(transaction, room_id))
    now = _present(room)
    new = Round(new_id(), room_id, 1, details, None, "open" if now < details.closes else "closed")
    with unless_taken(transaction, "Wishes are already asked for a period from that day."):
        store.add_round(transaction, new)
    return new


def change_round(
    transaction: Transaction, room_id: UUID, round_id: UUID, version: int, details: RoundDetails
) -> Round:
    """Let a round be this, if nobody changed it since `version` was read.

    Raises:
        NotFound: when there is no such round in the room.
        Stale: when the round is no longer at that version.
        Conflict: as for a new round, when wishes already placed would not fit, and when they have
            been answered.
        InvalidInput: naming every field that cannot be used.
    """
    room = people.room(transaction, room_id)
    now = _present(room)
    kept = store.the_round(transaction, room_id, round_id, now, hold=True)
    if kept is None:
        raise _no_round()
    if kept.state == "answered":
        raise Conflict("Wishes for this period have been answered; ask for another period.")
    others = [each for each in rounds(transaction, room_id) if each.id != round_id]
    check_round(details, room.zone, others)
    long = long_store.of_rounds(transaction, room_id, [round_id])
    check_taken(details, store.wishes_page(transaction, room_id, round_id), long)
    changed = Round(round_id, room_id, version + 1, details, None, "open")
    if not store.change_round(transaction, changed):
        raise Stale("Somebody changed this round meanwhile: read again, then change.")
    return wish_round(transaction, room_id, round_id)


def rounds(reading: Reading, room_id: UUID) -> tuple[Round, ...]:
    """The rounds of a room, the latest period first."""
    return store.rounds(reading, room_id, _present(people.room(reading, room_id)))


def wish_round(reading: Reading, room_id: UUID, round_id: UUID) -> Round:
    """A round of a room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    now = _present(people.room(reading, room_id))
    found = store.the_round(reading, room_id, round_id, now)
    if found is None:
        raise _no_round()
    return found


def state_wish(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    round_id: UUID,
    details: WishDetails,
) -> Wish:
    """Place points of an officer on a day.

    Raises:
        NotFound: when the room has no such round or officer.
        Conflict: when the round has closed, or the officer has a wish for that day.
        InvalidInput: when a field cannot be used, or the points are more than are left.
    """
    asked = round_to_ask_in(transaction, room_id, officer_id, round_id)
    others = wishes_of(transaction, room_id, officer_id, round_id)
    left = asked.points - points_used(transaction, room_id, officer_id, round_id)
    check_wish(asked, details, others, left)
    new = Wish(new_id(), round_id, officer_id, 1, details)
    with unless_taken(transaction, "There is already a wish for that day; change that one."):
        store.add_wish(transaction, new)
    return new


def change_wish(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    wish_id: UUID,
    version: int,
    details: WishDetails,
) -> Wish:
    """Let a wish be this, if nobody changed it since `version` was read.

    Raises:
        NotFound: when the officer has no such wish in the room.
        Stale: when the wish is no longer at that version.
        Conflict, InvalidInput: as for a new wish.
    """
    kept = wish(transaction, room_id, officer_id, wish_id)
    asked = round_to_ask_in(transaction, room_id, officer_id, kept.round_id)
    others = wishes_of(transaction, room_id, officer_id, kept.round_id)
    left = asked.points - points_used(transaction, room_id, officer_id, kept.round_id)
    others = tuple(other for other in others if other.id != wish_id)
    check_wish(asked, details, others, left + kept.points)
    changed = Wish(wish_id, kept.round_id, officer_id, version + 1, details)
    if not store.change_wish(transaction, changed):
        raise changed_meanwhile()
    return changed


def withdraw_wish(
    transaction: Transaction, room_id: UUID, officer_id: UUID, wish_id: UUID, version: int
) -> Wish:
    """Take a wish back; its points are free again.

    Returns:
        The wish as it was, to be stated again by whoever thinks better of it.

    Raises:
        NotFound: when the officer has no such wish in the room.
        Stale: when the wish is no longer at that version.
        Conflict: when the round has closed.
    """
    kept = wish(transaction, room_id, officer_id, wish_id)
    round_to_ask_in(transaction, room_id, officer_id, kept.round_id)
    if not store.drop_wish(transaction, wish_id, version):
        raise changed_meanwhile()
    return kept


def wish(reading: Reading, room_id: UUID, officer_id: UUID, wish_id: UUID) -> Wish:
    """A wish of an officer.

    Raises:
        NotFound: when the officer has none of that id in that room.
    """
    found = store.wish(reading, room_id, officer_id, wish_id)
    if found is None:
        raise NotFound("There is no such wish.")
    return found


def wishes_of(
    reading: Reading, room_id: UUID, officer_id: UUID, round_id: UUID | None = None
) -> tuple[Wish, ...]:
    """The wishes of an officer, of one round or of all, by day."""
    return store.wishes_of_officer(reading, room_id, officer_id, round_id)


def wishes(
    reading: Reading, room_id: UUID, first_day: date, days: int
) -> dict[UUID, tuple[Wish, ...]]:
    """The wishes about some days by officer id, of everyone in the room who has any."""
    last = first_day + timedelta(days=days - 1)
    found = store.wishes_between(reading, room_id, first_day, last)
    return {whose: tuple(each) for whose, each in groupby(found, lambda wish: wish.officer_id)}


def wishes_page(
    reading: Reading,
    room_id: UUID,
    round_id: UUID,
    after: tuple[UUID, date] | None = None,
    limit: int = 100,
) -> tuple[Wish, ...]:
    """Wishes of a round by officer and day, from just after a place on.

    Raises:
        NotFound: when there is no such round in the room.
    """
    wish_round(reading, room_id, round_id)
    return store.wishes_page(reading, room_id, round_id, after, limit)


def points_used(reading: Reading, room_id: UUID, officer_id: UUID, round_id: UUID) -> int:
    """What an officer has placed of the budget of a round, on one day or on several."""
    days = store.wishes_of_officer(reading, room_id, officer_id, round_id)
    long = long_store.of_officer(reading, room_id, officer_id)
    several = sum(wish.points for wish in long if wish.round_id == round_id)
    return several + sum(wish.points for wish in days)


def record_outcomes(
    transaction: Transaction, room_id: UUID, outcomes: Mapping[UUID, Outcome]
) -> None:
    """Tell what came of wishes, by wish id; what was told before is forgotten.

    The rounds of these wishes are answered from now on. The same call twice changes nothing.

    Raises:
        NotFound: when one of the wishes is not of the room.
    """
    asked_in = store.rounds_of(transaction, room_id, outcomes)
    if len(asked_in) < len(outcomes):
        raise NotFound("There is no such wish in this control room.")
    store.record(transaction, outcomes)
    mark_answered(transaction, room_id, set(asked_in.values()))


def mark_answered(transaction: Transaction, room_id: UUID, round_ids: set[UUID]) -> None:
    """Let rounds of a room have been answered now."""
    now = _present(people.room(transaction, room_id))
    store.mark_answered(transaction, round_ids, now)


def asked(reading: Reading, room_id: UUID, round_id: UUID) -> Asked:
    """What was asked in a round of the room, in figures."""
    wish_round(reading, room_id, round_id)
    return store.asked(reading, room_id, round_id)


def points(reading: Reading, room_id: UUID, round_ids: Collection[UUID]) -> tuple[PointsOf, ...]:
    """What officers asked for in some rounds of the room, and what of it was met, in points."""
    return points_store.points(reading, room_id, round_ids)


def round_to_ask_in(
    transaction: Transaction, room_id: UUID, officer_id: UUID, round_id: UUID
) -> Round:
    """An open round, held until the transaction ends, so that two hands cannot spend one point.

    Raises:
        NotFound: when the room has no such round or officer.
        Conflict: when the round has closed.
    """
    room = people.room(transaction, room_id)
    people.officer(transaction, room_id, officer_id)
    found = store.the_round(transaction, room_id, round_id, _present(room), hold=True)
    if found is None:
        raise _no_round()
    check_open(found, room.zone)
    return found


def present(reading: Reading, room_id: UUID) -> datetime:
    """Now, as a control room sees it: the end of its data where they end in the past."""
    return _present(people.room(reading, room_id))


def _present(room: people.Room) -> datetime:
    now = clock.now()
    return min(now, room.as_of) if room.as_of else now


def _no_round() -> NotFound:
    return NotFound("There is no such round of wishes in this control room.")


def changed_meanwhile() -> Stale:
    """Said of a wish that is no longer at the version that was read."""
    return Stale("Somebody changed this wish meanwhile: read again, then change.")
