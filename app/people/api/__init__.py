"""The doors of people for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.people.api import conditions, history, imports, officers, rooms, skills, teams

router = APIRouter()
for part in (rooms, teams, skills, officers, conditions, history, imports):
    router.include_router(part.router)
