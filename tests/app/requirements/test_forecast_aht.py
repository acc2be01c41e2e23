"""AHT as the forecast has it: used where none is given, in words, and in how unsure a day is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts import service as forecasts
from app.forecasts.tables import forecast_handling
from app.requirements import service as requirements
from app.scenarios.series.handling import handling_seconds
from forecasting.calendar import Calendar
from forecasting.series import History
from tests.app.callers import signed_in, staffed, token
from tests.app.forecasts.rooms import SOMEBODY, made, room
from tests.app.requirements.test_callers import counted
from tests.app.requirements.test_terms import queue_id


def uncertain() -> History:
    """The same, 101's handling times wandering from day to day."""
    counts = counted()
    series = counts["101"]
    assert series.handled_seconds is not None
    steps = np.random.default_rng(1).normal(0, 0.05, 61)
    level = np.exp(np.cumsum(steps))[np.arange(len(series)) // 96]
    return History(
        {**counts, "101": replace(series, handled_seconds=series.handled_seconds * level)}
    )


def test_a_given_handling_time_wins_and_that_is_said(database: Database) -> None:
    """Where AHT is given the forecast stands aside, by name; what is left empty is as forecast."""
    home = room(database, counted())
    queue = queue_id(database, home.id, "101")
    forecast = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        before = requirements.queue_terms(transaction, home.id, queue)
        requirements.set_terms(transaction, home.id, queue, 0, {"aht_seconds": 500}, SOMEBODY)
        found = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        assert requirements.requirement(transaction, home.id, found.id) == found
    assert before.origins["aht_seconds"] == "forecast"
    assert before.terms.aht_seconds == pytest.approx(300, rel=0.01)
    told = found.terms[0]
    assert (told.terms.aht_seconds, told.origins["aht_seconds"]) == (500, "given")
    words = "Given for 101: AHT 500 s, in place of the 300 s that are forecast."
    assert words in found.notes
    assert not told.is_aht_by_hour


def test_how_unsure_handling_times_are_is_in_the_level_of_a_day(database: Database) -> None:
    """Added to a level of calls that is uncertain, and said; where that is certain, nothing is."""
    home = room(database, uncertain())
    queue = queue_id(database, home.id, "101")
    forecast = made(database, home.id, model="eight_week_mean")
    given = {"rate_variation": 0.1, "aht_by_hour": False}
    with database.write() as transaction:
        certain = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        requirements.set_terms(transaction, home.id, queue, 0, given, SOMEBODY)
        unsure = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
    assert certain.terms[0].used == certain.terms[0].terms
    told = unsure.terms[0]
    assert told.forecast is not None
    assert told.terms.rate_variation == 0.1
    both = (1.01 * (1 + told.forecast.variation**2) - 1) ** 0.5
    assert told.used.rate_variation == pytest.approx(both)
    assert both > 0.11
    assert any("is added to the level of a day" in note for note in unsure.notes)
    assert not any("is added to the level of a day" in note for note in certain.notes)


def test_a_scenario_meets_the_handling_times_of_its_requirement(database: Database) -> None:
    """By the interval as the forecast had them, also after another forecast says otherwise."""
    home = room(database, counted())
    forecast = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        found = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        values = requirements.expected(transaction, found)
        said = forecasts.values(transaction, home.id, forecast.id).aht("101")
    part = slice(96, 192)
    start = values.starts[96]
    local = Calendar(home.zone).local(start, 15, 96)
    seconds = handling_seconds(found.terms[0], local, values, part)
    assert said is not None
    assert seconds.tolist() == said[part].tolist()
    assert np.ptp(seconds) > 150


def test_without_a_forecast_of_them_handling_times_are_measured(database: Database) -> None:
    """A forecast that was kept before it had any leaves AHT to the counts, as it was."""
    home = room(database, counted())
    forecast = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        transaction.execute(delete(forecast_handling))
        found = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
    assert found.terms[0].origins["aht_seconds"] == "measured"
    assert found.terms[0].forecast is None
    assert found.notes[0].startswith("Measured for 101: AHT 5 min on average, 200 s to 400 s")


def test_page_and_api_say_that_aht_is_as_forecast(client: TestClient, database: Database) -> None:
    """The tag, the hint beside the empty field, and the figures for a system."""
    force = staffed(database)
    with database.write() as transaction:
        demand.receive(transaction, force.room.id, demand.counts_of(counted()), "test", None)
    made(database, force.room.id, model="eight_week_mean")
    queue = queue_id(database, force.room.id, "101")
    where = f"/api/v1/rooms/{force.room.id}/terms/{queue}"
    told = client.get(where, headers=token(database, force.system)).json()
    assert told["origins"]["aht_seconds"] == told["origins"]["aht_by_hour"] == "forecast"
    assert told["forecast"]["least"] == pytest.approx(200, rel=0.02)
    assert told["forecast"]["most"] == pytest.approx(400, rel=0.02)
    manager = signed_in(client, force.manager)
    text = manager.get(f"/rooms/{force.room.id}/demand/terms?queue={queue}").text
    assert text.count('class="tag told">forecast<') == 1
    assert "Left empty: as forecast, 300 s on average, 200 to 400 s by the hour." in text
    assert "The forecast mean in all hours" in text
