"""The pages of wishes: an officer's own, and a control room's rounds."""

from __future__ import annotations

from fastapi import APIRouter

from app.preferences.pages import own, room

router = APIRouter(include_in_schema=False)
router.include_router(own.router)
router.include_router(room.router)
