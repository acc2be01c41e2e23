"""The pages of rosters: the room's day and cover, the rosters, and an officer's own shifts."""

from __future__ import annotations

from fastapi import APIRouter

from app.rosters.pages.bids import router as bids
from app.rosters.pages.bonds import router as bonds
from app.rosters.pages.changes import router as changes
from app.rosters.pages.comparing import router as comparing
from app.rosters.pages.editing import router as editing
from app.rosters.pages.extras import router as extras
from app.rosters.pages.making import router as making
from app.rosters.pages.own import router as own
from app.rosters.pages.proposing import router as proposing
from app.rosters.pages.publishing import router as publishing
from app.rosters.pages.reasons import router as reasons
from app.rosters.pages.room import router as room
from app.rosters.pages.sheet import router as sheet
from app.rosters.pages.shortages import router as shortages

router = APIRouter(include_in_schema=False)
parts = (
    room,
    comparing,
    making,
    changes,
    bonds,
    sheet,
    reasons,
    shortages,
    editing,
    proposing,
    publishing,
    extras,
    bids,
    own,
)
for part in parts:
    router.include_router(part)
