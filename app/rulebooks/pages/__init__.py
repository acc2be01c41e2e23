"""The pages of rules: what holds, a rule with its history and its form, and the books of a room."""

from __future__ import annotations

from fastapi import APIRouter

from app.rulebooks.pages import asked, books, listing, parts, rule, taking_back
from app.rulebooks.service import Judge


def router_of(judge: Judge) -> APIRouter:
    """The pages.

    Args:
        judge: tells what other numbers would make of a published roster; it is kept by a slice
            above this one, so what mounts the router brings it along.
    """
    router = APIRouter(include_in_schema=False)
    for part in (
        listing.router,
        asked.router,
        books.router,
        parts.router,
        taking_back.router,
        rule.router_of(judge),
    ):
        router.include_router(part)
    return router
