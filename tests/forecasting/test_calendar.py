"""Local days, slots and holidays, above all where the clock changes."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.calendar import Calendar
from forecasting.errors import InputError

CHANGES = [
    ("Europe/London", "2025-03-30", 92, {4, 5, 6, 7}),
    ("Europe/London", "2025-10-26", 100, {4, 5, 6, 7}),
    ("America/Chicago", "2025-03-09", 92, {8, 9, 10, 11}),
    ("America/Chicago", "2025-11-02", 100, {4, 5, 6, 7}),
]


@pytest.mark.parametrize(("zone", "day", "quarters", "slots"), CHANGES)
def test_days_of_a_clock_change_have_92_or_100_quarters(
    zone: str, day: str, quarters: int, slots: set[int]
) -> None:
    """The skipped hour's slots are absent, the doubled hour's slots occur twice."""
    calendar = Calendar(zone)
    start = calendar.midnight(np.datetime64(day))
    length = int((calendar.midnight(np.datetime64(day) + 1) - start).astype(np.int64)) // 15
    assert length == quarters
    local = calendar.local(start, 15, length)
    assert set(local.date.astype(str)) == {day}
    assert set(local.weekday) == {6}
    times = np.bincount(local.slot, minlength=96)
    changed = {int(slot) for slot in np.flatnonzero(times != 1)}
    assert changed == slots
    assert set(times[list(slots)]) == ({0} if quarters == 92 else {2})


@pytest.mark.parametrize("minutes", [15, 30, 60])
@pytest.mark.parametrize(("zone", "day"), [change[:2] for change in CHANGES])
def test_a_week_around_a_clock_change_agrees_with_zoneinfo(
    zone: str, day: str, minutes: int
) -> None:
    """Dates, weekdays and slots are those that the standard library gives one by one."""
    start = np.datetime64(day, "m") - np.timedelta64(3, "D")
    count = 7 * 1440 // minutes
    local = Calendar(zone).local(start, minutes, count)
    for i in range(count):
        utc = dt.datetime.fromisoformat(str(start)).replace(tzinfo=dt.UTC)
        wall = (utc + dt.timedelta(minutes=i * minutes)).astimezone(ZoneInfo(zone))
        assert str(local.date[i]) == wall.date().isoformat()
        assert local.weekday[i] == wall.weekday()
        assert local.slot[i] == (wall.hour * 60 + wall.minute) // minutes


@given(
    st.sampled_from(["Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]),
    st.integers(0, 80 * 365 * 24),
)
def test_single_instants_agree_with_zoneinfo(zone: str, hour: int) -> None:
    """Any instant from 1970 on, in zones with odd offsets and odd changes, is placed right."""
    start = np.datetime64(hour * 60, "m")
    local = Calendar(zone).local(start, 15, 1)
    utc = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
    wall = utc.astimezone(ZoneInfo(zone))
    assert str(local.date[0]) == wall.date().isoformat()
    assert local.slot[0] == (wall.hour * 60 + wall.minute) // 15


def test_week_slots_and_day_numbers_count_from_monday_and_the_first_day() -> None:
    """Slot 0 of the week is Monday midnight, and days are numbered from the first."""
    local = Calendar("UTC").local(np.datetime64("2024-01-01T00:00"), 60, 7 * 24)
    assert local.week_slot.tolist() == list(range(168))
    assert local.day[-1] == 6
    assert local.slots_per_day == 24


@pytest.mark.parametrize(
    "zone",
    ["", "Mars/Base", "../etc/passwd", "/etc/localtime", "America", "a\0b", "Europe/London "],
)
def test_unknown_zones_are_refused(zone: str) -> None:
    """A name that is no zone gives one sentence, whatever the file system makes of it."""
    with pytest.raises(InputError, match="time zone"):
        Calendar(zone)


@pytest.mark.parametrize("code", ["", "XX", "GB-XXX", "GB-", "gb", "England", "US-TX-1", "GB ENG"])
def test_unknown_holiday_codes_are_refused(code: str) -> None:
    """A code that names no country or no part of it gives one sentence."""
    with pytest.raises(InputError, match="holiday code"):
        Calendar("UTC", code)


def test_holidays_follow_the_code() -> None:
    """St Andrew's Day is a holiday in Scotland alone, Independence Day in the United States."""
    first, last = np.datetime64("2024-01-01"), np.datetime64("2025-12-31")

    def days(code: str | None) -> set[str]:
        return {str(day) for day in Calendar("UTC", code).holiday_names(first, last)}

    assert "2024-12-02" in days("GB-SCT")
    assert "2024-12-02" not in days("GB-ENG")
    assert "2025-07-04" in days("US")
    assert "2024-01-19" in days("US-TX")
    assert days(None) == set()


def test_holidays_keep_to_the_days_asked_for() -> None:
    """Both ends are included and nothing outside them."""
    names = Calendar("UTC", "GB-ENG").holiday_names(
        np.datetime64("2024-12-25"), np.datetime64("2025-01-01")
    )
    assert [str(day) for day in names] == ["2024-12-25", "2024-12-26", "2025-01-01"]
    assert names[np.datetime64("2024-12-26")] == "Boxing Day"
