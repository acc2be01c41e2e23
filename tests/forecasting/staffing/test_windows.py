"""Windows of the local week hold when they say, over midnight too."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.errors import InputError
from forecasting.staffing.windows import DAY, Window

WEEKDAY = np.repeat(np.arange(7), DAY)
MINUTE = np.tile(np.arange(DAY), 7)


def test_a_window_holds_exactly_its_minutes() -> None:
    """Monday and Friday from 22:00 to 03:00 are twice five hours, the last on a Saturday."""
    held = Window(22 * 60, 27 * 60, frozenset({0, 4})).holds(WEEKDAY, MINUTE)
    assert held.sum() == 2 * 300
    assert held[22 * 60]
    assert not held[22 * 60 - 1]
    assert held[DAY + 179]
    assert not held[DAY + 180]
    assert held[5 * DAY : 5 * DAY + 180].all()


def test_a_window_that_begins_on_sunday_goes_on_into_monday() -> None:
    """The week is a circle."""
    held = Window(23 * 60, 25 * 60, frozenset({6})).holds(WEEKDAY, MINUTE)
    assert np.flatnonzero(held).tolist() == [*range(60), *range(6 * DAY + 23 * 60, 7 * DAY)]


def test_every_minute_is_in_a_window_of_all_week() -> None:
    """Without hours and days a window is always."""
    assert Window().holds(WEEKDAY, MINUTE).all()


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (-1, 60, {0}),
        (DAY, DAY + 60, {0}),
        (60, 60, {0}),
        (60, DAY + 61, {0}),
        (0, 60, {7}),
        (0, 60, set()),
    ],
)
def test_hours_and_days_that_are_none_are_refused(start: int, end: int, days: set[int]) -> None:
    """A window says what is wrong with it."""
    with pytest.raises(InputError, match="window"):
        Window(start, end, frozenset(days))
