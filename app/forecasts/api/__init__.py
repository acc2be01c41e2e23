"""The doors of forecasts for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.forecasts.api import adjustments, events, runs, schedule, today

router = APIRouter()
for part in (schedule, today, runs, events, adjustments):
    router.include_router(part.router)
