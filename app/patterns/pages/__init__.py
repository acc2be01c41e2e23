"""The pages of patterns."""

from __future__ import annotations

from fastapi import APIRouter

from app.patterns.pages import following, publishing, writing

router = APIRouter(include_in_schema=False)
for part in (following, publishing, writing):  # a year is no key of a pattern
    router.include_router(part.router)
