"""How the hours of holidays are told from those of ordinary days and of Sundays."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.holiday_hours import HolidayHours, learn_holiday_hours
from forecasting.series import FloatArray

DAYS, PER_DAY = 371, 400.0
HOUR = np.arange(24)
ORDINARY = np.exp(-(((HOUR - 9) / 3) ** 2)) + 0.2
SUNDAY = np.exp(-(((HOUR - 16) / 3) ** 2)) + 0.2
SHARE = np.concatenate([np.tile(ORDINARY / ORDINARY.sum(), 6), SUNDAY / SUNDAY.sum()])

QUIET, UNNOTICED = ("Rest", "Feast", "Thanks"), ("Battle", "Founder", "Poet")
"""Holidays like Sundays, and holidays on which people live as on any other day."""

FIRST = np.datetime64("2024-01-01", "D")
HOLIDAYS = {FIRST + 23 + 56 * place: name for place, name in enumerate((*QUIET, *UNNOTICED))}
HOLIDAYS[FIRST + 23 + 364] = "Unseen"  # a Wednesday too, after the last count


@pytest.fixture(scope="module")
def hours() -> HolidayHours:
    """What a year of hourly counts tells of holidays of both kinds, one still to come."""
    local = Calendar("UTC").local(np.datetime64(FIRST, "m"), 60, DAYS * 24)
    shares: FloatArray = SHARE[local.week_slot]
    for date, name in HOLIDAYS.items():
        if name in QUIET:
            on = local.date == date
            shares[on] = SHARE[-24:][local.slot[on]]
    counts = np.random.default_rng(7).poisson(PER_DAY * shares).astype(np.float64)
    level = np.full(len(counts), PER_DAY)
    return learn_holiday_hours(SHARE, HOLIDAYS, local, counts, level, 1.0)


def test_each_holiday_is_as_like_a_sunday_as_its_calls_say(hours: HolidayHours) -> None:
    """Shops close on some holidays and hardly anybody notices others: each has its own shape."""
    assert all(hours.sunday_like[name] > 0.8 for name in QUIET)
    assert all(hours.sunday_like[name] < 0.2 for name in UNNOTICED)


def test_a_holiday_never_seen_lies_between_those_that_were(hours: HolidayHours) -> None:
    """What nothing was observed of is expected to be like holidays are in general."""
    assert "Unseen" not in hours.sunday_like
    assert 0.3 < hours.others_sunday_like < 0.7


def test_the_shape_of_a_holiday_adds_up_to_a_day(hours: HolidayHours) -> None:
    """Only the hours move: the day's calls are told by its level."""
    for date, name in HOLIDAYS.items():
        assert hours.day(date, name, 0).sum() == pytest.approx(1.0)
