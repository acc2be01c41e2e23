"""The doors of rosters for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.rosters.api import (
    authorised,
    bids,
    bonds,
    editing,
    extras,
    published,
    reasons,
    rosters,
    shortages,
    templates,
    weighing,
)

router = APIRouter()
parts = (
    templates,
    bonds,
    weighing,
    rosters,
    reasons,
    shortages,
    bids,
    editing,
    extras,
    authorised,
    published,
)
for part in parts:
    router.include_router(part.router)
