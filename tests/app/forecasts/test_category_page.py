"""The page of categories: what coming calls are about, what grows, and what each is called."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.auth import service as auth
from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts.views import categories as views
from app.web.words import SPACE
from forecasting.category_changes import Change
from tests.app.callers import Staffed, signed_in
from tests.app.forecasts.categorised import receive
from tests.app.forecasts.rooms import made
from tests.app.forecasts.test_pages import address


def asked(client: TestClient, force: Staffed, rest: str = "", status: int = 200) -> str:
    """The page as it is read."""
    answer = client.get(address(force, f"/categories{rest}"))
    assert answer.status_code == status
    return answer.text.replace(SPACE, " ")


def category(database: Database, force: Staffed, source: str) -> demand.Category:
    """The category that comes in under a name."""
    with database.read() as reading:
        found = demand.categories(reading, force.room.id)
    return next(each for each in found if each.source == source)


def send(
    client: TestClient, force: Staffed, held: demand.Category, version: str = "", **fields: str
) -> tuple[int, str]:
    """Send the form of a category."""
    typed = {f"{name}-{held.id}": value for name, value in fields.items()}
    answer = client.post(
        address(force, f"/categories/{held.id}"),
        data={"version": version or str(held.version), **typed},
    )
    if answer.status_code == 303:
        answer = client.get(answer.headers["Location"])
    return answer.status_code, answer.text.replace(SPACE, " ")


def test_without_categories_it_says_how_to_bring_them_in(
    manager: TestClient, force: Staffed
) -> None:
    """An honest empty state with the one next step."""
    text = asked(manager, force)
    assert "No call is told by category yet" in text
    assert "a column “category” in the file of counts" in text


def test_the_coming_days_are_told_by_category(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """A sentence, bars, hours of the week and days whose parts add up; more of one on its own."""
    receive(database, force.room.id)
    assert "no forecast is divided by them yet" in asked(manager, force)
    made(database, force.room.id, date(2025, 6, 9), model="eight_week_mean")
    text = asked(manager, force)
    lead = re.search(r'class="lead-answer">([^<]*)<', text)
    assert lead is not None
    assert re.match(
        r"About [\d,]+ calls to police_traffic from 9 to 15 June 2025: Crime 3\d %, ASB 2\d %, "
        r"Mental health 10 %, not categorised 2\d %\.",
        lead[1],
    )
    table = re.search(
        r"Calls to police_traffic by category, Monday 9 June.*?</table>", text, re.DOTALL
    )
    assert table is not None
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", table[0], re.DOTALL)
    assert len(rows) == 7
    for row in rows:
        *parts, whole = (
            int(each.split(" ")[0].replace(",", "")) for each in re.findall(r'"n">([^<]*)<', row)
        )
        assert sum(parts) == whole
    assert "What grows or falls is told from 16 weeks of counts by category on" in text
    asb = asked(manager, force, "?category=ASB")
    assert re.search(r"ASB: \d+ % of calls over these days, most on ", asb)
    assert 'aria-current="page">ASB<' in asb
    asked(manager, force, f"?queue={uuid4()}", 404)


def test_a_category_is_renamed_merged_and_hidden_by_a_person(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """What is decided is shown at once, in the audit, and can be changed again."""
    receive(database, force.room.id)
    crime = category(database, force, "Crime")
    assert send(manager, force, crime, name="Crime and theft")[0] == 200
    text = send(manager, force, category(database, force, "ASB"), name="ASB",
                within=str(crime.id))[1]  # fmt: skip
    assert "Counted with Crime and theft." in text
    assert "Comes in as Crime." in text
    health = category(database, force, "Mental health")
    text = send(manager, force, health, name="Mental health", hidden="yes")[1]
    assert "Hidden: its calls are shown as not categorised." in text
    with database.read() as reading:
        done = auth.entries(reading, force.force.id)
    assert sum(each.what == "changed a category of calls" for each in done) == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "Give"),
        ({"name": "ASB"}, "The queue already has a category called ASB"),
        ({"name": "Crime", "within": "x"}, "Choose a category of the list."),
        ({"name": "Crime", "within": str(uuid4())}, "Give another category of the same queue."),
        ({"name": "Crime", "version": "9"}, "Somebody changed this category meanwhile"),
    ],
)
def test_what_cannot_be_is_said_at_the_form(
    manager: TestClient, database: Database, force: Staffed, fields: dict[str, str], words: str
) -> None:
    """One sentence, the form open as it was filled, and nothing changed."""
    receive(database, force.room.id)
    crime = category(database, force, "Crime")
    status, text = send(manager, force, crime, **fields)
    assert status == 422
    assert words in text
    assert '<details class="more" open>' in text
    assert category(database, force, "Crime") == crime


def test_only_who_may_change_demand_changes_categories(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """An officer sees neither the page nor its forms; another room's manager finds nothing."""
    receive(database, force.room.id)
    crime = category(database, force, "Crime")
    for user, status in ((force.officer, 403), (force.other_manager, 404)):
        browser = signed_in(client, user)
        assert browser.get(address(force, "/categories")).status_code == status
        assert browser.post(address(force, f"/categories/{crime.id}")).status_code == status


