"""What the verbs take from the command line, each fault named by its option or file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from forecasting.calendar import Calendar
from forecasting.errors import InputError, quoted
from forecasting.instants import parse_instant

NO_ZONE = "the control room keeps UTC, since no --timezone is given."
"""An assumption, as it stands after "Assumed:"."""


@contextmanager
def placed(where: str) -> Iterator[None]:
    """Give a place, such as a file or an option, to errors that name none."""
    try:
        yield
    except InputError as error:
        if error.path is not None:
            raise
        raise InputError(error.message, path=where, line=error.line, column=error.column) from None


def check_calendar(zone: str, holidays: str | None) -> None:
    """Refuse an unknown zone or holiday code by its option."""
    with placed("--timezone"):
        Calendar(zone)
    with placed("--holidays"):
        Calendar(zone, holidays)


def instant_of(option: str, text: str) -> np.datetime64:
    """The instant that an option gives."""
    with placed(option):
        return parse_instant(text)


def date_of(option: str, text: str) -> dt.date:
    """The date that an option gives."""
    wrong = InputError(f"{quoted(text)} is not a date such as 2025-06-02.", path=option)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise wrong
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if not 1971 <= date.year < 2199:
        raise InputError("The year must lie between 1971 and 2198.", path=option)
    return date
