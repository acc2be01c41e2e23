"""The pages of forecasts."""

from __future__ import annotations

from fastapi import APIRouter

from app.forecasts.pages import calendar, charts, outlook

router = APIRouter()
for part in (outlook, charts, calendar):
    router.include_router(part.router)
