"""The pages of wishes: an officer's own, and a control room's rounds."""

from __future__ import annotations

from fastapi import APIRouter

from app.preferences.pages.own import router as own
from app.preferences.pages.room import router as room
from app.preferences.pages.several import router as several

router = APIRouter(include_in_schema=False)
for part in (several, own, room):  # "several" is no key of a wish
    router.include_router(part)
