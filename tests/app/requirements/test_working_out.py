"""Requirements: worked out from a forecast by the terms in force, kept as they were made."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete

from app.db.transaction import Database
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, NotFound
from app.forecasts import service as forecasts
from app.requirements import service as requirements
from app.requirements.tables import requirement_loads
from forecasting.series import History, Series
from forecasting.staffing import requirement as engine
from forecasting.staffing.terms import terms_from
from tests.app.forecasts.rooms import MONDAY, SOMEBODY, ask, houston, instant, made, room


@pytest.fixture
def home(database: Database) -> tuple[Database, requirements.Requirement]:
    """A room with a forecast of a week, and the requirement worked out from it."""
    where = room(database, houston())
    forecast = made(database, where.id, model="eight_week_mean")
    with database.write() as transaction:
        return database, requirements.work_out(transaction, where.id, SOMEBODY, forecast.id)


def test_a_requirement_is_what_the_library_works_out(
    home: tuple[Database, requirements.Requirement], tmp_path: Path
) -> None:
    """People per set of queues, and the CSV of a plan, are the library's own."""
    database, found = home
    with database.read() as reading:
        need = requirements.need(reading, found.room_id, found.id)
        text = requirements.csv_text(reading, found.room_id, found.id)
        values = forecasts.values(reading, found.room_id, found.forecast_id)
        assert requirements.requirement(reading, found.room_id, found.id) == found
    calls = {queue: each.mean for queue, each in values.by_queue.items()}
    own = engine.requirement(values.starts, 15, calls, [terms_from(q, {})[0] for q in calls])
    assert list(need.by_set) == [("ems",), ("police_traffic",), ("ems", "police_traffic")]
    for group, people in own.people.items():
        assert np.array_equal(need.by_set[group], people)
    own.write_csv(tmp_path / "requirement.csv")
    assert text == (tmp_path / "requirement.csv").read_text("utf-8")
    assert need.skills == {"ems": "ems", "police_traffic": "police_traffic"}
    assert need.calls is not None
    assert need.calls.terms == tuple(each.terms for each in found.terms)
    for queue, load in own.load.items():
        assert need.calls.load[queue] == pytest.approx(load, rel=1e-6)
    assert (need.start, need.interval_minutes) == (instant("2025-06-02T05:00"), 15)
    assert (found.first_day, found.days, found.zone) == (MONDAY, 7, "America/Chicago")


def test_a_requirement_of_before_says_nothing_of_calls(
    home: tuple[Database, requirements.Requirement],
) -> None:
    """Where no calls were kept with a requirement, its people are told as ever."""
    database, found = home
    with database.write() as transaction:
        before = requirements.need(transaction, found.room_id, found.id)
        transaction.execute(delete(requirement_loads))
        need = requirements.need(transaction, found.room_id, found.id)
    assert need.calls is None
    assert need.by_set.keys() == before.by_set.keys()


def test_what_was_assumed_is_said(home: tuple[Database, requirements.Requirement]) -> None:
    """Every term that moves the need is a sentence, and a skill that nobody can hold is told."""
    _, found = home
    both, space = "ems and police_traffic", "\N{NO-BREAK SPACE}"
    assert found.notes == (
        f"Assumed for {both}: AHT 7 min.",
        f"Assumed for {both}: callers wait 3 min on average before they hang up.",
        f"Assumed for {both}: 80{space}% answered within 2 min.",
        f"Assumed for {both}: 13{space}% of each shift lost (breaks 9{space}%, briefings 2{space}% "
        f"and short-notice sickness 2{space}%).",
        "The force has no skill police_traffic: nobody can be rostered for it.",
        "The model eight_week_mean takes no account of holidays.",
    )


def test_terms_are_those_of_its_day(home: tuple[Database, requirements.Requirement]) -> None:
    """Terms that change later change neither the requirement nor what it says it used."""
    database, found = home
    queue = found.terms[0].queue_id
    with database.write() as transaction:
        given = {"aht_seconds": 900, "minimum": 7}
        requirements.set_terms(transaction, found.room_id, queue, 0, given, SOMEBODY)
        new = requirements.work_out(transaction, found.room_id, SOMEBODY, found.forecast_id)
        assert requirements.requirement(transaction, found.room_id, found.id) == found
        old_need = requirements.need(transaction, found.room_id, found.id).by_set["ems",]
        new_need = requirements.need(transaction, found.room_id, new.id).by_set["ems",]
    assert new.terms[0].terms.aht_seconds == 900
    assert new_need.min() >= 7
    assert new_need.sum() > 1.5 * old_need.sum()


