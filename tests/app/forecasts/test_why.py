"""Why a forecast says what it says: kept with it, its factors the mean, old forecasts unchanged."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import prod
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import delete

from app.db.transaction import Database
from app.demand import service as demand
from app.demand.tables import counts
from app.errors import InvalidInput, NotFound
from app.forecasts import service as forecasts
from app.forecasts.tables import forecast_grounds
from app.people import service as people
from forecasting import forecast as engine
from tests.app.forecasts.adjusting import home, lately, lay
from tests.app.forecasts.rooms import houston, instant, made, room

__all__ = ["home"]

FRIDAY = instant("2025-06-07T03:00")
"""Friday 6 June, 22:00 in Houston."""


def queue_of(database: Database, room_id: UUID, name: str = "ems") -> UUID:
    """The id of a queue."""
    with database.read() as reading:
        return next(each.id for each in demand.queues(reading, room_id) if each.name == name)


def explained(
    database: Database, made_: forecasts.Forecast, at: datetime = FRIDAY, queue: str = "ems"
) -> forecasts.Explanation:
    """Why a forecast says what it says of an interval."""
    queue_id = queue_of(database, made_.room_id, queue)
    with database.read() as reading:
        return forecasts.explanation(reading, made_.room_id, made_.id, queue_id, at)


def test_what_a_forecast_is_made_of_comes_back_to_the_last_bit(database: Database) -> None:
    """The library's factors of every interval, kept small and read again."""
    home = room(database, houston())
    forecast = made(database, home.id)
    start = np.datetime64("2025-06-02T05:00")
    said = engine.forecast(houston(), start, 7, "America/Chicago", "US")
    local = engine.Calendar("America/Chicago").local(start, 15, 7 * 96)
    with database.read() as reading:
        for queue in ("ems", "police_traffic"):
            found = forecasts.grounds(
                reading, home.id, forecast.id, queue_of(database, home.id, queue)
            )
            assert found is not None
            np.testing.assert_array_equal(found.mean(local), said.grounds[queue].mean(local))
            np.testing.assert_allclose(found.mean(local), said.by_queue[queue].mean, rtol=1e-9)
        kept = reading.execute(forecast_grounds.select()).all()
    assert all(len(row.kept) < 12_000 for row in kept)


def test_an_interval_is_explained_by_factors_that_multiply_to_its_mean(database: Database) -> None:
    """With its range, what came then, a week and a year before, and the model's reason."""
    forecast = made(database, room(database, houston()).id)
    found = explained(database, forecast, FRIDAY + timedelta(minutes=7))
    assert (found.local_day, found.minute, found.start) == (date(2025, 6, 6), 22 * 60, FRIDAY)
    assert prod(each.value for each in found.parts) == pytest.approx(found.mean, rel=1e-9)
    assert found.mean == found.untouched
    assert found.low < found.mean < found.high
    assert found.spread is not None
    assert found.spread.chance + found.spread.hour + found.spread.day == pytest.approx(1)
    counts = houston()["ems"]
    place = int((np.datetime64("2025-06-07T03:00") - counts.start) / counts.step)
    assert found.counted == counts.offered[place]
    assert found.last == forecasts.Before(date(2025, 5, 30), float(counts.offered[place - 7 * 96]))
    assert found.year_before is None
    assert "is used" in found.reason


def test_what_a_person_lays_over_it_is_a_part_of_its_own(
    database: Database, home: people.Room
) -> None:
    """Per cent multiply, calls an hour are added; the range moves with them."""
    with database.read() as reading:
        forecast = forecasts.newest(reading, home.id)
    assert forecast is not None
    before = explained(database, forecast)
    lay(database, home)
    lay(database, home, queue_id=queue_of(database, home.id), amount=8, unit="calls")
    after = explained(database, forecast)
    assert [(each.factor, each.calls) for each in after.laid] == [(1.2, 0), (1, 2)]
    assert all(each.reason for each in after.laid)
    assert after.untouched == before.mean
    assert after.mean == pytest.approx(before.mean * 1.2 + 2)
    assert after.high > before.high
    assert not explained(database, forecast, FRIDAY - timedelta(hours=8)).laid


def test_a_forecast_made_before_is_read_unchanged_and_told_in_part(database: Database) -> None:
    """Without what it was made of: mean, range and counts are told, and no factor."""
    forecast = made(database, room(database, houston()).id, model="eight_week_mean")
    full = explained(database, forecast)
    with database.write() as transaction:
        transaction.execute(delete(forecast_grounds))
    found = explained(database, forecast)
    assert full.is_told
    assert not found.is_told
    assert (found.mean, found.low, found.high) == (full.mean, full.low, full.high)
    assert (found.counted, found.last) == (full.counted, full.last)
    assert (found.spread, found.reason) == (None, "")


def test_a_forecast_is_explained_where_no_counts_are_left(database: Database) -> None:
    """The mean and its range are told, and nothing of calls that came."""
    forecast = made(database, room(database, lately()).id, model="eight_week_mean")
    full = explained(database, forecast)
    with database.write() as transaction:
        transaction.execute(delete(counts))
    found = explained(database, forecast)
    assert full.last is not None
    assert (found.counted, found.last, found.year_before) == (None, None, None)
    assert (found.mean, found.low, found.high) == (full.mean, full.low, full.high)


def test_only_an_interval_of_the_forecast_can_be_asked_about(database: Database) -> None:
    """Outside, or of another room's queue: one sentence, with the bounds."""
    home = room(database, houston())
    forecast = made(database, home.id, model="eight_week_mean")
    for at in (FRIDAY - timedelta(days=7), FRIDAY + timedelta(days=7)):
        with pytest.raises(InvalidInput, match="from 2025-06-02T05:00Z to 2025-06-09T04:45Z"):
            explained(database, forecast, at)
    other = room(database, houston(), "Elsewhere")
    with database.read() as reading, pytest.raises(NotFound):
        forecasts.explanation(reading, home.id, forecast.id, queue_of(database, other.id), FRIDAY)


@pytest.mark.parametrize(
    ("first_day", "at", "clocks", "minute"),
    [
        (date(2025, 3, 8), "2025-03-09T09:30", "forward", 4 * 60 + 30),
        (date(2025, 11, 1), "2025-11-02T06:30", "twice", 90),
        (date(2025, 11, 1), "2025-11-02T07:30", "twice", 90),
        (date(2025, 11, 1), "2025-11-02T15:30", "back", 9 * 60 + 30),
        (date(2025, 11, 1), "2025-11-01T15:30", "", 10 * 60 + 30),
    ],
)
def test_the_day_of_a_clock_change_is_named(
    database: Database, first_day: date, at: str, clocks: str, minute: int
) -> None:
    """Also that an hour comes twice, and the same wall clock of other days is compared with."""
    forecast = made(database, room(database, houston()).id, first_day, 2, model="eight_week_mean")
    found = explained(database, forecast, instant(at))
    assert (found.clocks, found.minute) == (clocks, minute)
    assert prod(each.value for each in found.parts) == pytest.approx(found.mean, rel=1e-9)
    assert found.last is not None
    assert found.last.day.weekday() == found.local_day.weekday()
