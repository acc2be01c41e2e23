"""How long seventeen weeks of a room's shifts take to be told, beside reading them once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest

from app.db.engine import open_engine
from app.db.migrate import upgrade
from app.db.transaction import Database
from app.people import service as people
from app.people.service import OfficerDetails, PastShift, Span
from tests.app.postgres import new_database, server_url

OFFICERS, DAYS = 300, 119
FIRST = datetime(2026, 1, 5, 7, tzinfo=UTC)
SPAN = Span(FIRST, FIRST + timedelta(days=DAYS))


@pytest.mark.benchmark
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_seventeen_weeks_of_shifts(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Told first, told again, and all of them otherwise: printed in seconds."""
    if kind == "sqlite":
        _measure(f"sqlite:///{tmp_path_factory.mktemp('people') / 'parade.sqlite'}")
    else:
        with new_database(server_url("bench")) as server:
            _measure(server.render_as_string(hide_password=False))


def _measure(url: str) -> None:
    engine = open_engine(url, busy_seconds=15)
    upgrade(engine)
    database = Database(engine)
    with database.write() as transaction:
        force = people.create_force(transaction, "Borsetshire")
        room = people.create_room(transaction, force.id, "North", "Europe/London", 420)
        whose = [
            people.add_officer(transaction, room.id, _details(number)).id
            for number in range(OFFICERS)
        ]
    shifts = [
        PastShift(officer_id, start, start + timedelta(hours=9), "early", "E")
        for officer_id in whose
        for start in (FIRST + timedelta(days=day) for day in range(DAYS) if day % 10 < 7)
    ]
    otherwise = [PastShift(s.officer_id, s.start, s.end, "day", "D") for s in shifts]
    print(f"\n{url.partition(':')[0]}: {len(shifts)} shifts of {OFFICERS} officers")
    for words, told in (("first", shifts), ("again", shifts), ("all otherwise", otherwise)):
        began = perf_counter()
        with database.write() as transaction:
            people.set_history(transaction, room.id, "worked", whose, SPAN, told)
        print(f"  told {words}: {perf_counter() - began:.2f} s")
    began = perf_counter()
    with database.read() as reading:
        assert len(people.history(reading, room.id, "worked", SPAN)) == len(shifts)
    print(f"  read: {perf_counter() - began:.2f} s")
    engine.dispose()


def _details(number: int) -> OfficerDetails:
    return OfficerDetails(str(number), f"Officer {number}", "SO1", "staff", date(2020, 1, 6))
