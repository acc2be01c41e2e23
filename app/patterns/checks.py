"""What is wrong with what was given, said before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.errors import InvalidInput, Place, invalid
from app.patterns.values import PatternDetails, Wanted
from app.web.words import listed
from rostering.errors import InputError
from rostering.patterns import Pattern, read_line, read_times

LONGEST_TITLE = 200

MOST_TARGETS = 200
"""Teams or officers of one roll-out: more than a room has teams."""

YEARS = range(1971, 2199)
"""Beyond them no control room plans, and days could no longer be counted."""


def check_title(title: str) -> str:
    """The title without blanks at its ends.

    Raises:
        InvalidInput: when it says nothing, or too much for one line.
    """
    found = title.strip()
    if not 1 <= len(found) <= LONGEST_TITLE or not found.isprintable():
        raise invalid("title", f"Give 1 to {LONGEST_TITLE} characters on one line.")
    return found


def pattern_of(details: PatternDetails) -> Pattern:
    """The pattern that was written.

    Raises:
        InvalidInput: naming the line or the times, and the part of it that cannot be used.
    """
    field = "times"
    try:
        shifts = read_times(details.times)
        field = "line"
        days = read_line(details.line, (shift.code for shift in shifts))
        field = "times"
        return Pattern(details.title, days, shifts)
    except InputError as error:
        raise InvalidInput([Place(field, _told(error))]) from error


def _told(error: InputError) -> str:
    return f"{error.where.capitalize()}: {error.message}" if error.where else error.message


def check_day(field: str, day: date) -> None:
    """Refuse a day away from our time.

    Raises:
        InvalidInput: naming the field.
    """
    if day.year not in YEARS:
        raise invalid(field, f"Give a day between {YEARS[0]} and {YEARS[-1]}.")


def check_wanted(wanted: Wanted) -> None:
    """Refuse days, places or targets of a roll-out that cannot be.

    Raises:
        InvalidInput: naming every field at fault.
    """
    faults = list(_wanted_faults(wanted))
    if faults:
        raise InvalidInput(faults)


def _wanted_faults(wanted: Wanted) -> Iterator[Place]:
    if wanted.first_day.year not in YEARS:
        yield Place("first_day", f"Give a day between {YEARS[0]} and {YEARS[-1]}.")
        return
    if wanted.until_day is not None and (
        wanted.until_day <= wanted.first_day or wanted.until_day.year not in YEARS
    ):
        yield Place("until_day", "Give a later day than the first one, or none.")
    if not 1 <= len(wanted.targets) <= MOST_TARGETS:
        yield Place("targets", f"Name 1 to {MOST_TARGETS} teams or officers.")
    named = [(target.team_id, target.officer_id) for target in wanted.targets]
    for index, target in enumerate(wanted.targets):
        if (target.team_id is None) == (target.officer_id is None):
            yield Place(f"targets[{index}]", "Name a team or an officer, one of the two.")
        elif named[index] in named[:index]:
            yield Place(f"targets[{index}]", "It stands twice.")
        if target.place not in wanted.pattern.offsets(wanted.first_day.weekday()):
            yield Place(f"targets[{index}].place", _which_places(wanted))


def _which_places(wanted: Wanted) -> str:
    pattern, day = wanted.pattern, wanted.first_day
    if not pattern.is_of_weeks:
        return f"Give a day of the pattern, 1 to {len(pattern)}."
    places = listed((str(place + 1) for place in pattern.offsets(day.weekday())), "or")
    return f"The pattern is of whole weeks: on a {day:%A} it stands on day {places}."
