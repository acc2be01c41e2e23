"""What is wrong with what was given, said before anything is kept."""

from __future__ import annotations

from app.errors import InvalidInput, Place, invalid
from app.patterns.values import PatternDetails
from rostering.errors import InputError
from rostering.patterns import Pattern, read_line, read_times

LONGEST_TITLE = 200


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
