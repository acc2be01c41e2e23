"""Every operation of the API, asked what its description allows and what it does not."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app import clock
from app.db.transaction import Database
from app.main import house_on, make_app
from app.preferences import service as preferences
from app.settings import Settings
from app.web.http import edge
from app.web.http.openapi import describe
from tests.app.auth.doors import things_of
from tests.app.callers import token
from tests.app.rosters.rooms import Rostered, drafted, rostered, wishing
from tests.app.scenarios.rooms import CALLS, answered, forecast

schemathesis = pytest.importorskip("schemathesis", reason="OPERATIONS NOT CHECKED: no schemathesis")

if TYPE_CHECKING:
    from requests import Session
    from schemathesis.generation.case import Case
    from schemathesis.schemas import APIOperation, BaseSchema

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
"""Before the wishes of the room's round close."""

FEW, MANY = 3, 200
"""Examples of an operation: at each change, and by night."""

TOLD_FOREVER = frozenset({"/api/v1/rooms/{room_id}/jobs/{job_id}/events"})
"""Answers that end with their job; tests of jobs read them."""

FOR_ANYONE = frozenset({"/api/v1/openapi.json"})
"""Answers that a stranger gets too."""

UNREAD = frozenset({400, 413, 422})
"""Answers to a body that cannot be read at all, whoever sends it: nobody has been asked yet."""

METHODS = ("get", "post", "put", "patch", "delete")
"""What takes away comes last, so that the others find what they ask for."""


@dataclass(frozen=True, slots=True)
class Stand:
    """The service with a room that has everything once, and those who ask.

    Attributes:
        things: what stands in paths, by parameter.
        manager: headers of who may do everything in the force.
        officer: headers of somebody rostered, for operations of one's own.
    """

    schema: BaseSchema
    session: Session
    things: Mapping[str, object]
    manager: Mapping[str, str]
    officer: Mapping[str, str]

    def operations(self) -> list[APIOperation]:
        """Every operation, in an order that keeps things until the end."""
        every = [found.ok() for found in self.schema.get_all_operations()]
        asked = [each for each in every if each.path not in TOLD_FOREVER]
        return sorted(asked, key=lambda each: METHODS.index(each.method))

    def caller(self, operation: APIOperation) -> Mapping[str, str]:
        """Who may ask for the operation."""
        own = operation.path.startswith("/api/v1/me/")
        return self.officer if own else self.manager


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The service with all its doors."""
    return make_app(Settings(database_url="sqlite://", log_level="error"))


@pytest.fixture
def stand(app: FastAPI, database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """The service at work on a room that has everything once."""
    from schemathesis.python.asgi import get_client  # noqa: PLC0415 - only where it is installed

    app.state.house = house_on(database, Settings(attempts_per_address=10**9))
    monkeypatch.setattr(edge, "tell_fault", raise_fault)
    with clock.stopped_at(NOW):
        room = rostered(database)
        things = filled(database, room)
        schema = schemathesis.openapi.from_dict(describe(app))
        schema.app = app
        with get_client(app) as session:
            yield Stand(
                schema,
                session,
                things,
                token(database, room.force.administrator),
                token(database, room.force.officer),
            )


def raise_fault(_: str, error: Exception) -> None:
    """Let a fault of the service be told as what it is."""
    raise error


def filled(database: Database, room: Rostered) -> dict[str, object]:
    """Wishes, a draft and a question about it; what stands in paths for things of the room."""
    wish = preferences.WishDetails(date(2027, 1, 6), wants=False, points=3)
    wishing(database, room, [(0, wish)])
    roster = drafted(database, room)
    forecast(database, room.room_id, {"999": CALLS})
    scenario = answered(database, room, roster_id=roster.id).scenario
    token(database, room.force.system)
    own = {
        "user_id": room.force.system.id,
        "officer_id": room.officers[0].id,
        "roster_id": roster.id,
        "scenario_id": scenario.id,
        "other": scenario.id,
        "day": "2027-01-06",
        "code": "E",
    }
    return things_of(database, room.force) | own


def cases(operation: APIOperation, things: Mapping[str, object]) -> st.SearchStrategy[Case]:
    """Requests that keep the description or break it; half of them about things that there are."""
    kept = operation.as_strategy()
    broken = operation.as_strategy(schemathesis.GenerationMode.NEGATIVE)
    return st.builds(about, st.one_of(kept, kept, broken), st.just(things), st.booleans())


def about(case: Case, things: Mapping[str, object], real: bool) -> Case:
    """The request as it is, or about things that there are."""
    if real:
        for values in (case.path_parameters, case.query):
            values.update({name: str(things[name]) for name in values if name in things})
        if any(name.lower() == "if-match" for name in case.headers):
            case.headers["if-match"] = '"1"'
    return case


def faults(stand: Stand, operation: APIOperation, examples: int) -> list[str]:
    """What is wrong with an operation's answers, to a stranger and to who may ask."""
    kept = schemathesis.checks
    checks = [
        kept.not_a_server_error,
        kept.status_code_conformance,
        kept.content_type_conformance,
        kept.response_headers_conformance,
        kept.response_schema_conformance,
    ]

    refusals = {401, *UNREAD} if operation.body else {401}

    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(case=cases(operation, stand.things))
    def ask(case: Case) -> None:
        refused = case.call(session=stand.session)
        case.validate_response(refused, checks=checks)
        assert operation.path in FOR_ANYONE or refused.status_code in refusals
        answer = case.call(session=stand.session, headers=dict(stand.caller(operation)))
        case.validate_response(answer, checks=checks)

    try:
        ask()
    except Exception as error:  # noqa: BLE001 - every operation is told of, not the first alone
        return [f"{operation.label}: {words}" for words in told(error)]
    return []


def told(error: BaseException) -> Iterator[str]:
    """What was found: each failure in words, or a fault of the service with its place."""
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from told(each)
    else:
        last = traceback.extract_tb(error.__traceback__)[-1]
        yield f"{type(error).__name__}: {error} ({last.filename}:{last.lineno})"


def all_faults(stand: Stand, examples: int) -> list[str]:
    """What is wrong with any operation's answers."""
    found = (faults(stand, each, examples) for each in stand.operations())
    return list(chain.from_iterable(found))


@pytest.mark.parametrize("kind", ["sqlite"])
def test_every_answer_is_as_described(stand: Stand) -> None:
    """Asked a few times, no operation fails, and none answers what the description does not know.

    A stranger hears 401, unless what was sent cannot even be read.
    """
    assert all_faults(stand, FEW) == []


@pytest.mark.nightly
def test_every_answer_is_as_described_whatever_is_asked(stand: Stand) -> None:
    """The same of many requests, on each kind of database."""
    assert all_faults(stand, MANY) == []
