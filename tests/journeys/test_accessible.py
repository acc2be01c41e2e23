"""Every page in a real browser: for everybody, on a desk and on a phone, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from fastapi import FastAPI

from app import clock
from app.auth import service as auth
from app.auth.service import User
from app.db.transaction import Database
from app.demand import service as demand
from app.main import house_on, make_app
from app.people import service as people
from app.preferences import service as preferences
from app.rosters import service as rosters
from app.scenarios.values import PeopleChange
from app.settings import Settings
from rostering.problem import REST
from tests.app.auth.doors import Door, address, doors, things_of
from tests.app.rosters.rooms import PLAIN, Rostered, drafted, read, rostered, wishing
from tests.app.scenarios.rooms import CALLS, answered, ask, forecast
from tests.app.web.browsers import chromium
from tests.app.web.kit import served
from tests.journeys.town import calls_csv, people_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.nightly

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
"""A month before the roster begins, while its round is open."""

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
"""WCAG 2.2, levels A and AA, by the checker's names."""

BESIDES = ["heading-order", "landmark-unique"]
"""Good practice that a reader by ear goes by, by the checker's names."""

PIECES = frozenset(
    {
        "/patterns",
        "/patterns/panel",
        "/rooms/{room_id}/demand/chart.svg",
        "/rooms/{room_id}/demand/handling.svg",
        "/rooms/{room_id}/demand/load.svg",
        "/rooms/{room_id}/demand/today/chart.svg",
        "/rooms/{room_id}/rosters/{roster_id}/cells/{row}/{column}",
        "/rooms/{room_id}/rosters/{roster_id}/cells/{row}/{column}/try",
        "/rooms/{room_id}/rosters/{roster_id}/gaps/{kind}/{column}",
    }
)
"""What is shown within a page, and the kit: its own tests look at them."""

NOT_FOR_READING = frozenset({"/health", "/ready", "/", "/sign-out"})
"""Answers for machines, and doors that only lead elsewhere."""

OF_A_DRAFT = frozenset({"/rooms/{room_id}/rosters/{roster_id}/proposal"})
"""Pages that only the draft of the stand has, which was made again from what is published."""

ASKED = {
    "/rooms/{room_id}/rosters/compare": "?roster={published_id}&roster={roster_id}",
    "/my/wishes/new": "?round={round_id}&day=2027-01-07",
    "/my/wishes/several/new": "?round={round_id}&ask=times",
}
"""What an address needs behind it."""

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Stand:
    """The service where it is served, a room with everything, and a secret of each who reads.

    Attributes:
        drafted: what stands in paths, of a draft and of a question that is answered.
        published: the same of a roster in force, and of a question that waits to be answered.
        sessions: by who reads; a stranger has none.
    """

    app: FastAPI
    url: str
    drafted: Mapping[str, object]
    published: Mapping[str, object]
    sessions: Mapping[str, str]

    def paths(self) -> Iterator[str]:
        """The address of every page, those of rosters for each roster."""
        for door in doors(self.app):
            if is_page(door):
                asked = ASKED.get(door.path, "").format(**self.drafted)
                yield address(door, self.drafted) + asked
                if door.path in OF_A_DRAFT:
                    continue
                if "{roster_id}" in door.path or "{scenario_id}" in door.path:
                    yield address(door, self.published)


