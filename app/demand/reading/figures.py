"""Counts and durations as telephony systems write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np

from app.demand.reading.sheet import Column, Sheet
from app.demand.values import FloatArray, Measure, Measured
from forecasting.careful_rows import LARGEST_COUNT, LARGEST_SECONDS

Decimal = Literal[".", ","]

NOTHING = frozenset({"", "-", "–", "—", "--", "n/a", "na", "#n/a", "null", "none", "nan"})
"""What stands where a system has no figure."""

YES = frozenset({"1", "y", "yes", "true", "x"})
"""What marks a call in a column made for that mark."""

ANSWERED = re.compile(r"(?!not\b|un)(answer|handled|connect|complet|accepted)", re.IGNORECASE)
ABANDONED = re.compile(r"aband|abn\b|hung|lost|missed|unanswered|not ans", re.IGNORECASE)

IN_TIME = re.compile(r"(?!not\b|un)(within|in (time|target|sl)|met\b|inside)", re.IGNORECASE)

MARKS: Mapping[Measured, re.Pattern[str]] = {
    "answered": ANSWERED,
    "abandoned": ABANDONED,
    "answered_in_time": IN_TIME,
}
"""What a log may mark of a call, and the words that do."""

SHARE_OF: Mapping[Measured, Literal["offered", "answered"]] = {
    "answered_in_time_of_offered": "offered",
    "answered_in_time_of_answered": "answered",
}
"""Measures that are a share, and of what."""

_CLOCK = re.compile(r"(?:(\d{1,9}):)?(\d{1,3}):(\d\d)(?:[.,]\d+)?", re.ASCII)
_BLANKS = re.compile(r"[\s\u00a0\u202f'’]")
_PLAIN = {
    ".": re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?", re.ASCII),
    ",": re.compile(r"-?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d*)?", re.ASCII),
}


def parse_number(text: str, decimal: Decimal) -> float | None:
    """The number that a text says, thousands separated or not; NaN for none; None for no number."""
    if text.casefold() in NOTHING:
        return np.nan
    bare = _BLANKS.sub("", text)
    if not _PLAIN[decimal].fullmatch(bare):
        return None
    return float(bare.replace("," if decimal == "." else ".", "").replace(",", "."))


def parse_seconds(text: str, decimal: Decimal, unit: Literal["seconds", "minutes"]) -> float | None:
    """Seconds that a text says as h:mm:ss, m:ss or a number; NaN for none; None for neither."""
    match = _CLOCK.fullmatch(text)
    if match is not None:
        hours, minutes, seconds = (int(each or 0) for each in match.groups())
        return hours * 3600 + minutes * 60 + seconds if seconds < 60 else None
    number = parse_number(text, decimal)
    return number if number is None or unit == "seconds" else number * 60


def parse_share(text: str, decimal: Decimal) -> float | None:
    """The share of one that a text such as `91.7 %` says; a bare number as it stands.

    NaN for none; None for no number.
    """
    number = parse_number(text.removesuffix("%").rstrip(), decimal)
    return number if number is None or not text.endswith("%") else number / 100


def shares(sheet: Sheet, column: Column, decimal: Decimal) -> FloatArray:
    """The shares of one in a column of per cent, or of shares where no bare number exceeds 1.

    Raises:
        InputError: naming the first line whose text is no share.
    """
    texts = column.texts
    bare = [text for text in texts if not text.endswith("%")]
    values = [parse_number(text, decimal) for text in bare]
    in_hundreds = any(value is not None and value > 1 for value in values)

    def parse(text: str) -> float | None:
        share = parse_share(text, decimal)
        return share if share is None or text.endswith("%") or not in_hundreds else share / 100

    found = values_of(sheet, column, parse, "is not a share; write 91.7, 91.7 % or 0.917.")
    if np.any(found > 1):
        raise sheet.wrong(column, found > 1, "is more than all of the calls.")
    return found


def values_of(
    sheet: Sheet, column: Column, parse: Callable[[str], float | None], words: str
) -> FloatArray:
    """The figure of each row, NaN where there is none, shape (n,).

    Raises:
        InputError: naming the first line whose text is no such figure.
    """
    told = [parse(text) for text in column.texts]
    bad = column.matches(where=[each is None for each in told])
    if np.any(bad):
        raise sheet.wrong(column, bad, words)
    values = np.array([np.nan if each is None else each for each in told])[column.codes]
    if np.any(values < 0):
        raise sheet.wrong(column, values < 0, "is negative, and a count cannot be.")
    return values


def measured(sheet: Sheet, measure: Measure, decimal: Decimal) -> FloatArray:
    """The figures of an interval column: calls, seconds, or shares of one.

    Raises:
        InputError: naming the first line whose text cannot be one.
    """
    column = sheet.column(measure.column)
    if measure.measures in SHARE_OF:
        return shares(sheet, column, decimal)
    if measure.measures in {"handled_seconds", "average_handled_seconds"}:
        seconds = values_of(
            sheet,
            column,
            lambda text: parse_seconds(text, decimal, measure.unit),
            "is not a duration; write seconds or h:mm:ss.",
        )
        if np.any(seconds > LARGEST_SECONDS):
            raise sheet.wrong(column, seconds > LARGEST_SECONDS, "is too long to be meant.")
        return seconds
    calls = values_of(
        sheet, column, lambda text: parse_number(text, decimal), "is not a number of calls."
    )
    if np.any(broken := calls % 1 > 0):
        raise sheet.wrong(column, broken, "is not a whole number of calls.")
    if np.any(calls > LARGEST_COUNT):
        raise sheet.wrong(column, calls > LARGEST_COUNT, "is more calls than can be meant.")
    return calls


def marked(sheet: Sheet, measure: Measure) -> FloatArray:
    """1 for each call that a column of a log marks as what it measures, else 0, shape (n,)."""
    column = sheet.column(measure.column)
    words = MARKS[measure.measures]
    return column.matches(
        where=[text.casefold() in YES or bool(words.match(text)) for text in column.texts]
    ).astype(np.float64)
