"""The page on which the forecast is adjusted: what it would do, then laid, looked at, ended."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts import service as forecasts
from tests.app.callers import Staffed
from tests.app.forecasts.adjusting import FRIDAY, PRESENT, lately
from tests.app.forecasts.rooms import MONDAY, made

FORM = {
    "queue": "",
    "first_day": str(FRIDAY),
    "last_day": str(FRIDAY + timedelta(days=1)),
    "weekdays": ["4", "5"],
    "begins": "18:00",
    "until": "02:00",
    "amount": "+20",
    "unit": "percent",
    "reason": "The derby",
    "review_on": "",
}


@pytest.fixture
def place(force: Staffed, database: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the first room's demand is, on a Monday with a forecast of the week."""
    monkeypatch.setattr(clock, "now", lambda: PRESENT)
    with database.write() as transaction:
        demand.receive(transaction, force.room.id, demand.counts_of(lately()), "test", None)
    made(database, force.room.id, model="eight_week_mean")
    return f"/rooms/{force.room.id}/demand"


def test_the_effect_is_shown_before_the_act(
    manager: TestClient, database: Database, force: Staffed, place: str
) -> None:
    """Looked at, changed, looked at again, laid as it was shown; then the outlook tells of it."""
    outlook = manager.get(f"{place}?from={FRIDAY}&days=7").text
    link = re.search(r'href="([^"]*/adjust\?[^"]*)">Adjust these hours', outlook)
    assert link is not None
    empty = manager.get(link[1].replace("&amp;", "&")).text
    assert f'value="{FRIDAY}"' in empty
    assert "Nobody has adjusted the forecast yet." in empty
    shown = manager.post(f"{place}/adjust", data={**FORM, "act": "lay"}).text
    assert re.search(r"<p>\d+ more calls to ems\.</p>", shown)
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    changed = {**FORM, "amount": "30", "act": "lay", "seen": seen[1]}
    assert manager.post(f"{place}/adjust", data=changed).status_code == 200
    with database.read() as reading:
        assert forecasts.adjustments(reading, force.room.id) == ()
    laid = manager.post(f"{place}/adjust", data={**FORM, "act": "lay", "seen": seen[1]})
    assert laid.status_code == 303
    listed = manager.get(f"{place}/adjust").text
    assert "Adjustments so far: 1; none has met its counts yet." in listed
    assert "on every queue from 18:00 to 02:00 on Fridays and Saturdays" in listed
    outlook, untouched = (
        manager.get(f"{place}?from={FRIDAY}&days=7{more}").text for more in ("", "&untouched=true")
    )
    assert "Laid over the forecast: +20" in outlook
    totals = [re.search(r"about ([\d,]+) calls", text) for text in (outlook, untouched)]
    more, fewer = (int(each[1].replace(",", "")) for each in totals if each)
    assert more > fewer


def test_it_stands_or_is_ended_with_a_reason(
    manager: TestClient, database: Database, force: Staffed, place: str
) -> None:
    """Both ask why and say so where it is missing; what was ended is still in the list."""
    with database.write() as transaction:
        wanted = forecasts.WantedAdjustment(
            None, FRIDAY, FRIDAY, (4,), 0, 1440, -10, "percent", "School trip"
        )
        laid = forecasts.lay(transaction, force.room.id, force.manager.id, wanted)
    where = f"{place}/adjust/{laid.id}"
    look = {"reason": "", "review_on": str(FRIDAY)}
    refused = manager.post(f"{where}/review", data=look)
    assert (refused.status_code, "Say why" in refused.text) == (422, True)
    soon = {**look, "reason": "Still on"}
    assert manager.post(f"{where}/review", data=soon).status_code == 303
    assert manager.post(f"{where}/review", data={**soon, "review_on": "x"}).status_code == 422
    assert manager.post(f"{where}/end", data={"reason": "Cancelled"}).status_code == 303
    assert manager.post(f"{where}/end", data={"reason": "Cancelled"}).status_code == 409
    text = manager.get(f"{place}/adjust").text
    for words in ("Looked at again by", ": Still on", "Ended by", ": Cancelled"):
        assert words in text


WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"first_day": "soon"}, "Give a day, such as 2026-03-02."),
    ({"begins": "25:00"}, "Give a time, such as 18:00."),
    ({"amount": "many"}, "Give a number, such as 20 or -15."),
    ({"amount": "nan"}, "and not 0."),
    ({"unit": "calls"}, "Calls an hour are for one queue: choose which."),
    ({"weekdays": []}, "Choose at least one day of the week."),
    ({"first_day": str(MONDAY - timedelta(days=1))}, "It acts from today on"),
)


def test_a_form_that_is_wrong_comes_back_with_its_fault(manager: TestClient, place: str) -> None:
    """What was typed stays, and the fault is told at its field."""
    for change, words in WRONG:
        answer = manager.post(f"{place}/adjust", data={**FORM, **change, "act": "look"})
        assert answer.status_code == 422
        assert words in answer.text
        assert "The derby" in answer.text