def test_what_grows_is_said_in_plain_words() -> None:
    """Growing, falling, new and ended; the more categories, the surer each must be."""
    told = views.moves(
        (
            Change("Mental health", 0.08, 0.10, 0.012, 0.028),
            Change("ASB", 0.20, 0.17, -0.05, -0.01),
            Change("Fraud", 0.0, 0.03, 0.02, 0.04),
            Change("Old", 0.02, 0.0, -0.03, -0.01),
            Change("Crime", 0.40, 0.41, 0.001, 0.019),
            Change("", 0.3, 0.29, -0.03, 0.01),
        ),
        20,
    )
    assert [each.replace(SPACE, " ") for each in told.words] == [
        "Mental health grows: from 8.0 % of calls to 10.0 % in 12 weeks, that is 0.9 to 3.1 more "
        "in each 100 calls.",
        "ASB falls: from 20.0 % of calls to 17.0 % in 12 weeks, that is 0.3 to 5.7 fewer in each "
        "100 calls.",
        "Fraud is new: 3.0 % of calls in the last 4 weeks.",
        "Old has ended: it was 2.0 % of calls 12 weeks ago.",
        "No clear change: Crime, Not categorised.",
    ]
    assert told.brief == "Growing: Mental health and Fraud. Falling: ASB and Old."
    assert told.bars is not None
    values = {each.label: (each.value, each.note) for each in told.bars.rows}
    assert values["Fraud"] == ("+3.0", "")
    assert values["Crime"] == ("+1.0", "no clear change")
    steady = views.moves((Change("Crime", 0.4, 0.4, -0.01, 0.01),), 20)
    assert steady.brief == ""
    assert steady.words == ("No category clearly grows or falls over the last 12 weeks.",)


def test_many_categories_are_told_in_few_columns() -> None:
    """The largest stand by day by themselves, the others together; every row still adds up."""
    names = tuple("abcdefghijkl")
    mean = np.arange(13.0, 0, -1)[:, None] * np.ones(3)
    hours = np.full((13, 168), 1 / 13)
    days = tuple(date(2025, 6, 9) + timedelta(days=each) for each in range(3))
    mix = views.Mix("101", days, (*names, ""), mean, mean - 1, mean + 1, hours)
    table = views.day_table(mix)
    heads = [head for head, _ in table.columns]
    assert heads == ["Day", *"abcdefg", "Not categorised", "5 others", "All calls"]
    for _, *parts, whole in table.rows:
        assert sum(int(each.split(" ")[0]) for each in parts) == int(whole)
    assert views.hour_words(mix, 0).replace(SPACE, " ") == "a: about 14 % of calls at every hour."
