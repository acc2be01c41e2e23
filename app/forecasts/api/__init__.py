"""The doors of forecasts for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.forecasts.api import events, runs

router = APIRouter()
for part in (runs, events):
    router.include_router(part.router)
