"""How the pages speak: dates, times, numbers and lists in plain English, 24-hour, local."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"


def day_words(day: date) -> str:
    """A date, such as `Friday 18 December`."""
    return f"{day:%A} {day.day} {day:%B}"


def short_day(day: date) -> str:
    """A date where room is scarce and the month is told beside it, such as `Fri 18`."""
    return f"{day:%a} {day.day}"


def period_words(first: date, last: date) -> str:
    """A period with its year, such as `7 December 2026 to 3 January 2027`."""
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
    return f"{span_words(first, last)} {last:%Y}"


def span_words(first: date, last: date) -> str:
    """Days of a known year, such as `7 to 13 December` or `28 December to 3 January`."""
    if first == last:
        return f"{first.day} {first:%B}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{start} to {last.day} {last:%B}"


def local(instant: int, zone: str) -> datetime:
    """The local time of an instant in whole minutes since 1970-01-01T00:00Z."""
    return datetime.fromtimestamp(instant * 60, tz=UTC).astimezone(ZoneInfo(zone))


def time_words(instant: int, zone: str) -> str:
    """The local time of an instant, such as `06:30`."""
    return f"{local(instant, zone):%H:%M}"


def stretch_words(start: int, end: int, zone: str) -> str:
    """A stretch between two instants, such as `Saturday 14 June from 21:15 to 23:30`.

    The day of the end is told where the stretch ends on another day after more than half a day.
    """
    first, last = local(start, zone), local(end, zone)
    until = f"{last:%H:%M}"
    if last.date() != first.date() and end - start > 720:
        until = f"{day_words(last.date())} {until}"
    return f"{day_words(first.date())} from {first:%H:%M} to {until}"


def date_year(day: date) -> str:
    """A date with its year, such as `Friday 18 December 2026`."""
    return f"{day_words(day)} {day.year}"


def when(instant: datetime, zone: str) -> str:
    """An aware instant in local words, such as `Friday 18 December 14:05`."""
    wall = instant.astimezone(ZoneInfo(zone))
    return f"{day_words(wall.date())} {wall:%H:%M}"


def when_year(instant: datetime, zone: str) -> str:
    """The same with its year, such as `Friday 18 December 2026 14:05`."""
    wall = instant.astimezone(ZoneInfo(zone))
    return f"{date_year(wall.date())} {wall:%H:%M}"


def clock(instant: datetime, zone: str) -> str:
    """The local time of an aware instant, such as `14:05`."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands parted by commas and a true minus sign, such as `−1,204`."""
    text = f"{value:,.{decimals}f}"
    if text.startswith("-"):
        return text[1:] if not text.strip("-0.,") else MINUS + text[1:]
    return text


def hours(value: float) -> str:
    """Hours, whole from 10 on, with at most two decimals below, such as `2.25` or `0.5`."""
    if abs(value) >= 10:
        return number(round(value))
    return number(value, 2).rstrip("0").rstrip(".")


def person_hours(value: float) -> str:
    """An amount of work, such as `1 person-hour` or `4.25 person-hours`."""
    said = hours(value)
    return f"{said} person-hour" if said == "1" else f"{said} person-hours"


def percent(share: float, decimals: int = 1) -> str:
    """A share of one as per cent, such as `3.6 %`."""
    return f"{number(share * 100, decimals)}{SPACE}%"


def signed(value: int) -> str:
    """A whole number with its sign, such as `+4` or `−3`; 0 has none."""
    return f"+{value}" if value > 0 else number(value)


def count(value: int, one: str, many: str | None = None) -> str:
    """A number with its noun, such as `1 day` or `3 days`."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence, such as `999, 101 and dispatch`."""
    parts: Sequence[str] = tuple(words)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def duration(seconds: float) -> str:
    """A length of time, such as `19 s` or `2 min 10 s`."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest}{SPACE}s"
    return f"{minutes}{SPACE}min {rest}{SPACE}s" if rest else f"{minutes}{SPACE}min"
