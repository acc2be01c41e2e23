"""The weekly schedule: runs by itself at the room's hour, once, and says why where it does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import UUID

import numpy as np
import pytest

from app import clock
from app.db.transaction import Database
from app.demand import service as demand
from app.errors import InvalidInput, NotFound
from app.forecasts import service as forecasts
from app.forecasts.jobs import PLANS
from app.jobs import service as jobs
from forecasting.series import History, Series
from tests.app.forecasts.rooms import SOMEBODY, room, run
from tests.app.statements import counted

WEEKLY = forecasts.WantedSchedule(model="eight_week_mean", weeks=1)
SUNDAY = datetime(2025, 3, 2, 12, tzinfo=UTC)
"""A week before the clocks of Chicago, where the room is, go forward."""
RUN = datetime(2025, 3, 3, 12, tzinfo=UTC)
"""The Monday after at 06:00, UTC-6."""


def counts(days: int = 70) -> History:
    """Hours of one queue from 2025-01-06 on, local midnight to local midnight."""
    begin = np.datetime64("2025-01-06T06:00", "m")
    return History({"999": Series("999", begin, 60, np.full(24 * days, 7.0))})


def give(database: Database, room_id: UUID, days: int) -> None:
    """Let counts of some days more come."""
    with database.write() as transaction:
        demand.receive(transaction, room_id, demand.counts_of(counts(days)), "test", None)


@pytest.fixture
def room_id(database: Database) -> UUID:
    """A room with counts and a schedule that was set on the Sunday."""
    made = room(database, counts())
    with clock.stopped_at(SUNDAY), database.write() as transaction:
        forecasts.set_schedule(transaction, made.id, SOMEBODY, WEEKLY)
    return made.id


def minute_of(database: Database, now: datetime) -> None:
    """What every worker does every minute."""
    with clock.stopped_at(now):
        for plan in PLANS:
            plan(database)


def asked(database: Database, room_id: UUID) -> tuple[forecasts.Forecast, ...]:
    """Forecasts of the room, the newest first."""
    with database.read() as reading:
        return forecasts.forecasts(reading, room_id)


def known(database: Database, room_id: UUID) -> forecasts.Schedule:
    """The schedule of the room."""
    with database.read() as reading:
        found = forecasts.schedule(reading, room_id)
    assert found is not None
    return found


def finish(database: Database, forecast: forecasts.Forecast) -> None:
    """Let the job of a forecast be done."""
    with database.read() as reading:
        job = jobs.job(reading, forecast.room_id, forecast.job_id)
    run(database, job)


def test_a_run_is_asked_for_at_its_hour_and_once(database: Database, room_id: UUID) -> None:
    """Not a minute early; of many workers one asks; the forecast is told to be the schedule's."""
    minute_of(database, RUN - timedelta(minutes=1))
    assert asked(database, room_id) == ()
    for late in (0, 0, 1):
        minute_of(database, RUN + timedelta(minutes=late))
    (only,) = asked(database, room_id)
    assert (only.scheduled, only.asked_by, only.days) == (True, SOMEBODY, 7)
    assert only.first_day == date(2025, 3, 3)
    finish(database, only)
    assert asked(database, room_id)[0].made is not None
    assert known(database, room_id).last_forecast_id == only.id


def test_two_workers_at_the_same_minute_ask_once(database: Database, room_id: UUID) -> None:
    """Who read that a run is due, but comes second, finds nothing to do."""
    with clock.stopped_at(RUN):
        with database.read() as reading:
            due = forecasts.schedules_due(reading)
        assert due == (room_id,)
        for _ in range(2):
            with database.write() as transaction:
                forecasts.run_due(transaction, room_id)
    assert len(asked(database, room_id)) == 1


def test_what_is_due_is_read_at_once_for_all_rooms(database: Database, room_id: UUID) -> None:
    """Every worker asks every minute: three rooms take no more statements than one."""
    taken = []
    for name in ("Kent", "Gwent"):
        with clock.stopped_at(RUN), counted(database) as statements, database.read() as reading:
            due = forecasts.schedules_due(reading)
        taken.append(len(statements))
        other = room(database, name=name)
        with clock.stopped_at(SUNDAY), database.write() as transaction:
            forecasts.set_schedule(transaction, other.id, SOMEBODY, WEEKLY)
    assert len(due) == 2
    assert taken[0] == taken[1]


def test_workers_side_by_side_ask_once(database: Database, room_id: UUID) -> None:
    """Four at the same moment, each on a connection of its own."""
    together = Barrier(4)

    def work(_: int) -> None:
        together.wait()
        for plan in PLANS:
            plan(database)

    with clock.stopped_at(RUN), ThreadPoolExecutor(4) as workers:
        assert list(workers.map(work, range(4))) == [None] * 4
    assert len(asked(database, room_id)) == 1


