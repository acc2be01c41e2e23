"""The doors of demand for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.demand.api import counts, events, files, queues, trust

router = APIRouter()
for part in (queues, counts, files, trust, events):
    router.include_router(part.router)
