"""How a page is answered: the frame around it, its headers, and the note carried to the next one.

The guard of a door puts a `Shell` on `request.state.shell`; a page without one is framed for
somebody who is not signed in.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup, escape

from app.errors import Conflict, InvalidInput, Stale
from app.web.http.texts import can_be_kept
from app.web.render import render

WITHIN = {"patterns": "rosters", "hours": "people", "fairness": "people"}
"""Folders of a room that are reached from a place of the navigation and belong to it."""

INSIDE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "demand": (
        ("", "Forecast"),
        ("today", "Today’s calls"),
        ("why", "Why?"),
        ("categories", "Categories"),
        ("adjust", "Adjust"),
        ("calendar", "Calendar"),
        ("quality", "Quality"),
        ("upload", "Upload counts"),
        ("terms", "What queues ask"),
        ("calculator", "Calculator"),
        ("runs", "Forecasts made"),
    )
}
"""Folder and label of the pages within a place of many pages."""

Role = Literal["", "officer", "manager", "administrator"]
Theme = Literal["auto", "light", "dark"]
Tone = Literal["", "ok", "warn", "short"]

THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
THEME_COOKIE = "parade_theme"
NOTE_COOKIE = "parade_note"
NOTE_SECONDS = 60
"""A note outlives the one redirect that it is for by little."""

PAGE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What every page is sent with: nothing inline, nothing from elsewhere, kept by no cache."""


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """A control room that the person may look at."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation.

    Attributes:
        key: names its icon in the tab bar, such as `shifts`.
        label: what it is called.
        href: where it leads.
        current: whether the page lies within it.
    """

    key: str
    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """What the frame of a page shows.

    Attributes:
        name: the person's name; "" when nobody is signed in.
        role: the widest role of the person in the room, which decides the places.
        csrf: token that every form of the page sends back.
        room: the control room of the page; the one last used on pages without one.
        rooms: every room that the person may switch to, with `room` among them.
        is_officer: whether the person is rostered too, so that own shifts are a place.
        notice: what every page of the room says at its top; may be empty.
    """

    name: str = ""
    role: Role = ""
    csrf: str = ""
    room: RoomChoice | None = None
    rooms: tuple[RoomChoice, ...] = ()
    is_officer: bool = False
    notice: str = ""

    @property
    def initials(self) -> str:
        """Up to two letters for the person, such as `RO` for `R. Okafor` or `Okafor, Ruth`."""
        last, comma, first = self.name.partition(",")
        words = (first.split() + last.split()) if comma else self.name.split()
        ends = [words[0], words[-1]] if len(words) > 1 else words
        return "".join(word[0].upper() for word in ends)

    def places(self, path: str) -> tuple[Place, ...]:
        """The entries of the navigation; the one whose address begins `path` is current."""
        known = [Place(key, label, href) for key, label, href in self._entries()]
        room, _, rest = path.removeprefix("/rooms/").partition("/")
        folder, _, inside = rest.partition("/")
        if path.startswith("/rooms/") and folder in WITHIN:
            path = f"/rooms/{room}/{WITHIN[folder]}/{inside}"
        within = [p for p in known if path == p.href or path.startswith(f"{p.href}/")]
        current = max(within, key=lambda place: len(place.href), default=None)
        return tuple(Place(p.key, p.label, p.href, p is current) for p in known)

    def inside(self, path: str) -> tuple[Place, ...]:
        """The pages of the place that the page lies within; none where it has but a few."""
        place = next((each for each in self.places(path) if each.current), None)
        pages = INSIDE.get(place.key, ()) if place else ()
        folder = path.removeprefix(place.href if place else "").strip("/").partition("/")[0]
        return tuple(
            Place(key, label, f"{place.href}/{key}".rstrip("/"), key == folder)
            for key, label in pages
            if place
        )

    def in_room(self, room: RoomChoice, path: str) -> str:
        """The address of the same place in another room; Today from a page without a room."""
        parts = path.split("/")
        place = parts[3] if parts[1:2] == ["rooms"] and len(parts) > 3 else "today"
        return f"/rooms/{room.id}/{place}"

    def _entries(self) -> list[tuple[str, str, str]]:
        own = [
            ("shifts", "Shifts", "/my/shifts"),
            ("wishes", "Wishes", "/my/wishes"),
            ("leave", "Leave", "/my/leave"),
        ]
        if self.role == "officer":
            return [*own, ("me", "Me", "/me")]
        if not self.role or self.room is None:
            return []
        room = f"/rooms/{self.room.id}"
        return [
            ("today", "Today", f"{room}/today"),
            ("demand", "Demand", f"{room}/demand"),
            ("cover", "Cover", f"{room}/cover"),
            ("rosters", "Rosters", f"{room}/rosters"),
            ("what-if", "What-if", f"{room}/what-if"),
            ("people", "People", f"{room}/people"),
            ("wishes", "Wishes", f"{room}/wishes"),
            ("leave", "Leave", f"{room}/leave"),
            ("rules", "Rules", f"{room}/rules"),
        ] + ([("shifts", "My shifts", "/my/shifts")] if self.is_officer else [])


