"""Pages of no slice: every component on one page, and the theme of a device.

This package lies below the guards, so what mounts the router brings the guard along.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from app.web import made_up, patterns
from app.web.shell import THEMES, Theme, fragment, keep_theme, page, redirect


def router_of(guard: Any) -> APIRouter:
    """The routes of these pages, each behind `guard`, such as `allow_anyone()`."""
    router = APIRouter(include_in_schema=False, dependencies=[guard])
    router.add_api_route("/patterns", show_patterns, methods=["GET"])
    router.add_api_route("/patterns/panel", show_panel, methods=["GET"])
    router.add_api_route("/patterns/keep", keep_nothing, methods=["POST"])
    router.add_api_route("/theme", choose_theme, methods=["POST"])
    return router


def show_patterns(request: Request) -> Response:
    """Every component in every state, in both themes."""
    return page(request, "patterns.html", made=patterns, room=made_up)


def show_panel(
    request: Request, day: int, row: int = -1, shift: str = "", kind: str = ""
) -> Response:
    """What the panel of the made-up roster shows; nothing of it is kept."""
    officers, day = made_up.problem().officers, min(max(day, 0), made_up.DAYS - 1)
    return fragment(
        request,
        "patterns/panel.html",
        name=officers[row].name if 0 <= row < len(officers) else "",
        day=made_up.problem().date_of(day),
        shift=shift,
        kind=kind,
    )


def keep_nothing() -> Response:
    """Where a proposal on the patterns page goes: nothing is kept, and that is said."""
    return redirect("/patterns", "This roster is made up: nothing is kept.", "warn")


def choose_theme(theme: Annotated[str, Form()], to: Annotated[str, Form()] = "/") -> Response:
    """Keep the theme on this device and go back to where it was chosen."""
    own = to.startswith("/") and not to.startswith(("//", "/\\"))
    response = redirect(to if own else "/")
    chosen: Theme = next((known for known in THEMES if known == theme), "auto")
    keep_theme(response, chosen)
    return response