def test_handling_times_are_those_known_before_the_forecast(database: Database) -> None:
    """A forecast of the past uses the handling times known then."""
    start = np.datetime64("2025-03-03T06:00")
    offered = np.full(80 * 96, 4.0)
    aht = np.where(np.arange(len(offered)) < 70 * 96, 200.0, 2000.0)
    home = room(database, History({"999": Series("999", start, 15, offered, offered * aht)}))
    forecast = made(database, home.id, date(2025, 5, 10), model="eight_week_mean")
    with database.write() as transaction:
        found = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
    assert found.terms[0].terms.aht_seconds == pytest.approx(200)
    assert found.notes[0] == "Forecast for 999: AHT 200 s."
    measured = found.terms[0].measured
    assert measured is not None
    assert (measured.aht_seconds, measured.calls) == (pytest.approx(200), 21_504)


def test_the_newest_that_covers_a_period_is_found(
    home: tuple[Database, requirements.Requirement],
) -> None:
    """Of two over a period the later one; none where a day of it is missing."""
    database, first = home
    with database.write() as transaction:
        again = requirements.work_out(transaction, first.room_id, SOMEBODY, first.forecast_id)
    with database.read() as reading:
        room_id = first.room_id
        assert requirements.newest(reading, room_id) == again
        assert requirements.newest(reading, room_id, (MONDAY, 7)) == again
        assert requirements.newest(reading, room_id, (MONDAY + timedelta(days=6), 1)) == again
        assert requirements.newest(reading, room_id, (MONDAY, 8)) is None
        assert requirements.newest(reading, room_id, (MONDAY - timedelta(days=1), 3)) is None
        assert requirements.requirements(reading, room_id, limit=1) == (again,)
        assert requirements.requirements(reading, room_id, before=again.id) == (first,)


def test_what_cannot_be_worked_out_is_refused(database: Database) -> None:
    """A forecast that is not made, is another room's, or has too many queues to share staff."""
    offered = np.full(30 * 96, 2.0)
    start = np.datetime64("2025-05-01T05:00")
    names = [f"line {number}" for number in range(6)]
    home = room(database, History({name: Series(name, start, 15, offered) for name in names}))
    other = room(database, name="Felpersham")
    waiting, _ = ask(database, home.id)
    many = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        with pytest.raises(Conflict, match="not made yet"):
            requirements.work_out(transaction, home.id, SOMEBODY, waiting.id)
        with pytest.raises(NotFound):
            requirements.work_out(transaction, other.id, SOMEBODY, many.id)
        with pytest.raises(InvalidInput, match="6 queues share staff, and 5 are the most"):
            requirements.work_out(transaction, home.id, SOMEBODY, many.id)
        assert requirements.requirements(transaction, home.id) == ()


def test_another_room_sees_nothing(home: tuple[Database, requirements.Requirement]) -> None:
    """By another room's address a requirement is not there."""
    database, found = home
    other = room(database, name="Felpersham")
    with database.read() as reading:
        for read in (requirements.requirement, requirements.need, requirements.csv_text):
            with pytest.raises(NotFound):
                read(reading, other.id, found.id)
        assert requirements.newest(reading, other.id) is None


def test_a_queue_that_is_renamed_keeps_its_terms_and_its_forecast(database: Database) -> None:
    """Values and terms hang on the queue, not on its name."""
    home = room(database, houston())
    forecast = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        queue = demand.queues(transaction, home.id)[0]
        requirements.set_terms(transaction, home.id, queue.id, 0, {"share": 0.7}, SOMEBODY)
        demand.change_queue(transaction, home.id, queue.id, queue.version, "ambulance")
        found = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        assert "ambulance" in forecasts.values(transaction, home.id, forecast.id).by_queue
    assert (found.terms[0].queue, found.terms[0].terms.share) == ("ambulance", 0.7)


def demand_version(queue: demand.Queue) -> int:
    """The version that a queue is at."""
    return queue.version
