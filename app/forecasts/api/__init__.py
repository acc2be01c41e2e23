"""The doors of forecasts for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.forecasts.api import runs

router = APIRouter()
for part in (runs,):
    router.include_router(part.router)
