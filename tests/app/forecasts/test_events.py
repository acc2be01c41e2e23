"""Events in forecasts: taken as they stand, kept as they stood, and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.errors import NotFound
from app.forecasts import service as forecasts
from forecasting.events import Event, Given, Stated
from forecasting.series import History, Series
from tests.app.callers import Staffed, token
from tests.app.forecasts.rooms import SOMEBODY, made, room

FIRST = date(2025, 1, 6)
DAYS = 98
MATCHES = tuple(FIRST + timedelta(days=day) for day in (19, 40, 68))
NEXT = FIRST + timedelta(days=DAYS + 2)
START = FIRST + timedelta(days=DAYS)
SHARE = 1.0
"""So many more calls come from 18:00 to 22:00 on the days of a match."""


def counts() -> History:
    """Hours of two queues, UTC-6; a match is felt in 999 alone."""
    hours = 24 * DAYS
    day, hour = np.divmod(np.arange(hours), 24)
    rates = 20.0 + 10 * np.sin(hour / 24 * 2 * np.pi)
    on = np.isin(day, [(match - FIRST).days for match in MATCHES]) & (hour >= 18) & (hour < 22)
    draw = np.random.default_rng(7)
    begin = np.datetime64("2025-01-06T06:00", "m")
    return History(
        {
            queue: Series(queue, begin, 60, draw.poisson(rate).astype(np.float64))
            for queue, rate in (("999", rates * (1 + SHARE * on)), ("101", rates))
        }
    )


def derby(*days: date) -> demand.EventDetails:
    """A match on some days, from 18:00 to 22:00, standard time or summer time."""
    return demand.EventDetails(
        "sport", Event("Derby", Given(tuple((day, day) for day in days)), 18 * 60, 240)
    )


@pytest.fixture
def room_id(database: Database) -> UUID:
    """A room with these counts."""
    return room(database, counts()).id


def evening(database: Database, room_id: UUID, forecast: forecasts.Forecast, queue: str) -> float:
    """Calls expected from 18:00 to 22:00 on the day of the next match."""
    with database.read() as reading:
        said = forecasts.values(reading, room_id, forecast.id)
    begin = np.datetime64(f"{NEXT}T23:00", "m")
    place = int(np.flatnonzero(said.starts == begin)[0])
    return float(said.by_queue[queue].mean[place : place + 4].sum())


def test_a_forecast_takes_the_calendar_and_keeps_it_as_it_stood(
    database: Database, room_id: UUID
) -> None:
    """The next match is lifted where matches were felt; later changes leave the run as it was."""
    plain = made(database, room_id, START)
    with database.write() as transaction:
        queue = next(q for q in demand.queues(transaction, room_id) if q.name == "999")
        told = replace(derby(*MATCHES, NEXT), queue_ids=(queue.id,))
        event = demand.add_event(transaction, room_id, told, SOMEBODY)
    lifted = made(database, room_id, START)
    for name, factor in (("999", 1 + SHARE), ("101", 1.0)):
        share = evening(database, room_id, lifted, name) / evening(database, room_id, plain, name)
        assert share == pytest.approx(factor, abs=0.2 if name == "999" else 1e-9)
    with database.write() as transaction:
        demand.delete_event(transaction, room_id, event.id, 1, SOMEBODY)
        (used,) = forecasts.events_used(transaction, room_id, lifted.id)
        assert forecasts.events_used(transaction, room_id, plain.id) == ()
        (last,) = forecasts.last_effects(transaction, room_id).values()
    assert (used.event_id, used.said) == (event.id, replace(told.said, queues=("999",)))
    assert list(used.by_queue) == [queue.id]
    done = used.by_queue[queue.id]
    assert (done.seen, len(done.factors)) == (len(MATCHES), 4)
    assert done.whole == pytest.approx(1 + SHARE, abs=0.2)
    assert done.shown is not None
    assert last.event == used


def test_the_newest_forecast_tells_what_an_event_does(database: Database, room_id: UUID) -> None:
    """Of two forecasts that saw an event, the one made last is told, as the event stood in it."""
    with database.write() as transaction:
        event = demand.add_event(transaction, room_id, derby(*MATCHES), SOMEBODY)
    made(database, room_id, START)
    stated = derby(*MATCHES, NEXT)
    stated = replace(stated, said=replace(stated.said, effect=Stated(50)))
    with database.write() as transaction:
        demand.change_event(transaction, room_id, event.id, 1, stated, SOMEBODY)
    second = made(database, room_id, START)
    with database.read() as reading:
        last = forecasts.last_effects(reading, room_id)[event.id]
        assert last.event.said == stated.said
        assert second.made is not None
        assert last.made_at == second.made.at
        wholes = [done.whole for done in last.event.by_queue.values()]
        assert wholes == pytest.approx([1.5] * len(wholes))
        words = forecasts.events_within(reading, room_id, second, "999", (NEXT, NEXT))
    assert words == (f"Derby ({NEXT:%A} {NEXT.day} {NEXT:%B})",)


def test_a_model_without_events_keeps_them_without_effects(
    database: Database, room_id: UUID
) -> None:
    """The run still says which events stood in the calendar; another room's run is not there."""
    with database.write() as transaction:
        demand.add_event(transaction, room_id, derby(*MATCHES, NEXT), SOMEBODY)
    simple = made(database, room_id, START, model="eight_week_mean")
    with database.read() as reading:
        (used,) = forecasts.events_used(reading, room_id, simple.id)
        assert used.by_queue == {}
    other = room(database, name="Elsewhere")
    with database.read() as reading, pytest.raises(NotFound):
        forecasts.events_used(reading, other.id, simple.id)


