"""Times as telephony systems write them, and local clocks as instants."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from app.demand.reading.sheet import Column, Sheet
from app.demand.values import BoolArray, ColumnMapping, DayOrder, IntArray
from forecasting.errors import InputError, quoted

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

DATE = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{8}|\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d\d)"
    r"|\d{1,2}[-/. ][a-z]{3,9}\.?,?[-/. ](?:\d{4}|\d\d)|[a-z]{3,9}\.? \d{1,2},? \d{4}"
)
TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?"
MOMENT = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?"
    rf"(?P<date>{DATE})?(?:[t, ]+)?(?:{TIME} ?(?P<half>[ap]\.?m\.?)?)? ?"
    r"(?P<offset>z|utc|gmt|[+-]\d\d:?\d\d)?(?: ?(?:-|–|to) ?\d{1,2}[:.]\d\d.*)?",
    re.ASCII | re.IGNORECASE,
)
"""A date, a time of day or both; the end of an interval written as a range is left aside."""

BARE_TIME = re.compile(r"(?P<hour>\d{1,2}?)(?P<minute>\d\d)?")
"""A time of day in figures alone: 8, 815 or 0815."""

DAY = 24 * 60
EPOCH = dt.date(1970, 1, 1).toordinal()
NEVER = np.iinfo(np.int64).min
"""What numpy makes of "not a time"."""


class UnclearHourError(InputError):
    """Rows of the hour that the clocks repeat cannot be told apart by their order."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a text says of time.

    Attributes:
        day: days since 1970; None where it names none.
        minute: of the day, 0 to 1440; None where it names none.
        seconds: beyond the minute.
        offset: minutes ahead of UTC; None where it says none.
    """

    day: int | None
    minute: int | None
    seconds: int
    offset: int | None


def parse_moment(text: str, order: DayOrder) -> Moment | None:
    """What a text says of time, or None when it is not a date, a time or both."""
    match = MOMENT.fullmatch(text)
    if match is None or (match["date"] is None and match["hour"] is None):
        return None
    date, hour = match["date"], match["hour"]
    day = None if date is None else _day(date, order)
    minute = None if hour is None else _minute(match)
    if (day is None) != (date is None) or (minute is None) != (hour is None):
        return None
    return Moment(day, minute, int(match["second"] or 0), _offset(match))


def date_in(text: str) -> str | None:
    """The date that a text names, as it is written there."""
    match = MOMENT.fullmatch(text)
    return match["date"] if match else None


def parse_time(text: str) -> Moment | None:
    """What a text says of the time of day alone, or None."""
    bare = BARE_TIME.fullmatch(text)
    if bare is None:
        moment = parse_moment(text, "ymd")
        return moment if moment and moment.minute is not None else None
    minute = int(bare["hour"]) * 60 + int(bare["minute"] or 0)
    sound = minute <= DAY and int(bare["minute"] or 0) < 60
    return Moment(None, minute, 0, None) if sound else None


def _minute(match: re.Match[str]) -> int | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].casefold().startswith("p") else 0)
    total = hour * 60 + minute
    return total if minute < 60 and int(match["second"] or 0) < 60 and total <= DAY else None


def _offset(match: re.Match[str]) -> int | None:
    """Minutes ahead of UTC; "08:00-08:15" is an interval, and names none."""
    text, whole = match["offset"], match.string.casefold()
    if text is None or match["date"] is None:
        return None
    if text[0] not in "+-":
        return 0
    if text[0] == "-" and "t" not in whole and match["second"] is None:
        return None
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return -minutes if text[0] == "-" else minutes


@lru_cache(maxsize=1 << 14)
def _day(text: str, order: DayOrder) -> int | None:
    """Days from 1970 to a date."""
    parts = date_parts(text)
    if parts is None:
        return None
    first, second, third = parts
    if first > 99 or (order == "ymd" and not re.search("[a-z]", text, re.IGNORECASE)):
        year, month, day = first, second, third
    elif order == "mdy" and not re.search("[a-z]", text, re.IGNORECASE):
        year, month, day = third, first, second
    else:
        year, month, day = third, second, first
    try:
        full = year + 2000 if year < 100 else year
        return dt.date(full, month, day).toordinal() - EPOCH
    except ValueError:
        return None


def date_parts(text: str) -> tuple[int, int, int] | None:
    """Three figures of a date as they stand; a month in words goes to the middle."""
    if re.fullmatch(r"\d{8}", text):
        return int(text[:4]), int(text[4:6]), int(text[6:])
    words = re.findall(r"\d+|[a-z]+", text.casefold())
    if len(words) != 3:
        return None
    if words[0].isalpha():
        words = [words[1], words[0], words[2]]
    if words[1].isalpha():
        if words[1][:3] not in MONTHS:
            return None
        words[1] = str(MONTHS.index(words[1][:3]) + 1)
        return (int(words[0]), int(words[1]), int(words[2]))
    return int(words[0]), int(words[1]), int(words[2])


@dataclass(frozen=True, eq=False)
class Times:
    """When the rows of a file happened; arrays of shape (n,).

    Attributes:
        local: minutes from 1970 on the wall clock; in UTC where the text says its offset.
        fixed: True where the text says its offset from UTC.
        seconds: beyond the minute.
    """

    local: IntArray
    fixed: BoolArray
    seconds: IntArray


def times_of(sheet: Sheet, mapping: ColumnMapping) -> Times:
    """When each row happened, as it is written.

    Raises:
        InputError: naming the first line whose text is not a time.
    """
    start = sheet.column(mapping.start)
    order = mapping.day_order
    days, minutes, seconds, offsets = _fields(
        sheet, start, lambda text: parse_moment(text, order), "is not a date."
    )
    if mapping.time is not None:
        clock = sheet.column(mapping.time)
        _, minutes, seconds, offsets = _fields(sheet, clock, parse_time, "is not a time.")
    if np.any(days == NEVER):
        raise sheet.wrong(start, days == NEVER, "is not a date.")
    if np.any(minutes == NEVER):
        raise sheet.wrong(start, minutes == NEVER, "names no time of day.")
    late = minutes == DAY
    if mapping.marks == "start" and np.any(late):
        column = sheet.column(mapping.time or mapping.start)
        raise sheet.wrong(column, late, "is not a time.")
    fixed = offsets != NEVER
    local = days * DAY + minutes - np.where(fixed, offsets, 0)
    return Times(local, fixed, seconds)


def _fields(
    sheet: Sheet, column: Column, parse: Callable[[str], Moment | None], words: str
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Day, minute, seconds and offset of each row, `NEVER` where the text names none."""
    told = [parse(text) for text in column.texts]
    bad = column.matches(where=[each is None for each in told])
    if np.any(bad):
        raise sheet.wrong(column, bad, words)
    none = (NEVER,) * 4
    table = np.array(
        [
            none
            if each is None
            else tuple(
                NEVER if value is None else value
                for value in (each.day, each.minute, each.seconds, each.offset)
            )
            for each in told
        ],
        dtype=np.int64,
    )
    rows = table[column.codes]
    return rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]


