"""Series and histories: their grid, their parts, and what they refuse."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from forecasting.errors import InputError, quoted
from forecasting.instants import parse_instant
from forecasting.series import History, Series

START = np.datetime64("2024-03-01T10:00", "m")


def series(*counts: float, minutes: int = 30, queue: str = "a") -> Series:
    """A short series from `START`."""
    return Series(queue, START, minutes, np.array(counts))


def test_times_and_end_follow_from_start_and_length() -> None:
    """Interval i begins i lengths after the start, and the end is one length after the last."""
    short = series(1, 2, 3)
    assert list(short.times) == [START, START + 30, START + 60]
    assert short.end == START + 90
    assert len(short) == 3


@pytest.mark.parametrize(
    ("instant", "counts"),
    [(START + 60, [1, 2]), (START + 89, [1, 2]), (START + 90, [1, 2, 3]), (START + 900, [1, 2, 3])],
)
def test_before_takes_only_intervals_that_have_ended(
    instant: np.datetime64, counts: list[float]
) -> None:
    """An interval under way at the instant is not part of the past."""
    past = series(1, 2, 3).before(instant)
    assert past is not None
    assert past.offered.tolist() == counts


def test_before_trims_what_was_not_observed() -> None:
    """Unobserved edges fall away together with their handling time, and nothing left is None."""
    whole = Series(
        "a", START, 30, np.array([np.nan, 1, np.nan, 2, np.nan]), np.arange(5, dtype=np.float64)
    )
    past = whole.before(whole.end)
    assert past is not None
    assert past.start == START + 30
    np.testing.assert_array_equal(past.offered, [1, np.nan, 2])
    assert past.handled_seconds is not None
    assert past.handled_seconds.tolist() == [1, 2, 3]
    assert whole.before(START + 30) is None
    assert whole.before(START - 300) is None


@pytest.mark.parametrize(
    ("counts", "minutes"), [([1.0, -1.0], 15), ([np.inf], 15), ([], 15), ([1.0], 20)]
)
def test_impossible_series_are_refused(counts: list[float], minutes: int) -> None:
    """Negative, infinite or no counts and other interval lengths are no series."""
    with pytest.raises(InputError, match="Queue a"):
        Series("a", START, minutes, np.array(counts))


def test_handling_time_must_fit_the_counts() -> None:
    """Handling time of another length than the counts is refused."""
    with pytest.raises(InputError, match="differ in length"):
        Series("a", START, 15, np.ones(3), np.ones(2))


def test_series_cannot_be_changed() -> None:
    """Neither the fields nor the counts can be written, nor through the array given."""
    counts = np.ones(3)
    fixed = Series("a", START, 15, counts)
    counts[0] = 9
    assert fixed.offered[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        fixed.offered[0] = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        fixed.queue = "b"  # type: ignore[misc]


def test_history_is_a_mapping_in_order_of_name() -> None:
    """A history gives its series by their own names, ordered, with the span of all."""
    later = Series("a", START + 60, 30, np.ones(5))
    with pytest.raises(InputError, match="under the name b"):
        History({"b": later})
    history = History({"b": series(1, 2, queue="b"), "a": later})
    assert list(history) == ["a", "b"]
    assert history["a"] is later
    assert (history.start, history.end) == (START, START + 60 + 150)


def test_histories_without_queues_or_with_mixed_lengths_are_refused() -> None:
    """A history needs a queue and one interval length."""
    with pytest.raises(InputError, match="no queue"):
        History({})
    with pytest.raises(InputError, match="interval length"):
        History({"a": series(1), "b": series(1, minutes=15, queue="b")})


def test_error_says_its_place_as_far_as_it_is_known() -> None:
    """The sentence follows file, line and column, each left out where unknown."""
    error = InputError(
        '"25:15" is not a time.', path="calls.csv", line=214, column="interval_start"
    )
    assert str(error) == 'calls.csv, line 214, column interval_start: "25:15" is not a time.'
    assert str(InputError("Wrong.", column="offered")) == "column offered: Wrong."
    assert str(InputError("Wrong.")) == "Wrong."


def test_quoted_text_is_short_and_visible() -> None:
    """What a file holds is quoted without control characters and cut when long."""
    assert quoted("a\x1b[31m") == '"a\\x1b[31m"'
    assert len(quoted("x" * 500)) == 42


def test_instants_are_utc() -> None:
    """An offset is taken off."""
    assert parse_instant("2025-06-02T00:00:00-05:00") == np.datetime64("2025-06-02T05:00")


def test_calls_handled_are_those_answered_where_that_is_told() -> None:
    """Without a figure of its own an interval's calls offered are taken to have been handled."""
    start, offered = np.datetime64("2024-01-01T00:00"), np.array([5.0, 6.0, 7.0])
    answered = np.array([4.0, np.nan, 7.0])
    series = Series("a", start, 15, offered, None, answered)
    assert series.handled_calls.tolist() == [4, 6, 7]
    assert Series("a", start, 15, offered).handled_calls.tolist() == [5, 6, 7]
    later = series.between(start + np.timedelta64(15, "m"), series.end)
    assert later is not None
    assert later.handled_calls.tolist() == [6, 7]
    with pytest.raises(InputError, match="offered and answered differ in length"):
        Series("a", start, 15, offered, None, answered[:2])
