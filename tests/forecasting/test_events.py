"""Events entered once: the days and hours that they fall on, and what is refused."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.errors import InputError
from forecasting.event_effects import windows
from forecasting.events import Event, Given, NthWeekday, Stated, When, Yearly

FIRST, LAST = dt.date(2023, 1, 1), dt.date(2024, 12, 31)


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (Yearly(11, 5), ["2023-11-05", "2024-11-05"]),
        (Yearly(2, 29), ["2023-02-28", "2024-02-29"]),
        (NthWeekday(8, 0, -1), ["2023-08-28", "2024-08-26"]),
        (NthWeekday(6, 5, 2), ["2023-06-10", "2024-06-08"]),
        (Given(((dt.date(2024, 3, 1), dt.date(2024, 3, 1)),)), ["2024-03-01"]),
    ],
)
def test_recurring_dates_are_those_of_the_calendar(when: When, days: list[str]) -> None:
    """A yearly date, the nth or last weekday of a month, and given dates fall where they should."""
    assert [str(begin) for begin, _ in when.spans(FIRST, LAST)] == days


def test_an_occurrence_that_began_before_the_days_asked_for_is_found() -> None:
    """A week over New Year touches the first days of January."""
    assert list(Yearly(12, 28, 7).spans(FIRST, dt.date(2023, 1, 2))) == [
        (dt.date(2022, 12, 28), dt.date(2023, 1, 3))
    ]


def test_an_event_has_a_first_and_a_last_time() -> None:
    """Occurrences that begin before its first or after its last day are none of its own."""
    when = Yearly(8, 26, 3)
    ended = Event("Show", when, since=dt.date(2023, 8, 27), last=dt.date(2024, 8, 26))
    days = [str(begin) for begin, _ in ended.spans(dt.date(2021, 1, 1), dt.date(2027, 1, 1))]
    assert days == ["2024-08-26"]


def test_a_queue_has_the_events_that_are_felt_in_it() -> None:
    """An event of one queue is none of another's; one without queues is felt in all."""
    both, one = Event("Both", Yearly(1, 1)), Event("One", Yearly(1, 2), queues=("999",))
    calendar = Calendar("UTC", None, (both, one))
    assert calendar.of_queue("999") is calendar
    assert calendar.of_queue("101").events == (both,)


@pytest.mark.parametrize("zone", ["Europe/London", "America/Chicago"])
def test_hours_run_past_midnight_by_the_wall_clock(zone: str) -> None:
    """From 18:00 to 02:00 holds 32 quarters of two local days, numbered by hours since 18:00."""
    event = Event("Bonfire night", Yearly(11, 5), 18 * 60, 8 * 60)
    calendar = Calendar(zone)
    local = calendar.local(calendar.midnight(np.datetime64("2024-11-04")), 15, 4 * 96)
    found = windows(event, local)
    inside = np.flatnonzero(found.inside)
    assert len(inside) == 32
    assert str(local.date[inside[0]]) == "2024-11-05"
    assert (local.slot[inside[0]], local.slot[inside[-1]]) == (72, 7)
    assert found.hour[inside].tolist() == [hour for hour in range(8) for _ in range(4)]


def test_the_night_of_a_clock_change_has_an_hour_less_or_more() -> None:
    """Hours that the clock skips are not there, hours that it doubles are there twice."""
    event = Event("Festival", Yearly(3, 30), 22 * 60, 8 * 60)
    doubled = Event("Halloween", Yearly(10, 25), 22 * 60, 8 * 60)
    calendar = Calendar("Europe/London")
    for each, year, length in ((event, "2024-03-29", 28), (doubled, "2025-10-24", 36)):
        local = calendar.local(calendar.midnight(np.datetime64(year)), 15, 4 * 96)
        assert windows(each, local).inside.sum() == length


def test_training_may_begin_within_an_occurrence() -> None:
    """The first interval may lie in the night after an event's last day."""
    event = Event("Derby", Given(((dt.date(2024, 5, 4), dt.date(2024, 5, 4)),)), 18 * 60, 12 * 60)
    local = Calendar("UTC").local(np.datetime64("2024-05-05T03:00"), 60, 24)
    assert windows(event, local).hour[windows(event, local).inside].tolist() == [9, 10, 11]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Yearly(13, 1),
        lambda: Yearly(4, 31),
        lambda: Yearly(4, 3, 0),
        lambda: NthWeekday(4, 7, 1),
        lambda: NthWeekday(4, 0, 5),
        lambda: Given(()),
        lambda: Given(((dt.date(2024, 5, 4), dt.date(2024, 5, 3)),)),
        lambda: Given(((dt.date(2024, 1, 1), dt.date(2024, 12, 3)),)),
        lambda: Stated(-101),
        lambda: Stated(float("nan")),
        lambda: Event(" ", Yearly(1, 1)),
        lambda: Event("x", Yearly(1, 1), 1440),
        lambda: Event("x", Yearly(1, 1), 0, 1441),
        lambda: Event("x", Yearly(1, 1), since=LAST, last=FIRST),
        lambda: Calendar("UTC", None, (Event("x", Yearly(1, 1)), Event("x", Yearly(1, 2)))),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(wrong: object) -> None:
    """Dates that do not exist, absurd effects, hours beyond a day and doubled names are refused."""
    with pytest.raises(InputError):
        wrong()  # type: ignore[operator]
