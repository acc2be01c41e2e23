"""Dates that people type or paste: an occurrence a line, such as school holidays of a sheet."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from app.errors import invalid
from forecasting.events import Span

MOST_LINES = 400

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

DATE = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th)? +(?P<month>[A-Za-z]{3,9}),? +(?P<year>\d{4}))(?!\d)",
    re.ASCII,
)

WANTED = "give a date such as 2026-10-26 or 26 October 2026, or a first and a last one."


def spans_of(text: str) -> tuple[Span, ...]:
    """First and last day of each line's occurrence, in order of time.

    Whatever else stands in a line, such as a name in a sheet, is passed over; so is a first line
    without a digit, which is a heading.

    Raises:
        InvalidInput: naming the line that cannot be read.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if lines and not any(map(str.isdigit, lines[0][1])):
        lines = lines[1:]
    if len(lines) > MOST_LINES:
        raise invalid("dates", f"Give at most {MOST_LINES} lines.")
    return tuple(sorted({_span(number, line) for number, line in lines}))


def _span(number: int, line: str) -> Span:
    found = list(islice(DATE.finditer(line), 3))
    if not 1 <= len(found) <= 2:
        raise invalid("dates", f"Line {number}: {WANTED}")
    try:
        days = [_date(match) for match in found]
    except ValueError as error:
        raise invalid("dates", f"Line {number} names a day that does not exist.") from error
    if days[-1] < days[0]:
        raise invalid("dates", f"Line {number} ends before it begins.")
    if not 1971 <= days[0].year <= days[-1].year <= 2198:
        raise invalid("dates", f"Line {number}: the year must lie between 1971 and 2198.")
    return days[0], days[-1]


def _date(match: re.Match[str]) -> date:
    if match["y"]:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    month = MONTHS.index(match["month"][:3].lower()) + 1
    return date(int(match["year"]), month, int(match["day"]))
