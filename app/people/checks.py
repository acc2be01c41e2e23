"""What is wrong with what was given, said before anything is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from app.errors import InvalidInput, Place, invalid
from app.people.values import (
    SHIFT_KINDS,
    Contract,
    OfficerDetails,
    PastShift,
    Span,
    Term,
    TermKind,
    canonical_value,
    canonical_weekdays,
)

WEEK = 7 * 24 * 60
"""Minutes."""

LONGEST_SHIFT = timedelta(hours=48)
"""A day and a night on call, and as long again; what is longer is a slip in a date, and would stand
in the way of every roster until its end."""


class Dated(Protocol):
    """Something that holds for some days."""

    @property
    def from_day(self) -> date:
        """The first day that counts."""

    @property
    def until_day(self) -> date | None:
        """The first day that no longer counts."""


def day_faults(field: str, given: Sequence[Dated], counted: Sequence[bool]) -> list[Place]:
    """Entries that end before they begin, or begin before the one before has ended."""
    which = [index for index, counts in enumerate(counted) if counts]
    faults = day_problems([given[index] for index in which])
    return [Place(f"{field}[{which[at]}].{part}", words) for at, part, words in faults]


def day_problems(given: Sequence[Dated]) -> list[tuple[int, str, str]]:
    """The same, of entries that exclude one another: which entry, which field, what is wrong."""
    problems = []
    free: date | None = date.min
    for from_day, index in sorted((each.from_day, index) for index, each in enumerate(given)):
        until = given[index].until_day
        if until is not None and until <= from_day:
            problems.append((index, "until_day", "Give a day after the first."))
        if free is None or from_day < free:
            problems.append((index, "from_day", "Another still holds on that day."))
        free = until
    return problems


def shift_faults(whose: set[UUID], span: Span, shifts: Sequence[PastShift]) -> list[Place]:
    """Shifts of somebody else, outside the span, that end before they start, or without words."""
    faults: list[Place] = []
    for index, shift in enumerate(shifts):
        place = f"shifts[{index}]"
        if shift.officer_id not in whose:
            faults.append(Place(f"{place}.officer_id", "Name this officer in whose as well."))
        if shift.start.tzinfo is None or shift.end.tzinfo is None:
            faults.append(Place(place, "Give instants with their offset from UTC."))
        elif not span.start <= shift.start < span.end:
            faults.append(Place(f"{place}.start", "It is outside the span that is told."))
        elif shift.end <= shift.start:
            faults.append(Place(f"{place}.end", "Give an instant after start."))
        elif shift.end - shift.start > LONGEST_SHIFT:
            faults.append(Place(f"{place}.end", "Give an instant at most 48 hours after start."))
    return faults + _word_faults(shifts)


def _word_faults(shifts: Sequence[PastShift]) -> list[Place]:
    """Kinds and codes that cannot be written; there are few of them for many shifts."""
    wrong = {
        word
        for word in {each.kind for each in shifts} | {each.code for each in shifts}
        if word and text_faults("", word, 64)
    }
    return [
        Place(f"shifts[{index}].{field}", "Give at most 64 characters on one line.")
        for index, shift in (enumerate(shifts) if wrong else ())
        for field in ("kind", "code")
        if getattr(shift, field) in wrong
    ]


def overlaps(shifts: Sequence[PastShift], kept: Sequence[PastShift]) -> list[Place]:
    """Shifts that overlap another of the same officer, given or kept."""
    entries = [(each.officer_id, each.start, each.end, -1) for each in kept]
    entries += [(each.officer_id, each.start, each.end, at) for at, each in enumerate(shifts)]
    return [
        Place(f"shifts[{at}]", "It overlaps another shift of this officer.")
        for at in clashes(entries)
    ]


def clashes(entries: Sequence[tuple[UUID | str, datetime, datetime, int]]) -> list[int]:
    """Of whose, start, end and a number: the greater number of any two that overlap."""
    return [
        max(now[3], before[3])
        for before, now in pairwise(sorted(entries, key=lambda each: (str(each[0]), each[1])))
        if now[0] == before[0] and now[1] < before[2]
    ]


def check_zone(zone: str) -> None:
    """Refuse what is not an IANA time zone."""
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as error:
        raise invalid("zone", "Give an IANA time zone such as Europe/London.") from error


def contract_faults(agreed: Sequence[Contract]) -> list[Place]:
    """Contracts of more minutes than a week has, or of fewer than none."""
    return [
        Place(f"contracts[{index}].weekly_minutes", f"Give minutes a week, 0 to {WEEK}.")
        for index, each in enumerate(agreed)
        if not 0 <= each.weekly_minutes <= WEEK
    ]


def own_terms(given: Sequence[Term], codes: Collection[str]) -> list[Term]:
    """Terms in the form that is kept; `codes` are the force's skills.

    Raises:
        InvalidInput: naming every term that cannot be read, ends too early or stands twice.
    """
    own: list[Term] = []
    faults: list[Place] = []
    for index, each in enumerate(given):
        place = f"terms[{index}]"
        try:
            value = canonical_value(each.what, each.value)
        except ValueError as error:
            faults.append(Place(f"{place}.value", str(error)))
            continue
        try:
            weekdays = canonical_weekdays(each.what, each.weekdays)
        except ValueError as error:
            faults.append(Place(f"{place}.weekdays", str(error)))
            continue
        if unknown := unknown_words(each.what, value, codes):
            faults.append(Place(f"{place}.value", unknown))
        if each.until_day is not None and each.until_day <= each.from_day:
            faults.append(Place(f"{place}.until_day", "Give a day after the first."))
        term = replace(each, weekdays=weekdays, value=value)
        if any(replace(term, until_day=None) == replace(one, until_day=None) for one in own):
            faults.append(Place(f"{place}.from_day", "This stands twice."))
        own.append(term)
    refuse(faults)
    return own


def unknown_words(what: TermKind, value: str, codes: Collection[str]) -> str:
    """Why what a term names is not known, a sentence; "" where it is, or it names nothing.

    Args:
        what: the kind of term.
        value: what it says, in the form that is kept.
        codes: the force's skills.
    """
    if what == "skill" and value not in codes:
        return "The force has no such skill."
    if what == "kind" and value not in SHIFT_KINDS:
        return f"Give one of {', '.join(SHIFT_KINDS)}."
    return ""


def details_faults(details: OfficerDetails, teams: Collection[UUID]) -> list[Place]:
    """What is wrong with an officer's details; `teams` are those of the room."""
    faults: list[Place] = []
    for field, longest in (("number", 64), ("name", 200), ("grade", 64)):
        faults += text_faults(field, getattr(details, field), longest)
    if details.employment not in {"officer", "staff"}:
        faults.append(Place("employment", "Give officer or staff."))
    if details.left is not None and details.left <= details.started:
        faults.append(Place("left", "Give a day after started."))
    if details.team_id and details.team_id not in teams:
        faults.append(Place("team_id", "The control room has no such team."))
    return faults


def text(field: str, text: str, longest: int) -> str:
    """The text, if it says something and fits."""
    refuse(text_faults(field, text, longest))
    return text


def text_faults(field: str, text: str, longest: int) -> list[Place]:
    """A text that says nothing, does not fit or cannot be written on one line."""
    if not any(map(_visible, text)):
        return [Place(field, "Fill this in.")]
    if len(text) <= longest and not any(map(_unwritable, text)):
        return []
    return [Place(field, f"Give 1 to {longest} characters on one line.")]


TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Marks that turn the writing around, and with it whatever a page says after a name."""


def _unwritable(character: str) -> bool:
    """Control characters, halves of a pair, which not every database keeps, and turns."""
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return True
    return unicodedata.bidirectional(character) in TURNS


def _visible(character: str) -> bool:
    """Letters, figures and signs; neither blanks nor what has no width."""
    return unicodedata.category(character)[0] in "LNPS"


def refuse(faults: Collection[Place]) -> None:
    """Raise what is wrong, if anything is."""
    if faults:
        raise InvalidInput(faults)