def test_the_calendar_says_whose_public_holidays_hold(database: Database, room_id: UUID) -> None:
    """A choice there stands before the last forecast's; a forecast may still be told others."""
    made(database, room_id, START, holidays="US-TX")
    with database.write() as transaction:
        assert forecasts.default_holidays(transaction, room_id) == ("US-TX", False)
        demand.set_holidays(transaction, room_id, "GB-SCT")
        assert forecasts.default_holidays(transaction, room_id) == ("GB-SCT", False)
        days = forecasts.calendar_holidays(transaction, room_id, date(2026, 1, 1), date(2026, 1, 2))
    assert list(days) == [date(2026, 1, 1), date(2026, 1, 2)]
    assert made(database, room_id, START).holidays == "GB-SCT"
    assert made(database, room_id, START, holidays="none").holidays is None
    with database.write() as transaction:
        demand.set_holidays(transaction, room_id, None)
        assert forecasts.calendar_holidays(transaction, room_id, START, NEXT) == {}
        assert forecasts.public_holidays(transaction, room_id, date(2025, 7, 4), date(2025, 7, 4))


def test_a_system_reads_the_calendar_and_what_events_did(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """Public holidays and events by day, whose they are, and the effects that a run kept."""
    room_id, headers = force.room.id, token(database, force.system)
    home = f"/api/v1/rooms/{room_id}"
    with database.write() as transaction:
        demand.receive(transaction, room_id, demand.counts_of(counts()), "test", None)
        event = demand.add_event(transaction, room_id, derby(*MATCHES, NEXT), SOMEBODY)
    for code, status in (("GB-XX", 422), ("GB-SCT", 204)):
        sent = {"holidays": code}
        answer = client.put(f"{home}/calendar/holidays", json=sent, headers=headers)
        assert answer.status_code == status
    days = {"first": str(NEXT), "last": "2025-04-18"}
    said = client.get(f"{home}/calendar", params=days, headers=headers).json()
    assert (said["holidays"], said["assumed"]) == ("GB-SCT", False)
    assert [(each["first"], each["kind"]) for each in said["days"]] == [
        (str(NEXT), "sport"),
        ("2025-04-18", "public_holiday"),
    ]
    assert said["days"][0]["event_id"] == str(event.id)
    for wrong in (days | {"last": "2025-01-01"}, days | {"last": "2029-01-01"}):
        assert client.get(f"{home}/calendar", params=wrong, headers=headers).status_code == 422
    run = made(database, room_id, START)
    (used,) = client.get(f"{home}/forecasts/{run.id}/events", headers=headers).json()["events"]
    assert (used["event_id"], used["name"]) == (str(event.id), "Derby")
    assert [each["seen"] for each in used["effects"]] == [len(MATCHES)] * 2
    assert all(len(each["hours"]) == 4 for each in used["effects"])
