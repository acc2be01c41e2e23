"""Wishes about several days: stated, changed, withdrawn, agreed to, and told what came of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import NotFound
from app.people import service as people
from app.preferences.checks import check_long_wish
from app.preferences.service.rounds import (
    add_round,
    changed_meanwhile,
    mark_answered,
    points_used,
    round_to_ask_in,
    rounds,
    wish_round,
)
from app.preferences.store import long_wishes as store
from app.preferences.values import (
    WITH_COLLEAGUE,
    Asks,
    LongOutcome,
    LongWish,
    LongWishDetails,
    Round,
    RoundDetails,
)


def state_long_wish(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    round_id: UUID,
    details: LongWishDetails,
) -> LongWish:
    """Place points of an officer on something asked over several days.

    Raises:
        NotFound: when the room has no such round, officer or colleague.
        Conflict: when the round has closed.
        InvalidInput: when a field cannot be used, or the points are more than are left.
    """
    asked = round_to_ask_in(transaction, room_id, officer_id, round_id)
    _check(transaction, room_id, officer_id, asked, details)
    new = LongWish(new_id(), round_id, officer_id, 1, details)
    store.add(transaction, [new])
    return new


def change_long_wish(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    wish_id: UUID,
    version: int,
    details: LongWishDetails,
) -> LongWish:
    """Let a wish be this, if nobody changed it since `version` was read.

    A colleague is asked anew where it is now about others, or about other days.

    Raises:
        NotFound: when the officer has no such wish in the room.
        Stale: when the wish is no longer at that version.
        Conflict, InvalidInput: as for a new wish.
    """
    kept = long_wish(transaction, room_id, officer_id, wish_id)
    asked = round_to_ask_in(transaction, room_id, officer_id, kept.round_id)
    _check(transaction, room_id, officer_id, asked, details, kept)
    same = dataclasses.replace(details, points=kept.points) == kept.details
    changed = LongWish(
        wish_id, kept.round_id, officer_id, version + 1, details, kept.agreed if same else None
    )
    if not store.change(transaction, changed):
        raise changed_meanwhile()
    return changed


def withdraw_long_wish(
    transaction: Transaction, room_id: UUID, officer_id: UUID, wish_id: UUID, version: int
) -> LongWish:
    """Take a wish back; its points are free again.

    Returns:
        The wish as it was, to be stated again by whoever thinks better of it.

    Raises:
        NotFound: when the officer has no such wish in the room.
        Stale: when the wish is no longer at that version.
        Conflict: when the round has closed.
    """
    kept = long_wish(transaction, room_id, officer_id, wish_id)
    round_to_ask_in(transaction, room_id, officer_id, kept.round_id)
    if not store.drop(transaction, wish_id, version):
        raise changed_meanwhile()
    return kept


def answer_colleague(
    transaction: Transaction, room_id: UUID, officer_id: UUID, wish_id: UUID, *, agreed: bool
) -> LongWish:
    """Say whether one agrees to a colleague's wish to work together; it can be said otherwise.

    Raises:
        NotFound: when nobody wishes that of the officer.
        Stale: when the wish changed at this moment.
        Conflict: when the round has closed.
    """
    kept = store.wish(transaction, room_id, wish_id)
    if kept is None or kept.details.ask != "with" or kept.details.colleague_id != officer_id:
        raise NotFound("There is no such wish.")
    round_to_ask_in(transaction, room_id, officer_id, kept.round_id)
    if kept.agreed is agreed:
        return kept
    answered = dataclasses.replace(kept, version=kept.version + 1, agreed=agreed)
    if not store.change(transaction, answered):
        raise changed_meanwhile()
    return answered


def _check(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    asked: Round,
    details: LongWishDetails,
    kept: LongWish | None = None,
) -> None:
    """Refuse what cannot be asked; the points of the wish that it takes the place of are free."""
    used = points_used(transaction, room_id, officer_id, asked.id)
    left = asked.points - used + (kept.points if kept else 0)
    colleagues = {each.id for each in people.everyone(transaction, room_id)} - {officer_id}
    check_long_wish(asked.details, details, left, colleagues)


def long_wish(reading: Reading, room_id: UUID, officer_id: UUID, wish_id: UUID) -> LongWish:
    """A wish of an officer over several days.

    Raises:
        NotFound: when the officer has none of that id in that room.
    """
    found = store.wish(reading, room_id, wish_id)
    if found is None or found.officer_id != officer_id:
        raise NotFound("There is no such wish.")
    return found


def long_wishes_of(
    reading: Reading, room_id: UUID, officer_id: UUID, round_id: UUID | None = None
) -> tuple[LongWish, ...]:
    """The wishes of an officer over several days, of one round or of all."""
    return tuple(
        wish
        for wish in store.of_officer(reading, room_id, officer_id)
        if round_id in {None, wish.round_id}
    )


def asked_of(reading: Reading, room_id: UUID, officer_id: UUID) -> tuple[LongWish, ...]:
    """The wishes of colleagues to work with an officer, in rounds that are open."""
    still = {each.id for each in rounds(reading, room_id) if each.state == "open"}
    return tuple(w for w in store.about(reading, room_id, officer_id) if w.round_id in still)


def long_wishes(
    reading: Reading, room_id: UUID, first_day: date, days: int
) -> dict[UUID, tuple[tuple[Round, LongWish], ...]]:
    """The wishes of rounds about some of these days by officer id, each with its round.

    A wish to work together that the colleague has not agreed to is left aside.
    """
    last = first_day + timedelta(days=days - 1)
    asked = {
        each.id: each
        for each in rounds(reading, room_id)
        if each.first_day <= last and first_day <= each.details.last_day
    }
    found = (wish for wish in store.of_rounds(reading, room_id, list(asked)) if wish.counts)
    return {
        whose: tuple((asked[wish.round_id], wish) for wish in each)
        for whose, each in groupby(found, key=lambda wish: wish.officer_id)
    }


def long_wishes_asked(reading: Reading, room_id: UUID, round_id: UUID) -> tuple[Asks, ...]:
    """What was asked over several days in a round of the room, in figures.

    Raises:
        NotFound: when there is no such round in the room.
    """
    wish_round(reading, room_id, round_id)
    return store.asks(reading, room_id, round_id)


def long_wishes_in(reading: Reading, room_id: UUID, round_id: UUID) -> tuple[LongWish, ...]:
    """The wishes over several days of a round, by officer.

    Raises:
        NotFound: when there is no such round in the room.
    """
    wish_round(reading, room_id, round_id)
    return store.of_rounds(reading, room_id, [round_id])


def record_long_outcomes(
    transaction: Transaction, room_id: UUID, outcomes: Mapping[UUID, LongOutcome]
) -> None:
    """Tell what came of wishes over several days, by wish id; what was told before is forgotten.

    The rounds of these wishes are answered from now on. The same call twice changes nothing.

    Raises:
        NotFound: when one of the wishes is not of the room.
    """
    asked_in = store.rounds_of(transaction, room_id, outcomes)
    if len(asked_in) < len(outcomes):
        raise NotFound("There is no such wish in this control room.")
    store.record(transaction, outcomes)
    mark_answered(transaction, room_id, set(asked_in.values()))


def open_round(transaction: Transaction, room_id: UUID, details: RoundDetails) -> Round:
    """Ask the officers of a room for wishes; their standing wishes go on.

    Raises:
        NotFound: when there is no such room.
        Conflict: when wishes are already asked for one of these days.
        InvalidInput: naming every field that cannot be used.
    """
    asked = add_round(transaction, room_id, details)
    _carry_standing_wishes(transaction, room_id, asked)
    return asked


def _carry_standing_wishes(transaction: Transaction, room_id: UUID, asked: Round) -> None:
    """Let standing wishes of the round before go on into a new one, as far as its points go.

    Of people who have left, and about colleagues who have, none goes on.
    """
    before = [each for each in rounds(transaction, room_id) if each.first_day < asked.first_day]
    if not before:
        return
    there = {each.id for each in people.everyone(transaction, room_id, asked.first_day)}
    left = dict.fromkeys(there, asked.points)
    going_on = []
    for wish in store.of_rounds(transaction, room_id, [before[0].id]):
        details, whose = wish.details, wish.officer_id
        gone = details.ask in WITH_COLLEAGUE and details.colleague_id not in there
        if not details.standing or gone or left.get(whose, 0) < wish.points:
            continue
        if details.ask in WITH_COLLEAGUE and len(details.days_of(asked.details)) > wish.points:
            continue
        left[whose] -= wish.points
        going_on.append(LongWish(new_id(), asked.id, whose, 1, details, wish.agreed))
    store.add(transaction, going_on)
