"""What comes of wishes in a roster, in words to the officer that name nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID
from weakref import WeakKeyDictionary

from app.db.transaction import Reading
from app.preferences import service as preferences
from app.rosters.problem import preference_of
from app.rosters.service.desk import Opened, opened
from rostering.problem import Preference
from rostering.standing import Standing
from rostering.why_not import why_not

_reasons: WeakKeyDictionary[Standing, dict[tuple[int, Preference], str]] = WeakKeyDictionary()
"""Reasons that were worked out, as long as the roster they are about is laid out."""


def outcomes(
    reading: Reading, desk: Opened, whose: Collection[UUID] | None = None
) -> dict[UUID, preferences.Outcome]:
    """What comes of every wish about the roster's days, or of some officers', by wish id."""
    roster = desk.roster
    asked = preferences.wishes(reading, roster.room_id, roster.first_day, roster.days)
    return {
        wish.id: preferences.Outcome(roster.id, met, words)
        for officer, wishes in asked.items()
        if whose is None or officer in whose
        for wish, met, words in _came_of(desk, officer, wishes)
    }


def think_of_outcomes(reading: Reading, room_id: UUID, roster_id: UUID) -> None:
    """Work the reasons out before a transaction is opened to publish, which then is short.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    outcomes(reading, opened(reading, room_id, roster_id))


def _came_of(
    desk: Opened, officer: UUID, wishes: Collection[preferences.Wish]
) -> Iterator[tuple[preferences.Wish, bool, str]]:
    row = desk.problem.officer_index.get(str(officer))
    for wish in wishes:
        asked = preference_of(wish, desk.problem)
        if row is None:
            yield wish, not wish.wants, "You have no shifts in this roster."
        elif asked is None:
            yield wish, not wish.wants, "There is no such shift in this roster."
        elif desk.standing.meets(row, asked):
            yield wish, True, ""
        else:
            yield wish, False, _reason(desk.standing, row, asked)


def _reason(standing: Standing, row: int, wish: Preference) -> str:
    known = _reasons.setdefault(standing, {})
    if (row, wish) not in known:
        reason = why_not(standing, row, wish)
        known[row, wish] = reason.words if reason else "No shift of this roster could meet it."
    return known[row, wish]
