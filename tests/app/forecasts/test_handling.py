"""Handling times and load beside the calls of a forecast: made, kept, read."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from app.db.transaction import Database
from app.demand import service as demand
from app.errors import NotFound
from app.forecasts import service as forecasts
from app.forecasts.tables import forecast_handling
from forecasting import forecast as engine
from tests.app.callers import staffed, token
from tests.app.forecasts.rooms import MONDAY, handled, houston, made, room


def test_handling_times_come_back_as_the_library_said(database: Database) -> None:
    """Of the queue that tells them, to the last bit and as the file has it; of the other none."""
    home = room(database, handled())
    forecast = made(database, home.id)
    start = np.datetime64("2025-06-02T05:00")
    said = engine.forecast(handled(), start, 7, "America/Chicago", "US")
    with database.read() as reading:
        values = forecasts.values(reading, home.id, forecast.id)
        text = forecasts.handling_csv_text(reading, home.id, forecast.id)
    assert text == said.handling_csv()
    assert values.by_queue["ems"].work is None
    work, expected = values.by_queue["police_traffic"].work, said.workload("police_traffic")
    assert work is not None
    assert expected is not None
    assert np.array_equal(work.times.mean, expected.times.mean)
    assert np.array_equal(work.aht_quantiles, expected.aht_quantiles)
    assert np.array_equal(work.load.quantiles, expected.load.quantiles)
    noon, night = (work.times.mean[slot::96].mean() for slot in (48, 12))
    assert (noon, night) == (pytest.approx(450, rel=0.05), pytest.approx(300, rel=0.05))


def test_a_forecast_from_before_reads_unchanged(database: Database) -> None:
    """One that was kept without handling times says its calls and no handling times."""
    home = room(database, handled())
    forecast = made(database, home.id)
    with database.write() as transaction:
        before = forecasts.csv_text(transaction, home.id, forecast.id)
        transaction.execute(delete(forecast_handling))
        values = forecasts.values(transaction, home.id, forecast.id)
        assert forecasts.csv_text(transaction, home.id, forecast.id) == before
        assert all(each.work is None for each in values.by_queue.values())
        with pytest.raises(NotFound, match="told handling times enough"):
            forecasts.handling_csv_text(transaction, home.id, forecast.id)


def test_the_fingerprint_tells_handling_times_apart(database: Database) -> None:
    """The same calls with and without handling times are different materials."""
    facts = [
        made(database, room(database, counts, name).id).made
        for name, counts in (("One", houston()), ("Other", handled()))
    ]
    prints = {each.fingerprint for each in facts if each}
    assert len(prints) == 2


def test_a_system_reads_handling_times(client: TestClient, database: Database) -> None:
    """Values hold them where they are known, null elsewhere; the CSV has a row per interval."""
    force = staffed(database)
    with database.write() as transaction:
        demand.receive(transaction, force.room.id, demand.counts_of(handled()), "test", None)
    forecast = made(database, force.room.id)
    where = f"/api/v1/rooms/{force.room.id}/forecasts/{forecast.id}"
    headers = token(database, force.system)
    queues = client.get(f"{where}/values", headers=headers).json()["queues"]
    assert queues[0]["handling"] is None
    aht, load = (queues[1]["handling"][name] for name in ("aht_seconds", "load"))
    assert len(aht["mean"]) == len(load["q95"]) == 7 * 96
    assert 0 < aht["q05"][0] < aht["mean"][0] < aht["q95"][0]
    assert load["mean"][0] == pytest.approx(queues[1]["mean"][0] * aht["mean"][0] / 900, rel=1e-4)
    text = client.get(f"{where}/handling.csv", headers=headers)
    assert text.headers["Content-Disposition"].endswith('"handling-2025-06-02.csv"')
    rows = text.text.splitlines()
    assert rows[0].startswith("interval_start,queue,aht_seconds,aht_q05,")
    assert len(rows) == 1 + 7 * 96


def test_past_forecasts_of_handling_times_are_held_against_what_came(database: Database) -> None:
    """By queue that tells them, beside the hour's mean of 8 weeks; of others nothing is said."""
    home = room(database, handled())
    forecast = made(database, home.id, MONDAY - timedelta(days=7))
    with database.read() as reading:
        scores = forecasts.scores(reading, home.id, forecast.id)
        (near, _) = forecasts.accuracy(reading, home.id)["police_traffic"]
    (score,) = scores["police_traffic"]
    assert score.handling_wape is not None
    assert score.simple_handling_wape is not None
    assert score.handling_within_80 is not None
    assert 0.1 < score.handling_wape < 1.05 * score.simple_handling_wape
    assert 0.7 < score.handling_within_80 < 0.9
    assert near is not None
    assert near.handling_wape == score.handling_wape
    assert all(each.handling_wape is None for each in scores["ems"])
