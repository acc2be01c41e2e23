"""How the pages speak."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.web import words


def instant(text: str) -> int:
    """Minutes since 1970 of a UTC time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) // 60


def test_days_and_periods_are_named_in_full_with_the_year_where_it_may_be_doubted() -> None:
    """A day has its weekday, a period its year, twice where it crosses the new year."""
    assert words.day_words(date(2026, 12, 18)) == "Friday 18 December"
    assert words.period_words(date(2025, 6, 2), date(2025, 6, 29)) == "2 to 29 June 2025"
    crossing = words.period_words(date(2026, 12, 7), date(2027, 1, 3))
    assert crossing == "7 December 2026 to 3 January 2027"
    assert words.span_words(date(2026, 12, 28), date(2027, 1, 3)) == "28 December to 3 January"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2025-06-14T20:15", "2025-06-14T22:30", "Saturday 14 June from 21:15 to 23:30"),
        ("2025-06-14T20:15", "2025-06-15T00:30", "Saturday 14 June from 21:15 to 01:30"),
        (
            "2025-06-14T08:45",
            "2025-06-15T06:00",
            "Saturday 14 June from 09:45 to Sunday 15 June 07:00",
        ),
    ],
)
def test_a_stretch_is_told_in_local_time(start: str, end: str, said: str) -> None:
    """Times are the room's own; the day of the end is told when it could be mistaken."""
    assert words.stretch_words(instant(start), instant(end), "Europe/London") == said


def test_numbers_have_thousands_commas_and_a_true_minus() -> None:
    """A minus is U+2212, zero has no sign, hours lose needless decimals."""
    assert words.number(-1204) == "−1,204"
    assert words.number(-0.2) == "0"
    assert (words.signed(4), words.signed(-3), words.signed(0)) == ("+4", "−3", "0")
    assert (words.hours(12.25), words.hours(2.25), words.hours(0.5)) == ("12", "2.25", "0.5")
    assert words.percent(0.0361) == "3.6\N{NO-BREAK SPACE}%"


def test_counts_lists_and_lengths_read_as_english() -> None:
    """One thing is singular, the last of a list has its word, seconds become minutes."""
    assert (words.count(1, "place"), words.count(2, "person", "people")) == ("1 place", "2 people")
    assert words.listed(["999", "101", "dispatch"], "or") == "999, 101 or dispatch"
    assert (words.listed(["999"]), words.listed([])) == ("999", "")
    assert words.duration(130).replace("\N{NO-BREAK SPACE}", " ") == "2 min 10 s"
    assert words.duration(19.2).replace("\N{NO-BREAK SPACE}", " ") == "19 s"


@pytest.mark.parametrize(
    ("amount", "said"),
    [(1.0, "1 person-hour"), (0.25, "0.25 person-hours"), (10.6, "11 person-hours")],
)
def test_work_is_told_in_person_hours(amount: float, said: str) -> None:
    """One is one; any other amount is many."""
    assert words.person_hours(amount) == said
