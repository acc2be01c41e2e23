"""The doors of auth for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.auth.api import about, audit, me, users

router = APIRouter()
for part in (about, me, users, audit):
    router.include_router(part.router)
