"""Whatever goes wrong is told as a problem to systems and as a page to people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import pytest
import structlog
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from pydantic import Field
from structlog.testing import capture_logs

import rostering.errors
from app.auth.guard import allow_anyone
from app.db.transaction import Database
from app.errors import Conflict, TooMany
from app.main import make_app
from app.settings import Settings
from app.web.http.edge import Edge
from app.web.http.schema import Strict

SECRET = "Sam Field 07700 900123"  # noqa: S105 - a name and a number


Anyone = Annotated[object, allow_anyone()]


class Breaking(Conflict):
    """A refusal with the breaches it would make."""

    breaches = ("At most 7 days in a row.",)


class Thing(Strict):
    """A thing with a number."""

    number: int
    parts: Annotated[tuple[int, ...], Field(min_length=1)] | None = None


@pytest.fixture
def app(database: Database) -> Iterator[FastAPI]:
    """The service with doors at which things go wrong."""
    app, router = make_app(Settings(body_bytes=1000), database), APIRouter()

    @router.get("/api/wrong/{kind}")
    @router.get("/wrong/{kind}")
    def wrong(kind: str, _: Anyone) -> None:
        raise {
            "fault": RuntimeError(SECRET),
            "breach": Breaking("That would break a rule."),
            "library": rostering.errors.InputError("shifts.csv: nothing in it."),
            "often": TooMany("Wait.", 7),
        }[kind]

    @router.post("/api/things")
    def things(body: Thing) -> int:
        return body.number

    app.include_router(router)
    yield app
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """Somebody at the doors, who gets what the world gets."""
    return TestClient(app, follow_redirects=False)


def test_a_fault_tells_nothing_but_its_id(client: TestClient) -> None:
    """500 with an id to quote; what happened is neither in the answer nor in the log."""
    with capture_logs() as logs:
        answer = client.get("/api/wrong/fault", params={"name": SECRET})
        shown = client.get("/wrong/fault")
    number = answer.headers["X-Request-Id"]
    assert (answer.status_code, answer.json()["id"]) == (500, number)
    assert (shown.status_code, shown.headers["X-Request-Id"] in shown.text) == (500, True)
    assert SECRET not in answer.text + shown.text
    told = [entry for entry in logs if entry["event"] == "fault"]
    assert [entry["kind"] for entry in told] == ["RuntimeError", "RuntimeError"]
    assert told[0]["request_id"] == number
    assert any("test_problems.py" in frame for frame in told[0]["where"])
    open_logs = [entry for entry in logs if entry["log_level"] != "debug"]
    assert SECRET not in str(open_logs)


def test_requests_are_logged_by_their_route(client: TestClient) -> None:
    """Neither the address nor the query nor the form is in the log."""
    with capture_logs() as logs:
        client.get("/api/wrong/often", params={"name": SECRET})
        client.post("/sign-in", data={"name": SECRET, "password": SECRET})
        client.get(f"/nowhere/{SECRET}")
    assert [(entry["route"], entry["status"]) for entry in logs if entry["event"] == "request"] == [
        ("/api/wrong/{kind}", 429), ("/sign-in", 403), ("none", 404),
    ]  # fmt: skip
    assert SECRET not in str(logs)
    assert "Sam" not in str(logs)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/nowhere", 404), ("DELETE", "/api/v1/me", 405), ("GET", "/nowhere", 404)],
)
def test_nothing_there_is_told_in_the_askers_form(
    client: TestClient, method: str, path: str, status: int
) -> None:
    """A problem under /api, a page elsewhere; both with their status."""
    answer = client.request(method, path)
    kind = "application/problem+json" if path.startswith("/api/") else "text/html"
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith(kind)
    if kind != "text/html":
        assert answer.json().keys() == {"type", "title", "status", "detail"}


def test_members_extend_a_problem(client: TestClient) -> None:
    """Breaches, fields at fault, and when to come back."""
    assert client.get("/api/wrong/breach").json()["breaches"] == ["At most 7 days in a row."]
    assert client.get("/api/wrong/library").json()["errors"] == [
        {"field": "body", "words": "shifts.csv: nothing in it."}
    ]
    assert client.get("/api/wrong/often").headers["Retry-After"] == "7"


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ("{", "body", "This is not JSON."),
        ("{}", "number", "Say this; it is needed."),
        ('{"number": false}', "number", "Give a whole number."),
        ('{"number": 1, "nmae": 2}', "nmae", "This is not known here"),
        ("[]", "body", "Give a JSON object"),
        ('{"number": 1, "parts": [false]}', "parts[0]", "Give a whole number."),
        ('{"number": 1, "parts": []}', "parts", "Give at least 1."),
    ],
)
def test_fields_at_fault_are_named_in_plain_words(
    client: TestClient, body: str, field: str, words: str
) -> None:
    """Every place, and what to do; never the value."""
    headers = {"Content-Type": "application/json"}
    answer = client.post("/api/things", content=body, headers=headers)
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["field"]) == (422, field)
    assert fault["words"].startswith(words)


@pytest.mark.parametrize("declared", [True, False])
def test_too_much_is_refused(client: TestClient, declared: bool) -> None:
    """A body over the limit is a problem, whether or not its size is said beforehand."""
    content = b"x" * 2000 if declared else iter([b"x" * 1000, b"x" * 1000])
    headers = {"Content-Type": "application/json"}
    answer = client.post("/api/things", content=content, headers=headers)
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_every_answer_carries_its_guards(client: TestClient) -> None:
    """Faults and refusals included: no guessing of types, no frames, no caches, a number."""
    for path in ("/health", "/api/nowhere", "/wrong/fault", "/sign-in", "/api/wrong/fault"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"], path
        assert headers["Cache-Control"] == "no-store", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert "Strict-Transport-Security" not in headers, path


def test_https_is_kept_to(database: Database) -> None:
    """Where browsers come by https they are told to stay with it."""
    client = TestClient(make_app(Settings(https=True), database))
    assert "max-age=63072000" in client.get("/health").headers["Strict-Transport-Security"]


@pytest.mark.parametrize("https", [True, False])
def test_every_cookie_goes_back_over_https_alone(database: Database, https: bool) -> None:
    """The theme and the note, which may name people, as well as the session."""
    client = TestClient(make_app(Settings(https=https), database), follow_redirects=False)
    client.base_url = "https://testserver"
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/sign-in").text)
    assert found
    answers = [
        client.get("/sign-in"),
        client.post("/theme", data={"csrf": found[1], "theme": "dark"}),
        client.post("/patterns/keep", data={"csrf": found[1]}),
    ]
    cookies = [each for answer in answers for each in answer.headers.get_list("set-cookie")]
    assert len(cookies) == 3
    for cookie in cookies:
        assert cookie.count("Secure") == int(https), cookie


def test_long_answers_are_compressed(client: TestClient) -> None:
    """The description of the API travels small."""
    assert client.get("/api/v1/openapi.json").headers["Content-Encoding"] == "gzip"


def test_ready_says_what_is_missing(client: TestClient, database: Database) -> None:
    """Live without a database; ready only with one at the newest migration."""
    assert client.get("/ready").json() == {"status": "ready"}
    with database.write() as transaction:
        transaction.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    answer = client.get("/ready")
    assert (answer.status_code, "parade migrate" in answer.text) == (503, True)
    assert client.get("/health").status_code == 200


def test_a_slash_too_many_leads_nowhere(client: TestClient) -> None:
    """There is one address for each thing, and none is made of the host that the asker names."""
    for path in ("/sign-in/", "/api/v1/me/", "/static"):
        answer = client.get(path, headers={"Host": "elsewhere.example"})
        assert (answer.status_code, "location" in answer.headers) == (404, False), path


def test_the_edge_is_outermost(app: FastAPI) -> None:
    """Nothing is answered around it."""
    assert isinstance(app.build_middleware_stack(), Edge)
