"""The doors of scenarios, and of why past days were missed."""

from __future__ import annotations

from fastapi import APIRouter

from app.scenarios.api import missed, scenarios

router = APIRouter()
for part in (scenarios, missed):
    router.include_router(part.router)
