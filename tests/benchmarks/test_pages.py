"""What the page of a large roster weighs: 300 people, 28 days.

The goal is 20 kB as sent, charts apart, and as many queries as for a tenth of the people.
"""

from __future__ import annotations

import gzip
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import log
from app.db.transaction import Database
from app.main import house_on, make_app
from app.rosters.service import desk
from app.settings import Settings
from tests.app.callers import signed_in
from tests.app.statements import counted
from tests.benchmarks.large_room import kept_roster, migrated

CHART = re.compile(rb"<svg.*?</svg>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one look at a page took.

    Attributes:
        sent: bytes of the whole page, compressed.
        plain: bytes without its charts, compressed.
        queries: statements sent to the database.
        milliseconds: of this process's processor, all threads.
    """

    sent: int
    plain: int
    queries: int
    milliseconds: float


def weigh(browser: TestClient, database: Database, path: str) -> Weight:
    """Look at a page once."""
    with counted(database) as asked:
        begun = time.process_time()
        with browser.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.status_code == 200
            sent = b"".join(answer.iter_raw())
        taken = (time.process_time() - begun) * 1000
    plain = gzip.compress(CHART.sub(b"", gzip.decompress(sent)))
    return Weight(len(sent), len(plain), len(asked), taken)


def looks(folder: Path, number: int) -> tuple[Weight, Weight]:
    """The roster's page of so many people: at the first look, and at the next."""
    with migrated(folder) as database:
        log.configure("error", "console")
        room, roster_id = kept_roster(database, number)
        app = make_app(Settings(database_url="sqlite://", log_level="error"))
        app.state.house = house_on(database, Settings())
        browser = signed_in(TestClient(app), room.force.manager)
        browser.get(f"/rooms/{room.room_id}/rosters")
        desk._kept.clear()
        path = f"/rooms/{room.room_id}/rosters/{roster_id}"
        return weigh(browser, database, path), weigh(browser, database, path)


@pytest.mark.benchmark
def test_roster_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Print the page's size, queries and time; the queries do not grow with the people."""
    found = {number: looks(tmp_path_factory.mktemp("page"), number) for number in (30, 300)}
    print("\na roster's page over 28 days (goal 20 kB, charts apart):")
    for number, both in found.items():
        for look, each in zip(("first", "next"), both, strict=True):
            print(
                f"  {number:3} people, {look:5} look: {each.sent / 1000:5.1f} kB sent, "
                f"{each.plain / 1000:5.1f} kB without charts, {each.queries} queries, "
                f"{each.milliseconds:6.1f} ms"
            )
    assert [each.queries for each in found[30]] == [each.queries for each in found[300]]
