"""The patterns that a room can look at, and those that it writes itself."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from uuid import UUID

from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.errors import NotFound, Stale
from app.patterns import store
from app.patterns.checks import check_title, pattern_of
from app.patterns.values import KnownPattern, OwnPattern, PatternDetails
from app.people import service as people
from rostering.patterns import Pattern, shipped_patterns


def patterns(reading: Reading, room_id: UUID) -> tuple[KnownPattern, ...]:
    """The room's own patterns by title, then those that come with Parade."""
    people.room(reading, room_id)
    own = tuple(map(_own, store.own_patterns(reading, room_id)))
    return own + _shipped()


def pattern(reading: Reading, room_id: UUID, key: str) -> KnownPattern:
    """A pattern by its key: the code of a shipped one, or the id of one of the room's own.

    Raises:
        NotFound: when the room has none of that key.
    """
    shipped = next((each for each in _shipped() if each.key == key), None)
    if shipped is not None:
        return shipped
    with suppress(ValueError):
        return _own(own_pattern(reading, room_id, UUID(key)))
    raise _no_pattern()


def own_pattern(reading: Reading, room_id: UUID, pattern_id: UUID) -> OwnPattern:
    """A pattern that the room wrote itself.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.own_pattern(reading, room_id, pattern_id)
    if found is None:
        raise _no_pattern()
    return found


def written(details: PatternDetails) -> Pattern:
    """The pattern that was written; nothing is kept.

    Raises:
        InvalidInput: naming the line or the times, and the part of it that cannot be used.
    """
    return pattern_of(details)


def add_pattern(transaction: Transaction, room_id: UUID, details: PatternDetails) -> OwnPattern:
    """A new pattern of a room.

    Raises:
        NotFound: when there is no such room.
        Conflict: when the room has a pattern of that title.
        InvalidInput: naming the field that cannot be used.
    """
    people.room(transaction, room_id)
    new = OwnPattern(new_id(), room_id, 1, _checked(details))
    with unless_taken(transaction, _taken(new.details)):
        store.add(transaction, new)
    return new


def change_pattern(
    transaction: Transaction, room_id: UUID, pattern_id: UUID, version: int, details: PatternDetails
) -> OwnPattern:
    """Let a pattern be this, if nobody changed it since `version` was read.

    Raises:
        NotFound: when there is no such pattern in the room.
        Stale: when it is no longer at that version.
        Conflict, InvalidInput: as for a new one.
    """
    own_pattern(transaction, room_id, pattern_id)
    changed = OwnPattern(pattern_id, room_id, version + 1, _checked(details))
    with unless_taken(transaction, _taken(changed.details)):
        if not store.change(transaction, changed):
            raise _changed_meanwhile()
    return changed


def drop_pattern(
    transaction: Transaction, room_id: UUID, pattern_id: UUID, version: int
) -> OwnPattern:
    """Take a pattern out of the room's list.

    Returns:
        The pattern as it was.

    Raises:
        NotFound: when there is no such pattern in the room.
        Stale: when it is no longer at that version.
    """
    kept = own_pattern(transaction, room_id, pattern_id)
    if not store.drop(transaction, room_id, pattern_id, version):
        raise _changed_meanwhile()
    return kept


def _own(kept: OwnPattern) -> KnownPattern:
    return KnownPattern(str(kept.id), pattern_of(kept.details), kept)


def _shipped() -> tuple[KnownPattern, ...]:
    return tuple(
        KnownPattern(each.code, each.pattern, None, each.source, each.dated)
        for each in shipped_patterns()
    )


def _checked(details: PatternDetails) -> PatternDetails:
    """The same in the one way in which it is written."""
    titled = dataclasses.replace(details, title=check_title(details.title))
    return PatternDetails.of(pattern_of(titled))


def _taken(details: PatternDetails) -> str:
    return f"The control room already has a pattern called {details.title}."


def _no_pattern() -> NotFound:
    return NotFound("There is no such pattern in this control room.")


def _changed_meanwhile() -> Stale:
    return Stale("Somebody changed this pattern meanwhile: read again, then change.")
