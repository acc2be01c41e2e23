"""A room's day in a real browser, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app import clock
from app.auth import service as auth
from app.db.transaction import Database
from app.main import house_on, make_app
from app.rosters import service as rosters
from app.settings import Settings
from tests.app.rosters.rooms import drafted, rostered
from tests.app.web.browsers import chromium
from tests.app.web.kit import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVENING = datetime(2027, 1, 5, 20, tzinfo=UTC)
"""A Tuesday of the roster, when nobody is on duty any more."""


@pytest.fixture
def kind() -> str:
    """Pages do not know on what database they stand."""
    return "sqlite"


@pytest.fixture
def phone(database: Database) -> Iterator[Page]:
    """The day of a room of earlies alone, as its manager's phone shows it in the evening."""
    room = rostered(database)
    roster = drafted(database, room)
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, roster.id, roster.version, "First.", room.by)
    app = make_app(Settings(database_url="sqlite://", log_level="error"))
    app.state.house = house_on(database, Settings())
    with clock.stopped_at(EVENING), served(app) as url, chromium() as browser:
        with database.write() as transaction:
            secret = auth.start_session(transaction, room.by, Settings())
        context = browser.new_context(viewport={"width": 390, "height": 800})
        context.add_cookies([{"name": "parade", "value": secret, "url": url}])
        page = context.new_page()
        page.goto(f"{url}/rooms/{room.room_id}/today")
        page.wait_for_selector("[role=slider]")
        yield page


def test_a_phone_opens_the_day_at_now_with_the_gaps_first(phone: Page) -> None:
    """The present is in sight of the chart, and what is missing stands above it."""
    now = phone.locator(".nowchip").first.bounding_box()
    assert now is not None
    assert 0 <= now["x"] <= 390
    gaps, chart = (phone.locator(each).first.bounding_box() for each in (".gaps", ".chart"))
    assert gaps is not None
    assert chart is not None
    assert gaps["y"] < chart["y"]
    read = phone.locator("[role=slider]").first.get_attribute("aria-valuetext")
    assert (read or "").startswith("Tuesday 5 January 20:00: needed 1, on duty 0")


def test_the_place_of_the_page_is_in_sight_on_a_phone(phone: Page) -> None:
    """The last place of the bar scrolls into it once it is the current one."""
    phone.get_by_role("link", name="Wishes").click()
    current = phone.locator(".places [aria-current]")
    current.wait_for()
    assert current.inner_text() == "Wishes"
    phone.wait_for_function(
        "document.querySelector('.places [aria-current]').getBoundingClientRect().right <= 390"
    )
