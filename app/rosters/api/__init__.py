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
    rosters,
    templates,
    weighing,
)

router = APIRouter()
for part in (templates, bonds, weighing, rosters, bids, editing, extras, authorised, published):
    router.include_router(part.router)
