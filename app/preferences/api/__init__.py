"""The doors of preferences for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.preferences.api import long_wishes, officers, own, rounds

router = APIRouter()
for part in (rounds, officers, own, long_wishes):
    router.include_router(part.router)
