"""Every page in a real browser: for everybody, on a desk and on a phone, by day and by night."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import httpx2
import pytest

from app.db.engine import open_engine
from app.db.transaction import Database
from tests.app.web.browsers import chromium
from tests.journeys.stand import Stand, stand_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.nightly

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
"""WCAG 2.2, levels A and AA, by the checker's names."""

BESIDES = ["heading-order", "landmark-unique"]
"""Good practice that a reader by ear goes by, by the checker's names."""

BY_DAY = {
    "runOnly": {"type": "tag", "values": WCAG},
    "rules": {name: {"enabled": True} for name in BESIDES},
    "resultTypes": ["violations"],
}
"""What the checker looks at."""

BY_NIGHT = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""What of it goes by colours, which alone are others by night."""

Theme = Literal["light", "dark"]
THEMES: Mapping[Theme, Mapping[str, object]] = {"light": BY_DAY, "dark": BY_NIGHT}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, or a loud skip."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def stand(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """The service on SQLite, built once: pages are only read, and know of no database."""
    path = tmp_path_factory.mktemp("stand") / "parade.sqlite"
    shutil.copy(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}", busy_seconds=5)
    with stand_on(Database(engine)) as found:
        yield found
    engine.dispose()


@pytest.fixture(scope="module")
def readable(stand: Stand) -> Mapping[str, Sequence[str]]:
    """The pages of each who reads, found without a browser: most pages are not for most people.

    What a stranger may read is left to strangers: the page of the API is as long as all others.
    """
    found = {who: list(_readable(stand, who)) for who in ("nobody", "officer", "manager")}
    open_to_all = set(found["nobody"])
    return found | {
        who: [path for path in found[who] if path not in open_to_all]
        for who in ("officer", "manager")
    }


def _readable(stand: Stand, who: str) -> Iterator[str]:
    """Pages whose door neither refuses somebody nor sends them elsewhere."""
    with httpx2.Client(base_url=stand.url, cookies=stand.cookies(who), timeout=60) as client:
        for path in stand.paths():
            status = client.get(path).status_code
            if status not in {302, 303, 401, 403}:
                yield path


@contextmanager
def reading(browser: Browser, stand: Stand, who: str, width: int) -> Iterator[Page]:
    """A window of that width in which somebody is signed in."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    context.add_cookies(
        [
            {"name": name, "value": secret, "url": stand.url}
            for name, secret in stand.cookies(who).items()
        ]
    )
    yield context.new_page()
    context.close()


@contextmanager
def overheard(page: Page) -> Iterator[list[object]]:
    """What a page complains of meanwhile."""
    said: list[object] = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said


def troubles(page: Page, url: str, width: int, said: list[object]) -> list[object]:
    """What is wrong with a page for this reader, by day and by night."""
    said.clear()
    answer = page.goto(url)
    assert answer is not None
    if answer.status != 200 or page.url != url:
        said.append((answer.status, page.url))
    page.evaluate(axe_script())
    for theme, options in THEMES.items():
        page.emulate_media(color_scheme=theme)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            said.append(f"{wide} pixels wide, {theme}")
        said.extend((theme, *each) for each in violations(page, options))
    return list(said)


def axe_script() -> str:
    """The checker of accessibility, or a loud skip."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="BROWSER CHECKS NOT RUN: axe is missing"
    )
    return str(axe.Axe().axe_script)


def violations(page: Page, options: Mapping[str, object]) -> list[tuple[object, ...]]:
    """What the checker finds in a page that has it, with its places."""
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def test_every_page_is_somebodys(stand: Stand, readable: Mapping[str, Sequence[str]]) -> None:
    """No page is left out: each is for one of those who read."""
    assert set(stand.paths()) == {path for pages in readable.values() for path in pages}


@pytest.mark.parametrize("who", ["nobody", "officer", "manager"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_can_be_read_by_everybody(
    browser: Browser,
    stand: Stand,
    readable: Mapping[str, Sequence[str]],
    width: int,
    who: str,
) -> None:
    """Whoever may see a page finds no barrier, no sideways scroll and no complaint in it."""
    with reading(browser, stand, who, width) as page, overheard(page) as said:
        found = {path: troubles(page, stand.url + path, width, said) for path in readable[who]}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
