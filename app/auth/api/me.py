"""Who asks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from app.auth.guard import Visit, allow
from app.auth.schemas import Me
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1", responses=PROBLEMS)


@router.get("/me", tags=["Me"])
def me(visit: Annotated[Visit, allow("me.read")]) -> Me:
    """Who you are, and what you may do where."""
    return Me.model_validate(visit.caller)
