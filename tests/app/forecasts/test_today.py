"""Today in a room: counts so far beside the forecast, the rest forecast again where worth it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.demand import service as demand
from app.errors import NotFound
from app.forecasts import service as forecasts
from app.forecasts.views.today import gain_words
from app.web.words import SPACE
from forecasting.series import History, Series
from forecasting.today import Gain
from tests.app.callers import Staffed, token
from tests.app.forecasts.rooms import made, room

BEGIN = np.datetime64("2025-01-06T00:00", "m")
MONDAYS = (date(2025, 3, 3), date(2025, 3, 10), date(2025, 3, 17))
"""First days of three weekly forecasts; the last holds today."""
NOON = datetime(2025, 3, 20, 12, tzinfo=UTC)
"""Today, in London before the clocks change."""


def counts(spread: float) -> History:
    """Hours of one queue up to noon: each day has a level of its own where there is a spread."""
    hours = int((np.datetime64(NOON.replace(tzinfo=None), "m") - BEGIN) // np.timedelta64(60, "m"))
    day, hour = np.divmod(np.arange(hours), 24)
    draw = np.random.default_rng(5)
    level = 1 + spread * draw.choice([-1.0, 1.0], int(day[-1]) + 1)
    level[-1] = 1 + spread
    rate = (40 + 10 * np.sin(hour / 24 * 2 * np.pi)) * level[day]
    return History({"999": Series("999", BEGIN, 60, draw.poisson(rate).astype(np.float64))})


def give(database: Database, room_id: UUID, history: History) -> None:
    """Let counts come and forecasts be made of three weeks, each from what was known before it."""
    with database.write() as transaction:
        demand.receive(transaction, room_id, demand.counts_of(history), "test", None)
    for monday in MONDAYS:
        made(database, room_id, monday, model="eight_week_mean")


def today(database: Database, room_id: UUID, at: datetime = NOON) -> forecasts.Today:
    """Today as it is told."""
    with clock.stopped_at(at), database.read() as reading:
        return forecasts.today(reading, room_id)


def test_a_heavy_morning_lifts_the_rest_of_the_day(database: Database, force: Staffed) -> None:
    """Where whole days are heavy or light; what is over and later forecasts stay as they were."""
    give(database, force.room.id, counts(0.3))
    day = today(database, force.room.id)
    told = day.by_queue["999"]
    assert (day.day, day.zone, told.over) == (date(2025, 3, 20), "Europe/London", 12)
    assert told.gain.days == 17
    assert told.is_updated
    np.testing.assert_array_equal(told.mean[:12], told.untouched[:12])
    lifted = told.mean[12:].sum() / told.untouched[12:].sum()
    assert 1.15 < lifted < 1.35
    assert lifted == pytest.approx(told.factor)
    assert told.seen > 1.2 * told.expected
    with database.read() as reading:
        kept = forecasts.values(reading, force.room.id, day.forecast_id)
    place = int(np.flatnonzero(kept.starts == day.starts[0])[0])
    np.testing.assert_array_equal(kept.by_queue["999"].mean[place : place + 24], told.untouched)


def test_counts_that_say_nothing_leave_the_forecast(database: Database, force: Staffed) -> None:
    """Where days differ by chance alone, the gain is told to be none and nothing is changed."""
    give(database, force.room.id, counts(0.0))
    told = today(database, force.room.id).by_queue["999"]
    assert told.gain.is_known
    assert not told.is_updated
    np.testing.assert_array_equal(told.mean, told.untouched)
    np.testing.assert_array_equal(told.quantiles, told.untouched_quantiles)


def test_before_any_count_and_without_a_forecast(database: Database, force: Staffed) -> None:
    """In the first minute all is as forecast; on a day that no forecast holds it is said."""
    give(database, force.room.id, counts(0.3))
    early = today(database, force.room.id, datetime(2025, 3, 20, 0, 1, tzinfo=UTC))
    assert early.by_queue["999"].over == 0
    assert not early.by_queue["999"].is_updated
    with pytest.raises(NotFound, match="No forecast holds today"):
        today(database, force.room.id, NOON + timedelta(days=30))


def test_a_day_of_a_clock_change_has_its_hours(database: Database) -> None:
    """23 hours on the day on which the clocks of the room go forward, cut at the same wall time."""
    home = room(database)
    give(database, home.id, counts(0.3))
    made(database, home.id, date(2025, 3, 3), days=8, model="eight_week_mean")
    told = today(database, home.id, datetime(2025, 3, 9, 17, tzinfo=UTC))
    assert len(told.starts) == 23
    assert told.by_queue["999"].over == 11


def test_people_and_systems_read_it(
    manager: TestClient, client: TestClient, database: Database, force: Staffed
) -> None:
    """The page says what came, what is to come and what that is worth; systems get figures."""
    home = f"/rooms/{force.room.id}/demand/today"
    address = f"/api/v1/rooms/{force.room.id}/forecasts/today"
    headers = token(database, force.system)
    assert client.get(address, headers=headers).status_code == 404
    assert "No forecast holds today." in manager.get(home).text
    give(database, force.room.id, counts(0.3))
    with clock.stopped_at(NOON):
        page = manager.get(home)
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))
        assert re.search(r"calls to 999 until 12:00, \d\d % more than forecast\.", text)
        assert "more are to come" in text
        assert re.search(
            r"Over the last 17 days, at 12:00, .* % more exact: today it is \d\d", text
        )
        picture = re.search(r'src="([^"]+chart\.svg[^"]+)"', page.text)
        assert picture is not None
        drawn = manager.get(picture[1].replace("&amp;", "&"))
        assert drawn.headers["content-type"] == "image/svg+xml"
        assert ">12:00<" in drawn.text
        assert manager.get(f"{home}?queue=none").status_code == 404
        told = client.get(address, headers=headers).json()
    (queue,) = told["queues"]
    assert (told["start"], told["intervals"], queue["over"]) == ("2025-03-20T00:00:00Z", 24, 12)
    assert queue["counts"][12:] == [None] * 12
    assert queue["is_updated"]
    assert queue["expected"]["mean"][12] > queue["untouched"][12]
    assert queue["gain"]["share"] > 0.2


@pytest.mark.parametrize(
    ("gain", "words"),
    [
        (Gain(5, 9.0, 5.0, 1.0, 0.9, 0.5), "not known yet: it takes 14 past days"),
        (Gain(56, 10.0, 9.9, 1.0, 1.0, 0.5), "made no difference beyond chance"),
        (Gain(56, 10.0, 12.0, 1.0, 1.1, 0.5), "made the rest of the day 20 % less exact"),
        (Gain(56, 10.0, 9.0, 1.0, 1.1, 0.5), "10 % more exact as a whole, but its parts less so"),
    ],
)
def test_what_is_not_worth_it_is_said_in_words(gain: Gain, words: str) -> None:
    """Each with the reason for which the forecast is kept as it was."""
    flat = np.ones(24)
    counts = np.where(np.arange(24) < 12, 2.0, np.nan)
    levels = np.ones((7, 24))
    told = forecasts.QueueToday(
        counts, 12, flat, levels, flat, levels, 24.0, 12.0, 1.1, gain, is_updated=False
    )
    starts = np.datetime64("2025-03-20T00:00", "m") + np.arange(24) * np.timedelta64(60, "m")
    day = forecasts.Today(NOON.date(), "UTC", uuid4(), starts, 60, {"999": told})
    said = gain_words(day, told).replace(SPACE, " ")
    assert words in said
    assert said.endswith("The forecast is kept as it was.")
