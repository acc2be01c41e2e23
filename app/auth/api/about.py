"""What the service says of itself, to anyone: that it lives, that it can work, what it offers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.auth.guard import Passing, allow_anyone
from app.web.http.openapi import describe
from app.web.http.problems import documented, problem
from app.web.http.ready import why_not_ready

router = APIRouter()


@router.get("/health", include_in_schema=False)
def health(_: Annotated[Passing, allow_anyone()]) -> dict[str, str]:
    """The process lives."""
    return {"status": "live"}


@router.get("/ready", include_in_schema=False)
def ready(passing: Annotated[Passing, allow_anyone()]) -> Response:
    """The database answers, and is at this version."""
    words = why_not_ready(passing.database)
    if words:
        return problem(503, "Not ready", words)
    return JSONResponse({"status": "ready"})


@router.get("/api/v1/openapi.json", tags=["About"], responses=documented(500))
def openapi(request: Request, _: Annotated[Passing, allow_anyone()]) -> dict[str, Any]:
    """This description."""
    return describe(request.app)
