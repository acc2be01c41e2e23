"""The doors of patterns for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.patterns.api import writing

router = APIRouter()
for part in (writing,):
    router.include_router(part.router)
