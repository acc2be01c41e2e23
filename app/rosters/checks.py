"""What is wrong with what was given, said before anything is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from app.errors import Conflict, InvalidInput, Place, invalid
from app.rosters.values import Roster, Wanted

MOST_DAYS = 182
"""Days of a rota period: half a year, the longest that is known to be searched well."""

MOST_SECONDS = 86_400
"""Seconds of a search: a day."""

LONGEST_REASON = 500


def text_faults(field: str, text: str, longest: int) -> list[Place]:
    """What is wrong with a text that must say something on one line."""
    if not text.strip():
        return [Place(field, "Fill this in.")]
    if len(text) <= longest and not any(map(_unwritable, text)):
        return []
    return [Place(field, f"Give 1 to {longest} characters on one line.")]


def _unwritable(character: str) -> bool:
    """Control characters and halves of a pair, which not every database keeps."""
    return unicodedata.category(character) in {"Cc", "Cs"}


def check_wanted(wanted: Wanted) -> None:
    """Refuse a period, a name or a time for the search that cannot be."""
    faults = text_faults("name", wanted.name, 200) if wanted.name is not None else []
    if not 1 <= wanted.days <= MOST_DAYS:
        faults.append(Place("days", f"Give 1 to {MOST_DAYS} days."))
    if not 1971 <= wanted.first_day.year <= 2198:
        faults.append(Place("first_day", "Give a day between 1971 and 2198."))
    if not 1 <= wanted.seconds <= MOST_SECONDS:
        faults.append(Place("seconds", f"Give 1 to {MOST_SECONDS} seconds."))
    refuse(faults)


def check_reason(reason: str, *, needed: bool) -> str:
    """The reason, if it says something; a draft may be changed without one."""
    if not reason.strip() and not needed:
        return ""
    refuse(text_faults("reason", reason, LONGEST_REASON))
    return reason.strip()


def check_can_change(roster: Roster) -> None:
    """Refuse to change a roster that is put aside or replaced."""
    if roster.state == "discarded":
        raise Conflict("This roster was discarded.")
    if roster.state == "superseded":
        raise Conflict("A later roster is in force on all of these days: change that one.")


def check_like(wanted: Wanted, like: Roster) -> None:
    """Refuse to go on from a roster of another period."""
    if (like.first_day, like.days) != (wanted.first_day, wanted.days):
        raise invalid("like", "It is a roster of another period.")


def refuse(faults: Collection[Place]) -> None:
    """Raise what is wrong, if anything is."""
    if faults:
        raise InvalidInput(faults)
