"""What is weighed in rosters: the dials, what they meant in a roster, and what a roster cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from weakref import WeakKeyDictionary

import numpy as np

from app.db.transaction import Reading
from app.requirements import service as requirements
from app.rosters.problem import late_calls
from app.rosters.service.answers import expected_late
from app.rosters.service.desk import Opened, open_roster, opened
from app.rosters.store import rosters as store
from app.rosters.values import Roster
from app.rulebooks import service as rulebooks
from rostering.dials import AS_SET, DIALS, ON_WHAT_WAS_TOLD, Level, Levels, dials_in, levels_of
from rostering.prices import PriceList, price_list
from rostering.prices.words import meanings
from rostering.rules.base import Dial
from rostering.standing import Standing

LOOKED_AT = 20
"""Rosters that are looked through for the last one with shifts."""


@dataclass(frozen=True)
class Weighed:
    """What a roster cost.

    Attributes:
        roster: its row.
        prices: what it cost, by dial, rule, day and team.
        more_late: calls expected late or lost beyond those with the need met; None where the
            requirement says nothing of calls.
        meant: what each dial meant in it, in sentences.
    """

    roster: Roster
    prices: PriceList
    more_late: float | None
    meant: Mapping[Dial, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DialHere:
    """A dial as a roster of a room can be asked for with it.

    Attributes:
        dial: which.
        title, words: what it is.
        levels: where it may stand, the lowest first.
        level: where it stands where nothing else is said.
        meant: what it meant in the last roster, in sentences; empty where there was none.
    """

    dial: Dial
    title: str
    words: str
    levels: tuple[Level, ...]
    level: Level
    meant: tuple[str, ...]


_weighed: WeakKeyDictionary[Standing, tuple[PriceList, float | None]] = WeakKeyDictionary()
"""What was worked out, as long as the roster it is about is laid out."""


def weighed(reading: Reading, room_id: UUID, roster_id: UUID) -> Weighed:
    """What a roster cost, and what its dials meant.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    return weighed_roster(reading, opened(reading, room_id, roster_id))


def weighed_roster(reading: Reading, desk: Opened) -> Weighed:
    """The same of a roster that is laid out."""
    known = _weighed.get(desk.standing)
    if known is None:
        known = (price_list(desk.standing), _more_late(reading, desk))
        _weighed[desk.standing] = known
    prices, more_late = known
    return Weighed(desk.roster, prices, more_late, meanings(desk.problem, prices, more_late))


def _more_late(reading: Reading, desk: Opened) -> float | None:
    """Calls late or lost for want of the people who are missing."""
    late = expected_late(reading, desk)
    if late is None:
        return None
    need = requirements.need(reading, desk.roster.room_id, desk.roster.requirement_id)
    with_all = [
        np.maximum(there, cover.required)
        for cover, there in zip(desk.problem.cover, desk.standing.on_duty, strict=True)
    ]
    best = late_calls(desk.problem, need, with_all)
    return None if best is None else max(sum(late.late.values()) - sum(best.late.values()), 0.0)


def last_weighed(reading: Reading, room_id: UUID, like: UUID | None = None) -> Weighed | None:
    """The roster that is gone on from, else the room's last one that has shifts.

    Raises:
        NotFound: when there is no such roster to go on from in the room.
    """
    if like is not None:
        return weighed(reading, room_id, like)
    found = store.room_rosters(
        reading, room_id, None, LOOKED_AT, ("draft", "published", "superseded")
    )
    last = next((each for each in found if each.objective is not None and each.stopped), None)
    return weighed_roster(reading, open_roster(reading, last)) if last else None


def dials_here(
    reading: Reading,
    room_id: UUID,
    day: date,
    last: Weighed | None,
    *,
    like: bool = False,
    least_change: bool = False,
) -> tuple[DialHere, ...]:
    """The dials that a roster of a room can be asked for with.

    Args:
        reading: the caller's.
        room_id: the control room.
        day: first day of the roster, whose rules hold.
        last: the roster that tells what they meant.
        like: whether that roster is gone on from, so that they stand as they stood in it.
        least_change: whether what was told is laid under the roster; else nothing is told.
    """
    held: Levels = last.prices.levels if like and last else {}
    meant = last.meant if last else {}
    return tuple(
        DialHere(
            dial=dial,
            title=DIALS[dial].title,
            words=DIALS[dial].words,
            levels=levels_of(dial),
            level=held.get(dial, AS_SET),
            meant=meant.get(dial, ()),
        )
        for dial in dials_in(rulebooks.in_force(reading, room_id, day).rules)
        if least_change or dial not in ON_WHAT_WAS_TOLD
    )
