"""The pages of people: the list, one person, teams and skills, files."""

from __future__ import annotations

from fastapi import APIRouter

from app.people.pages import conditions, files, groups, listing, person

router = APIRouter(include_in_schema=False)
# Fixed addresses first: `/people/new` is nobody's id.
for part in (files, groups, listing, person, conditions):
    router.include_router(part.router)
