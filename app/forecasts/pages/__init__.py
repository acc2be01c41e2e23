"""The pages of forecasts."""

from __future__ import annotations

from fastapi import APIRouter

from app.forecasts.pages import (
    adjustments,
    calendar,
    categories,
    charts,
    outlook,
    runs,
    today,
    why,
)

router = APIRouter()
for part in (outlook, charts, calendar, runs, today, adjustments, categories, why):
    router.include_router(part.router)
