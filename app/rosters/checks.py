"""What is wrong with what was given, said before anything is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import date

from app.errors import Conflict, InvalidInput, Place, invalid
from app.rosters.values import Roster, Wanted, Why
from rostering.dials import levels_of

MOST_DAYS = 182
"""Days of a rota period: half a year, the longest that is known to be searched well."""

MOST_SECONDS = 86_400
"""Seconds of a search: a day."""

LONGEST_REASON = 500

LONGEST_NAME = 200

SAY_WHY = "Say why published duties change: own request, agreement or exigency of duty."

YEARS = range(1971, 2199)
"""Years in which days are rostered, away from both ends of the calendar."""

GIVE_A_DAY = f"Give a day between {YEARS[0]} and {YEARS[-1]}."


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
    if not is_of_this_age(wanted.first_day):
        faults.append(Place("first_day", GIVE_A_DAY))
    if not 1 <= wanted.seconds <= MOST_SECONDS:
        faults.append(Place("seconds", f"Give 1 to {MOST_SECONDS} seconds."))
    for dial, level in (wanted.dials or {}).items():
        if level not in levels_of(dial):
            faults.append(Place(f"dials.{dial}", "Choose one of the levels of this dial."))
    refuse(faults)


def is_of_this_age(day: date) -> bool:
    """Whether a day can be rostered at all, so that days around it can be counted."""
    return day.year in YEARS


def check_day(field: str, day: date) -> None:
    """Refuse a day of another age."""
    if not is_of_this_age(day):
        raise invalid(field, GIVE_A_DAY)


def check_reason(reason: str) -> str:
    """The words why a roster is published."""
    refuse(text_faults("reason", reason, LONGEST_REASON))
    return reason.strip()


def check_why(why: Why, *, needed: bool) -> None:
    """Refuse a change of a published roster without a reason, and words that cannot be kept."""
    faults = []
    if needed and why.reason is None:
        faults.append(Place("reason", SAY_WHY))
    for field, text, longest in (
        ("note", why.note, LONGEST_REASON),
        ("authority", why.authority, LONGEST_NAME),
    ):
        if text:
            faults += text_faults(field, text, longest)
    refuse(faults)


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


def check_again(wanted: Wanted, like: Roster, first: date) -> None:
    """Refuse to make a roster again that is over, put aside or replaced, or days that it has not.

    Args:
        wanted: the period.
        like: the roster that stands.
        first: the first day that may still change.
    """
    if like.state not in {"draft", "published"}:
        check_can_change(like)
    if like.last_day < first:
        raise Conflict("This roster is over: there is nothing of it left to change.")
    if not max(like.first_day, first) <= wanted.first_day <= like.last_day:
        raise invalid("first_day", f"Give a day from {max(like.first_day, first)} on.")
    if wanted.last_day != like.last_day:
        raise invalid("days", f"It must end with the roster, on {like.last_day}.")


def refuse(faults: Collection[Place]) -> None:
    """Raise what is wrong, if anything is."""
    if faults:
        raise InvalidInput(faults)
