"""The calendar page: months ahead, events entered once, and what each does in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.auth import service as auth
from app.db.transaction import Database
from app.demand import service as demand
from app.errors import InvalidInput
from app.forecasts.service import EventDone, ForecastEvent, LastEffect
from app.forecasts.views import calendar as views
from app.web.words import SPACE
from forecasting.events import Event, Given, LikeLast, NthWeekday, Stated, Yearly
from tests.app.callers import Staffed, signed_in

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
PLAIN = {"name": "Derby", "kind": "sport", "effect": "learned", "days": "1"}


class Desk:
    """A manager at the calendar of the room."""

    def __init__(self, database: Database, browser: TestClient, force: Staffed) -> None:
        self.database = database
        self.browser = browser
        self.force = force
        self.home = f"/rooms/{force.room.id}/demand/calendar"

    def text(self, path: str = "") -> str:
        """A page in one line, without its tags."""
        answer = self.browser.get(self.home + path)
        assert answer.status_code == 200, answer.text
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))

    def send(self, path: str, status: int = 303, **fields: str | list[str]) -> str:
        """What comes of a form."""
        answer = self.browser.post(self.home + path, data=fields)
        assert answer.status_code == status, answer.text
        return answer.text

    def events(self) -> tuple[demand.RoomEvent, ...]:
        """The events that count."""
        with self.database.read() as reading:
            return demand.events(reading, self.force.room.id)


@pytest.fixture
def desk(database: Database, manager: TestClient, force: Staffed) -> Desk:
    """The manager's desk."""
    return Desk(database, manager, force)


def test_a_calendar_begins_with_one_press(desk: Desk) -> None:
    """An empty one offers what most rooms know; then each is listed with its next day."""
    with clock.stopped_at(NOW):
        assert "Most rooms know Halloween, Bonfire night and New Year&#39;s Eve." in desk.text()
        desk.send("/starters")
        said = desk.text()
    assert "Next: Halloween on Saturday 31 October 2026." in said
    assert "Every year on 5 November, 17:00 to 01:00. Next: Thursday 5 November 2026." in said
    assert "Learned. No forecast has taken it into account yet." in said
    assert "Christmas Day public holiday" in said
    assert "Most rooms know" not in said


