"""The doors of leave for systems."""

from __future__ import annotations

from fastapi import APIRouter

from app.leave.api import absences, ledger, own, years

router = APIRouter()
for part in (ledger, years, absences, own):
    router.include_router(part.router)
