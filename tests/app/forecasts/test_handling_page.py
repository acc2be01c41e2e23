"""Handling times and load on the Demand page."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import numpy as np
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.forecasts import series
from app.forecasts.views.handling import handling_of
from app.forecasts.views.outlook import outlook
from app.web.views.days import Period
from forecasting import forecast as engine
from tests.app.callers import Staffed
from tests.app.forecasts.rooms import MONDAY, handled, made
from tests.app.forecasts.test_pages import address, give


def page_of(manager: TestClient, force: Staffed, queue: int, day: str = f"{MONDAY}") -> str:
    """The page of the first or the second queue over the week from a day on."""
    first = manager.get(address(force)).text
    links = re.findall(r'href="(\?queue=[^"&]+)&amp;from', first)
    return unescape(manager.get(address(force, f"{links[queue]}&from={day}&days=7")).text)


def test_page_says_how_long_calls_take_and_whom_they_keep_busy(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Sentences, two charts that are kept by what they show, their tables and a file to save."""
    give(database, force.room.id, handled())
    made(database, force.room.id, model="eight_week_mean")
    text = page_of(manager, force, 1)
    said = re.search(r"A call to police_traffic takes ([\d.]+) min on average: longest on", text)
    assert said is not None
    assert 5 < float(said[1]) < 8
    assert re.search(r"A whole day usually lies within \d+\s% of what is forecast", text)
    assert re.search(r"The calls keep [\d.]+ people busy on average, most on \w+ \d+ June", text)
    assert "Minutes of a call, mean of each hour of the week" in text
    assert "People kept busy, mean of each hour" in text
    assert "handling.csv" in text
    for name, title in (("handling", "minutes of a call"), ("load", "people kept busy")):
        picture = re.search(rf'src="([^"]*/{name}\.svg[^"]*)"', text)
        assert picture is not None
        drawn = manager.get(picture[1])
        assert drawn.headers["Content-Type"] == "image/svg+xml"
        assert "immutable" in drawn.headers["Cache-Control"]
        assert f"police_traffic: {title}" in drawn.text
        again = manager.get(picture[1], headers={"If-None-Match": drawn.headers["ETag"]})
        assert again.status_code == 304


def test_hardest_day_is_told_where_the_level_of_days_is_known() -> None:
    """Its mean lies between the ends of 8 in 10 such days; without a level nothing is said."""
    start = np.datetime64("2025-06-02T05:00")
    said = engine.forecast(handled(), start, 7, "America/Chicago", model="day_smoothing")
    words = r"whole day is [^:]+: ([\d.]+) on average, .* keep ([\d.]+) to ([\d.]+) busy"
    period = Period(MONDAY, 7, "America/Chicago")
    for whole in (said, without_levels(said)):
        values = series.values_of(whole)
        shown = outlook("police_traffic", period, 15, values, None, None)
        work = handling_of(shown, values)
        assert work is not None
        day = re.search(words, work.load_answer)
        assert (day is None) is (whole is not said)
        assert day is None or 0 < float(day[2]) < float(day[1]) < float(day[3])


def without_levels(said: engine.Forecast) -> engine.Forecast:
    """The same as it was kept before levels of days were."""
    bare = {queue: replace(each, level=None) for queue, each in said.by_queue.items()}
    return replace(said, by_queue=bare)


def test_queue_without_handling_times_says_where_aht_comes_from(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """A sentence in place of the charts; their addresses lead nowhere."""
    give(database, force.room.id, handled())
    made(database, force.room.id, model="eight_week_mean")
    text = page_of(manager, force, 0)
    assert "The counts of ems tell too few handling times to forecast any" in text
    assert "handling.svg" not in text
    assert manager.get(address(force, "/handling.svg")).status_code == 404


def test_days_beyond_the_forecast_show_the_week_and_no_load(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Handling times by the time of the week stay; of load nothing is known on those days."""
    give(database, force.room.id, handled())
    made(database, force.room.id, model="eight_week_mean")
    later = page_of(manager, force, 1, "2025-07-07")
    assert "A call to police_traffic takes" in later
    assert "people kept busy" not in later
