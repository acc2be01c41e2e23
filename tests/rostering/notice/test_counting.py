"""Clear days are counted as the sources count them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rostering.notice import ForceDay
from rostering.notice.counting import months_later
from tests.rostering.notice.days import LONDON, duty, told


def test_neither_the_day_told_nor_the_day_of_duty_counts() -> None:
    """Told on the 1st of a duty on the 17th is 15 clear days.

    Source: Annex E; Nottinghamshire and West Midlands federations: exclude the day on which
    notice is given and the day of the duty.
    """
    first, seventeenth = (
        datetime(2026, 12, 1, 12, tzinfo=UTC),
        datetime(2026, 12, 17, 14, tzinfo=UTC),
    )
    assert LONDON.clear_days(first, seventeenth) == 15
    assert LONDON.clear_days(datetime(2026, 12, 2, 12, tzinfo=UTC), seventeenth) == 14
    assert LONDON.clear_days(datetime(2026, 12, 16, 12, tzinfo=UTC), seventeenth) == 0
    assert LONDON.clear_days(seventeenth, seventeenth) == -1


@pytest.mark.parametrize(("start", "at", "days"), [
    (420, datetime(2026, 12, 2, 6, 59, tzinfo=UTC), 15),
    (420, datetime(2026, 12, 2, 7, 0, tzinfo=UTC), 14),
    (360, datetime(2026, 12, 2, 6, 59, tzinfo=UTC), 14),
    (0, datetime(2026, 12, 2, 0, 0, tzinfo=UTC), 14),
])  # fmt: skip
def test_a_day_begins_when_the_forces_does(start: int, at: datetime, days: int) -> None:
    """At 06:59 it is still yesterday where the day starts at 07:00.

    Today where it starts at 06:00 or at midnight. Source: Annex E: the chief officer fixes it;
    Nottinghamshire, Kent and Cheshire.
    """
    assert (
        ForceDay("Europe/London", start).clear_days(at, datetime(2026, 12, 17, 14, tzinfo=UTC))
        == days
    )


def test_a_duty_before_the_days_start_belongs_to_the_day_before() -> None:
    """An early at 06:00 lies in yesterday's force day where that runs until 07:00."""
    assert LONDON.clear_days(told(15), duty("06:00").start) == 14
    assert LONDON.clear_days(told(15), duty("07:00").start) == 15


def test_the_clocks_of_summer_and_winter_do_not_move_a_day() -> None:
    """Over the change of 25 October 2026 the day still starts at 07:00 on the clock."""
    summer, winter = (
        datetime(2026, 10, 20, 6, 0, tzinfo=UTC),
        datetime(2026, 10, 30, 7, 0, tzinfo=UTC),
    )
    assert LONDON.clear_days(summer, winter) == 9
    assert LONDON.clear_days(datetime(2026, 10, 20, 5, 59, tzinfo=UTC), winter) == 10


def test_told_by_midnight_goes_by_the_clock() -> None:
    """An exigency is told by the midnight before the day (PNB circular 86/9), by London's clock."""
    start = datetime(2026, 7, 2, 14, tzinfo=UTC)
    assert LONDON.is_told_by_midnight(datetime(2026, 7, 1, 22, 59, tzinfo=UTC), start)
    assert not LONDON.is_told_by_midnight(datetime(2026, 7, 1, 23, 0, tzinfo=UTC), start)


def test_months_end_with_the_month() -> None:
    """Three months after 30 November is the last day of February; a year carries over."""
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 1), 12) == date(2027, 12, 1)
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 9, 15), 3) == date(2026, 12, 15)
