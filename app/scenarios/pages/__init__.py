"""The What-if pages: is B better than A, and how sure are we?"""

from __future__ import annotations

from fastapi import APIRouter

from app.scenarios.pages.asking import router as asking
from app.scenarios.pages.missed import router as missed
from app.scenarios.pages.sheet import router as sheet
from app.scenarios.pages.using import router as using

router = APIRouter(include_in_schema=False)
# Fixed addresses first: `/what-if/missed` is no scenario.
for part in (missed, asking, sheet, using):
    router.include_router(part)
