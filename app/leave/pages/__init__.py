"""The pages of leave: a control room's list, a person's ledger, an officer's own."""

from __future__ import annotations

from fastapi import APIRouter

from app.leave.pages import own, person, room

router = APIRouter(include_in_schema=False)
# Fixed addresses first: `/leave/grants` is nobody's id.
for part in (own, room, person):
    router.include_router(part.router)