@dataclass(frozen=True, slots=True)
class Note:
    """Words told once at the head of the next page, such as that something was published."""

    words: str
    tone: Tone = "ok"


def page(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """Answer with a page in its frame.

    Args:
        request: whose shell, theme and note are shown.
        template: such as `rosters/grid.html`, found in `app/rosters/templates/`.
        status: HTTP status of the answer.
        context: what the template shows beside `shell`, `places`, `inside`, `theme`, `note`,
            `csrf`.
    """
    shell = shell_of(request)
    note = _read_note(request)
    text = render(
        template,
        shell=shell,
        places=shell.places(request.url.path),
        inside=shell.inside(request.url.path),
        theme=theme_of(request),
        path=request.url.path,
        told_note=note,
        csrf=csrf_field(shell.csrf),
        **context,
    )
    response = HTMLResponse(text, status, headers=dict(PAGE_HEADERS))
    if note is not None:
        response.delete_cookie(NOTE_COOKIE)
    return response


def fragment(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """Answer with a piece of a page, such as what the panel of a grid shows."""
    csrf = csrf_field(shell_of(request).csrf)
    return HTMLResponse(render(template, csrf=csrf, **context), status, headers=dict(PAGE_HEADERS))


def redirect(url: str, words: str = "", tone: Tone = "ok") -> RedirectResponse:
    """Send the browser on after a form was kept, with a note for the page it comes to."""
    response = RedirectResponse(url, 303, headers={"Cache-Control": "no-store"})
    if words:
        packed = base64.urlsafe_b64encode(json.dumps([words, tone]).encode()).decode()
        response.set_cookie(
            NOTE_COOKIE, packed, max_age=NOTE_SECONDS, httponly=True, samesite="lax"
        )
    return response


def faults(error: InvalidInput) -> dict[str, str]:
    """What is wrong by field, as the form components take it."""
    return {place.field: place.words for place in error.places}


@contextmanager
def refused_into(errors: dict[str, str], conflict: str = "") -> Iterator[None]:
    """Keep what is refused within the block, so that the form can say it where it was said.

    Args:
        errors: what is wrong by field, filled here.
        conflict: the field under which it stands that something else was kept before.
    """
    try:
        yield
    except InvalidInput as error:
        errors.update(faults(error))
    except Stale as error:
        errors[""] = error.detail
    except Conflict as error:
        errors[conflict] = error.detail


def shell_of(request: Request) -> Shell:
    """The shell that the guard made, or that of somebody who is not signed in."""
    shell = getattr(request.state, "shell", None)
    return shell if isinstance(shell, Shell) else Shell()


def theme_of(request: Request) -> Theme:
    """The theme that the person chose on this device."""
    chosen = request.cookies.get(THEME_COOKIE)
    return next((theme for theme in THEMES if theme == chosen), "auto")


def keep_theme(response: Response, theme: Theme) -> None:
    """Remember the theme on this device for a year."""
    response.set_cookie(THEME_COOKIE, theme, max_age=31_536_000, samesite="lax")


def csrf_field(token: str) -> Markup:
    """The hidden field that every form of a page carries."""
    return Markup('<input type="hidden" name="csrf" value="%s">') % escape(token)


def _read_note(request: Request) -> Note | None:
    packed = request.cookies.get(NOTE_COOKIE)
    if not packed:
        return None
    try:
        words, tone = json.loads(base64.urlsafe_b64decode(packed))
    except (TypeError, ValueError, RecursionError):
        return None
    if not isinstance(words, str) or not can_be_kept(words):
        return None
    known: tuple[Tone, ...] = ("", "ok", "warn", "short")
    return Note(words, next((name for name in known if name == tone), ""))
