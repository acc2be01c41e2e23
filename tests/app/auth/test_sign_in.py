"""Signing in and out: what is set, what is refused, and that both kinds of wrong sound the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import cast

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.auth import checks, service
from app.auth.pages import own_path
from app.db.transaction import Database
from app.main import make_app
from app.settings import Settings
from tests.app.callers import Staffed, signed_in, staffed

PASSWORD = "three quiet lanterns"  # noqa: S105 - nobody's
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force whose manager has a password."""
    made = staffed(database)
    with database.write() as transaction:
        service.set_password(transaction, made.manager.id, PASSWORD)
    return made


def form_token(client: TestClient, path: str = "/sign-in") -> str:
    """The token of the forms of a page."""
    found = CSRF.search(client.get(path).text)
    assert found is not None
    return found[1]


def sign_in(
    client: TestClient, force: Staffed, password: str = PASSWORD, **fields: str
) -> Response:
    """Fill in the form and send it."""
    form = {"name": force.manager.sign_in_name, "password": password, "csrf": form_token(client)}
    return cast("Response", client.post("/sign-in", data=form | fields))


def test_a_person_signs_in_and_out(client: TestClient, force: Staffed) -> None:
    """Name and password let in; signed out, the same browser is asked to sign in again."""
    answer = sign_in(client, force)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/").headers["location"] == f"/rooms/{force.room.id}/today"
    assert client.post("/sign-out", data={"csrf": form_token(client, "/me")}).status_code == 303
    assert client.get("/me").headers["location"].endswith("/sign-in?next=%2Fme")


def test_officers_begin_with_their_shifts(client: TestClient, force: Staffed) -> None:
    """The first page of an officer is their own shifts; an administrator's a room's day."""
    assert signed_in(client, force.officer).get("/").headers["location"] == "/my/shifts"
    first = signed_in(client, force.administrator).get("/").headers["location"]
    assert first == f"/rooms/{force.room.id}/today"


