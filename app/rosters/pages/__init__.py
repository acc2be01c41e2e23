"""The pages of rosters: the room's day and cover, the rosters, and an officer's own shifts."""

from __future__ import annotations

from fastapi import APIRouter

from app.rosters.pages import editing, making, own, publishing, room, sheet

router = APIRouter(include_in_schema=False)
for part in (room, making, sheet, editing, publishing, own):
    router.include_router(part.router)
