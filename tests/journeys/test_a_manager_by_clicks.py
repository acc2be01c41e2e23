"""The whole journey clicked in a browser: a manager on a desk, an officer on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.auth import service as auth
from app.auth.service import Grant
from app.db.transaction import Database
from app.people import service as people
from tests.app.web.browsers import chromium
from tests.journeys.house import PASSWORD, House, open_house
from tests.journeys.town import DAYS, FIRST_DAY, PEOPLE, calls_csv, people_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 90_000
"""Milliseconds for a job on a busy machine."""

SATURDAY = FIRST_DAY + timedelta(days=5)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.nightly)])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database; by day the first alone, since a browser is slow."""
    return str(request.param)


@pytest.fixture
def house(database: Database, database_url: str, tmp_path: Path) -> Iterator[House]:
    """A running service."""
    with open_house(database, database_url, tmp_path) as found:
        yield found


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with chromium() as found:
        yield found


def signed_in(browser: Browser, house: House, name: str, width: int) -> Page:
    """A window in which somebody has signed in by the form."""
    page = browser.new_page(viewport={"width": width, "height": 900}, base_url=house.url)
    page.set_default_timeout(PATIENCE)
    page.goto("/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/today$|/my/shifts$"))
    return page


def test_from_an_export_to_a_phone(
    browser: Browser, house: House, database: Database, tmp_path: Path
) -> None:
    """Counts, people, a wish, a forecast, the need, a roster, a change by hand, and publishing."""
    manager = signed_in(browser, house, "manager", 1440)
    room = f"/rooms/{house.room_id}"
    assert "Nothing to compare yet" in manager.inner_text("main")
    _upload_counts(manager, room, tmp_path)
    _import_people(manager, room, tmp_path)
    _ask_for_wishes(manager, room)
    _make_an_officer_a_user(database, house)
    officer = signed_in(browser, house, "one", 390)
    _wish_for_saturday_off(officer)

    _forecast(manager, room)
    _work_out_the_need(manager, room)
    _make_a_roster(manager, room)
    _change_it_by_hand(manager)
    _publish(manager)

    officer.goto("/my/shifts")
    assert "Shifts are published until" in officer.inner_text("main")
    officer.goto("/my/wishes")
    assert re.search("Met|Not met", officer.inner_text("main"))


def _upload_counts(page: Page, room: str, folder: Path) -> None:
    export = folder / "calls.csv"
    export.write_bytes(calls_csv())
    page.goto(f"{room}/demand/upload")
    page.set_input_files("input[type=file]", export)
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("calls.csv").first.wait_for()
    page.goto(f"{room}/demand")
    assert "999" in page.inner_text("main")


def _import_people(page: Page, room: str, folder: Path) -> None:
    page.goto(f"{room}/people/import")
    for name, content in people_files():
        (folder / name).write_bytes(content)
        page.set_input_files(f"input[name={name.partition('.')[0]}]", folder / name)
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("heading", name="Imported").wait_for()
    page.goto(f"{room}/people")
    assert str(PEOPLE) in page.inner_text("main")


def _ask_for_wishes(page: Page, room: str) -> None:
    page.goto(f"{room}/wishes/new")
    page.get_by_label("First day of the period").fill(FIRST_DAY.isoformat())
    page.get_by_label("Days").fill(str(DAYS))
    page.get_by_label("Last day for wishes").fill((FIRST_DAY - timedelta(days=2)).isoformat())
    page.get_by_label("Until").fill("23:00")
    page.get_by_label("Officers are told by").fill((FIRST_DAY - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Ask for wishes").click()
    page.wait_for_load_state()
    assert "round=" in page.url, page.inner_text("main")


def _make_an_officer_a_user(database: Database, house: House) -> None:
    with database.write() as transaction:
        found = people.everyone(transaction, house.room_id, date(2030, 1, 1))
        user = auth.create_user(
            transaction,
            force_id=house.force_id,
            sign_in_name="one",
            name="Officer 1",
            grants=[Grant("officer", house.force_id, house.room_id)],
            officer_id=next(each.id for each in found if each.details.number == "PC1"),
        )
        auth.set_password(transaction, user.id, PASSWORD)


def _wish_for_saturday_off(page: Page) -> None:
    page.goto("/my/wishes")
    page.get_by_role("link", name="Add a wish about one day").click()
    page.get_by_label("Which day is it about?").fill(SATURDAY.isoformat())
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Day off").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("How many points?").fill("5")
    page.get_by_role("button", name="Keep this wish").click()
    page.wait_for_url(re.compile("/my/wishes$"))
    assert "5 of 20 points used" in page.inner_text("main")


def _forecast(page: Page, room: str) -> None:
    page.goto(f"{room}/demand")
    page.get_by_label("First day").fill(FIRST_DAY.isoformat())
    page.get_by_label("Days", exact=True).fill(str(DAYS))
    page.locator("#make").get_by_role("button", name="Make a forecast").click()
    page.goto(f"{room}/demand/terms")
    for _ in range(120):
        if page.get_by_role("button", name="Work out the requirement").count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    pytest.fail("no forecast was made")


def _work_out_the_need(page: Page, room: str) -> None:
    page.get_by_role("button", name="Work out the requirement").click()
    page.get_by_text("people to roster, shrinkage included").wait_for()
    page.goto(f"{room}/cover?from={FIRST_DAY}")
    assert "Nobody is published to work on these days." in page.inner_text("main")


def _make_a_roster(page: Page, room: str) -> None:
    page.goto(f"{room}/rosters/new")
    page.get_by_label("First day").fill(FIRST_DAY.isoformat())
    page.get_by_label("Days", exact=True).fill(str(DAYS))
    page.get_by_label("10 minutes").check()
    page.get_by_role("button", name="Make a roster").click()
    page.get_by_text("A lawful roster stands").wait_for()
    page.get_by_role("button", name="Stop and keep this one").click()
    page.get_by_role("link", name="Publish…").wait_for()
    assert "The roster keeps every rule." in page.inner_text("main")


def _change_it_by_hand(page: Page) -> None:
    """What breaks a rule cannot be kept; what keeps them all can, and can be undone."""
    panel = page.locator(".panel:not([aria-busy=true])")
    cells = page.locator("table[data-grid] tbody tr:first-child td:not(.end)")
    for number in range(DAYS):
        cells.nth(number).click()
        panel.get_by_text("What else it could be").wait_for()
        lawful = panel.locator("button[data-shift]")
        if lawful.count() and panel.get_by_text("would break a rule").count():
            break
    else:
        pytest.fail("no day of the first line has both a lawful change and one that breaks a rule")
    lawful.first.click()
    panel.get_by_role("button", name="Keep change").click()
    page.locator("[data-key=undo]:enabled").click()
    page.locator("[data-key=redo]:enabled").wait_for()


def _publish(page: Page) -> None:
    page.get_by_role("link", name="Publish…").click()
    assert f"Publishing tells {PEOPLE} people" in page.inner_text("main")
    page.get_by_label("Why is it published?").fill("The first roster.")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Published", exact=True).wait_for()
