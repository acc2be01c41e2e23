"""The doors of rosters for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.rosters.api import authorised, bids, bonds, editing, published, rosters, templates

router = APIRouter()
for part in (templates, bonds, rosters, bids, editing, authorised, published):
    router.include_router(part.router)
