"""The doors of patterns for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.patterns.api import following, publishing, writing

router = APIRouter()
for part in (writing, following, publishing):
    router.include_router(part.router)
