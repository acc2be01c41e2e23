"""The doors of preferences for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.preferences.api import officers, own, rounds

router = APIRouter()
for part in (rounds, officers, own):
    router.include_router(part.router)