def is_page(door: Door) -> bool:
    """Whether somebody reads what is behind the door."""
    if door.method != "GET" or door.is_api or not door.actions:
        return False
    return door.path not in PIECES | NOT_FOR_READING


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, or a loud skip."""
    with chromium() as found:
        yield found


@pytest.fixture
def kind() -> str:
    """Pages do not know on what database they stand."""
    return "sqlite"


@pytest.fixture
def stand(database: Database) -> Iterator[Stand]:
    """The whole service, served for a room that has something on every page."""
    app = make_app(Settings(database_url="sqlite://", log_level="error"))
    app.state.house = house_on(database, Settings(attempts_per_address=10**9))
    with clock.stopped_at(NOW), served(app) as url:
        room = rostered(database)
        in_force, draft = rosters_of(database, room)
        things = things_of(database, room.force) | files_of(database, room)
        things |= {"officer_id": room.officers[0].id, "what": "skills"}
        asked, waits = questions_of(database, room)
        sessions = {
            "manager": session(database, room.force.manager),
            "officer": session(database, rostered_user(database, room)),
        }
        yield Stand(
            app,
            url,
            things | {"roster_id": draft, "scenario_id": asked, "published_id": in_force},
            things | {"roster_id": in_force, "scenario_id": waits},
            sessions,
        )


def rosters_of(database: Database, room: Rostered) -> tuple[object, object]:
    """A roster in force, with a wish met and one not, and it made again with a day off more."""
    wishing(
        database,
        room,
        [
            (0, preferences.WishDetails(date(2027, 1, 6), wants=False, points=3)),
            (0, preferences.WishDetails(date(2027, 1, 9), wants=False, points=5)),
        ],
    )
    first = drafted(database, room)
    with database.write() as transaction:
        kept = read(database, room, first.id)
        rosters.publish(transaction, room.room_id, kept.id, kept.version, "New year", room.by)
    fewer = np.array(PLAIN)
    fewer[2, 3] = REST
    again = drafted(database, room, fewer, like=first.id, least_change=True)
    return first.id, again.id


def questions_of(database: Database, room: Rostered) -> tuple[object, object]:
    """A question that is answered, set beside the days as they are, and one that waits."""
    forecast(database, room.room_id, {"999": CALLS})
    as_is = answered(database, room, days=2).scenario
    fewer = (PeopleChange(-5),)
    beside = answered(database, room, days=2, changes=fewer, against=as_is.id).scenario
    return beside.id, ask(database, room)[0].id


def files_of(database: Database, room: Rostered) -> dict[str, object]:
    """Files of people and of calls that wait to be confirmed."""
    texts = people.read_texts(people_files())
    with database.write() as transaction:
        taken, _ = people.keep_import(transaction, room.room_id, room.by, texts)
        given = demand.keep_upload(transaction, room.room_id, room.by, calls_csv(), "calls.csv")
    return {"import_id": taken.id, "upload_id": given.id}


def rostered_user(database: Database, room: Rostered) -> User:
    """Somebody who signs in as an officer of the roster."""
    force = room.force.force
    with database.write() as transaction:
        return auth.create_user(
            transaction,
            force_id=force.id,
            sign_in_name="rostered",
            name="Officer 0",
            grants=[auth.Grant("officer", force.id, room.room_id)],
            officer_id=room.officers[0].id,
        )


def session(database: Database, user: User) -> str:
    """The secret of a session."""
    with database.write() as transaction:
        return auth.start_session(transaction, user.id, Settings())


@contextmanager
def reading(
    browser: Browser, stand: Stand, who: str, width: int, theme: Theme
) -> Iterator[BrowserContext]:
    """A window of that width in which somebody is signed in."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
    )
    if secret := stand.sessions.get(who):
        context.add_cookies([{"name": "parade", "value": secret, "url": stand.url}])
    yield context
    context.close()


def troubles(context: BrowserContext, url: str, width: int) -> list[object] | None:
    """What is wrong with a page for this reader; None when it is not for them."""
    page = context.new_page()
    said: list[object] = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(url)
    assert answer is not None
    if page.url != url or answer.status in {401, 403}:
        page.close()
        return None
    page.wait_for_load_state("load")
    if answer.status != 200:
        said.append(answer.status)
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        said.append(f"{wide} pixels wide")
    said.extend(violations(page))
    page.close()
    return said


def violations(page: Page) -> list[object]:
    """What the checker of accessibility finds, with its places."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="BROWSER CHECKS NOT RUN: axe is missing"
    )
    only = {
        "runOnly": {"type": "tag", "values": WCAG},
        "rules": {name: {"enabled": True} for name in BESIDES},
        "resultTypes": ["violations"],
    }
    found = axe.Axe().run(page, options=only).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_can_be_read_by_everybody(
    browser: Browser, stand: Stand, width: int, theme: Theme
) -> None:
    """Whoever may see a page finds no barrier, no sideways scroll and no complaint in it."""
    wrong: dict[str, object] = {}
    shown: set[str] = set()
    for who in ("manager", "officer", "nobody"):
        with reading(browser, stand, who, width, theme) as context:
            for path in stand.paths():
                found = troubles(context, stand.url + path, width)
                if found is not None:
                    shown.add(path)
                if found:
                    wrong[f"{path} ({who})"] = found
    assert wrong == {}
    assert set(stand.paths()) - shown == set()
