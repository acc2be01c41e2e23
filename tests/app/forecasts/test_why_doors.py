"""Why a forecast says what it says, to systems and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import prod
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts import service as forecasts
from app.forecasts.views import why_words
from app.web.words import SPACE
from tests.app.callers import Staffed, staffed, token
from tests.app.forecasts.rooms import houston, instant, made

WHO = uuid4()

JULY = forecasts.Explanation(
    queue="101",
    start=instant("2025-07-11T21:00"),
    interval_minutes=15,
    local_day=date(2025, 7, 11),
    minute=22 * 60,
    mean=41.2,
    low=33,
    high=50,
    untouched=34.333,
    parts=(
        forecasts.Part("level", "", 2100.0),
        forecasts.Part("ahead", "", 1.004),
        forecasts.Part("season", "", 1.09),
        forecasts.Part("weekday", "", 1.1),
        forecasts.Part("time", "", 0.015),
        forecasts.Part("event", "School holidays", 1.04),
    ),
    laid=(forecasts.LaidPart(uuid4(), WHO, "The derby", 1.2, 0.0),),
    spread=forecasts.Spread(0.85, 0.0, 0.15),
    clocks="",
    counted=None,
    last=forecasts.Before(date(2025, 7, 4), 38.0),
    year_before=None,
    reason="",
)


def test_an_interval_is_told_in_one_sentence() -> None:
    """Day, time of day, season, event and adjustment, each with its part, and nothing else."""
    assert why_words.sentence(JULY, {WHO: "Sgt Shah"}).replace(SPACE, " ") == (
        "Friday 11 July 22:00 is forecast at 41 calls: an ordinary Friday now brings 2,310 calls "
        "in all, of which 1.5 % come between 22:00 and 22:15; July brings 9 % more than the "
        "mean of the year; School holidays: 4 % more; an adjustment by Sgt Shah adds 20 %."
    )


def test_what_goes_down_is_told_so_and_who_is_gone_is_nobody() -> None:
    """Fewer calls, calls taken away, the day before a holiday, and a level that falls."""
    parts = (
        forecasts.Part("level", "", 2100.0),
        forecasts.Part("ahead", "", 0.95),
        forecasts.Part("season", "", 0.9),
        forecasts.Part("weekday", "", 1.0),
        forecasts.Part("time", "", 0.002),
        forecasts.Part("holiday", "Christmas Day", 0.8, -1),
        forecasts.Part("event", "Derby", 0.9),
    )
    laid = (forecasts.LaidPart(uuid4(), WHO, "Closed road", 1.0, -2.0),)
    words = why_words.sentence(replace(JULY, parts=parts, laid=laid, mean=1.0), {})
    assert words.replace(SPACE, " ") == (
        "Friday 11 July 22:00 is forecast at 1 call: an ordinary Friday now brings 2,100 calls in "
        "all, of which 0.20 % come between 22:00 and 22:15; by then calls are expected to have "
        "fallen by 5 %; July brings 10 % fewer than the mean of the year; the day "
        "before Christmas Day: 20 % fewer; Derby: 10 % fewer; an adjustment by somebody takes "
        "away 2 calls."
    )


def test_the_rest_is_told_beside_it() -> None:
    """The range and what it comes from, what came, the clocks, the model, and a closed time."""
    came = replace(JULY, counted=44.0, clocks="twice")
    told = [each.replace(SPACE, " ") for each in why_words.sentences(came, "totals_profile", {})]
    assert told[1:] == [
        "On four days of five it will be between 33 and 50 calls. 85 % of what is unsure is pure "
        "chance and 15 % that the day may be busier or calmer than expected.",
        "The clocks go back on this day: this hour comes twice, and each is forecast so.",
        "44 calls came. At the same time: 38 calls on Friday 4 July 2025 (the last counted).",
        "The model Totals × profile was asked for.",
    ]
    shut = (*JULY.parts[:4], forecasts.Part("time", "", 0.0))
    assert "closed then" in why_words.sentence(replace(JULY, parts=shut, mean=0.0), {})
    bare = why_words.sentences(replace(JULY, parts=(), laid=(), spread=None), "chosen", {})
    assert "make a new forecast to see why" in bare[0]
    assert not any("asked for" in each for each in bare)


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force whose first room has counts."""
    people = staffed(database)
    with database.write() as transaction:
        demand.receive(transaction, people.room.id, demand.counts_of(houston()), "test", None)
    return people


def test_systems_read_an_explanation(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """The factors multiply to what is expected, sentences say it; another instant is refused."""
    forecast = made(database, force.room.id, model="eight_week_mean")
    with database.read() as reading:
        queue = demand.queues(reading, force.room.id)[0]
    where = f"/api/v1/rooms/{force.room.id}/forecasts/{forecast.id}/explanation"
    asked = {"queue_id": str(queue.id), "at": "2025-06-06T21:10:00Z"}
    headers = token(database, force.system)
    told = client.get(where, params=asked, headers=headers).json()
    assert (told["queue"], told["start"]) == (queue.name, "2025-06-06T21:00:00Z")
    assert prod(each["value"] for each in told["parts"]) == pytest.approx(told["expected"])
    assert told["q10"] <= told["expected"] <= told["q90"]
    assert told["sentences"][0].startswith("Friday 6 June 22:00 is forecast at ")
    late = client.get(where, params={**asked, "at": "2025-06-10T00:00:00Z"}, headers=headers)
    assert late.status_code == 422
    assert client.get(where, params=asked).status_code == 401
    other = {**asked, "queue_id": str(uuid4())}
    assert client.get(where, params=other, headers=headers).status_code == 404
