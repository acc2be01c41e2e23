"""The forecast of a history: its horizon, its refusals, its notes and its file."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from forecasting.errors import InputError
from forecasting.forecast import COLUMNS, forecast
from forecasting.series import History, Series
from tests.forecasting.made_counts import MONDAY, made_series

START = MONDAY + np.timedelta64(70, "D")


def history(days: int = 70, **options: int) -> History:
    """Two queues of made-up counts."""
    both = [made_series(days, queue=queue, **options) for queue in ("999", "101, urgent")]
    return History({series.queue: series for series in both})


def test_days_are_24_elapsed_hours_of_every_queue() -> None:
    """The horizon has days × 24 hours of intervals from the start, also over a clock change."""
    said = forecast(history(), START, 28, "Europe/London", "GB-ENG")
    assert list(said.by_queue) == ["101, urgent", "999"]
    assert said.times[0] == START
    assert said.times[-1] == START + np.timedelta64(28 * 1440 - 15, "m")
    assert all(len(part) == 28 * 96 for part in said.by_queue.values())


def test_a_forecast_can_end_earlier_but_not_later() -> None:
    """Up to an instant stand the intervals that begin before it, with what was said of them."""
    whole = forecast(history(), START, 2, "Europe/London", model="eight_week_mean")
    part = whole.until(START + np.timedelta64(61, "m"))
    assert part.times.tolist() == whole.times[:5].tolist()
    assert all(
        np.array_equal(part.by_queue[q].mean, whole.by_queue[q].mean[:5]) for q in part.by_queue
    )
    assert whole.until(START + np.timedelta64(3, "D")).to_csv() == whole.to_csv()


def test_only_intervals_before_the_start_count() -> None:
    """Rows from the start on, and an interval under way at it, change nothing."""
    full = history(90)
    poisoned = History(
        {
            queue: Series(queue, s.start, 15, np.where(s.times < START, s.offered, 9e5))
            for queue, s in full.items()
        }
    )
    plain, after = (forecast(h, START, 7, "Europe/London") for h in (full, poisoned))
    assert plain.to_csv() == after.to_csv()


def test_file_has_one_row_per_queue_and_interval(tmp_path: Path) -> None:
    """The file has the agreed columns, UTC instants with Z, rising quantiles, no other file."""
    said = forecast(history(), START, 2, "Europe/London", model="eight_week_mean")
    path = tmp_path / "forecast.csv"
    said.write_csv(path)
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert COLUMNS[2:] == ("mean", "q05", "q10", "q25", "q50", "q75", "q90", "q95")
    assert len(rows) == 2 * 2 * 96
    assert [row["interval_start"] for row in rows[:2]] == [
        "2024-03-11T00:00:00Z",
        "2024-03-11T00:15:00Z",
    ]
    assert {row["queue"] for row in rows} == {"999", "101, urgent"}
    values = np.array([[float(row[column]) for column in COLUMNS[3:]] for row in rows])
    assert np.all(np.diff(values, axis=1) >= 0)
    means = np.array([float(row["mean"]) for row in rows[96 * 2 :]])
    np.testing.assert_allclose(means, said.by_queue["999"].mean, rtol=1e-5)
    assert [file.name for file in tmp_path.iterdir()] == ["forecast.csv"]


@pytest.mark.parametrize(
    ("start", "days", "options", "words"),
    [
        (START + 7, 7, {}, "not the beginning of one of its intervals"),
        (START, 0, {}, "0 days cannot be forecast"),
        (START, 401, {}, "401 days cannot be forecast"),
        (MONDAY, 7, {}, "nothing was observed before"),
        (MONDAY - 1440, 7, {}, "nothing was observed before"),
        (MONDAY + 3 * 1440, 7, {}, "3.0 days of history are too short"),
        (START + 800 * 1440, 7, {}, "800 days earlier"),
        (START, 7, {"zone": "Mars/Base"}, "Mars/Base"),
        (START, 7, {"holidays": "XX"}, "XX"),
        (START, 7, {"model": "oracle"}, "oracle"),
    ],
)
def test_refusals_are_one_sentence(
    start: np.datetime64, days: int, options: dict[str, str], words: str
) -> None:
    """What cannot be forecast is refused in words that name the value."""
    with pytest.raises(InputError, match=words.replace(".", r"\.")) as caught:
        forecast(history(), start, days, **{"zone": "Europe/London", **options})
    assert str(caught.value).endswith(".")


def test_a_start_long_after_the_data_works_and_says_so() -> None:
    """Sixty days after the last row there is a forecast with a note per queue."""
    later = START + np.timedelta64(60, "D")
    said = forecast(history(), later, 7, "Europe/London")
    assert said.times[0] == later
    assert "Queue 999: The counts end 60 days before the forecast starts." in said.notes
    near = forecast(history(), START, 7, "Europe/London", model="totals_profile")
    assert near.notes == ()
    for queue, part in said.by_queue.items():
        assert part.mean.sum() == pytest.approx(near.by_queue[queue].mean.sum(), rel=0.15)


def test_a_model_without_holidays_says_so() -> None:
    """Holidays given to a model that takes no account of them are noted, not dropped silently."""
    said = forecast(history(), START, 7, "UTC", "GB-ENG", model="seasonal_naive")
    assert said.notes == ("The model seasonal_naive takes no account of holidays.",)


def test_hourly_queues_with_different_spans() -> None:
    """Queues that start and stop midway are forecast over the same horizon."""
    whole = made_series(70, minutes=60, queue="a")
    short = whole.between(MONDAY + 20 * 1440, MONDAY + 60 * 1440)
    assert short is not None
    both = History({"a": whole, "b": Series("b", short.start, 60, short.offered)})
    said = forecast(both, START, 3, "UTC", model="totals_profile")
    assert {len(part) for part in said.by_queue.values()} == {72}
    assert said.notes == ("Queue b: The counts end 10 days before the forecast starts.",)
