"""Pages in their frame: what is sent with them, who sees which places, notes, themes, files."""

from __future__ import annotations

import base64
import re
from collections import Counter
from html.parser import HTMLParser
from uuid import UUID

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from app.errors import InvalidInput, Place
from app.web import static_files
from app.web.render import template_folders
from app.web.shell import RoomChoice, Shell, faults, page, redirect
from tests.app.web.kit import MANAGER, OFFICER, OTHER, ROOM, make_kit

EVIL = "</title><script>alert(1)</script>\"'"


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Asks the kit, following no redirect."""
    return TestClient(make_kit(), follow_redirects=False)


def answering(answer: Response) -> TestClient:
    """A service that gives one answer at `/there`, and a page at `/`."""
    app = FastAPI()

    @app.get("/there")
    def there() -> Response:
        return answer

    @app.get("/")
    def first(request: Request) -> Response:
        return page(request, "error.html", title="Here", words="w", status_words="", number="")

    return TestClient(app, follow_redirects=False)


def test_a_page_is_sent_under_a_strict_policy(client: TestClient) -> None:
    """Nothing inline, nothing from elsewhere, no frame, kept by no cache."""
    answer = client.get("/patterns")
    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("who", ["manager", "officer", "nobody"])
def test_nothing_on_a_page_needs_more_than_the_policy_allows(client: TestClient, who: str) -> None:
    """No inline style, script or handler stands in any component; no address leads elsewhere."""
    text = client.get(f"/patterns?as={who}").text
    assert not re.search(r"<[^>]+ style=", text)
    assert not re.search(r"<[^>]+ on[a-z]+=", text)
    assert not re.search(r"<style|https?://", text)
    assert re.findall(r"<script[^>]*>(.*?)</script>", text) == [""]


class Ids(HTMLParser):
    """Collects ids, and what refers to them."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.used: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        held = dict(attrs)
        self.ids += [held["id"] or ""] if "id" in held else []
        for name in ("for", "aria-describedby", "aria-labelledby", "data-opens"):
            self.used |= set((held.get(name) or "").split())
        if (held.get("href") or "").startswith("#f-"):
            self.used.add((held["href"] or "")[1:])


def test_ids_are_unique_and_every_label_hint_and_error_leads_to_its_field(
    client: TestClient,
) -> None:
    """Whatever refers to an id finds it, once."""
    found = Ids()
    found.feed(client.get("/patterns").text)
    assert [name for name, many in Counter(found.ids).items() if many > 1] == []
    assert found.used - set(found.ids) == set()


def test_every_form_that_changes_something_carries_the_token(client: TestClient) -> None:
    """A form of method post without the token would be refused."""
    forms = re.findall(
        r'<form[^>]*method="post".*?</form>', client.get("/patterns").text, re.DOTALL
    )
    assert forms
    assert [form for form in forms if 'name="csrf" value="token"' not in form] == []


def test_the_place_of_the_page_is_current() -> None:
    """The longest address that begins the page's own is current, and only that one."""
    places = MANAGER.places(f"/rooms/{ROOM.id}/rosters/{UUID(int=9)}")
    assert [place.label for place in places if place.current] == ["Rosters"]
    assert [place.label for place in MANAGER.places("/patterns") if place.current] == []
    assert [place.label for place in OFFICER.places("/me") if place.current] == ["Me"]


@pytest.mark.parametrize(
    ("shell", "labels"),
    [
        (Shell(), []),
        (OFFICER, ["Shifts", "Wishes", "Leave", "Me"]),
        (
            MANAGER,
            [
                *("Today", "Demand", "Cover", "Rosters", "What-if", "People"),
                *("Wishes", "Leave", "Rules"),
            ],
        ),
        (Shell("A", "administrator"), []),
    ],
)
def test_each_role_has_its_places(shell: Shell, labels: list[str]) -> None:
    """Nobody has none, an officer own things, a manager those of the room."""
    assert [place.label for place in shell.places("/")] == labels


def test_another_room_is_opened_at_the_same_place() -> None:
    """From a list of rosters to the other room's list, never to a roster of this one."""
    path = f"/rooms/{ROOM.id}/rosters/{UUID(int=9)}"
    assert MANAGER.in_room(OTHER, path) == f"/rooms/{OTHER.id}/rosters"
    assert MANAGER.in_room(OTHER, "/me") == f"/rooms/{OTHER.id}/today"


@pytest.mark.parametrize(
    ("name", "initials"),
    [("R. Okafor", "RO"), ("Gill, Owen", "OG"), ("Demo", "D"), ("Ann Mary Lee", "AL"), ("", "")],
)
def test_initials_are_of_first_and_last_name(name: str, initials: str) -> None:
    """Names stand either way round."""
    assert Shell(name).initials == initials


