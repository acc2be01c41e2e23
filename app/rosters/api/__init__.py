"""The doors of rosters for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.rosters.api import bonds, editing, published, rosters, templates

router = APIRouter()
for part in (templates, bonds, rosters, editing, published):
    router.include_router(part.router)
