"""Making a forecast from real counts: as the library says it, kept once, held to account."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from app.cli import run as parade
from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts import service as forecasts
from app.forecasts.tables import forecast_values
from forecasting import forecast as engine
from forecasting.errors import InputError
from forecasting.series import History, Series
from tests.app.forecasts.rooms import (
    FIRST,
    MONDAY,
    UNTIL,
    ask,
    houston,
    instant,
    made,
    room,
    run,
)

STEP = np.timedelta64(15, "m")


def from_the_library(history: History, days: int = 7) -> engine.Forecast:
    """The library's own forecast from the same Monday."""
    start = np.datetime64("2025-06-02T05:00")
    return engine.forecast(history, start, days, "America/Chicago", "US")


def test_a_forecast_says_to_the_last_bit_what_the_library_says(database: Database) -> None:
    """Means, quantiles, notes and the CSV text come back exactly; facts are those of the run."""
    home = room(database, houston())
    forecast = made(database, home.id)
    with database.read() as reading:
        values = forecasts.values(reading, home.id, forecast.id)
        text = forecasts.csv_text(reading, home.id, forecast.id)
        assert forecasts.newest(reading, home.id) == forecast
    said = from_the_library(houston())
    assert text == said.to_csv()
    assert np.array_equal(values.starts, said.times)
    assert list(values.by_queue) == ["ems", "police_traffic"]
    for queue, expected in said.by_queue.items():
        found = values.by_queue[queue]
        assert np.array_equal(found.mean, expected.mean)
        assert np.array_equal([found.q05, found.q50, found.q95], expected.quantiles[[0, 3, 6]])
        assert found.level is not None
        assert np.array_equal(found.level, expected.level)
    assert forecast.made is not None
    assert forecast.made.notes == said.notes
    assert forecast.made.trained_until == forecast.made.start == instant("2025-06-02T05:00")
    assert (forecast.made.interval_minutes, forecast.made.intervals) == (15, 7 * 96)
    with database.write() as transaction:  # as forecasts were kept before days had levels
        transaction.execute(update(forecast_values).values(level=None))
        old = forecasts.values(transaction, home.id, forecast.id)
    assert old.by_queue["ems"].level is None
    assert np.array_equal(old.by_queue["ems"].mean, said.by_queue["ems"].mean)


def test_the_csv_is_the_file_of_the_command_line(database: Database, tmp_path: Path) -> None:
    """The same counts give the same file through `parade forecast` and through the service."""
    home = room(database, houston())
    rows = ["interval_start,queue,offered"]
    for queue, series in houston().items():
        rows += [
            f"{when}:00Z,{queue},{int(count)}"
            for when, count in zip(series.times, series.offered, strict=True)
            if not np.isnan(count)
        ]
    counts, target = tmp_path / "counts.csv", tmp_path / "forecast.csv"
    counts.write_text("\n".join(rows), "utf-8")
    command = f"forecast {counts} --from 2025-06-02T05:00:00Z --days 7 --holidays US"
    assert parade([*command.split(), "--timezone", "America/Chicago", "--out", str(target)]) == 0
    with database.read() as reading:
        text = forecasts.csv_text(reading, home.id, made(database, home.id).id)
    assert text == target.read_text("utf-8")


def test_local_days_are_whole_days_when_the_clocks_change(database: Database) -> None:
    """Days across a change of the clocks have 23 or 25 hours, and the forecast all of them."""
    home = room(database, houston())
    spring = made(database, home.id, date(2025, 3, 8), 2, model="eight_week_mean")
    autumn = made(database, home.id, date(2025, 11, 2), 1, model="eight_week_mean")
    assert spring.made is not None
    assert autumn.made is not None
    assert spring.made.intervals == 4 * (24 + 23)
    assert autumn.made.intervals == 4 * 25


def test_a_second_run_of_the_job_changes_nothing(database: Database) -> None:
    """A job that is run again after a kill or beside a former run keeps the first result."""
    home = room(database, houston())
    asked, job = ask(database, home.id, model="eight_week_mean")
    with database.read() as reading:
        materials = forecasts.gather(reading, home.id, asked)
    late = forecasts.make(materials, lambda *_: True)
    run(database, job)
    with database.read() as reading:
        first = forecasts.forecast(reading, home.id, asked.id)
    assert late is not None
    with database.write() as transaction:
        forecasts.keep(transaction, home.id, asked.id, late)
    assert run(database, job).told == []
    with database.read() as reading:
        assert forecasts.forecast(reading, home.id, asked.id) == first


