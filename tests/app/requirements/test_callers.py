"""Terms that few rooms give: kept, refused by field, shown on the form, worked into the need."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.errors import InvalidInput
from app.requirements import service as requirements
from app.requirements.views.terms import form_values, given_by
from forecasting.series import History, Series
from tests.app.callers import Staffed, signed_in, staffed, token
from tests.app.forecasts.rooms import SOMEBODY, made, room
from tests.app.requirements.test_terms import queue_id

START = np.datetime64("2025-04-01T05:00")
NIGHT = {"start": "22:00", "end": "06:00", "days": ["fri", "sat"]}
FULL: dict[str, Any] = {
    "goals_at": [{"window": NIGHT, "share": 0.7, "most_occupancy": 0.6}],
    "redial": {"share": 0.5, "after_seconds": 200},
    "turn": {"to": "999", "share": 0.02},
    "call_back": {
        "above_seconds": 60, "accepted": 0.125, "reached": 0.9, "attempts": 2,
        "attempt_seconds": 20,
    },
    "pots": [
        {"name": "risk", "share": 0.2, "goal_share": 0.9, "within_seconds": 30},
        {"name": "other", "share": 0.8, "aht_seconds": 500},
    ],
    "transfer_seconds": 4,
    "clock": "published",
    "rate_variation": 0.1,
}  # fmt: skip


def counted() -> History:
    """999 and 101 for 60 days, 101 handled in 200 s by night and in 400 s by day."""
    calls = np.full(60 * 96, 24.0)
    hour = np.arange(calls.size) // 4 % 24
    aht = np.where((hour >= 8) & (hour < 20), 400.0, 200.0)
    return History(
        {
            "101": Series("101", START, 15, calls, calls * aht),
            "999": Series("999", START, 15, calls),
        }
    )


def test_every_term_is_kept_and_shown_as_it_was_given(database: Database) -> None:
    """What is given comes back from the service and from the form unchanged."""
    home = room(database, counted())
    queue = queue_id(database, home.id, "101")
    chats = {"medium": "chats", "side_by_side": 3}
    backlog = {"medium": "backlog", "deadline_seconds": 7200, "aht_by_hour": False}
    with database.write() as transaction:
        for version, given in enumerate((FULL, chats, backlog)):
            told = requirements.set_terms(transaction, home.id, queue, version, given, SOMEBODY)
            assert set(told.given) == set(given)
            assert given_by(form_values(told), told) == given
            assert requirements.queue_terms(transaction, home.id, queue) == told


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"redial": {"share": 2}}, "redial"),
        ({"redial": 0.5}, "redial"),
        ({"turn": {"to": "112", "share": 0.1}}, "turn"),
        ({"turn": {"to": "101", "share": 0.1}}, "turn"),
        ({"call_back": {"accepted": 0.1}}, "call_back"),
        ({"goals_at": [{"window": NIGHT}]}, "goals_at[0]"),
        ({"goals_at": [{"window": {"days": []}, "share": 0.5}]}, "goals_at[0]"),
        ({"goals_at": "some"}, "goals_at"),
        ({"pots": [{"name": "risk", "share": 0}]}, "pots[0]"),
        ({"pots": [{"name": "risk", "share": 0.5}]}, "terms"),
        ({"medium": "smoke"}, "medium"),
        ({"medium": "backlog"}, "terms"),
        ({"side_by_side": 0}, "side_by_side"),
        ({"clock": "wall"}, "clock"),
        ({"transfer_seconds": -1}, "transfer_seconds"),
        ({"rate_variation": 2}, "rate_variation"),
        ({"aht_by_hour": 1}, "aht_by_hour"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_by_field(
    database: Database, given: dict[str, object], field: str
) -> None:
    """Each is named with its row, and the terms stay as they were."""
    home = room(database, counted())
    queue = queue_id(database, home.id, "101")
    with database.write() as transaction:
        with pytest.raises(InvalidInput) as caught:
            requirements.set_terms(transaction, home.id, queue, 0, given, SOMEBODY)
        assert requirements.queue_terms(transaction, home.id, queue).version == 0
    assert [place.field for place in caught.value.places] == [field]


def test_handling_times_by_the_hour_are_used_where_counts_show_them(database: Database) -> None:
    """Long calls by day ask for more people there than the mean does, and for fewer by night."""
    home = room(database, counted())
    queue = queue_id(database, home.id, "101")
    forecast = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        hourly = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        requirements.set_terms(transaction, home.id, queue, 0, {"aht_by_hour": False}, SOMEBODY)
        flat = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        people = [
            requirements.need(transaction, home.id, found.id).by_set["101",]
            for found in (hourly, flat)
        ]
        assert requirements.requirement(transaction, home.id, hourly.id) == hourly
    told, other = hourly.terms
    assert (told.is_aht_by_hour, told.origins["aht_by_hour"]) == (True, "forecast")
    assert (other.is_aht_by_hour, other.origins["aht_by_hour"]) == (False, "assumed")
    assert not flat.terms[0].is_aht_by_hour
    assert people[0].max() > people[1].max()
    assert people[0].min() < people[1].min()
    assert "5 min on average, 200 s to 400 s by the hour" in hourly.notes[0]


def test_a_goal_of_some_hours_is_read_in_the_room_s_own_time(database: Database) -> None:
    """A low occupancy on two local nights asks for more people in just these hours."""
    home = room(database, counted())
    queue = queue_id(database, home.id, "999")
    forecast = made(database, home.id, model="eight_week_mean")
    given = {"goals_at": [{"window": NIGHT, "most_occupancy": 0.3}]}
    with database.write() as transaction:
        before = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        requirements.set_terms(transaction, home.id, queue, 0, given, SOMEBODY)
        after = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        old, new = (
            requirements.need(transaction, home.id, found.id).by_set["999",]
            for found in (before, after)
        )
    more = np.flatnonzero(new > old)
    assert more.size == 2 * 8 * 4
    assert all(b - a == 1 or b - a == 16 * 4 + 1 for a, b in pairwise(more.tolist()))
    assert np.all(new >= old)


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force whose first room has counts of 999 and 101."""
    made = staffed(database)
    with database.write() as transaction:
        demand.receive(transaction, made.room.id, demand.counts_of(counted()), "test", None)
    return made


