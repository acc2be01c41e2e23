"""A room with something on every page, and who reads them, for journeys through all pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from fastapi import FastAPI

from app import clock
from app.auth import service as auth
from app.auth.service import User
from app.db.transaction import Database
from app.demand import service as demand
from app.leave import service as leave
from app.main import house_on, make_app
from app.patterns import service as patterns
from app.people import service as people
from app.preferences import service as preferences
from app.rosters import service as rosters
from app.scenarios.values import CallsChange, PeopleChange
from app.settings import Settings
from forecasting.events import Event, Given
from rostering.problem import REST
from tests.app.auth.doors import Door, address, doors, things_of
from tests.app.rosters.rooms import PLAIN, Rostered, drafted, read, rostered, wishing
from tests.app.scenarios.rooms import CALLS, answered, ask, forecast, on_assumed_terms
from tests.app.web.kit import served
from tests.journeys.town import calls_csv, people_files

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
"""A month before the roster begins, while its round is open."""

PIECES = frozenset(
    {
        "/patterns",
        "/patterns/panel",
        "/rooms/{room_id}/patterns/judged",
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

NOT_FOR_READING = frozenset({"/health", "/ready", "/", "/sign-out", "/my/rules"})
"""Answers for machines, and doors that only lead elsewhere."""

ONCE = frozenset(
    {
        "/rooms/{room_id}/rosters/{roster_id}/proposal",
        "/rooms/{room_id}/what-if/{scenario_id}/use",
    }
)
"""Pages that one roster alone has, made again from what is published, or one question."""

CALLED = {
    "/guide/{key}": {"key": "wishes"},
    "/rooms/{room_id}/patterns/{key}": {"key": "{pattern_id}"},
    "/my/wishes/several/{wish_id}/change": {"wish_id": "{long_wish_id}"},
    "/rooms/{room_id}/what-if/{scenario_id}/use": {"scenario_id": "{usable_id}"},
}
"""What stands in an address under a name that means something else in others."""

ASKED = {
    "/rooms/{room_id}/rosters/compare": "?roster={published_id}&roster={roster_id}",
    "/my/wishes/new": "?round={round_id}&day=2027-01-07",
    "/my/wishes/several/new": "?round={round_id}&ask=times",
}
"""What an address needs behind it."""


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
                yield self._path(door, self.drafted)
                if door.path in ONCE:
                    continue
                if "{roster_id}" in door.path or "{scenario_id}" in door.path:
                    yield address(door, self.published)

    def cookies(self, who: str) -> dict[str, str]:
        """What the browser of somebody sends along; a stranger's sends nothing."""
        return {"parade": self.sessions[who]} if who in self.sessions else {}

    def _path(self, door: Door, things: Mapping[str, object]) -> str:
        called = {name: said.format(**things) for name, said in CALLED.get(door.path, {}).items()}
        return address(door, {**things, **called}) + ASKED.get(door.path, "").format(**things)


def is_page(door: Door) -> bool:
    """Whether somebody reads what is behind the door."""
    if door.method != "GET" or door.is_api or not door.actions:
        return False
    return door.path not in PIECES | NOT_FOR_READING


@contextmanager
def stand_on(database: Database) -> Iterator[Stand]:
    """The whole service, served for a room that has something on every page."""
    app = make_app(Settings(database_url="sqlite://", log_level="error"))
    app.state.house = house_on(database, Settings(attempts_per_address=10**9))
    with clock.stopped_at(NOW), served(app) as url:
        room = rostered(database)
        in_force, draft = rosters_of(database, room)
        things = things_of(database, room.force) | files_of(database, room)
        things |= said_of(database, room) | {"officer_id": room.officers[0].id, "what": "skills"}
        things |= questions_of(database, room)
        sessions = {
            "manager": session(database, room.force.manager),
            "officer": session(database, rostered_user(database, room)),
        }
        yield Stand(
            app,
            url,
            things | {"roster_id": draft, "published_id": in_force},
            things | {"roster_id": in_force, "scenario_id": things["waiting_id"]},
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


def questions_of(database: Database, room: Rostered) -> dict[str, object]:
    """A question that is answered beside the days as they are, one to use, and one that waits."""
    forecast(database, room.room_id, {"999": CALLS})
    on_assumed_terms(database)
    as_is = answered(database, room, days=2).scenario
    fewer, more = (PeopleChange(-5),), (CallsChange(1.5),)
    return {
        "scenario_id": answered(
            database, room, days=2, changes=fewer, against=as_is.id
        ).scenario.id,
        "usable_id": answered(database, room, changes=more).scenario.id,
        "waiting_id": ask(database, room)[0].id,
    }


def said_of(database: Database, room: Rostered) -> dict[str, object]:
    """What people told besides: an event, a pattern, an absence, and wishes of both sorts."""
    derby = Event("Derby", Given(((date(2027, 1, 8), date(2027, 1, 8)),)), 18 * 60, 240)
    written = patterns.PatternDetails("Round", "2E 2N 4R", "E 07:00-17:00, N 21:00-07:00")
    away = leave.AbsenceDetails("leave", date(2026, 11, 30), date(2026, 12, 8))
    times = preferences.LongWishDetails("times", 1, standing=True, weekdays=(1,), earliest=600)
    next_round = preferences.RoundDetails(date(2027, 2, 1), 14, datetime(2027, 1, 20, tzinfo=UTC))
    off = preferences.WishDetails(date(2027, 2, 3), wants=False, points=3)
    room_id, officer_id = room.room_id, room.officers[0].id
    with database.write() as transaction:
        event = demand.add_event(transaction, room_id, demand.EventDetails("sport", derby), room.by)
        absence = leave.record_absence(transaction, room_id, officer_id, away, room.by).absence
        asked = preferences.open_round(transaction, room_id, next_round)
        wishes = room_id, officer_id, asked.id
        return {
            "event_id": event.id,
            "pattern_id": patterns.add_pattern(transaction, room_id, written).id,
            "absence_id": absence.id,
            "wish_id": preferences.state_wish(transaction, *wishes, off).id,
            "long_wish_id": preferences.state_long_wish(transaction, *wishes, times).id,
        }


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