@pytest.mark.parametrize(
    ("how", "fields", "said"),
    [
        (
            "yearly",
            {"month": "11", "day": "5", "begins": "17:00", "until": "01:00"},
            Event("Derby", Yearly(11, 5), 17 * 60, 480),
        ),
        (
            "weekday",
            {"month": "8", "nth": "-1", "weekday": "Monday", "days": "3", "effect": "like_last"},
            Event("Derby", NthWeekday(8, 0, -1, 3), effect=LikeLast()),
        ),
        (
            "dates",
            {
                "dates": "term,first,last\nAutumn,2026-10-26,2026-10-30\n5 July 2025\n",
                "effect": "stated",
                "percent": "\N{MINUS SIGN}12.5 %",
                "since": "2020-01-01",
                "last": "2027-12-31",
            },
            Event(
                "Derby",
                Given(
                    (
                        (date(2025, 7, 5), date(2025, 7, 5)),
                        (date(2026, 10, 26), date(2026, 10, 30)),
                    )
                ),
                effect=Stated(-12.5),
                since=date(2020, 1, 1),
                last=date(2027, 12, 31),
            ),
        ),
    ],
)
def test_an_event_is_entered_by_a_form_and_changed_by_the_same(
    desk: Desk, how: str, fields: dict[str, str], said: Event
) -> None:
    """What is typed is kept, and what is kept fills the form that changes it."""
    desk.send(f"/new?how={how}", **(PLAIN | fields))
    (event,) = desk.events()
    assert event.details == demand.EventDetails("sport", said)
    form = desk.browser.get(f"{desk.home}/{event.id}").text
    kept: dict[str, str | list[str]] = dict(
        re.findall(r'<input class="in[^>]* name="([a-z]+)"[^>]* value="([^"]*)"', form)
    )
    for name, options in re.findall(r'<select[^>]* name="([a-z]+)"[^>]*>(.*?)</select>', form):
        kept[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    kept["effect"] = re.findall(r'value="([a-z_]+)"[^>]* checked', form)[0]
    areas = re.findall(r"<textarea[^>]* name=\"dates\"[^>]*>(.*?)</textarea>", form, re.DOTALL)
    desk.send(f"/{event.id}?how={how}", **(kept | {"dates": areas, "version": "1"}))
    (again,) = desk.events()
    assert (again.details, again.version) == (event.details, 2)
    stale = desk.send(f"/{event.id}?how={how}", 412, **(PLAIN | fields | {"version": "1"}))
    assert "Somebody changed this event meanwhile" in stale


def test_what_cannot_be_is_refused_at_its_field(desk: Desk) -> None:
    """Every fault is named at once, what was typed stays, and nothing is kept."""
    wrong = {
        "name": "",
        "kind": "war",
        "month": "2",
        "day": "30",
        "begins": "9",
        "effect": "stated",
        "percent": "much",
        "since": "2026-02-02",
        "last": "2026-01-01",
        "queues": "none",
    }
    text = desk.send("/new?how=yearly", 422, **(PLAIN | wrong))
    for field in ("name", "kind", "day", "begins", "percent", "last", "queues"):
        assert f'href="#f-{field}"' in text, field
    assert 'value="much"' in text
    for lines, words in (
        ("2026-10-26\nsoon", "Line 2: give a date such as 2026-10-26"),
        ("31 June 2026", "Line 1 names a day that does not exist."),
        ("2026-10-30 2026-10-26", "Line 1 ends before it begins."),
        ("2026-01-01 2026-12-31", "An occurrence of 365 days cannot be used"),
        ("5 Foo 2026", "Line 1 names a day that does not exist."),
        ("name", "Give at least one date."),
    ):
        assert words in desk.send("/new?how=dates", 422, **PLAIN, dates=lines)
    desk.send("/new?how=weekday", 422, **PLAIN, month="8", nth="9", weekday="Someday")
    assert desk.events() == ()


def test_an_event_is_ended_deleted_and_put_back(desk: Desk) -> None:
    """Each act is said, undone where it can be, and stands on the trail."""
    desk.send("/new?how=yearly", **PLAIN, month="11", day="5")
    desk.send("/new?how=yearly", 409, **PLAIN, month="11", day="6")
    (event,) = desk.events()
    with clock.stopped_at(NOW):
        desk.send(f"/{event.id}/end", version="1")
        assert "Takes place no more." in desk.text()
    assert desk.events()[0].details.said.last == date(2026, 10, 20)
    desk.send(f"/{event.id}/delete", version="2")
    assert desk.events() == ()
    assert "Put back" in desk.text()
    desk.send(f"/{event.id}/restore")
    assert len(desk.events()) == 1
    with desk.database.read() as reading:
        trail = [each.what for each in auth.entries(reading, desk.force.force.id)]
    for act in ("entered an event", "ended an event", "deleted an event", "put an event back"):
        assert act in trail


def test_public_holidays_are_chosen_in_one_place(desk: Desk) -> None:
    """Of the four nations, of another country, or none; an unknown code is refused at its field."""
    assert "Assumed from the time zone: England." in desk.text()
    desk.send("/holidays", holidays="GB-SCT")
    assert "Andrew" in desk.text("?from=2026-11-01")
    assert "The holiday code" in desk.send("/holidays", 422, holidays="GB-XX")
    desk.send("/holidays", holidays="")
    assert "None are taken into account." in desk.text()


def test_an_officer_sees_no_calendar(client: TestClient, force: Staffed) -> None:
    """It is the manager's, as counts and forecasts are."""
    officer = signed_in(client, force.officer)
    assert officer.get(f"/rooms/{force.room.id}/demand/calendar").status_code in {403, 404}


def effect(said: Event, done: EventDone) -> tuple[str, tuple[views.EffectLine, ...]]:
    """What the list says of an event that a forecast took to do that to 999."""
    queue = uuid4()
    event = demand.RoomEvent(uuid4(), uuid4(), demand.EventDetails("sport", said), 1, NOW, uuid4())
    used = ForecastEvent(event.id, said, {queue: done})
    last = {event.id: LastEffect(NOW, NOW.date(), used)}
    (row,) = views.rows([event], last, {queue: "999"}, NOW)
    return row.lead, row.effects


BONFIRE = Event("Bonfire night", Yearly(11, 5), 17 * 60, 6 * 60)
UNEVEN = EventDone(2, 1.38, 1.51, (1.1, 1.2, 1.4, 1.62, 1.5, 1.3))


def test_what_was_learned_is_told_in_words() -> None:
    """How much, when, when most, from how often, and what is left out since it is rare."""
    lead, (line,) = effect(BONFIRE, UNEVEN)
    assert lead == "Learned. In the forecast made on Tuesday 20 October 2026:"
    assert line.words.replace(SPACE, " ") == (
        "+38 % calls between 17:00 and 23:00, most from 20:00 (+62 %); learned from 2 years, "
        "shrunk since it is rare: alone they would say +51 %"
    )
    assert line.chart is not None
    assert "20:00 +62" in line.chart.words


@pytest.mark.parametrize(
    ("said", "done", "words"),
    [
        (BONFIRE, EventDone(0, 1.0, None, (1.0,) * 6), "not seen in its counts"),
        (BONFIRE, EventDone(3, 1.004, 1.005, (1.0,) * 6), "no more and no fewer calls"),
        (replace(BONFIRE, effect=LikeLast()), EventDone(3, 0.8, 0.9, (0.8,) * 6), "as the last of"),
        (
            Event("Derby", Given(((NOW.date(), NOW.date()),))),
            EventDone(1, 1.2, 1.21, (1.2,) * 24),
            "calls; learned from 1 time",
        ),
    ],
)
def test_other_effects_are_told_in_words(said: Event, done: EventDone, words: str) -> None:
    """Never seen, no difference, like the last time, on whole days."""
    _, (line,) = effect(said, done)
    assert words in line.words
    assert line.chart is None


def test_a_stated_effect_is_told_as_the_statement() -> None:
    """No chart and no queues: a person said so."""
    lead, lines = effect(replace(BONFIRE, effect=Stated(20)), UNEVEN)
    assert (lead.replace(SPACE, " "), lines) == ("+20 % calls, as stated.", ())


def test_dates_in_words_of_every_kind() -> None:
    """Every way of recurring has its sentence."""
    assert views.dates_words(replace(BONFIRE, since=date(2020, 1, 1), last=date(2027, 1, 1))) == (
        "Every year on 5 November, since Wednesday 1 January 2020, until Friday 1 January 2027"
    )
    weekday = Event("x", NthWeekday(8, 0, -1, 3))
    assert views.dates_words(weekday) == "Every year on the last Monday of August, for 3 days"
    assert views.dates_words(Event("x", Given(((NOW.date(), NOW.date()),)))) == "1 date given"
    with pytest.raises(InvalidInput, match="at most 400 lines"):
        demand.spans_of("2026-01-01\n" * 401)


def test_queues_are_ticked_where_it_is_felt(desk: Desk) -> None:
    """An event of some queues says so; its form has them ticked."""
    with desk.database.write() as transaction:
        demand.create_queue(transaction, desk.force.room.id, "101")
        queue = demand.create_queue(transaction, desk.force.room.id, "999")
    desk.send("/new?how=yearly", **PLAIN, month="11", day="5", queues=[str(queue.id)])
    (event,) = desk.events()
    assert event.details.queue_ids == (queue.id,)
    assert "all day, 999 only." in desk.text()
    form = desk.browser.get(f"{desk.home}/{event.id}").text
    assert re.findall(r'name="queues" value="([^"]+)"[^>]* checked', form) == [str(queue.id)]
