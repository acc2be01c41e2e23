"""The pages of requirements: what queues and the room ask, and the calculator."""

from __future__ import annotations

from fastapi import APIRouter

from app.requirements.pages import calculator, repair, room, terms

router = APIRouter(prefix="/rooms/{room_id}/demand", include_in_schema=False)
for part in (room, terms, repair, calculator):
    router.include_router(part.router)
