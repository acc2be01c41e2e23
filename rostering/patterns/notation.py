"""Patterns as people write them: `2E 2L 2N 4R`, and `E 07:00-15:00, L 15:00-23:00`.

A line is made of parts with blanks between them: how often (nothing means once), and what: E, D, L
or N for an early, day, late or night at a time that a roster may choose, R for a rest day, `*` for
a free choice, or the code of a shift that is meant exactly. Times are told once for each of them:
`N 22:00-07:00` is the usual time of the nights, `V8 early 08:00-16:00` is a shift with its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from rostering.errors import InputError
from rostering.patterns.pattern import FREE, LETTERS, MOST_DAYS, REST, PatternDay
from rostering.problem import MINUTES_A_DAY, OfficerDay, Shift
from rostering.words import listed_words

LONGEST = 1000
"""Letters of a line or of its times."""

_PART = re.compile(r"(\d{0,4})([A-Za-z][\w.-]{0,31}|\*)", re.ASCII)
_TIME = re.compile(
    r"([A-Za-z][\w.-]{0,31})(?:\s+([a-z]+))?\s+(\d\d):(\d\d)\s*(?:-|–|to)\s*(\d\d):(\d\d)", re.ASCII
)
_KIND_LETTER = {kind: letter for letter, kind in LETTERS.items()}


def read_line(text: str, codes: Iterable[str] = ()) -> tuple[PatternDay, ...]:
    """The days that a line says.

    Args:
        text: such as `2E 2L 2N 4R`.
        codes: shifts that may be named beside the letters.

    Raises:
        InputError: naming the part that cannot be read.
    """
    known = frozenset(codes)
    if len(text) > LONGEST:
        raise InputError(f"The line is longer than {LONGEST} characters.")
    days: list[PatternDay] = []
    for number, part in enumerate(text.split(), 1):
        where = f"part {number}"
        match = _PART.fullmatch(part)
        if match is None:
            raise InputError(f'"{part}" is not a number and a shift, such as 2E.', where=where)
        times = int(match[1]) if match[1] else 1
        if not 1 <= times <= MOST_DAYS:
            raise InputError(
                f'"{part}" asks for {times:,} days; give 1 to {MOST_DAYS}.', where=where
            )
        days += [_day(match[2], known, part, where)] * times
    if not days:
        raise InputError("The line is empty: write days such as 2E 2L 2N 4R.")
    return tuple(days)


def _day(symbol: str, known: frozenset[str], part: str, where: str) -> PatternDay:
    if symbol == FREE:
        return None
    if symbol in known - LETTERS.keys():
        return OfficerDay(shift=symbol)
    letter = symbol.upper()
    if letter == REST:
        return OfficerDay()
    if letter in LETTERS:
        return OfficerDay(kind=LETTERS[letter])
    others = listed_words(sorted(known - LETTERS.keys()))
    raise InputError(
        f'"{part}" names no day: use E, D, L or N for a kind, R for a rest day, * for a free '
        f"choice, or a shift whose time is told{': ' + others if others else ''}.",
        where=where,
    )


def write_line(days: Iterable[PatternDay]) -> str:
    """The line that says these days, equal ones together, such as `2E 2L 2N 4R`."""
    runs = ((symbol, len(list(run))) for symbol, run in groupby(map(symbol_of, days)))
    return " ".join(f"{times if times > 1 else ''}{symbol}" for symbol, times in runs)


def symbol_of(day: PatternDay) -> str:
    """The symbol of a day in the notation."""
    if day is None:
        return FREE
    if day.kind is not None:
        return _KIND_LETTER[day.kind]
    return day.shift or REST


def read_times(text: str) -> tuple[Shift, ...]:
    """The tours that a text tells, one a line or with commas between them.

    Raises:
        InputError: naming the entry that cannot be read.
    """
    if len(text) > LONGEST:
        raise InputError(f"The times are longer than {LONGEST} characters.")
    entries = [entry.strip() for entry in re.split(r"[,;\n]", text)]
    return tuple(
        _shift(entry, f"time {number}") for number, entry in enumerate(filter(None, entries), 1)
    )


def _shift(entry: str, where: str) -> Shift:
    match = _TIME.fullmatch(entry)
    if match is None:
        raise InputError(
            f'"{entry}" is not a shift with its time, such as N 22:00-07:00 or '
            "V8 early 08:00-16:00.",
            where=where,
        )
    code, kind = match[1], match[2]
    if code.upper() in LETTERS:
        code = code.upper()
        kind = kind or LETTERS[code]
    if kind not in _KIND_LETTER:
        said = f'"{kind}" is no kind' if kind else f"the kind of {code} is not told"
        raise InputError(
            f'In "{entry}" {said}: give early, day, late or night before the time.', where=where
        )
    start, end = (_clock(match[group], match[group + 1], entry, where) for group in (3, 5))
    length = (end - start) % MINUTES_A_DAY or MINUTES_A_DAY
    return Shift(code, kind, start % MINUTES_A_DAY, length)


def _clock(hour: str, minute: str, entry: str, where: str) -> int:
    minutes = 60 * int(hour) + int(minute)
    if int(minute) > 59 or minutes > MINUTES_A_DAY:
        raise InputError(f'In "{entry}" {hour}:{minute} is not a time of day.', where=where)
    return minutes


def write_times(shifts: Iterable[Shift]) -> str:
    """The text that tells these tours, such as `E 07:00-15:00, V8 early 08:00-16:00`."""
    return ", ".join(map(_told, shifts))


def _told(shift: Shift) -> str:
    kind = "" if shift.code in LETTERS else f" {shift.kind}"
    end = (shift.start + shift.minutes) % MINUTES_A_DAY
    return f"{shift.code}{kind} {_clock_words(shift.start)}-{_clock_words(end)}"


def _clock_words(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
