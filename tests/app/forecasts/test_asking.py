"""Asking for a forecast: what is kept, what is refused and in which words."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, NotFound
from app.forecasts import service as forecasts
from app.jobs import service as jobs
from tests.app.forecasts.rooms import MONDAY, ask, houston, room


def test_asking_keeps_a_forecast_and_its_job(database: Database) -> None:
    """What is asked and the job that makes it stand together, and are read back."""
    home = room(database, houston())
    asked, job = ask(database, home.id)
    with database.read() as reading:
        assert forecasts.forecast(reading, home.id, asked.id) == asked
        assert forecasts.of_job(reading, home.id, job.id) == asked
        assert jobs.job(reading, home.id, job.id) == job
        assert forecasts.newest(reading, home.id) is None
        with pytest.raises(Conflict, match="not made yet"):
            forecasts.values(reading, home.id, asked.id)
    assert (job.kind, job.state) == (forecasts.KIND, "waiting")
    assert (asked.first_day, asked.days, asked.last_day) == (MONDAY, 7, date(2025, 6, 8))
    assert (asked.model, asked.zone, asked.made) == ("chosen", "America/Chicago", None)


def test_holidays_come_from_the_zone_then_from_the_last_forecast(database: Database) -> None:
    """Assumed at first and said so; once given they stay; "none" takes none into account."""
    home = room(database, houston())
    first, _ = ask(database, home.id)
    given, _ = ask(database, home.id, holidays="US-TX")
    again, _ = ask(database, home.id)
    without, _ = ask(database, home.id, holidays="none")
    told = [(each.holidays, each.holidays_assumed) for each in (first, given, again, without)]
    assert told == [("US", True), ("US-TX", False), ("US-TX", False), (None, False)]


@pytest.mark.parametrize(
    ("first_day", "days", "more", "field"),
    [
        (MONDAY, 0, {}, "days"),
        (MONDAY, 372, {}, "days"),
        (date(1969, 1, 1), 7, {}, "first_day"),
        (date(9999, 12, 31), 7, {}, "first_day"),
        (date(2025, 1, 8), 7, {}, "first_day"),
        (MONDAY, 7, {"model": "crystal"}, "model"),
        (MONDAY, 7, {"holidays": "GB-XX"}, "holidays"),
    ],
)
def test_what_cannot_be_forecast_is_refused_by_field(
    database: Database, first_day: date, days: int, more: dict[str, str], field: str
) -> None:
    """Each field that cannot be used is named, and neither forecast nor job is kept."""
    home = room(database, houston())
    with pytest.raises(InvalidInput) as caught:
        ask(database, home.id, first_day, days, **more)
    assert [place.field for place in caught.value.places] == [field]
    with database.read() as reading:
        assert forecasts.forecasts(reading, home.id) == ()
        assert jobs.jobs(reading, home.id) == ()


def test_a_room_without_counts_is_told_to_upload_some(database: Database) -> None:
    """Nothing to learn from is one sentence that says what to do."""
    home = room(database)
    with pytest.raises(Conflict, match="no counts yet: upload counts"):
        ask(database, home.id)
    with pytest.raises(NotFound):
        ask(database, uuid4())


def test_another_room_sees_nothing(database: Database) -> None:
    """By another room's address a forecast is not there, and no list shows it."""
    home, other = room(database, houston()), room(database, name="Felpersham")
    asked, job = ask(database, home.id)
    with database.read() as reading:
        for read in (forecasts.forecast, forecasts.values, forecasts.scores, forecasts.csv_text):
            with pytest.raises(NotFound):
                read(reading, other.id, asked.id)
        with pytest.raises(NotFound):
            forecasts.of_job(reading, other.id, job.id)
        assert forecasts.forecasts(reading, other.id) == ()


def test_the_list_is_newest_first_and_goes_on(database: Database) -> None:
    """Pages follow one another without a gap."""
    home = room(database, houston())
    asked = [ask(database, home.id)[0].id for _ in range(3)]
    with database.read() as reading:
        first = forecasts.forecasts(reading, home.id, limit=2)
        rest = forecasts.forecasts(reading, home.id, before=first[-1].id)
    assert sorted(asked, reverse=True) == [each.id for each in (*first, *rest)]
