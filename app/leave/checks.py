"""What is wrong with what was given, said before anything is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import get_args
from uuid import UUID

from app.errors import InvalidInput, Place
from app.leave.values import ABSENCE_KINDS, ACCOUNTS, AbsenceDetails, Charged, Entry
from app.people.service import OfficerDetails

YEARS = range(1971, 2199)
"""Beyond them no control room plans, and days could no longer be counted."""

LARGEST = 1_000_000
"""Minutes of one entry: more than eight years of a full week."""

LONGEST_WORDS, LONGEST_SOURCE = 500, 200

LONGEST_ABSENCE = 366
"""Days of one absence: a year and a leap day."""


def check_entries(entries: Iterable[Entry], officers: Collection[UUID]) -> None:
    """Refuse entries that cannot be.

    Args:
        entries: what is to be posted, at least one.
        officers: those of the room.

    Raises:
        InvalidInput: naming every field at fault, such as `entries[2].amount`.
    """
    given = tuple(entries)
    faults = [
        Place(f"entries[{place}].{fault.field}", fault.words)
        for place, entry in enumerate(given)
        for fault in _faults(entry, officers)
    ]
    if not given:
        faults = [Place("entries", "Give at least one entry.")]
    if faults:
        raise InvalidInput(faults)


def _faults(entry: Entry, officers: Collection[UUID]) -> Iterator[Place]:
    if entry.officer_id not in officers:
        yield Place("officer_id", "There is no such officer in this control room.")
    if entry.account not in ACCOUNTS:
        yield Place("account", f"Give one of {', '.join(ACCOUNTS)}.")
    if entry.amount == 0 or abs(entry.amount) > LARGEST:
        yield Place("amount", f"Give an amount other than 0, up to {LARGEST:,} either way.")
    if entry.day.year not in YEARS:
        yield Place("day", "Give a year between 1971 and 2198.")
    yield from _expiry_faults(entry)
    if entry.rate is not None and (entry.account != "pay" or not 1 <= entry.rate <= 1000):
        yield Place("rate", "Give 1 to 1,000 per cent, and of pay only.")
    if not _is_line(entry.words, LONGEST_WORDS):
        yield Place("words", f"Say in a line of at most {LONGEST_WORDS} characters what it is for.")
    if not _is_line(entry.source, LONGEST_SOURCE):
        yield Place("source", f"Give a word of at most {LONGEST_SOURCE} characters.")


def _expiry_faults(entry: Entry) -> Iterator[Place]:
    if entry.expires is None:
        return
    if entry.amount < 0 or entry.account == "pay":
        yield Place("expires", "Only what is owed can expire: leave it out.")
    elif entry.expires <= entry.day or entry.expires.year not in YEARS:
        yield Place("expires", "Give a day after the day that earned it.")


def _is_line(text: str, longest: int) -> bool:
    return bool(text.strip()) and text.isprintable() and len(text) <= longest


def check_absence(details: AbsenceDetails, officer: OfficerDetails) -> None:
    """Refuse an absence that cannot be, or lies outside somebody's service.

    Raises:
        InvalidInput: naming every field at fault.
    """
    if faults := tuple(_absence_faults(details, officer)):
        raise InvalidInput(faults)


def _part_faults(details: AbsenceDetails) -> Iterator[Place]:
    if details.part is None:
        return
    if details.kind != "leave" or details.account == "rest_days":
        yield Place("part", "Only leave is taken in hours, and no rest day.")
    elif details.length != 1 or not 1 <= details.part < 1440:
        yield Place("part", "Give hours of one day.")


def _absence_faults(details: AbsenceDetails, officer: OfficerDetails) -> Iterator[Place]:
    if details.kind not in ABSENCE_KINDS:
        yield Place("kind", f"Give one of {', '.join(ABSENCE_KINDS)}.")
    if details.account is not None and details.kind != "leave":
        yield Place("account", "Only leave is taken from an account.")
    elif details.account is not None and details.account not in get_args(Charged):
        yield Place("account", f"Give one of {', '.join(get_args(Charged))}.")
    yield from _part_faults(details)
    if details.first.year not in YEARS:
        yield Place("first", "Give a year between 1971 and 2198.")
    elif not 1 <= details.length <= LONGEST_ABSENCE:
        yield Place("last", f"Give the same day or a later one, at most {LONGEST_ABSENCE} days.")
    elif details.first < officer.started or (officer.left and details.last >= officer.left):
        yield Place("first", "Give days on which they are in service.")