def test_progress_is_told_queue_by_queue(database: Database) -> None:
    """Each queue is told before it is learned from, as a sentence with its number."""
    home = room(database, houston())
    _, job = ask(database, home.id, model="eight_week_mean")
    assert run(database, job).told == [
        {"words": "Learning from ems, 1 of 2 queues.", "done": 0, "of": 2},
        {"words": "Learning from police_traffic, 2 of 2 queues.", "done": 1, "of": 2},
        {"words": "Holding past forecasts against what came.", "done": 2, "of": 2},
    ]


@pytest.mark.parametrize("cancel_after", [0, 1, 2])
def test_a_cancelled_run_keeps_nothing(database: Database, cancel_after: int) -> None:
    """Told to stop at any point, it stops and the forecast stays unmade."""
    home = room(database, houston())
    asked, job = ask(database, home.id, model="eight_week_mean")
    assert len(run(database, job, cancel_after).told) == cancel_after + 1
    with database.read() as reading:
        assert forecasts.forecast(reading, home.id, asked.id).made is None


def young(queue: str, days: int) -> Series:
    """A queue whose counts began that many days before the Monday."""
    start = np.datetime64("2025-06-02T05:00") - np.timedelta64(days, "D")
    return Series(queue, start, 15, np.full(int((UNTIL - start) / STEP), 3.0))


def test_a_queue_that_cannot_be_forecast_is_left_out_and_said(database: Database) -> None:
    """A queue of three days does not keep the others from their forecast."""
    history = History({"ems": houston()["ems"], "new": young("new", 3)})
    home = room(database, history)
    forecast = made(database, home.id, model="eight_week_mean")
    with database.read() as reading:
        values = forecasts.values(reading, home.id, forecast.id)
    assert list(values.by_queue) == ["ems"]
    assert forecast.made is not None
    assert forecast.made.notes[0].startswith("Left out: Queue new: 3.0 days of history are too sh")


def test_when_no_queue_can_be_forecast_the_job_fails_with_the_reason(database: Database) -> None:
    """The handler raises the library's one sentence, and nothing is kept."""
    home = room(database, History({"ems": houston()["ems"]}))
    asked, job = ask(database, home.id, date(2029, 1, 1))
    with pytest.raises(InputError, match="ends 1302 days earlier; bring the history up to date"):
        run(database, job)
    with database.read() as reading:
        assert forecasts.forecast(reading, home.id, asked.id).made is None


def test_a_forecast_of_past_days_is_scored_at_once(database: Database) -> None:
    """Counts that came since are held against it: the error lies just above pure chance."""
    home = room(database, houston())
    forecast = made(database, home.id, MONDAY - timedelta(days=7), 14)
    with database.read() as reading:
        scores = forecasts.scores(reading, home.id, forecast.id)
    assert [(each.from_day, each.to_day) for each in scores["ems"]] == [(1, 7), (8, 14)]
    for near, _ in scores.values():
        assert near.wape is not None
        assert near.chance_wape is not None
        assert near.simple_wape is not None
        assert 0.9 * near.chance_wape < near.wape < 1.5 * near.chance_wape
        assert 0.65 < near.within_80 < 0.95 < near.within_95 + 0.1
        assert near.intervals > 600


def test_a_new_forecast_holds_past_ones_against_counts_that_came(database: Database) -> None:
    """Without counts there are no scores; when counts have come the next run makes them."""
    known = {q: s.between(FIRST, np.datetime64("2025-06-02T05:00")) for q, s in houston().items()}
    home = room(database, History({q: s for q, s in known.items() if s is not None}))
    past = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        assert forecasts.scores(transaction, home.id, past.id) == {}
        demand.receive(transaction, home.id, demand.counts_of(houston()), "test", None)
    new = made(database, home.id, date(2025, 6, 9), model="eight_week_mean")
    with database.read() as reading:
        assert list(forecasts.scores(reading, home.id, past.id)) == ["ems", "police_traffic"]
        assert forecasts.scores(reading, home.id, new.id) == {}
        assert forecasts.newest(reading, home.id, MONDAY) == past


def test_the_fingerprint_is_that_of_the_counts(database: Database) -> None:
    """The same counts before the first day give the same text, one count more another."""
    home = room(database, houston())
    first, again = (made(database, home.id, model="eight_week_mean") for _ in range(2))
    later = made(database, home.id, date(2025, 6, 3), model="eight_week_mean")
    prints = [each.made.fingerprint for each in (first, again, later) if each.made]
    assert prints[0] == prints[1] != prints[2]
