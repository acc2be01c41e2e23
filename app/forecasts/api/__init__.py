"""The doors of forecasts for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.forecasts.api import adjustments, events, runs, schedule

router = APIRouter()
for part in (schedule, runs, events, adjustments):
    router.include_router(part.router)
