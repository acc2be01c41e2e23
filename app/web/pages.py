"""Pages of no slice: every component on one page, and the theme of a device.

This package lies below the guards, so what mounts the router brings the guard along.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from app.web import patterns
from app.web.shell import THEMES, Theme, keep_theme, page, redirect


def router_of(guard: Any) -> APIRouter:
    """The routes of these pages, each behind `guard`, such as `allow_anyone()`."""
    router = APIRouter(include_in_schema=False, dependencies=[guard])
    router.add_api_route("/patterns", show_patterns, methods=["GET"])
    router.add_api_route("/theme", choose_theme, methods=["POST"])
    return router


def show_patterns(request: Request) -> Response:
    """Every component in every state, in both themes."""
    return page(request, "patterns.html", made=patterns)


def choose_theme(theme: Annotated[str, Form()], to: Annotated[str, Form()] = "/") -> Response:
    """Keep the theme on this device and go back to where it was chosen."""
    own = to.startswith("/") and not to.startswith(("//", "/\\"))
    response = redirect(to if own else "/")
    chosen: Theme = next((known for known in THEMES if known == theme), "auto")
    keep_theme(response, chosen)
    return response