def test_wrong_names_and_wrong_passwords_sound_the_same(
    client: TestClient, force: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown, without a password, not active, or wrong: one answer, one hash looked at."""
    hashes: list[bool] = []
    fits = checks.password_fits

    def counted(password: str, kept: str | None) -> bool:
        hashes.append(kept is not None)
        return fits(password, kept)

    monkeypatch.setattr("app.auth.service.sessions.password_fits", counted)
    texts = set()
    for name in ("nobody.here", force.officer.sign_in_name, force.manager.sign_in_name):
        answer = sign_in(client, force, "not the password", name=name)
        assert answer.status_code == 422
        shown = answer.text.replace(name, "NAME")
        texts.add(re.sub(r'(content|value)="[\w=-]{80,}"', "", shown))
    assert len(texts) == 1
    assert hashes == [False, False, True]


def test_who_is_not_active_cannot_sign_in_nor_go_on(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """The session of one who is let in no more ends at once, and the password is of no use."""
    browser = signed_in(client, force.manager)
    with database.write() as transaction:
        service.change_user(transaction, force.manager.id, 1, active=False)
    assert browser.get("/api/v1/me").status_code == 401
    assert sign_in(client, force).status_code == 422


def test_attempts_under_one_name_are_slowed_down(client: TestClient, force: Staffed) -> None:
    """After five wrong ones even the right password has to wait, and is told how long."""
    for _ in range(Settings().attempts_per_name):
        assert sign_in(client, force, "wrong, wrong").status_code == 422
    answer = sign_in(client, force)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    assert "Wait 5 minutes" in answer.text


def test_attempts_from_one_address_are_slowed_down(database: Database, force: Staffed) -> None:
    """Trying name after name is slowed down too; those who mistype now and then are not."""
    client = TestClient(make_app(Settings(attempts_per_address=3), database))
    statuses = [sign_in(client, force, "wrong, wrong", name=f"n{i}").status_code for i in range(4)]
    assert statuses == [422, 422, 422, 429]


def test_a_right_password_forgets_the_wrong_ones(client: TestClient, force: Staffed) -> None:
    """Four mistakes, then success, and four more mistakes: nobody is held up."""
    for _ in range(2):
        for _ in range(Settings().attempts_per_name - 1):
            sign_in(client, force, "wrong, wrong")
        assert sign_in(client, force).status_code == 303
        client.cookies.clear()


def test_a_session_cannot_be_fixed(client: TestClient, force: Staffed) -> None:
    """Whatever secret the browser came with, signing in makes a new one."""
    form_token(client)
    before = client.cookies["parade"]
    sign_in(client, force)
    assert client.cookies["parade"] != before
    stranger = TestClient(client.app, follow_redirects=False)
    stranger.cookies.set("parade", before)
    assert stranger.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("https", [False, True])
def test_the_cookie_is_out_of_reach(database: Database, force: Staffed, https: bool) -> None:
    """HttpOnly, SameSite=Lax, the whole host's; over https Secure and bound to the host."""
    base = "https://testserver" if https else "http://testserver"
    client = TestClient(make_app(Settings(https=https), database), base, follow_redirects=False)
    said = sign_in(client, force).headers["set-cookie"]
    assert said.startswith("__Host-parade=" if https else "parade=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(said.split("; "))
    assert ("Secure" in said) is https
    assert "Domain" not in said


def test_a_form_of_elsewhere_is_refused(client: TestClient, force: Staffed) -> None:
    """No token, a made-up one, another browser's, or a page of another site: nothing is done."""
    other = TestClient(client.app)
    form_token(client)
    foreign = form_token(other)
    for token in ("", "x", "%%%", foreign):
        fields = {"name": force.manager.sign_in_name, "password": PASSWORD, "csrf": token}
        assert client.post("/sign-in", data=fields).status_code == 403
    own = form_token(client)
    fields = {"name": force.manager.sign_in_name, "password": PASSWORD, "csrf": own}
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/sign-in", data=fields, headers=elsewhere).status_code == 403
    browser = signed_in(client, force.manager)
    del browser.headers["X-CSRF-Token"]
    assert browser.post("/sign-out", data={"csrf": own}).status_code == 403
    assert browser.get("/api/v1/me").status_code == 200


def test_tokens_of_forms_are_masked(client: TestClient) -> None:
    """Each page carries another token, so that compression does not give it away; all fit."""
    tokens = {form_token(client) for _ in range(3)}
    assert len(tokens) == 3
    assert all(service.csrf_fits(client.cookies["parade"], token) for token in tokens)


def test_sessions_end_by_themselves(client: TestClient, force: Staffed) -> None:
    """After an idle hour; after twelve hours, however busy."""
    settings, now = Settings(), clock.now()
    idle = timedelta(minutes=settings.session_idle_minutes)
    with clock.stopped_at(now):
        left, busy = signed_in(client, force.manager), signed_in(client, force.manager)
    step, last = idle * 0.9, now
    while last + step < now + timedelta(hours=settings.session_hours):
        last += step
        with clock.stopped_at(last):
            assert busy.get("/api/v1/me").status_code == 200
    with clock.stopped_at(now + idle):
        assert left.get("/api/v1/me").status_code == 401
    with clock.stopped_at(now + timedelta(hours=settings.session_hours)):
        assert busy.get("/api/v1/me").status_code == 401


def test_sign_out_everywhere(client: TestClient, force: Staffed) -> None:
    """Every browser of the person is signed out, nobody else's."""
    here, there = signed_in(client, force.manager), signed_in(client, force.manager)
    other = signed_in(client, force.officer)
    here.post("/sign-out", data={"everywhere": "yes"})
    assert [b.get("/api/v1/me").status_code for b in (here, there, other)] == [401, 401, 200]


def test_a_changed_password_signs_the_others_out(client: TestClient, force: Staffed) -> None:
    """The old password is asked for; then this browser stays, the others go."""
    here, there = signed_in(client, force.manager), signed_in(client, force.manager)
    new = "four loud trumpets"
    fields = {"present": "not the password", "new": new, "again": new}
    assert here.post("/me/password", data=fields).status_code == 422
    fields["present"] = PASSWORD
    assert here.post("/me/password", data=fields | {"again": "x"}).status_code == 422
    assert here.post("/me/password", data=fields | {"new": "x", "again": "x"}).status_code == 422
    assert there.get("/api/v1/me").status_code == 200
    assert here.post("/me/password", data=fields).status_code == 303
    assert [b.get("/api/v1/me").status_code for b in (here, there)] == [200, 401]
    assert sign_in(client, force).status_code == 422
    assert sign_in(client, force, new).status_code == 303


def test_an_outdated_hash_is_renewed(
    client: TestClient, database: Database, force: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hash made with other numbers is made anew when its owner signs in, and still fits."""
    with database.read() as reading:
        before = service.check_password(reading, force.manager.sign_in_name, PASSWORD)
    assert before is not None
    assert not before.rehash
    stronger = checks.PasswordHasher(time_cost=checks.HASHER.time_cost + 1)
    monkeypatch.setattr(checks, "HASHER", stronger)
    assert sign_in(client, force).status_code == 303
    with database.read() as reading:
        after = service.check_password(reading, force.manager.sign_in_name, PASSWORD)
    assert after is not None
    assert not after.rehash


def test_after_signing_in_one_is_where_one_wanted(client: TestClient, force: Staffed) -> None:
    """The page that asked to sign in is where one comes; another host never."""
    asked = client.get("/me?tab=1").headers["location"]
    assert asked.endswith("/sign-in?next=%2Fme%3Ftab%3D1")
    assert sign_in(client, force, next="/me?tab=1").headers["location"] == "/me?tab=1"
    client.cookies.clear()
    assert sign_in(client, force, next="//elsewhere.example/me").headers["location"] == "/"


@pytest.mark.parametrize(
    "path",
    ["//host/x", "/\\host", "\\/host", "https://host/", "http:/host", "javascript:alert(1)", "",
     "host", "/x\r\nSet-Cookie: a=b", "/\t/host", "///host", "/\x00"],
)  # fmt: skip
def test_another_host_is_never_next(path: str) -> None:
    """Whatever a browser might take for another host is the first page."""
    assert own_path(path) == "/"


@given(st.text())
def test_next_is_always_a_path(path: str) -> None:
    """No text whatever leads off this host, or breaks a header."""
    own = own_path(path)
    assert own.startswith("/")
    assert not own.startswith(("//", "/\\"))
    assert own.isprintable()
    assert own in {path, "/"}


@given(st.binary(min_size=1).map(bytes.hex), st.text())
def test_no_made_up_form_token_fits(secret: str, token: str) -> None:
    """Only what was made for a secret fits it."""
    assert service.csrf_fits(secret, service.csrf_token(secret))
    assert not service.csrf_fits(secret, token)
    assert not service.csrf_fits(secret, service.csrf_token(secret + "0"))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hash with small numbers, so that tests do not wait; what is tested does not hang on them."""
    monkeypatch.setattr(checks, "HASHER", checks.PasswordHasher(1, 8, 1))
    checks._nobodys.cache_clear()
    yield
    checks._nobodys.cache_clear()


def test_hashes_are_argon2id_with_recommended_numbers() -> None:
    """The numbers in use are no weaker than those of RFC 9106 for little memory."""
    hasher = checks.PasswordHasher()
    assert (hasher.type.name, hasher.memory_cost >= 65536, hasher.time_cost >= 3) == (
        "ID", True, True,
    )  # fmt: skip