def test_the_api_takes_and_tells_every_term(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """What is put is read again, with both clocks and the hours that were measured."""
    headers = {**token(database, force.system), "If-Match": '"0"'}
    queue = queue_id(database, force.room.id, "101")
    where = f"/api/v1/rooms/{force.room.id}/terms/{queue}"
    answer = client.put(where, json=FULL, headers=headers)
    assert answer.status_code == 200
    terms = answer.json()["terms"]
    for name in ("redial", "turn", "call_back", "clock", "rate_variation"):
        assert terms[name] == FULL[name]
    assert terms["goals_at"][0]["window"] == NIGHT
    assert [pot["name"] for pot in terms["pots"]] == ["risk", "other"]
    assert (terms["within_seconds"], terms["own_within_seconds"]) == (120, 116)
    assert answer.json()["is_aht_by_hour"] is True
    assert [len(hours) for hours in answer.json()["measured"]["by_hour"]] == [24, 24]
    wrong = client.put(where, json={"medium": "smoke"}, headers=headers)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "medium")


def page(force: Staffed, queue: UUID, rest: str = "") -> str:
    """Where a queue's terms are."""
    return f"/rooms/{force.room.id}/demand/terms{rest or f'?queue={queue}'}"


def test_the_form_opens_only_what_is_given(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """All that is rare is folded at first; what is given is open, and both clocks are told."""
    manager, queue = signed_in(client, force.manager), queue_id(database, force.room.id, "101")
    assert '<details class="fold more" open' not in manager.get(page(force, queue)).text
    form = {
        "version": "0", "redial-share": "50", "clock": "published", "transfer_seconds": "7",
        "goals_at-2-most_occupancy": "60", "goals_at-2-days": "fri sat",
        "goals_at-2-start": "22:00", "goals_at-2-end": "06:00",
    }  # fmt: skip
    answer = manager.post(page(force, queue, f"/{queue}"), data=form)
    assert answer.status_code == 303
    text = manager.get(answer.headers["Location"]).text
    assert text.count('<details class="fold more" open') == 3
    assert "113 s on the room&#39;s own, 120 s on the published" in text
    assert "Friday and Saturday from 22:00 to 06:00: occupancy 60" in text
    assert "50\N{NO-BREAK SPACE}% of those who hang up, after 300 s" in text


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"redial-share": "x"}, "redial-share", "Give a number."),
        ({"redial-share": "150"}, "redial-share", "Give the share who call again"),
        ({"turn-to": "112", "turn-share": "1"}, "turn-to", "The room has no other queue"),
        ({"goals_at-1-share": "100"}, "", "service goal must be above 0 and below 1"),
        ({"pots-1-name": "risk", "pots-1-share": "0"}, "pots-1-name", "the share of pot"),
        ({"medium": "backlog"}, "", "backlog needs a deadline"),
    ],
)
def test_a_form_that_is_wrong_comes_back_open_at_its_fault(
    client: TestClient,
    database: Database,
    force: Staffed,
    form: dict[str, str],
    field: str,
    words: str,
) -> None:
    """The field of that very row is marked in its open part; the terms do not change."""
    manager, queue = signed_in(client, force.manager), queue_id(database, force.room.id, "101")
    answer = manager.post(page(force, queue, f"/{queue}"), data={"version": "0", **form})
    assert answer.status_code == 422
    if field:
        assert re.search(f'id="e-{field}">[^<]*{re.escape(words)}', answer.text)
    assert words in answer.text
    assert '<details class="fold more" open' in answer.text
