"""What changes of published duties are to the officers: notice, what is due, what they need."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.errors import invalid
from app.people import service as people
from app.rosters.checks import SAY_WHY
from app.rosters.service.ground import Cell, Ground, Judged
from app.rosters.store import notices as store
from app.rosters.values import PublishedChange, Why
from rostering.notice import ForceDay


def judge(
    reading: Reading, room_id: UUID, changes: Sequence[PublishedChange], why: Why
) -> tuple[Judged, ...]:
    """Price changes that are told now, in a constant number of queries.

    Args:
        reading: the caller's.
        room_id: the control room.
        changes: what changes against what is published.
        why: the reason and the authority; without a reason they are priced as an exigency.
    """
    if not changes:
        return ()
    ground = Ground.of(reading, room_id, changes)
    return tuple(ground.judged(change, why) for change in changes)


def clear_days(room: people.Room, told: datetime, change: PublishedChange) -> int:
    """Clear days between being told and a changed duty, by days that start when the force's do.

    Neither the day of telling nor the day of the duty counts.
    """
    duty = change.after or change.before
    if duty is None:
        raise ValueError("a change is of a duty")
    return ForceDay(room.zone, room.day_start).clear_days(told, duty.start)


def hour_percents(
    reading: Reading, room_id: UUID, standing: Sequence[PublishedChange]
) -> dict[Cell, int]:
    """What an hour more would count for on some days, in per cent of an hour's pay.

    Args:
        reading: the caller's.
        room_id: the control room.
        standing: for each day what is published, and a longer duty in its place.

    Returns:
        By officer and day; days off that would be due count for eight hours each.
    """
    if not standing:
        return {}
    ground = Ground.of(reading, room_id, standing)
    return {(each.officer_id, each.day): ground.percent(each) for each in standing}


def check_judged(judged: Sequence[Judged], why: Why, field: str) -> None:
    """Refuse changes that may not be made for a reason, or that need an authority.

    Args:
        judged: the changes.
        why: the reason and the authority that were given.
        field: what the reason is called where it was given.

    Raises:
        InvalidInput: with one sentence about the reason, or about the authority.
    """
    against = [each.refusal for each in judged if each.refusal]
    if against and why.reason is None:
        raise invalid(field, SAY_WHY)
    if against:
        several = f"{len(against)} of the changes may not be made so. " if len(judged) > 1 else ""
        raise invalid(field, several + against[0])
    whose = next((each.authority for each in judged if each.authority), "")
    if whose and not why.authority:
        raise invalid(
            "authority",
            f"A public holiday at this notice needs the authority of an {whose}: give the name.",
        )


def taken_over(
    transaction: Transaction, room_id: UUID, judged: Iterable[Judged]
) -> tuple[tuple[PublishedChange, ...], tuple[PublishedChange, ...]]:
    """The changes to keep, and those whose days they change again, which hold no more.

    A rest day that was named for a day stays named where one is still due.
    """
    changes = {(each.change.officer_id, each.change.day): each.change for each in judged}
    if not changes:
        return (), ()
    days = [day for _, day in changes]
    earlier = store.standing(transaction, room_id, min(days), max(days))
    gone = tuple(earlier[cell] for cell in changes if cell in earlier)
    store.settle(transaction, room_id, gone)
    return tuple(_with_named(each, earlier.get(cell)) for cell, each in changes.items()), gone


def _with_named(change: PublishedChange, before: PublishedChange | None) -> PublishedChange:
    old, new = before.notice if before else None, change.notice
    if old is None or new is None or old.named is None or new.due.name_by is None:
        return change
    return dataclasses.replace(change, notice=dataclasses.replace(new, named=old.named))
