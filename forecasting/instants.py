"""Instants written in ISO 8601."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np

from forecasting.errors import InputError, quoted

ISO_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?P<seconds>:\d\d(?P<parts>\.\d{1,6})?)?"
    r"(?P<offset>[Zz]|[+-]\d\d(:?\d\d)?)?",
    re.ASCII,
)
"""An instant in ISO 8601, with or without its offset from UTC."""

EARLIEST, LATEST = np.datetime64("1970-01-02", "m"), np.datetime64("2200-01-01", "m")
"""Instants are taken from the first up to the second: a year outside is a slip of the pen."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FIRST, _AFTER = int(EARLIEST.astype(np.int64)), int(LATEST.astype(np.int64))


def parse_instant(text: str) -> np.datetime64:
    """The UTC instant (`datetime64[m]`) that `text` names in ISO 8601 with `Z` or an offset.

    Raises:
        InputError: When it is no time, has no offset, or is not on a whole minute.
    """
    return np.datetime64(parse_minute(text), "m")


def parse_minute(text: str) -> int:
    """As `parse_instant`, in minutes since 1970 UTC."""
    stripped = text.strip()
    match = ISO_TIME.fullmatch(stripped)
    if match is None:
        raise InputError(f"{quoted(text)} is not a time; write it as 2025-06-02T08:15:00Z.")
    if match["offset"] is None:
        raise InputError(
            f"{quoted(text)} has no offset from UTC; end it with Z, or with one such as +01:00."
        )
    try:
        since = dt.datetime.fromisoformat(stripped.upper()) - _EPOCH
    except (ValueError, OverflowError):
        raise InputError(f"{quoted(text)} is not a time that exists.") from None
    minute, rest = divmod(since, dt.timedelta(minutes=1))
    if rest:
        raise InputError(f"{quoted(text)} is not on a whole minute.")
    if not _FIRST <= minute < _AFTER:
        raise InputError(f"{quoted(text)} is not between the years 1970 and 2200.")
    return minute
