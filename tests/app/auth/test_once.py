"""A creating POST with an Idempotency-Key does its work once, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI, Response
from fastapi.testclient import TestClient

from app import clock
from app.auth import service
from app.auth.guard import Once, OnceOnly, Visit, allow
from app.db.transaction import Database, Transaction
from app.errors import Conflict
from app.main import make_app
from app.people import service as people
from app.settings import Settings
from app.web.http.answers import created
from app.web.http.schema import Answer, Strict
from tests.app.callers import Staffed, token

PATH = "/api/v1/test/teams"


class NewTeam(Strict):
    """A team to make; one called Broken is made and then fails."""

    name: str


class TeamAnswer(Answer):
    """A team."""

    id: UUID
    name: str


@pytest.fixture
def app(database: Database) -> FastAPI:
    """An app of one's own, to add a door to."""
    return make_app(Settings(), database)


@pytest.fixture
def asked(app: FastAPI, force: Staffed) -> list[str]:
    """A door that makes teams in the app, and what it was asked for."""
    router, names = APIRouter(), []

    @router.post(PATH)
    def make(body: NewTeam, visit: Annotated[Visit, allow("me.change")], once: Once) -> Response:
        def work(transaction: Transaction) -> Response:
            names.append(body.name)
            team = people.create_team(transaction, force.room.id, body.name)
            if body.name == "Broken":
                raise Conflict("Broken on purpose.")
            return created(TeamAnswer.model_validate(team), f"{PATH}/{team.id}", etag=1)

        return once(visit, work)

    app.include_router(router)
    return names


@pytest.fixture
def headers(database: Database, force: Staffed) -> dict[str, str]:
    """The system's token and a key."""
    return token(database, force.system) | {"Idempotency-Key": "one"}


@pytest.fixture
def made(database: Database, force: Staffed) -> Iterator[list[str]]:
    """The names of the teams that stand at the end."""
    names: list[str] = []
    yield names
    with database.read() as reading:
        assert [team.name for team in people.teams(reading, force.room.id)] == names


def test_the_same_key_gets_the_same_answer(
    client: TestClient, asked: list[str], headers: dict[str, str], made: list[str]
) -> None:
    """Sent again, nothing is done and the answer is the first to the letter."""
    made.append("Blue")
    first, second = (client.post(PATH, json={"name": "Blue"}, headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code, asked) == (201, 201, ["Blue"])
    for part in ("location", "etag", "content-type"):
        assert first.headers[part] == second.headers[part]
    assert first.content == second.content


def test_a_key_is_for_one_request(
    client: TestClient, asked: list[str], headers: dict[str, str], made: list[str]
) -> None:
    """With another body the key is refused, and nothing is done."""
    made.append("Blue")
    client.post(PATH, json={"name": "Blue"}, headers=headers)
    answer = client.post(PATH, json={"name": "Red"}, headers=headers)
    assert (answer.status_code, asked) == (422, ["Blue"])
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_a_key_is_its_callers_own(
    client: TestClient, asked: list[str], headers: dict[str, str], made: list[str],
    database: Database, force: Staffed,
) -> None:  # fmt: skip
    """Another caller's same key is another key."""
    made += ["Blue", "Red"]
    client.post(PATH, json={"name": "Blue"}, headers=headers)
    others = headers | token(database, force.manager)
    assert client.post(PATH, json={"name": "Red"}, headers=others).status_code == 201


def at_work(database: Database, force: Staffed) -> tuple[Visit, OnceOnly, service.Claim]:
    """A request of the system's, and the claim of the same request that is at work before it."""
    house, user = make_app(Settings(), database).state.house, force.system
    with database.write() as transaction:
        claim = service.claim_key(transaction, user.id, "one", "asked", house.settings)
        caller = service.caller_of(transaction, user.id)
    assert isinstance(claim, service.Claim)
    assert caller is not None
    return Visit(caller, "me.change", house), OnceOnly("one", "asked"), claim


def test_while_it_is_at_work_the_key_is_refused(database: Database, force: Staffed) -> None:
    """A second request under the key, before the first is answered, is told to wait."""
    visit, once, _ = at_work(database, force)
    with pytest.raises(Conflict, match="at work just now"):
        once(visit, lambda _: Response())


def test_a_dead_requests_key_is_taken_over(database: Database, force: Staffed) -> None:
    """After a while another may work under the key; the first can then do nothing any more."""
    visit, once, claim = at_work(database, force)
    later = clock.now() + timedelta(seconds=visit.settings.idempotency_claim_seconds + 1)
    with clock.stopped_at(later):
        assert once(visit, lambda _: Response(status_code=201)).status_code == 201
    answer = service.KeptAnswer(201, {}, b"")
    with database.write() as transaction, pytest.raises(Conflict, match="too long"):
        service.keep_answer(transaction, claim, answer)


def test_what_failed_may_be_asked_again(
    client: TestClient, asked: list[str], headers: dict[str, str], made: list[str]
) -> None:
    """A failure leaves nothing behind: neither the effect nor the key."""
    made.append("Blue")
    for _ in range(2):
        answer = client.post(PATH, json={"name": "Broken"}, headers=headers)
        assert answer.json()["detail"] == "Broken on purpose."
    assert client.post(PATH, json={"name": "Blue"}, headers=headers).status_code == 201


def test_keys_are_kept_for_a_day(
    client: TestClient, asked: list[str], headers: dict[str, str], made: list[str]
) -> None:
    """After it the same key makes a new thing."""
    made += ["Blue", "Red"]
    client.post(PATH, json={"name": "Blue"}, headers=headers)
    later = clock.now() + timedelta(hours=Settings().idempotency_hours, minutes=1)
    with clock.stopped_at(later):
        assert client.post(PATH, json={"name": "Red"}, headers=headers).status_code == 201


def test_without_a_key_everything_is_done(
    client: TestClient, asked: list[str], headers: dict[str, str], made: list[str]
) -> None:
    """Two requests make two things."""
    made += ["Blue", "Red"]
    del headers["Idempotency-Key"]
    for name in made:
        assert client.post(PATH, json={"name": name}, headers=headers).status_code == 201