def test_names_come_out_harmless() -> None:
    """A name that is markup shows as text in the frame, the title and the fields."""
    app = make_kit()

    @app.get("/evil")
    def evil(request: Request) -> Response:
        room = RoomChoice(UUID(int=3), EVIL)
        request.state.shell = Shell(EVIL, "manager", EVIL, room, (room, ROOM))
        return page(request, "error.html", title=EVIL, words=EVIL, status_words=EVIL, number=EVIL)

    text = TestClient(app).get("/evil").text
    assert "alert(1)" in text
    assert "<script>alert" not in text


def test_a_note_is_told_once_on_the_next_page() -> None:
    """It is carried over the redirect, shown, and gone."""
    client = answering(redirect("/", "Published. 41 people have been told.", "ok"))
    moved = client.get("/there")
    assert (moved.status_code, moved.headers["location"]) == (303, "/")
    assert "Published. 41 people have been told." in client.get("/").text
    assert "Published" not in client.get("/").text


DEEP = base64.urlsafe_b64encode(b"[" * 20_000).decode()
HALF = base64.urlsafe_b64encode(rb'["\ud800", "ok"]').decode()


@pytest.mark.parametrize("packed", ["", "x", "bnVsbA==", "WzFd", "eyJhIjoxfQ==", DEEP, HALF])
def test_a_note_that_was_tampered_with_is_left_out(packed: str) -> None:
    """Nothing that a cookie may hold breaks a page."""
    client = answering(Response())
    client.cookies.set("parade_note", packed)
    answer = client.get("/")
    assert answer.status_code == 200
    assert "toldnote" not in answer.text


def test_the_theme_is_kept_on_the_device(client: TestClient) -> None:
    """Chosen by a form, shown by the page, and only own pages are gone back to."""
    moved = client.post("/theme", data={"theme": "dark", "to": "/patterns"})
    assert (moved.status_code, moved.headers["location"]) == (303, "/patterns")
    assert 'data-theme="dark"' in client.get("/patterns").text
    for away in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"):
        assert client.post("/theme", data={"theme": "x", "to": away}).headers["location"] == "/"
    assert 'data-theme="' not in client.get("/patterns").text


def test_files_are_kept_for_a_year_under_their_present_version(client: TestClient) -> None:
    """An address of another version is served, but kept by nobody."""
    now = client.get(static_files.static_url("parade.css"))
    assert now.headers["content-type"].startswith("text/css")
    assert "immutable" in now.headers["cache-control"]
    module = client.get(static_files.static_url("js/page.js"))
    assert "javascript" in module.headers["content-type"]
    old = client.get("/static/000000000000/js/page.js")
    assert old.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["../shell.py", "%2e%2e/shell.py", "x/../../shell.py", "none.js"])
def test_only_files_of_the_folder_are_served(client: TestClient, path: str) -> None:
    """Whatever lies outside sounds as if it did not exist."""
    assert client.get(f"/static/{static_files.version()}/{path}").status_code == 404


def test_every_style_sheet_is_of_a_page() -> None:
    """None is forgotten in the joined one but that of the patterns page."""
    found = {file.stem for file in (static_files.ROOT / "css").glob("*.css")}
    assert found - set(static_files.STYLES) == {"patterns"}


def test_a_slice_brings_its_own_templates() -> None:
    """Folders of slices are looked into after the kit's own."""
    folders = template_folders()
    assert folders[0].parent.name == "web"
    assert all(folder.name == "templates" for folder in folders)


def test_what_is_wrong_is_given_by_field() -> None:
    """As the fields of a form take it."""
    error = InvalidInput([Place("goal", "Too high."), Place("reason", "Say why.")])
    assert faults(error) == {"goal": "Too high.", "reason": "Say why."}


def test_a_fragment_is_no_page(client: TestClient) -> None:
    """What a panel shows has no frame, and the same headers."""
    answer = client.get("/patterns/panel?row=7&day=4&shift=N")
    assert "<html" not in answer.text
    assert 'data-keep><input type="hidden" name="csrf" value="token">' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_pages_of_a_place_of_many_lie_one_press_apart() -> None:
    """Within demand every page leads to every other, its own marked; elsewhere there are none."""
    base = f"/rooms/{ROOM.id}/demand"
    pages = MANAGER.inside(f"{base}/calendar/new")
    assert [page.label for page in pages if page.current] == ["Calendar"]
    assert [page.label for page in MANAGER.inside(base) if page.current] == ["Forecast"]
    assert {page.href for page in pages} >= {base, f"{base}/why", f"{base}/adjust"}
    assert MANAGER.inside(f"/rooms/{ROOM.id}/leave") == ()
    assert OFFICER.inside("/my/shifts") == ()
