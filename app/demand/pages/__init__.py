"""The pages of demand: counts in by a file, and how far they can be believed."""

from __future__ import annotations

from fastapi import APIRouter

from app.demand.pages import trust, upload

router = APIRouter()
for part in (upload, trust):
    router.include_router(part.router)
