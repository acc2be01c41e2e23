"""The pages of wishes: an officer's own, and a control room's rounds."""

from __future__ import annotations

from fastapi import APIRouter

from app.preferences.pages.own import router as own
from app.preferences.pages.room import router as room

router = APIRouter(include_in_schema=False)
router.include_router(own)
router.include_router(room)
