"""The pages of patterns."""

from __future__ import annotations

from fastapi import APIRouter

from app.patterns.pages import writing

router = APIRouter(include_in_schema=False)
for part in (writing,):
    router.include_router(part.router)