@dataclass(frozen=True, eq=False)
class Instants:
    """Local times as instants; arrays of shape (n,).

    Attributes:
        first: minutes since 1970 UTC; of the first occurrence where the hour comes twice.
        second: the same, of the second occurrence.
        missing: True where the clocks skip that time.
    """

    first: IntArray
    second: IntArray
    missing: BoolArray

    @property
    def doubled(self) -> BoolArray:
        """True where the wall clock shows that time twice."""
        doubled: BoolArray = self.first != self.second
        return doubled


def instants_of(local: IntArray, zone: str) -> Instants:
    """The instants at which the wall clock of a zone shows these minutes."""
    unique, place = np.unique(local, return_inverse=True)
    shown = pd.DatetimeIndex(unique.astype("datetime64[m]").astype("datetime64[s]"))
    both = []
    for early in (True, False):
        asked = np.full(len(unique), early)
        aware = shown.tz_localize(zone, ambiguous=asked, nonexistent="NaT")
        naive = aware.tz_convert("UTC").tz_localize(None).to_numpy()
        both.append(naive.astype("datetime64[m]").astype(np.int64)[place])
    return Instants(both[0], both[1], both[0] == NEVER)


def utc_of(times: Times, instants: Instants, later: BoolArray) -> IntArray:
    """Minutes since 1970 UTC of each row; `later` marks the second of two occurrences."""
    wall = np.where(later, instants.second, instants.first)
    return np.where(times.fixed, times.local, wall)


def later_of_pairs(
    local: IntArray, doubled: BoolArray, streams: IntArray, backwards: bool
) -> tuple[BoolArray, BoolArray]:
    """Which rows of a repeated hour are of its second pass, where each interval comes twice.

    Args:
        local: minutes on the wall clock.
        doubled: rows of a repeated hour.
        streams: rows of one stream, such as a queue, have each interval once per pass.
        backwards: whether the file runs from new to old.

    Returns:
        Rows of the second pass, and rows that do not come exactly twice.
    """
    later, unclear = np.zeros_like(doubled), np.zeros_like(doubled)
    rows = np.flatnonzero(doubled)
    keys = streams[rows] * (1 << 40) + local[rows]
    order = np.argsort(keys, kind="stable")
    rows, keys = rows[order], keys[order]
    edges = np.flatnonzero(np.diff(keys, prepend=-1, append=-1))
    for first, after in pairwise(edges):
        if after - first == 2:
            later[rows[first if backwards else first + 1]] = True
        else:
            unclear[rows[first:after]] = True
    return later, unclear


def later_of_log(
    local: IntArray, doubled: BoolArray, backwards: bool
) -> tuple[BoolArray, BoolArray]:
    """As `later_of_pairs`, for a log in order of time: the second pass begins where it turns back.

    Rows of an hour without exactly one turn are unclear.
    """
    later, unclear = np.zeros_like(doubled), np.zeros_like(doubled)
    rows = np.flatnonzero(doubled)
    for day in np.unique(local[rows] // DAY):
        own = rows[local[rows] // DAY == day]
        own = own[::-1] if backwards else own
        turns = np.flatnonzero(np.diff(local[own]) < 0)
        if len(turns) == 1:
            later[own[turns[0] + 1 :]] = True
        else:
            unclear[own] = True
    return later, unclear


def runs_backwards(local: IntArray) -> bool:
    """Whether a file runs from new to old."""
    steps = np.diff(local)
    return bool(np.count_nonzero(steps < 0) > np.count_nonzero(steps > 0))


def check_clock(zone: str) -> None:
    """Refuse what is not an IANA time zone.

    Raises:
        InputError: naming it.
    """
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            f"{quoted(zone)} is not a time zone; give one such as Europe/London."
        ) from None
