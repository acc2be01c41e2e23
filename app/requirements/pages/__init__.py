"""The pages of requirements: what queues ask, and the calculator."""

from __future__ import annotations

from fastapi import APIRouter

from app.requirements.pages import calculator, terms

router = APIRouter(prefix="/rooms/{room_id}/demand", include_in_schema=False)
for part in (terms, calculator):
    router.include_router(part.router)
