"""What forecasts say of categories: kept with the run, and parts that add up to the whole."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from sqlalchemy import func, select

from app.db.transaction import Database
from app.demand import service as demand
from app.errors import NotFound
from app.forecasts import service as forecasts
from app.forecasts.tables import forecast_shares
from app.people import service as people
from tests.app.forecasts.adjusting import home, lay
from tests.app.forecasts.categorised import NAMES, change, receive
from tests.app.forecasts.rooms import SOMEBODY, made

__all__ = ["home"]


def said(database: Database, forecast: forecasts.Forecast, **more: Any) -> forecasts.CategoryValues:
    """What a forecast says of categories."""
    with database.read() as reading:
        return forecasts.category_values(reading, forecast.room_id, forecast.id, **more)


def means(told: forecasts.CategoryValues) -> dict[str, np.ndarray]:
    """Means of the parts of the queue that has categories."""
    return {name: part.mean for name, part in told.by_queue["police_traffic"].items()}


def whole(database: Database, forecast: forecasts.Forecast) -> np.ndarray:
    """Means of that queue, with what people laid over it."""
    with database.read() as reading:
        values = forecasts.values(reading, forecast.room_id, forecast.id)
    return values.by_queue["police_traffic"].mean


@pytest.fixture
def forecast(database: Database, home: people.Room) -> forecasts.Forecast:
    """A forecast of the week, made from counts that categories tell."""
    receive(database, home.id)
    return made(database, home.id, model="eight_week_mean")


def test_parts_add_up_to_the_adjusted_whole_in_every_interval(
    database: Database, home: people.Room, forecast: forecasts.Forecast
) -> None:
    """An adjustment of one queue is split among its categories as the forecast under it."""
    before = means(said(database, forecast))
    assert list(before) == ["ASB", "Crime", "Mental health", ""]
    np.testing.assert_allclose(sum(before.values()), whole(database, forecast), rtol=1e-12)
    lay(database, home)
    told = said(database, forecast)
    after = means(told)
    np.testing.assert_allclose(sum(after.values()), whole(database, forecast), rtol=1e-12)
    come = before["ASB"] > 0
    factor = after["ASB"][come] / before["ASB"][come]
    assert (factor.min(), factor.max()) == pytest.approx((1.0, 1.2))
    np.testing.assert_allclose(after["Crime"][come], before["Crime"][come] * factor)
    untouched = means(said(database, forecast, laid=()))
    np.testing.assert_array_equal(untouched["ASB"], before["ASB"])
    decimals = forecasts.added_means(told.by_queue["police_traffic"], told.wholes["police_traffic"])
    for interval, mean in zip(
        zip(*decimals.values(), strict=True), whole(database, forecast), strict=True
    ):
        assert sum(interval) == Decimal(f"{mean:.6g}")


def test_queues_without_categories_keep_and_say_nothing(
    database: Database, home: people.Room, forecast: forecasts.Forecast
) -> None:
    """Only the queue that was told by category is split, and only from when it was."""
    assert list(said(database, forecast).by_queue) == ["police_traffic"]
    with database.read() as reading:
        rows = reading.execute(select(func.count()).select_from(forecast_shares)).scalar_one()
        (earlier,) = (e for e in forecasts.forecasts(reading, home.id) if e.id != forecast.id)
        queues = {each.name: each.id for each in demand.queues(reading, home.id)}
        assert forecasts.category_days(reading, home.id, forecast.id, queues["ems"]) is None
        with pytest.raises(NotFound, match="no such forecast"):
            forecasts.category_values(reading, home.id, uuid4())
    assert rows == 1
    assert said(database, earlier).by_queue == {}


def test_shares_are_those_of_counts_before_the_forecast(
    database: Database, home: people.Room, forecast: forecasts.Forecast
) -> None:
    """A forecast of a past week does not see how its own calls came to be divided."""
    day = forecast.first_day - timedelta(days=7)
    with database.read() as reading:
        asked = forecasts.Forecast(
            uuid4(), home.id, uuid4(), SOMEBODY, forecast.asked_at, day, forecast.first_day,
            "eight_week_mean", None, False, forecast.zone,
        )  # fmt: skip
        parts = forecasts.gather(reading, home.id, asked).parts["police_traffic"]
    assert parts.whole.end == np.datetime64("2025-05-26T05:00")


def test_names_follow_what_people_call_them_now(
    database: Database, home: people.Room, forecast: forecasts.Forecast
) -> None:
    """Renamed, counted together and hidden categories are so at once in a kept forecast."""
    before = means(said(database, forecast))
    crime = change(database, home.id, "Crime", name="Crime and theft")
    assert list(means(said(database, forecast))) == ["ASB", "Crime and theft", "Mental health", ""]
    change(database, home.id, "ASB", within=crime.id)
    change(database, home.id, "Mental health", hidden=True)
    after = means(said(database, forecast))
    assert list(after) == ["Crime and theft", ""]
    np.testing.assert_allclose(after["Crime and theft"], before["Crime"] + before["ASB"])
    np.testing.assert_allclose(after[""], before["Mental health"] + before[""])


def test_parts_that_were_one_when_it_was_made_stay_one(
    database: Database, home: people.Room
) -> None:
    """Taken apart later, they keep their name in the old forecast and part in the next one."""
    receive(database, home.id)
    asb = change(database, home.id, "ASB", name="Nuisance")
    crime = change(database, home.id, "Crime", within=asb.id)
    forecast = made(database, home.id, model="eight_week_mean")
    assert list(means(said(database, forecast))) == ["Mental health", "Nuisance", ""]
    change(database, home.id, "Crime", within=None, version=crime.version)
    assert list(means(said(database, forecast))) == ["Mental health", "Nuisance", ""]
    again = made(database, home.id, model="eight_week_mean")
    assert list(means(said(database, again))) == ["Crime", "Mental health", "Nuisance", ""]


def test_days_of_categories_add_up_to_the_days_of_the_queue(
    database: Database, home: people.Room, forecast: forecasts.Forecast
) -> None:
    """Local days, each part with its range, and shares of every hour that are 1 together."""
    with database.read() as reading:
        queue = next(e.id for e in demand.queues(reading, home.id) if e.name == "police_traffic")
        days = forecasts.category_days(reading, home.id, forecast.id, queue)
    assert days is not None
    assert days.names == (*sorted(NAMES), "")
    assert days.days == tuple(forecast.first_day + timedelta(days=each) for each in range(7))
    totals = whole(database, forecast).reshape(7, 96).sum(axis=1)
    np.testing.assert_allclose(days.mean.sum(axis=0), totals)
    assert np.all((days.low <= days.mean) & (days.mean <= days.high))
    np.testing.assert_allclose(days.shares.sum(axis=0), 1.0)