def test_missed_runs_are_made_up_for_once(database: Database, room_id: UUID) -> None:
    """After three weeks of downtime one forecast is asked for, and the next at the usual hour."""
    minute_of(database, RUN + timedelta(days=16))
    (only,) = asked(database, room_id)
    assert only.first_day == date(2025, 3, 19)
    now = known(database, room_id)
    assert now.last_due == datetime(2025, 3, 17, 11, tzinfo=UTC)
    assert forecasts.next_run(now, "America/Chicago") == datetime(2025, 3, 24, 11, tzinfo=UTC)


def test_without_new_counts_no_run_is_repeated(database: Database, room_id: UUID) -> None:
    """It says that none came; when some come the next run forecasts again."""
    minute_of(database, RUN)
    finish(database, asked(database, room_id)[0])
    minute_of(database, RUN + timedelta(days=7))
    assert len(asked(database, room_id)) == 1
    assert known(database, room_id).last_words.startswith("No counts came since the last forecast")
    give(database, room_id, 77)
    minute_of(database, RUN + timedelta(days=14))
    assert len(asked(database, room_id)) == 2
    assert known(database, room_id).last_words == ""


def test_a_run_that_was_cancelled_is_made_again(database: Database, room_id: UUID) -> None:
    """The counts have led to no forecast yet, so they count as new."""
    minute_of(database, RUN)
    with database.write() as transaction:
        jobs.cancel(transaction, room_id, asked(database, room_id)[0].job_id)
    minute_of(database, RUN + timedelta(days=7))
    assert len(asked(database, room_id)) == 2


def test_a_run_that_cannot_be_asked_for_says_why(database: Database) -> None:
    """A room without counts is told so, and asked again a week later."""
    empty = room(database).id
    with clock.stopped_at(SUNDAY), database.write() as transaction:
        forecasts.set_schedule(transaction, empty, SOMEBODY, WEEKLY)
    minute_of(database, RUN)
    assert "no counts yet" in known(database, empty).last_words
    give(database, empty, 70)
    minute_of(database, RUN + timedelta(days=7))
    assert len(asked(database, empty)) == 1


@pytest.mark.parametrize(
    ("hour", "after", "expected"),
    [
        (2, datetime(2025, 3, 3, 12, tzinfo=UTC), datetime(2025, 3, 9, 8, tzinfo=UTC)),
        (6, datetime(2025, 3, 3, 12, tzinfo=UTC), datetime(2025, 3, 9, 11, tzinfo=UTC)),
        (1, datetime(2025, 10, 27, 0, tzinfo=UTC), datetime(2025, 11, 2, 6, tzinfo=UTC)),
        (1, datetime(2025, 11, 2, 6, tzinfo=UTC), datetime(2025, 11, 9, 7, tzinfo=UTC)),
    ],
)
def test_the_hour_is_the_rooms_over_clock_changes(
    database: Database, room_id: UUID, hour: int, after: datetime, expected: datetime
) -> None:
    """On Sundays: an hour that is left out runs the hour after, one that comes twice runs once."""
    wanted = replace(WEEKLY, weekday=6, hour=hour)
    now = replace(known(database, room_id), wanted=wanted, handled=after)
    assert forecasts.next_run(now, "America/Chicago") == expected


def test_a_schedule_is_replaced_and_taken_away(database: Database, room_id: UUID) -> None:
    """A new one begins from its own moment; without one nothing runs; twice is told."""
    with clock.stopped_at(RUN + timedelta(hours=1)), database.write() as transaction:
        forecasts.set_schedule(transaction, room_id, SOMEBODY, replace(WEEKLY, hour=9))
    minute_of(database, RUN + timedelta(hours=2))
    assert asked(database, room_id) == ()
    with database.write() as transaction:
        forecasts.stop_schedule(transaction, room_id)
        assert forecasts.schedule(transaction, room_id) is None
        with pytest.raises(NotFound, match="no schedule"):
            forecasts.stop_schedule(transaction, room_id)
    minute_of(database, RUN + timedelta(days=9))
    assert asked(database, room_id) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weekday": 7}, "weekday"),
        ({"hour": 24}, "hour"),
        ({"weeks": 54}, "weeks"),
        ({"model": "crystal"}, "model"),
        ({"holidays": "GB-XX"}, "holidays"),
    ],
)
def test_what_could_never_run_is_refused(
    database: Database, room_id: UUID, change: dict[str, int], field: str
) -> None:
    """Each field that cannot be used is named, and the schedule stays as it was."""
    before = known(database, room_id)
    with database.write() as transaction, pytest.raises(InvalidInput) as caught:
        forecasts.set_schedule(transaction, room_id, SOMEBODY, replace(WEEKLY, **change))
    assert [place.field for place in caught.value.places] == [field]
    assert known(database, room_id) == before
