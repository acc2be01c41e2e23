"""How long a forecast takes as a job, beside the library alone; how fast its values are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pytest

from app.db.engine import open_engine
from app.db.migrate import upgrade
from app.db.transaction import Database
from app.forecasts import service as forecasts
from app.requirements import service as requirements
from forecasting.forecast import forecast
from forecasting.reading import read_history
from tests.app.forecasts.rooms import HOUSTON, SOMEBODY, ask, room, run

FIRST_DAY, DAYS = date(2025, 6, 30), 28


@pytest.mark.benchmark
def test_a_forecast_as_a_job(tmp_path: Path) -> None:
    """Print the time of a job of 28 days from 20 months of three queues, beside the library's."""
    history = read_history(HOUSTON)
    start = np.datetime64("2025-06-30T05:00")
    forecast(history, start, 1, "America/Chicago", "US-TX")  # loads what is slow to load
    begin = process_time()
    said = forecast(history, start, DAYS, "America/Chicago", "US-TX")
    _ = [each.quantiles for each in said.by_queue.values()]
    bare = process_time() - begin

    engine = open_engine(f"sqlite:///{tmp_path / 'bench.sqlite'}", busy_seconds=15)
    upgrade(engine)
    database = Database(engine)
    home = room(database, history)
    asked, job = ask(database, home.id, FIRST_DAY, DAYS, holidays="US-TX")
    begin = process_time()
    run(database, job)
    whole = process_time() - begin
    print(f"\nforecast job, 3 queues × 28 days: {whole:.2f} CPU-s; library alone {bare:.2f} CPU-s")

    with database.read() as reading:
        begin = perf_counter()
        values = forecasts.values(reading, home.id, asked.id)
        read = 1000 * (perf_counter() - begin)
    with database.write() as transaction:
        begin = perf_counter()
        requirements.work_out(transaction, home.id, SOMEBODY, asked.id)
        worked = 1000 * (perf_counter() - begin)
    print(f"its values read in {read:.1f} ms; its requirement worked out in {worked:.0f} ms")
    engine.dispose()
    for queue, each in said.by_queue.items():
        assert np.array_equal(values.by_queue[queue].mean, each.mean)
