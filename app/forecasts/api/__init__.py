"""The doors of forecasts for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.forecasts.api import adjustments, categories, events, runs, schedule, today, why

router = APIRouter()
for part in (schedule, today, runs, events, adjustments, categories, why):
    router.include_router(part.router)
