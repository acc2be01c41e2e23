"""The doors of demand for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.demand.api import categories, counts, events, files, queues, trust

router = APIRouter()
for part in (queues, counts, categories, files, trust, events):
    router.include_router(part.router)
